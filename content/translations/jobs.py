"""What wagtail-localize hands its long work to."""

from collections.abc import Callable

from wagtail_localize.tasks import BaseJobBackend


class Jobs(BaseJobBackend):
    """Notes a subtree that is to be translated, and does anything else at once."""

    def enqueue(self, func: Callable[..., object], args: list, kwargs: dict) -> None:
        """Take a piece of work, with what wagtail-localize would call it with."""
        # This module is loaded with wagtail-localize's own models, before there are any of ours.
        from wagtail_localize.operations import translate_page_subtree

        from . import subtree

        if func is translate_page_subtree:
            page_id, locales, components, user = args
            # Components are forms that somebody has filled in, which cannot be kept. The site has none as yet.
            if not list(components or []):
                subtree.enqueue(page_id, locales, user)
                return
        func(*args, **kwargs)

"""What wagtail-localize hands its long work to. It is loaded with wagtail-localize's own models, so it imports none."""

from collections.abc import Callable

from wagtail_localize.tasks import BaseJobBackend


class Jobs(BaseJobBackend):
    """Notes a subtree that is to be translated, and does anything else at once."""

    def enqueue(self, func: Callable[..., object], args: list, kwargs: dict) -> None:
        """Take a piece of work, with what wagtail-localize would call it with."""
        from wagtail_localize.operations import translate_page_subtree

        from .subtree import note

        if func is not translate_page_subtree:
            func(*args, **kwargs)
            return
        page_id, locales, _components, user = args
        note(page_id, locales, user)

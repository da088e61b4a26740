"""Whether people whom the page is for helped to make it."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from .draft import Draft
from .finding import Finding


def check(draft: Draft) -> Iterator[Finding]:
    """Find a guide that says nothing of people it is for having taken part."""
    if draft.has("co_creation") and not draft.page.co_creation:
        yield Finding(
            "co_creation",
            False,
            "co_creation",
            draft.where("co_creation"),
            _("It does not say that anybody it is for helped to make it."),
            _("Ask a few of them to read it, and write down who took part and what changed."),
        )

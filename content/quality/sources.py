"""Whether a page that gives facts says where they come from."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from content.reviewed import ReviewedPage

from .draft import Draft
from .finding import Finding


def check(draft: Draft) -> Iterator[Finding]:
    """Find a page without a source (NHS standard for creating health content, service-manual.nhs.uk)."""
    if isinstance(draft.page, ReviewedPage) and not draft.page.rests_on_another and not draft.page.sources:
        yield Finding(
            "sources",
            True,
            "sources",
            draft.where("sources"),
            _("Readers and reviewers cannot see where the facts come from."),
            _("Add at least one source: its title, and who published it."),
        )

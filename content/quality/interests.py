"""Whether a page says who gains by it."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from content.reviewed import ReviewedPage

from .draft import Draft
from .finding import Finding


def check(draft: Draft) -> Iterator[Finding]:
    """Find a page without a statement of interests (NHS standard for creating health content, service-manual.nhs.uk)."""
    if isinstance(draft.page, ReviewedPage) and not draft.page.rests_on_another and not draft.page.interests.strip():
        yield Finding(
            "interests",
            True,
            "interests",
            draft.where("interests"),
            _("Readers cannot tell whether anybody gains by what this page says."),
            _("Say who made or paid for it and gains by it, or say that nobody does."),
        )

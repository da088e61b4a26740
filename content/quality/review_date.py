"""Whether it is known when the page must be read again."""

from collections.abc import Iterator
from datetime import timedelta

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from content.reviewed import ReviewedPage

from .draft import Draft
from .finding import Finding

YEAR = timedelta(days=366)
"""A year, leap or not."""


def check(draft: Draft) -> Iterator[Finding]:
    """Find a page that is never reviewed, is overdue, or waits too long: two years at most, one for a hard subject.

    A sample claims no review, so it only warns; so does a page that waits for its sign-off, which sets the day.
    """
    page = draft.page
    if isinstance(page, ReviewedPage) and (said := _wrong(page)):
        why, mend = said
        blocks = not page.sample and page.next_review is not None
        yield Finding("review_date", blocks, "next_review", draft.where("next_review"), why, mend)


def _wrong(page: ReviewedPage) -> tuple[str, str] | None:
    today = timezone.localdate()
    latest = today + (YEAR if page.is_sensitive else 2 * YEAR)
    if page.sample:
        return _("It is a sample, and no clinician has reviewed it."), _("Have it reviewed before it is used for real.")
    if page.next_review is None:
        return _("Nobody has signed it off yet."), _("Leave it empty: the sign-off fills it in. Or choose an earlier day.")
    if page.next_review < today:
        why = _("Its review was due on %(day)s.") % {"day": date_format(page.next_review, "j F Y")}
        return why, _("Have it reviewed, then set the day of the next review.")
    if page.next_review > latest:
        if page.is_sensitive:
            why = _("A hard subject is reviewed within a year, and this waits longer.")
        else:
            why = _("A page is reviewed within two years, and this waits longer.")
        return why, _("Set a day no later than %(day)s.") % {"day": date_format(latest, "j F Y")}
    return None

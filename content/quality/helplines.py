"""Whether the helplines that a page refers to still answer."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from content.models import Helpline

from .draft import Draft
from .finding import Finding


def check(draft: Draft) -> Iterator[Finding]:
    """Find helplines that have ended, are due to be checked, or were never checked; each is named once."""
    seen: set[int] = set()
    for part in draft.parts:
        helpline = part.value
        if isinstance(helpline, Helpline) and helpline.pk not in seen:
            seen.add(helpline.pk)
            if said := _doubt(helpline):
                blocks, why, mend = said
                yield Finding("helplines", blocks, part.field, part.where, why % {"name": helpline}, mend, part.block)


def _doubt(helpline: Helpline) -> tuple[bool, str, str] | None:
    """Say what is wrong with a helpline: whether it blocks, why, how to mend."""
    if helpline.status == Helpline.Status.DEAD:
        return True, _("%(name)s has ended: nobody answers any more."), _("Choose another helpline in its place.")
    if helpline.status == Helpline.Status.SAMPLE:
        return False, _("%(name)s is an unverified sample."), _("Ask the helpline keeper to call it and confirm it.")
    if helpline.is_overdue:
        return False, _("%(name)s is overdue for its check."), _("Ask the helpline keeper to check it again.")
    return None

"""Below every road to live: a page that could hurt somebody, or that nobody else has read, is not saved as live.

Edit view, bulk action, workflow, schedule, copy, translation, API and command all end in `Page.save`, or for a schedule in
`Revision.save`; so the gate stands there, and no road has to know of it.
"""

from django.core.exceptions import ValidationError
from django.db.models.signals import pre_save
from django.dispatch import receiver
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wagtail.models import Page, Revision

from . import review_cycle
from .approvals.fingerprint import UNREAD, fingerprint
from .approvals.models import Approval, ApprovalKind
from .base import BasePage
from .quality.finding import Finding
from .quality.run import blocking

MISSING = {
    ApprovalKind.EDITORIAL: _(
        "A second person has not read this version yet. Submit it, and a London editor who did not write it will."
    ),
    ApprovalKind.CLINICAL: _(
        "A clinician has not signed off this version yet. After the editorial check, ask one of ours or send a link."
    ),
    ApprovalKind.TRANSLATION: _(
        "A second person who speaks the language has not checked this version yet. Submit it, and one of them will."
    ),
}


class NotReady(ValidationError):
    """A page may not go live, and why.

    page: the version that was refused. findings: what to mend. missing: the kinds of approval it lacks.
    """

    def __init__(self, page: BasePage, findings: list[Finding], missing: list[str]) -> None:
        self.page, self.findings, self.missing = page, findings, missing
        mend = [f"{finding.where}: {finding.why} {finding.mend}" for finding in findings]
        super().__init__(mend + [MISSING[kind] for kind in missing])


def missing_approvals(page: BasePage) -> list[str]:
    """List the kinds of approval that a version still lacks. A sample needs none: it says that nobody has reviewed it.

    Of a sample's translation a second speaker says that it is true to it.
    """
    needed = page.needs_approvals
    if not needed or (page.sample and ApprovalKind.TRANSLATION not in needed):
        return []
    given = set(Approval.objects.of(page).values_list("kind", flat=True))
    if ApprovalKind.STARTER in given:
        given |= {ApprovalKind.EDITORIAL, ApprovalKind.TRANSLATION}
    if ApprovalKind.WORDING in given:
        return []
    return [kind for kind in needed if kind not in given]


def obstacles(page: BasePage) -> tuple[list[Finding], list[str]]:
    """Tell what stands between a version and its readers: what to mend, and the kinds of approval it lacks.

    page: it is told who signed it off, as it will be when it goes live.
    """
    _write_sign_off(page)
    return blocking(page), missing_approvals(page)


def refuse_unready(page: BasePage) -> None:
    """Refuse a version that may not go live. Raises NotReady.

    An administrator's approval in an emergency lets exactly one version pass, whatever stands against it.
    """
    is_forced = page.pk and Approval.objects.of(page).filter(kind=ApprovalKind.EMERGENCY).exists()
    findings, missing = obstacles(page)
    if (findings or missing) and not is_forced:
        raise NotReady(page, findings, missing)


@receiver(pre_save)
def guard_page(instance: object, raw: bool = False, update_fields: frozenset | None = None, **kwargs: object) -> None:
    """Let a page go live, or change while it is live, only when it is ready."""
    if raw or not isinstance(instance, Page) or not instance.live:
        return
    if update_fields is not None and "live" not in update_fields and UNREAD.issuperset(update_fields):
        return
    page = instance if isinstance(instance, BasePage) else _specific(instance)
    if isinstance(page, BasePage) and not _is_as_live(page):
        refuse_unready(page)


@receiver(pre_save, sender=Revision)
def guard_schedule(instance: Revision, raw: bool = False, **kwargs: object) -> None:
    """Let a version be scheduled only when it could go live today."""
    if raw or not instance.approved_go_live_at:
        return
    page = instance.as_object()
    if isinstance(page, BasePage):
        refuse_unready(page)


def _specific(instance: Page) -> Page:
    """Give the specific page as it would be after a plain Page is saved."""
    page = instance.specific_class.objects.filter(pk=instance.pk).first() if instance.specific_class else None
    if page is None:
        return instance
    for field in Page._meta.concrete_fields:
        setattr(page, field.attname, getattr(instance, field.attname))
    return page


def _is_as_live(page: BasePage) -> bool:
    """Tell whether readers see the same already, here or in the page that this one mirrors."""
    twins = type(page).objects.filter(pk__in={page.pk, page.alias_of_id} - {None}, live=True)
    return any(fingerprint(twin) == fingerprint(page) for twin in twins)


def _write_sign_off(page: BasePage) -> None:
    """Let the page say who signed it off and when: that comes from the approval, and from no form."""
    if page.sample or ApprovalKind.CLINICAL not in page.needs_approvals:
        return
    approvals = Approval.objects.of(page)
    approval = approvals.filter(kind=ApprovalKind.CLINICAL).first()
    if not approval and approvals.filter(kind=ApprovalKind.WORDING).exists():
        # The clinician's word stands for all but the words that were replaced.
        return
    page.signed_off_by = approval.role if approval else ""
    page.last_reviewed = timezone.localdate(approval.made_at) if approval else None
    if page.last_reviewed:
        latest = review_cycle.next_review(page.last_reviewed, hard=page.is_sensitive)
        wished = page.next_review
        page.next_review = wished if wished and page.last_reviewed < wished <= latest else latest

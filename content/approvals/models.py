"""Approvals, each bound to one version of a page, and the links by which a clinician without an account gives hers."""

import hashlib
import secrets
from datetime import timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MinLengthValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wagtail.models import Page, Revision

from content import roles
from content.translations.step import translated_by

from .fingerprint import fingerprint

LINK_DAYS = 14

FEWEST_LETTERS = 10
"""A reason that is shorter explains nothing to whoever reads it later."""


class ApprovalKind(models.TextChoices):
    """What was looked at."""

    EDITORIAL = "editorial", _("Editorial check")
    CLINICAL = "clinical", _("Clinical sign-off")
    EMERGENCY = "emergency", _("Published in an emergency")
    WORDING = "wording", _("A wording replaced at once on the live page")
    STARTER = "starter", _("Came with the starter library")
    TRANSLATION = "translation", _("Translation checked by a second speaker")


WHO_MAY = {
    ApprovalKind.EDITORIAL: roles.LONDON_EDITORS,
    ApprovalKind.CLINICAL: roles.CLINICAL_REVIEWERS,
    ApprovalKind.EMERGENCY: roles.ADMINISTRATORS,
    ApprovalKind.WORDING: roles.LONDON_EDITORS,
    ApprovalKind.TRANSLATION: roles.LONDON_EDITORS,
}

ALONE = [ApprovalKind.EMERGENCY, ApprovalKind.WORDING]
"""Kinds that one person may give alone, with a reason that is reported."""


class ApprovalQuerySet(models.QuerySet):
    """Approvals of a page."""

    def of(self, page: Page) -> "ApprovalQuerySet":
        """Keep those of exactly this version. page: specific, saved or as a revision's object."""
        return self.filter(page_id=page.pk, content_hash=fingerprint(page))

    def create_for(self, revision: Revision, kind: str, **given: object) -> "Approval":
        """Approve a version. given: user and role, or link. Raises ValidationError where somebody may not."""
        page = revision.as_object()
        hands = authors_of(page, kind)
        approval = self.model(
            page_id=page.pk,
            revision=revision,
            kind=kind,
            content_hash=fingerprint(page),
            author_id=hands[-1] if hands else None,
            **given,
        )
        approval.save()
        return approval


class Approval(models.Model):
    """One person has read one version of a page and found it good. It is never changed, and says nothing of any other."""

    Kind = ApprovalKind

    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="approvals")
    revision = models.ForeignKey(Revision, null=True, on_delete=models.SET_NULL, related_name="+")
    content_hash = models.CharField(max_length=64)
    kind = models.CharField(max_length=20, choices=ApprovalKind.choices)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    link = models.ForeignKey("content.SignOffLink", null=True, on_delete=models.RESTRICT, related_name="approvals")
    role = models.CharField(max_length=120)
    registration = models.CharField(max_length=120, blank=True)
    comment = models.TextField(blank=True)
    made_at = models.DateTimeField(default=timezone.now)

    objects = ApprovalQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at", "-pk"]
        indexes = [models.Index(fields=["page", "content_hash"])]
        constraints = [
            models.CheckConstraint(
                name="starter_library_is_nobody",
                condition=~models.Q(kind="starter") | models.Q(user=None, link=None),
            ),
            models.CheckConstraint(
                name="nobody_approves_her_own_version",
                condition=models.Q(kind__in=["emergency", "wording"])
                | models.Q(user=None)
                | models.Q(author=None)
                | ~models.Q(user=models.F("author")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.page}"

    def save(self, *args: object, **kwargs: object) -> None:
        if self.pk:
            raise ValidationError(_("An approval is never changed. Approve the new version instead."))
        self.refuse_wrong_person()
        super().save(*args, **kwargs)

    def refuse_wrong_person(self) -> None:
        """Refuse an approver without the role, or who had a hand in the version. Raises ValidationError."""
        if self.kind == ApprovalKind.STARTER:
            self.refuse_health_content()
            return
        giver = self.link.made_by if self.link_id else self.user
        role = roles.LONDON_EDITORS if self.link_id else WHO_MAY[self.kind]
        may = [role]
        if self.kind == ApprovalKind.TRANSLATION:
            may.append(roles.translators_of(self.page.locale.language_code))
        if giver is None or not roles.has_role(giver, *may):
            raise ValidationError(
                _("This needs somebody in the group “%(role)s”. Ask one of them.") % {"role": role}, code="wrong_role"
            )
        if self.kind in ALONE:
            MinLengthValidator(FEWEST_LETTERS, _("Say in a sentence why it cannot wait."))(self.comment)
        elif giver.pk in authors_of(self.page, self.kind):
            raise ValidationError(_("You wrote part of this version, so somebody else must approve it."), code="own_version")

    def refuse_health_content(self) -> None:
        """Let the starter library vouch for plain pages only. Raises ValidationError."""
        page = self.page.specific
        if "clinical" in page.approvals_of_its_kind and not page.sample:
            raise ValidationError(_("Health content needs a clinician’s sign-off, also where it comes from files."))


def authors_of(page: Page, kind: str) -> list[int]:
    """Tell who had a hand in a page since a former version had an approval of one kind.

    Whoever only commented saved a version too, and changed nothing. Returns primary keys of users, the latest hand last.
    """
    page = page.specific
    current = fingerprint(page.get_latest_revision_as_object())
    former = page.approvals.filter(kind=kind).exclude(content_hash=current).exclude(revision=None)
    since = former.order_by("-revision").first()
    revisions = page.revisions.filter(pk__gt=since.revision_id) if since else page.revisions
    before = since.content_hash if since else None
    hands = [] if since or not page.owner_id else [page.owner_id]
    if kind == ApprovalKind.TRANSLATION:
        hands = translated_by(page)
    for revision in revisions.order_by("pk"):
        said = fingerprint(page.with_content_json(revision.content))
        if said != before and revision.user_id:
            hands.append(revision.user_id)
        before = said
    return hands


class SignOffLinkQuerySet(models.QuerySet):
    """Links for clinicians."""

    def make(self, revision: Revision, made_by: object, invited: str) -> tuple["SignOffLink", str]:
        """Make a link to one version. Returns it with its token, which is kept nowhere.

        invited: whom it is for, for the desk only. Raises ValidationError when the maker had a hand in the version.
        """
        page = revision.as_object()
        if made_by.pk in authors_of(page, ApprovalKind.CLINICAL):
            raise ValidationError(
                _("You wrote part of this version, so somebody else must ask for its sign-off."), code="own_version"
            )
        token = secrets.token_urlsafe(32)
        link = self.create(
            page_id=page.pk,
            revision=revision,
            content_hash=fingerprint(page),
            token_hash=hash_of(token),
            made_by=made_by,
            invited=invited,
            expires_at=timezone.now() + timedelta(days=LINK_DAYS),
        )
        return link, token

    def open_with(self, token: str) -> "SignOffLink | None":
        """Find the link of a token while it may be used: not yet used or expired, and its page not edited since."""
        open_links = self.filter(token_hash=hash_of(token), used_at=None, expires_at__gt=timezone.now())
        link = open_links.select_related("page", "revision", "made_by").first()
        return link if link and link.is_current else None


class SignOffLink(models.Model):
    """A way for one clinician, without an account, to read one version and sign it off or send it back."""

    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="sign_off_links")
    revision = models.ForeignKey(Revision, on_delete=models.CASCADE, related_name="+")
    content_hash = models.CharField(max_length=64)
    token_hash = models.CharField(max_length=64, unique=True)
    invited = models.CharField(
        max_length=120,
        verbose_name=_("who is it for"),
        help_text=_("So that you know later whom you asked. Only the desk sees it."),
    )
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    objects = SignOffLinkQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at"]

    def __str__(self) -> str:
        return f"{self.page}: {self.invited}"

    def spend(self) -> None:
        """Use the link up. Raises ValidationError when somebody else was quicker."""
        self.used_at = timezone.now()
        if not type(self).objects.filter(pk=self.pk, used_at=None).update(used_at=self.used_at):
            raise ValidationError(_("This link has been used already. Ask for a new one."))

    @property
    def is_current(self) -> bool:
        """Tell whether the page still says what it said when the link was made."""
        return fingerprint(self.page.specific.get_latest_revision_as_object()) == self.content_hash


def hash_of(token: str) -> str:
    """Give a token as it is stored. A token of 256 random bits needs no salt and no slow hash."""
    return hashlib.sha256(token.encode()).hexdigest()

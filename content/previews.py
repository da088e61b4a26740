"""Links that show one draft to somebody who does not sign in: a partner's board, a parent, a young person."""

import secrets
from datetime import timedelta

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wagtail.models import Page

from .approvals.models import hash_of
from .base import BasePage

USUAL_DAYS, MOST_DAYS = 7, 30


class PreviewLink(models.Model):
    """A link to one version of a page, until it expires or is withdrawn, which deletes it.

    It keeps the version itself: Wagtail saves as somebody types, and overwrites the newest revision while she does.
    Of its token only a fingerprint is kept.
    """

    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="preview_links")
    content = models.JSONField(encoder=DjangoJSONEncoder)
    saved_at = models.DateTimeField()
    token_hash = models.CharField(max_length=64, unique=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()

    class Meta:
        ordering = ["-made_at"]
        verbose_name = _("preview link")

    def __str__(self) -> str:
        return f"{self.page} ({self.made_at:%Y-%m-%d})"

    @property
    def draft(self) -> BasePage:
        """The page as it was when the link was made."""
        return self.page.specific.with_content_json(self.content)


def open_links() -> models.QuerySet:
    """Find the links that have not expired."""
    return PreviewLink.objects.filter(expires_at__gt=timezone.now())


def make_link(page: Page, user: AbstractBaseUser | None, days: int) -> str:
    """Make a link to the newest version of a page, and clear away those that have expired.

    days: for how long, from 1 to MOST_DAYS. Returns its token, which cannot be had again. Raises ValueError.
    """
    if not 1 <= days <= MOST_DAYS:
        raise ValueError(f"A link lasts from 1 to {MOST_DAYS} days.")
    PreviewLink.objects.filter(expires_at__lte=timezone.now()).delete()
    token, version = secrets.token_urlsafe(32), page.latest_revision
    PreviewLink.objects.create(
        page=page,
        content=version.content,
        saved_at=version.created_at,
        token_hash=hash_of(token),
        made_by=user,
        expires_at=timezone.now() + timedelta(days=days),
    )
    return token


def find_link(token: str) -> PreviewLink | None:
    """Find the link of a token; none for one that is wrong, expired or withdrawn."""
    return open_links().filter(token_hash=hash_of(token)).select_related("page__locale").first()

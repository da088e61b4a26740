"""What London editors put before readers at once: notices above topics and their guides, and pages held back."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .numbers import find_numbers
from .topics import TopicPage

USUAL_DAYS = 7
MOST_DAYS = 30
"""A notice that is true for longer belongs in the guides themselves."""


def in_a_week() -> datetime:
    """When a notice ends unless somebody says otherwise."""
    return timezone.now() + timedelta(days=USUAL_DAYS)


def a_week_from_today() -> date:
    """Until when a page is held unless somebody says otherwise."""
    return timezone.localdate() + timedelta(days=USUAL_DAYS)


def in_the_source_language() -> dict[str, str]:
    """Offer each topic once: a notice stands above it in all its languages."""
    return {"locale__language_code": settings.LANGUAGE_CODE}


class NoticeQuerySet(models.QuerySet):
    """Notices, and which of them a reader sees now."""

    def current(self) -> "NoticeQuerySet":
        """Keep those that have begun and not ended."""
        now = timezone.now()
        return self.filter(starts__lte=now, expires__gt=now)

    def above(self, topics: Iterable[TopicPage]) -> "NoticeQuerySet":
        """Keep what stands above some topics now, in whichever language they are: the newest first."""
        about = models.Q(topics__translation_key__in=[topic.translation_key for topic in topics])
        return self.current().filter(about | models.Q(topics=None)).distinct().order_by("-starts")


class Notice(models.Model):
    """A few dated sentences above topics and their guides, for a time: after a fire, when a service is down."""

    text = models.CharField(
        max_length=300, help_text=_("What readers must know now, in plain words. At most 300 letters, no telephone number.")
    )
    topics = models.ManyToManyField(
        TopicPage,
        blank=True,
        related_name="+",
        limit_choices_to=in_the_source_language,
        help_text=_("Above which topics, and the guides on them. Leave empty for all."),
    )
    starts = models.DateTimeField(default=timezone.now)
    expires = models.DateTimeField(
        default=in_a_week,
        db_index=True,
        help_text=_("Readers no longer see it from then on. At most 30 days after it starts."),
    )
    reason = models.CharField(max_length=200, help_text=_("Why, for the log. Readers do not see it."))
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, editable=False, on_delete=models.SET_NULL, related_name="+"
    )

    objects = NoticeQuerySet.as_manager()

    class Meta:
        ordering = ["-expires"]

    def __str__(self) -> str:
        return self.text

    def clean(self) -> None:
        """Refuse telephone numbers, and an end that comes before the beginning or too late. Raises ValidationError."""
        super().clean()
        if found := find_numbers(self.text):
            said = _("“%(number)s” looks like a telephone number. Say “urgent support” instead: that page has the numbers.")
            raise ValidationError({"text": ValidationError(said, params={"number": found[0]})})
        if not (self.starts and self.expires):
            return
        if self.expires <= self.starts:
            raise ValidationError({"expires": _("Choose a time after the notice starts.")})
        if self.expires > self.starts + timedelta(days=MOST_DAYS):
            said = _("Choose a time within 30 days. What is true for longer belongs in the guides.")
            raise ValidationError({"expires": said})


class HoldQuerySet(models.QuerySet):
    """Holds, and which of them still stand."""

    def standing(self) -> "HoldQuerySet":
        """Keep those whose page is still down and locked, the first to run out first."""
        return self.filter(page__live=False, page__locked=True).select_related("page", "held_by").order_by("until")


class Hold(models.Model):
    """A page taken down at once and locked, until somebody decides. It never goes live again by itself."""

    page = models.OneToOneField("wagtailcore.Page", on_delete=models.CASCADE, related_name="+")
    reason = models.CharField(max_length=200)
    until = models.DateField()
    held_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    held_at = models.DateTimeField(default=timezone.now)

    objects = HoldQuerySet.as_manager()

    class Meta:
        ordering = ["until"]

    def __str__(self) -> str:
        return f"{self.page} – {self.until}"

    @property
    def has_run_out(self) -> bool:
        """Tell whether the day to decide has passed."""
        return self.until < timezone.localdate()

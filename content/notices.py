"""What London editors put before readers at once: notices above topics and their guides, and pages held back."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Q
from django.db.models.signals import m2m_changed, post_delete, post_save
from django.dispatch import receiver
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .numbers import find_numbers
from .topics import TopicPage

USUAL_DAYS = 7
MOST_DAYS = 30
"""A notice that is true for longer belongs in the guides themselves."""

REMEMBERED, SECONDS = "notices", 5
"""Where a process keeps the notices, and for how long: so much later do readers of another process see one."""


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
    """Notices, and which of them still matter."""

    def not_over(self) -> "NoticeQuerySet":
        """Keep those that have not ended: what readers see now, and soon."""
        return self.filter(expires__gt=timezone.now())


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


@dataclass(frozen=True)
class Remembered:
    """What a process keeps of a notice. topics: their translation keys, none for all."""

    text: str
    starts: datetime
    expires: datetime
    topics: frozenset[UUID]


def above(topics: Iterable[TopicPage]) -> list[Remembered]:
    """List what stands above some topics now, in whichever language they are: the newest first.

    A process asks the database every few seconds, not for every page; an act in this process shows at once.
    """
    rows = cache.get(REMEMBERED)
    if rows is None:
        rows = [
            Remembered(row.text, row.starts, row.expires, frozenset(topic.translation_key for topic in row.topics.all()))
            for row in Notice.objects.not_over().order_by("-starts").prefetch_related("topics")
        ]
        cache.set(REMEMBERED, rows, SECONDS)
    now, keys = timezone.now(), {topic.translation_key for topic in topics}
    return [row for row in rows if row.starts <= now < row.expires and (not row.topics or row.topics & keys)]


def changed_between(since: datetime, now: datetime) -> bool:
    """Tell whether a notice appeared or went by itself after one moment and not after another."""
    began, ended = Q(starts__gt=since, starts__lte=now), Q(expires__gt=since, expires__lte=now)
    return Notice.objects.filter(began | ended).exists()


def forget(**kwargs: object) -> None:
    """Ask the database again for the next page."""
    cache.delete(REMEMBERED)


@receiver([post_save, post_delete], sender=Notice)
@receiver(m2m_changed, sender=Notice.topics.through)
def on_change(**kwargs: object) -> None:
    """Show a change at once. Again when it is committed: until then another thread may remember what was."""
    forget()
    transaction.on_commit(forget)


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

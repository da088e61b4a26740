"""What a search knows: published pages by their words, and what people say for our words."""

import secrets

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from wagtail.admin.panels import FieldPanel
from wagtail.models import Page

from .text import clean


def stamp() -> int:
    """Draw a number that a row gets with each change, so that other processes see from their sum that something changed."""
    return secrets.randbits(31)


def languages() -> list[tuple[str, str]]:
    """List the languages of the site for a choice: by a function, so that a new language asks for no migration."""
    return settings.LANGUAGES


class SearchPhrase(models.Model):
    """People say … / we say …: how readers put it, and the words our pages have for it."""

    language = models.CharField(max_length=12, choices=languages, default=settings.LANGUAGE_CODE)
    we_say = models.CharField(
        max_length=80, help_text=_("One to four words that our pages use. For example: sleep insomnia.")
    )
    people_say = models.TextField(
        help_text=_("What people type, one a line. For example: cant switch off. Capitals and apostrophes do not matter.")
    )
    stamp = models.IntegerField(default=stamp, editable=False)

    panels = [FieldPanel("language"), FieldPanel("we_say"), FieldPanel("people_say")]

    class Meta:
        ordering = ["we_say"]

    def __str__(self) -> str:
        return self.we_say

    def save(self, *args: object, **kwargs: object) -> None:
        self.stamp = stamp()
        super().save(*args, **kwargs)

    @property
    def phrases(self) -> list[str]:
        """What people say, cleaned, each once."""
        return list(dict.fromkeys(filter(None, map(clean, self.people_say.splitlines()))))

    def clean(self) -> None:
        """Refuse what can never match. Raises ValidationError."""
        if not clean(self.we_say):
            raise ValidationError({"we_say": _("Write words: letters, not signs alone.")})
        if not self.phrases:
            raise ValidationError({"people_say": _("Write at least one phrase, in letters.")})


class SearchDocument(models.Model):
    """A published page as search sees it. Kept right by signals; `manage.py search_index` makes all of them anew."""

    page = models.OneToOneField(Page, on_delete=models.CASCADE, related_name="+", primary_key=True)
    language = models.CharField(max_length=12)
    kind = models.CharField(max_length=20)
    title = models.CharField(max_length=255)
    summary = models.CharField(max_length=160, blank=True)
    url = models.CharField(max_length=2000)
    topics = models.JSONField(default=list)
    audiences = models.JSONField(default=list)
    parts = models.JSONField(default=dict)
    phrases = models.JSONField(default=list)
    forms = models.JSONField(default=list)
    sample = models.BooleanField(default=False)
    stamp = models.IntegerField(default=stamp)

    class Meta:
        # What every search asks first, whether anything changed, is answered from this index alone.
        indexes = [models.Index(fields=["language", "stamp"], name="search_changes")]

    def __str__(self) -> str:
        return self.title


class SearchVectors(models.Model):
    """What a published page means, as vectors: one row a page, made in the background. See search.vectors."""

    document = models.OneToOneField(SearchDocument, on_delete=models.CASCADE, related_name="vectors", primary_key=True)
    digest = models.CharField(max_length=64)
    stamp = models.IntegerField()
    rows = models.BinaryField()

    def __str__(self) -> str:
        return str(self.document)


class SearchDemand(models.Model):
    """How often something of a topic was looked for in a day. Never what was typed: see search.demand."""

    day = models.DateField()
    language = models.CharField(max_length=12)
    topic = models.CharField(max_length=80, blank=True)
    found = models.BooleanField()
    count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["day", "language", "topic", "found"], name="one_row_a_day")]

    def __str__(self) -> str:
        return f"{self.day} {self.language} {self.topic or '-'}"

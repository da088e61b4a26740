"""What is kept of each translation: what of its source it was made from, what is behind, who wrote and who checked it."""

import hashlib

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override, pgettext

from wagtail.models import Locale, Page

from .figures import changed
from .parts import Behind, Part

CRISIS = "crisis phrase"
"""The context of those phrases in the catalogues."""

CRISIS_PHRASES = (
    "If a life is in danger now",
    "Call",
    "Text",
    "Chat online",
    "Free",
    "Open all day and night",
    "Ask for an interpreter: say the name of your language in English",
    "British Sign Language",
    "You can talk to someone now",
    "You do not have to know what to say",
    "Urgent support",
    "Nobody has checked these words yet. The numbers are the same in every language.",
)
"""All that stands around numbers until a person has checked a crisis page. Twelve at most, so that they can be checked."""


class PageTranslation(models.Model):
    """How a page stands to its source."""

    page = models.OneToOneField(Page, on_delete=models.CASCADE, related_name="translation_record")
    made_from = models.JSONField(default=dict)
    """The parts of the source when this was translated: for each its digest, and whether safety hangs on it."""
    behind = models.JSONField(default=list)
    """What has changed in the source since: name of the part, how, whether safety hangs on it."""
    by_machine = models.BooleanField(default=False)
    checked_by = models.CharField(max_length=120, blank=True)
    """The role of the second speaker who checked what is live."""
    checked_on = models.DateField(null=True)
    made_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return str(self.page)

    @property
    def is_unchecked(self) -> bool:
        """Tell whether a machine wrote some of it and no person has checked it."""
        return self.by_machine and not self.checked_by

    @property
    def parts_then(self) -> dict[str, Part]:
        """The parts of the source that it was made from."""
        return {name: Part(*kept) for name, kept in self.made_from.items()}

    @property
    def parts_behind(self) -> list[Behind]:
        """What has changed in its source since."""
        return [Behind(*kept) for kept in self.behind]


class RegistryWords(models.Model):
    """Words of the registry of helplines in another language: found by the English, so that a change there undoes them.

    Never a number, an address or opening hours: those are the registry's own.
    """

    locale = models.ForeignKey(Locale, on_delete=models.CASCADE, related_name="+", verbose_name=_("language"))
    source = models.CharField(max_length=200, verbose_name=_("in English"))
    words = models.CharField(max_length=200)
    by_machine = models.BooleanField(default=False, editable=False)
    checked_by = models.CharField(
        max_length=120, blank=True, help_text=_("The role of the speaker who checked it. For example: Interpreter.")
    )

    class Meta:
        ordering = ["locale", "source"]
        constraints = [models.UniqueConstraint(fields=["locale", "source"], name="one_translation_of_registry_words")]

    def __str__(self) -> str:
        return f"{self.source} → {self.words}"

    def clean(self) -> None:
        """Refuse words with other figures than the English has. Raises ValidationError."""
        super().clean()
        if figures := changed(self.source, self.words):
            said = _("The figures differ: %(figures)s. Write the same ones as in English, as 0 to 9.")
            raise ValidationError({"words": ValidationError(said, params={"figures": ", ".join(figures)})})


class SubtreeTranslation(models.Model):
    """All pages below one, to be begun in other languages: done page by page in the background."""

    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="+")
    locales = models.ManyToManyField(Locale, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    total = models.PositiveIntegerField()
    """How many pages stood below it when somebody last looked."""
    done = models.PositiveIntegerField(default=0)
    """How many of them there were in all the languages."""
    not_allowed = models.BooleanField(default=False)
    """Stopped, because whoever asked for it is gone or may not do so any more."""
    made_at = models.DateTimeField(default=timezone.now)
    touched_at = models.DateTimeField(null=True)
    """When somebody last worked on it."""
    finished_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.page}: {self.done}/{self.total}"

    @property
    def left(self) -> int:
        """How many pages are not begun: once it is finished, those that could not be."""
        return self.total - self.done


class CrisisPhrasesCheck(models.Model):
    """Somebody who speaks a language has read its crisis phrases and found them right. A change undoes it."""

    locale = models.ForeignKey(Locale, on_delete=models.CASCADE, related_name="+")
    digest = models.CharField(max_length=64)
    role = models.CharField(max_length=120)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-made_at"]

    def __str__(self) -> str:
        return f"{self.locale}: {self.role}"


def crisis_phrases(language: str) -> list[tuple[str, str]]:
    """List the crisis phrases of a language, each in English and as they are. language: a code such as ar."""
    with override(language):
        return [(phrase, pgettext(CRISIS, phrase)) for phrase in CRISIS_PHRASES]


def phrases_digest(language: str) -> str:
    """Give the crisis phrases of a language as a hash, to which a check of them is bound."""
    return hashlib.sha256("\n".join(words for _english, words in crisis_phrases(language)).encode()).hexdigest()


def phrases_check(language: str) -> CrisisPhrasesCheck | None:
    """Find who checked the crisis phrases of a language as they are now."""
    return CrisisPhrasesCheck.objects.filter(locale__language_code=language, digest=phrases_digest(language)).first()

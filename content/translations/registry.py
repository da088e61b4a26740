"""The words of the helpline registry in the reader's language, from memory: they stand on most pages."""

from django.conf import settings
from django.core.cache import cache
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from django.utils.translation import get_language

from .models import RegistryWords

SECONDS = 5
"""For so long a process remembers; a change in this process shows at once."""


def translated(text: str) -> str | None:
    """Find what a text of the registry is in the reader's language; None where nobody has written it."""
    language = get_language()
    if language == settings.LANGUAGE_CODE:
        return text
    words = cache.get(_key(language))
    if words is None:
        words = dict(RegistryWords.objects.filter(locale__language_code=language).values_list("source", "words"))
        cache.set(_key(language), words, SECONDS)
    return words.get(text)


@receiver([post_save, post_delete], sender=RegistryWords)
def forget(**kwargs: object) -> None:
    """Ask the database again for the next page."""
    cache.delete_many([_key(code) for code, _name in settings.LANGUAGES])


def _key(language: str) -> str:
    return f"registry:{language}"

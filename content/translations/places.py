"""Which of the site's main addresses a language has, so that no menu leads nowhere."""

from django.conf import settings
from django.core.cache import cache
from django.db import Error, transaction
from django.dispatch import receiver
from django.urls import reverse
from django.utils.translation import get_language, override

from wagtail.models import Page
from wagtail.signals import page_published, page_unpublished, post_page_move

SECONDS = 5
"""For so long a process remembers; a change in this process shows at once."""
DEPTHS = (2, 3, 4)
"""Of the pages that menus lead to: first pages, those below them, and those below these."""


def has(path: str, language: str) -> bool:
    """Tell whether a language has a live page at an address. path: below the language's own part, such as "topics/"."""
    if language == settings.LANGUAGE_CODE:
        return True
    places = cache.get(_key(language))
    if places is None:
        pages = Page.objects.live().filter(depth__in=DEPTHS, locale__language_code=language)
        try:
            places = {found.split("/", 2)[2] for found in pages.values_list("url_path", flat=True)}
        except Error:
            # An error page stands without the database: what cannot be asked is taken to be there.
            return True
        cache.set(_key(language), places, SECONDS)
    return path in places


def address(path: str) -> tuple[str, str]:
    """Give the address of a main page in the reader's language, or in the site's own where it is not there yet.

    path: as for `has`. Returns the address and the language it is in.
    """
    language = get_language()
    if has(path, language):
        return reverse("wagtail_serve", args=[path]), language
    with override(settings.LANGUAGE_CODE):
        return reverse("wagtail_serve", args=[path]), settings.LANGUAGE_CODE


def forget(**kwargs: object) -> None:
    """Ask the database again for the next page."""
    cache.delete_many([_key(code) for code, _name in settings.LANGUAGES])


@receiver([page_published, page_unpublished, post_page_move])
def on_change(**kwargs: object) -> None:
    """Show a change at once, and again when it is committed."""
    forget()
    transaction.on_commit(forget)


def _key(language: str) -> str:
    return f"places:{language}"

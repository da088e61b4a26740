"""What a reader meets of the languages of a page: where else it can be read, and what in it is behind its source."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass

from django.conf import settings
from django.db import Error
from django.db.models import QuerySet, Value
from django.utils.translation import get_language

from wagtail.blocks import StreamValue
from wagtail.models import Page

from .models import PageTranslation
from .parts import with_source
from .step import source_of

START, PAGE = "start", "page"


@dataclass(frozen=True)
class LanguageLink:
    """A way to read on in another language. is_page: whether it leads to this page, and not to the first one."""

    code: str
    name: str
    url: str
    is_page: bool
    versions: tuple[tuple[str, str], ...] = ()
    """Other forms of the page in that language: what each is, and its address."""

    @property
    def direction(self) -> str:
        """Which way its name is written."""
        return "rtl" if self.code in settings.LANGUAGES_BIDI else "ltr"


def languages_of(page: Page | None) -> list[LanguageLink]:
    """List the languages of the site that have a first page, or this page, in the order of the settings; one query.

    page: of its own class, which readers may see; None for what is no page.
    """
    homes = Page.objects.live().filter(depth=2).order_by().values_list("locale__language_code", Value(START))
    if page is None or not page.pk:
        try:
            found = set(homes)
        except Error:
            return []  # an error page stands without the database
    else:
        found = set(homes.union(*_translations(page)))
    path = (page.url or "/").removeprefix(_prefix(get_language())) if page is not None and page.pk else ""
    links = []
    for code, name in settings.LANGUAGES:
        has = {what for where, what in found if where == code}
        address = f"{_prefix(code)}{path}" if PAGE in has else f"{_prefix(code)}/"
        versions = tuple((what, f"{_prefix(code)}{path}{what}/") for what in sorted(has - {START, PAGE}))
        if has & {START, PAGE}:
            links.append(LanguageLink(code, name, address, PAGE in has, versions))
    return links


def record_of(page: Page) -> PageTranslation | None:
    """Find how a page stands to its source; None for an original."""
    if get_language() == settings.LANGUAGE_CODE or not page.pk:
        return None
    with suppress(PageTranslation.DoesNotExist):
        return page.translation_record
    return None


def body_to_show(page: Page, record: PageTranslation | None) -> tuple[StreamValue, set[str]]:
    """Give the body of a page with what matters for safety and is behind in the words of the source.

    Returns the body, and the ids of the blocks in it that are in the language of the source.
    """
    urgent = {part.name.removeprefix("body."): part.how for part in record.parts_behind if part.safety} if record else {}
    source = source_of(page) if urgent else None
    if source is None or not source.live:
        return page.body, set()
    block = page.body.stream_block
    items, ids = with_source(block.get_prep_value(page.body), block.get_prep_value(source.body), urgent)
    return block.to_python(items), ids


def _translations(page: Page) -> Iterator[QuerySet]:
    shown = type(page).objects.shown().filter(translation_key=page.translation_key)
    yield shown.order_by().values_list("locale__language_code", Value(PAGE))
    versions = page.versions()
    if versions is not None:
        yield versions.order_by().values_list("locale__language_code", "kind")


def _prefix(code: str) -> str:
    return "" if code == settings.LANGUAGE_CODE else f"/{code}"

"""The starter library in other languages: one catalogue a language, and pages made of it, labelled as a machine's work.

A catalogue (`translations/ar.po`) holds what is translated of the library's pages and of the registry of helplines, found by
the English: what has no translation of exactly that English is not made, so nothing goes live half translated.
"""

from collections.abc import Callable, Iterable
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction

from wagtail.models import Locale, Page, ReferenceIndex
from wagtail.signal_handlers import disable_reference_index_auto_update
from wagtail_localize.models import StringSegment, StringTranslation, Translation, TranslationSource

import polib

from content.approvals.models import Approval
from content.base import BasePage
from content.models import Helpline, HomePage, PartnerShelf, RegistryWords
from content.translations.segments import strings

from . import LibraryError

Say = Callable[[str], None]
Words = dict[str, str]
"""Translations by their English."""

TOOL = "Starter library"


def set_up_languages() -> list[Locale]:
    """Give each language of the settings its row. One that is switched off keeps its row and its pages for later."""
    return [Locale.objects.get_or_create(language_code=code)[0] for code, _name in settings.LANGUAGES]


def languages_not_begun() -> list[str]:
    """List the languages of the settings that have no page yet, not even a draft of the first one."""
    begun = set(HomePage.objects.values_list("locale__language_code", flat=True))
    return [code for code, _name in settings.LANGUAGES if code not in begun]


def load_translations(folder: Path, codes: Iterable[str] | None = None, say: Say = lambda line: None) -> dict[str, int]:
    """Make the pages that a folder of catalogues translates and that are not there yet, and publish them.

    codes: of languages of the settings; all of them when left out. What a person has translated is left alone.
    Returns how many pages each language gained. Raises LibraryError, with nothing changed, for a catalogue that is broken.
    """
    wanted = list(codes or [code for code, _name in settings.LANGUAGES])
    catalogues = {code: read(folder / f"{code}.po") for code in wanted if (folder / f"{code}.po").exists()}
    done = dict.fromkeys(catalogues, 0)
    # Each page is saved five times on its way: what it refers to is worked out once, at the end.
    with transaction.atomic(), disable_reference_index_auto_update():
        sources = _sources(catalogues)
        for code, words in catalogues.items():
            locale = Locale.objects.get(language_code=code)
            for page, source, texts in sources:
                if texts <= words.keys() and (made := _make(page, source, locale, words)):
                    ReferenceIndex.create_or_update_for_object(made)
                    done[code] += 1
            _load_registry(locale, words)
            say(f"{code}: {done[code]} pages")
    return done


def read(path: Path) -> Words:
    """Read a catalogue. Raises LibraryError with its name."""
    try:
        return {entry.msgid: entry.msgstr for entry in polib.pofile(str(path)) if entry.msgstr}
    except (OSError, UnicodeDecodeError) as error:
        # polib's word for a file that it cannot read, with the line, is OSError.
        raise LibraryError(f"{path.name} cannot be read: {error}") from error


def registry_texts() -> list[str]:
    """List what the registry of helplines says in words, each once: never a name, a number or an address."""
    texts: dict[str, None] = {}
    for helpline in Helpline.objects.prefetch_related("ways"):
        notes = [way.note for way in helpline.ways.all()]
        texts |= dict.fromkeys([helpline.what_for, helpline.who_for, helpline.cost, helpline.area, *notes])
    return [text for text in texts if text]


def _sources(catalogues: dict[str, Words]) -> list[tuple[BasePage, TranslationSource, set[str]]]:
    """List the live pages that a catalogue has in full, parents first, each with what it says.

    A shelf says nothing, and comes with the first page that stands on it.
    """
    pages = Page.objects.live().filter(locale__language_code=settings.LANGUAGE_CODE, depth__gt=1).order_by("depth", "path")
    found, shelves = [], []
    for page in pages.specific():
        if isinstance(page, PartnerShelf):
            shelves.append(page)
        elif isinstance(page, BasePage) and any(page.title in words for words in catalogues.values()):
            texts = set(strings(page).values())
            if any(texts <= words.keys() for words in catalogues.values()):
                found.append((page, texts))
    needed = [(shelf, set()) for shelf in shelves if any(page.is_descendant_of(shelf) for page, _texts in found)]
    ordered = sorted(needed + found, key=lambda entry: (entry[0].depth, entry[0].path))
    return [(page, TranslationSource.update_or_create_from_instance(page)[0], texts) for page, texts in ordered]


def _make(page: BasePage, source: TranslationSource, locale: Locale, words: Words) -> BasePage | None:
    """Make one page of a language and publish it. Returns None where there is one already, or nothing to stand under."""
    if page.get_translations().filter(locale=locale).exists() or not _has_parent(page, locale):
        return None
    Translation.objects.get_or_create(source=source, target_locale=locale)
    segments = StringSegment.objects.filter(source=source).select_related("string", "context")
    machine = StringTranslation.TRANSLATION_TYPE_MACHINE
    StringTranslation.objects.bulk_create(
        [
            StringTranslation(
                translation_of=segment.string,
                locale=locale,
                context=segment.context,
                data=words[segment.string.data],
                translation_type=machine,
                tool_name=TOOL,
            )
            for segment in segments
            if segment.string.data in words
        ],
        ignore_conflicts=True,
    )
    made, _is_new = source.create_or_update_translation(locale, publish=False)
    revision = made.get_latest_revision()
    if made.needs_approvals:
        Approval.objects.create_for(revision, Approval.Kind.STARTER, role=TOOL)
    try:
        with transaction.atomic():
            revision.publish(log_action=False)
    except ValidationError as error:
        raise LibraryError(f"{locale.language_code}.po: {page.url}: {'; '.join(error.messages)}") from error
    return made


def _has_parent(page: BasePage, locale: Locale) -> bool:
    parent = page.get_parent()
    return parent.depth == 1 or Page.objects.filter(translation_key=parent.translation_key, locale=locale).exists()


def _load_registry(locale: Locale, words: Words) -> None:
    """Keep the words of the registry that are not there yet."""
    rows = [
        RegistryWords(locale=locale, source=text, words=words[text], by_machine=True)
        for text in registry_texts()
        if text in words and locale.language_code != settings.LANGUAGE_CODE
    ]
    RegistryWords.objects.bulk_create(rows, ignore_conflicts=True)

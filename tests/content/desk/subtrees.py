"""Sections for tests of what is begun in other languages in the background, and how far it is."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from wagtail.models import Locale, Page
from wagtail_localize.operations import TranslationCreator

import pytest

from content.models import HomePage, PartnerShelf, SubtreeTranslation, TopicIndexPage
from content.translations import subtree
from tests import build, languages

GOES_ON = "It goes on by itself."


def all_topics(arabic: Locale) -> TopicIndexPage:
    """Give the index of topics, below a first page that there is in Arabic."""
    languages.published(HomePage.objects.get(locale__language_code="en-gb"), arabic)
    return TopicIndexPage.objects.get(locale__language_code="en-gb")


def shelf_of_two(arabic: Locale) -> PartnerShelf:
    """Give a partner's shelf that there is in Arabic, with two guides that there are not."""
    all_topics(arabic)
    shelf = build.shelf("nightlight-london")
    languages.published(shelf.get_parent().specific, arabic)
    languages.published(shelf, arabic)
    for guide in shelf.get_children()[2:]:
        guide.delete()
    shelf.refresh_from_db()
    return shelf


def ask(editor: Client, page: Page, locale: Locale) -> int:
    """Submit a page with all that stands below it. Returns how many questions it took the database."""
    address = reverse("wagtail_localize:submit_page_translation", args=[page.pk])
    with CaptureQueriesContext(connection) as queries:
        assert editor.post(address, {"locales": [locale.pk], "include_subtree": "on"}).status_code == 302
    return len(queries)


def begun(page: Page, locale: Locale) -> int:
    keys = page.get_descendants().values("translation_key")
    return Page.objects.filter(locale=locale, translation_key__in=keys).count()


def report(editor: Client) -> str:
    return " ".join(editor.get(reverse("languages_report")).content.decode().split())


def figures() -> tuple[int, int]:
    job = SubtreeTranslation.objects.get()
    return job.done, job.total


@contextmanager
def before_each_page(act: Callable[[Page, int], None]) -> Iterator[list[int]]:
    """Have something happen before each page is begun. act: is told the page, and how many were begun before it."""
    make, pages = TranslationCreator.create_translations, []

    def make_after(self: TranslationCreator, page: Page, *args: object, **kwargs: object) -> None:
        pages.append(page.pk)
        act(page, len(pages) - 1)
        make(self, page, *args, **kwargs)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TranslationCreator, "create_translations", make_after)
        yield pages


def cut_off_after_two(page: Page, before: int) -> None:
    if before == 2:
        raise SystemExit


def be_cut_off() -> None:
    """Be stopped after two pages, and let so much time pass that nobody can still be at it."""
    with before_each_page(cut_off_after_two), pytest.raises(SystemExit):
        subtree.run()
    SubtreeTranslation.objects.update(touched_at=timezone.now() - subtree.LEASE * 2)

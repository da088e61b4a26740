"""Translating all that stands below a page asks for it in a moment, is done in the background, and can be cut off."""

from collections.abc import Callable

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from wagtail.models import Locale, Page
from wagtail_localize.operations import TranslationCreator

import pytest

from content.models import HomePage, SubtreeTranslation, TopicIndexPage
from content.translations import subtree
from tests import languages


@pytest.fixture
def topics(arabic: Locale) -> TopicIndexPage:
    """The index of topics, below a first page that there is in Arabic."""
    languages.published(HomePage.objects.get(locale__language_code="en-gb"), arabic)
    return TopicIndexPage.objects.get(locale__language_code="en-gb")


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
    return editor.get(reverse("languages_report")).content.decode()


def test_asking_makes_one_page_and_the_background_the_rest(editor: Client, topics: TopicIndexPage, arabic: Locale) -> None:
    below = topics.get_descendants().count()
    assert below > 5
    ask(editor, topics, arabic)
    assert begun(topics, arabic) == 0
    assert f"begun in ar: 0 of {below}." in report(editor)
    subtree.work()
    assert begun(topics, arabic) == below
    assert f"{below} of {below}." in report(editor)
    assert not Page.objects.filter(locale=arabic, live=True, depth__gt=2).exists()


def test_asking_costs_the_same_however_much_stands_below(editor: Client, topics: TopicIndexPage, arabic: Locale) -> None:
    ask(editor, topics, arabic)
    Page.objects.get(pk=topics.get_translation(arabic).pk).delete()
    with_all = ask(editor, topics, arabic)
    Page.objects.get(pk=topics.get_translation(arabic).pk).delete()
    for page in topics.get_children()[3:]:
        page.delete()
    topics.refresh_from_db()
    assert with_all == ask(editor, topics, arabic)


def test_what_is_cut_off_goes_on_where_it_stopped(
    editor: Client, topics: TopicIndexPage, arabic: Locale, monkeypatch: pytest.MonkeyPatch
) -> None:
    ask(editor, topics, arabic)
    make, made = TranslationCreator.create_translations, []

    def make_two(self: TranslationCreator, page: Page, *args: object, **kwargs: object) -> None:
        if len(made) == 2:
            raise SystemExit
        made.append(page.pk)
        make(self, page, *args, **kwargs)

    with monkeypatch.context() as patch:
        patch.setattr(TranslationCreator, "create_translations", make_two)
        with pytest.raises(SystemExit):
            subtree.work()
    assert SubtreeTranslation.objects.get().done == 2
    subtree.work()
    assert begun(topics, arabic) == 2, "another process may still be at it"
    SubtreeTranslation.objects.update(touched_at=timezone.now() - subtree.LEASE * 2)
    subtree.work()
    assert begun(topics, arabic) == topics.get_descendants().count()
    assert SubtreeTranslation.objects.get().finished_at


def test_it_begins_when_the_request_is_done(
    editor: Client,
    topics: TopicIndexPage,
    arabic: Locale,
    django_capture_on_commit_callbacks: Callable,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    woken = []
    monkeypatch.setattr(subtree, "wake", lambda: woken.append(1))
    with django_capture_on_commit_callbacks(execute=True):
        ask(editor, topics, arabic)
    assert woken == [1]

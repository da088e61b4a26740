"""Who sees how far the pages below a page are begun in other languages, and who sees to it that it goes on."""

import threading
from collections.abc import Callable

from django.contrib.auth import get_user_model
from django.test import Client

from wagtail.models import Locale
from wagtail_localize.operations import translate_page_subtree

import pytest

from content.models import PartnerShelf, SubtreeTranslation, TopicIndexPage
from content.roles import CLINICAL_REVIEWERS
from content.translations import jobs, subtree
from tests import build, languages

from . import subtrees
from .subtrees import GOES_ON, ask, begun, report


@pytest.fixture
def topics(arabic: Locale) -> TopicIndexPage:
    return subtrees.all_topics(arabic)


@pytest.fixture
def shelf(arabic: Locale) -> PartnerShelf:
    return subtrees.shelf_of_two(arabic)


def test_the_report_shows_what_one_asked_for_and_what_is_below_ones_own_pages(
    editor: Client, shelf: PartnerShelf, arabic: Locale
) -> None:
    topics = TopicIndexPage.objects.get(locale__language_code="en-gb")
    languages.published(topics, arabic)
    amina, reviewer = build.partner_editor(shelf), build.signed_in(build.user("rita", CLINICAL_REVIEWERS))
    subtree.enqueue(shelf.pk, [arabic], get_user_model().objects.get(username="ed"))
    subtree.enqueue(topics.pk, [arabic], get_user_model().objects.get(username="rita"))
    hers, theirs = f"Pages below “{shelf.title}”", f"Pages below “{topics.title}”"
    assert hers in report(amina)
    assert theirs not in report(amina)
    assert hers not in report(reviewer)
    assert theirs in report(reviewer)
    assert hers in report(editor)
    assert theirs in report(editor)


def test_looking_at_the_report_begins_nothing(
    editor: Client, topics: TopicIndexPage, arabic: Locale, monkeypatch: pytest.MonkeyPatch
) -> None:
    woken = []
    monkeypatch.setattr(subtree, "wake", lambda: woken.append(1))
    ask(editor, topics, arabic)
    assert GOES_ON in report(editor)
    assert woken == []


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


def let_it_end(_what: object) -> None:
    """Stand in for what prints the error that ends a thread."""


def test_whoever_calls_while_it_is_at_work_is_heard_and_no_error_is_printed(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture, caplog: pytest.LogCaptureFixture
) -> None:
    at_it, may_go_on, looks = threading.Event(), threading.Event(), []

    def run() -> None:
        looks.append(threading.current_thread())
        at_it.set()
        may_go_on.wait(10)
        if len(looks) == 2:
            raise SystemExit
        raise ValueError("words of a draft")

    monkeypatch.setattr(subtree, "run", run)
    monkeypatch.setattr(threading, "excepthook", let_it_end)
    subtree.wake()
    assert at_it.wait(10)
    subtree.wake()
    may_go_on.set()
    looks[0].join(10)
    assert looks == [looks[0]] * 2, "nobody waits half a minute for the next look, and nobody else looks"
    assert "ValueError" in caplog.text
    assert "words of a draft" not in caplog.text + "".join(capfd.readouterr())


def test_it_looks_again_by_itself_for_what_another_process_has_left(monkeypatch: pytest.MonkeyPatch) -> None:
    third, looks = threading.Event(), []

    def run() -> None:
        looks.append(threading.current_thread())
        if len(looks) == 3:
            third.set()
            raise SystemExit

    monkeypatch.setattr(subtree, "run", run)
    monkeypatch.setattr(subtree, "PAUSE", 0.01)
    monkeypatch.setattr(threading, "excepthook", let_it_end)
    subtree.wake()
    assert third.wait(10)
    looks[0].join(10)


def test_what_is_more_than_pages_is_done_at_once(topics: TopicIndexPage, arabic: Locale, editor: Client) -> None:
    class Components(list):
        def save(self, *args: object, **kwargs: object) -> None:
            saved.append(1)

    saved: list[int] = []
    languages.published(topics, arabic)
    asker = get_user_model().objects.get(username="ed")
    jobs.Jobs({}).enqueue(translate_page_subtree, [topics.pk, [arabic], Components(["a form"]), asker], {})
    assert saved == [1]
    assert begun(topics, arabic) == topics.get_descendants().count()
    assert not SubtreeTranslation.objects.exists()

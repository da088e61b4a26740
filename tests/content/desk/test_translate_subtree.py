"""Translating all that stands below a page asks for it in a moment, is done in the background, and can be cut off."""

from collections.abc import Callable

from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractUser, Permission
from django.db import IntegrityError, OperationalError
from django.test import Client
from django.utils import timezone

from wagtail.models import Locale, Page
from wagtail_localize.models import Translation

import pytest

from content.models import GuideIndexPage, PartnerShelf, SubtreeTranslation, TopicIndexPage, TopicPage
from content.translations import subtree
from tests import build, languages

from . import subtrees
from .subtrees import GOES_ON, ask, be_cut_off, before_each_page, begun, cut_off_after_two, figures, report


@pytest.fixture
def topics(arabic: Locale) -> TopicIndexPage:
    return subtrees.all_topics(arabic)


@pytest.fixture
def shelf(arabic: Locale) -> PartnerShelf:
    return subtrees.shelf_of_two(arabic)


def test_asking_makes_one_page_and_the_background_the_rest(editor: Client, topics: TopicIndexPage, arabic: Locale) -> None:
    below = topics.get_descendants().count()
    assert below > 5
    ask(editor, topics, arabic)
    assert begun(topics, arabic) == 0
    html = report(editor)
    assert f"begun in Arabic: 0 of {below}." in html
    assert GOES_ON in html
    subtree.run()
    assert begun(topics, arabic) == below
    html = report(editor)
    assert f"{below} of {below}." in html
    assert "could not be begun" not in html
    assert GOES_ON not in html
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


def test_where_nothing_is_to_be_begun_nothing_is_noted(editor: Client, topics: TopicIndexPage, arabic: Locale) -> None:
    asker = get_user_model().objects.get(username="ed")
    ask(editor, topics, arabic)
    subtree.run()
    assert subtree.enqueue(topics.pk, [arabic], asker) is None
    assert subtree.enqueue(topics.get_first_child().pk, [arabic], asker) is None
    assert SubtreeTranslation.objects.count() == 1


def test_what_is_cut_off_goes_on_where_it_stopped(editor: Client, topics: TopicIndexPage, arabic: Locale) -> None:
    ask(editor, topics, arabic)
    with before_each_page(cut_off_after_two), pytest.raises(SystemExit):
        subtree.run()
    assert figures()[0] == 2
    subtree.run()
    assert begun(topics, arabic) == 2, "another process may still be at it"
    SubtreeTranslation.objects.update(touched_at=timezone.now() - subtree.LEASE * 2)
    subtree.run()
    assert begun(topics, arabic) == topics.get_descendants().count()
    assert SubtreeTranslation.objects.get().finished_at


def test_pages_that_are_sorted_meanwhile_are_neither_missed_nor_begun_twice(
    editor: Client, topics: TopicIndexPage, arabic: Locale
) -> None:
    below = topics.get_descendants().count()
    ask(editor, topics, arabic)
    be_cut_off()
    first, second = topics.get_children()[:2]
    topics.get_last_child().move(first, pos="left")
    Page.objects.get(pk=second.pk).move(topics, pos="last-child")
    with before_each_page(lambda page, before: None) as pages:
        subtree.run()
    assert begun(topics, arabic) == below
    assert not {first.pk, second.pk} & set(pages)
    assert figures() == (below, below)


def test_a_page_that_is_added_or_goes_meanwhile_counts_as_what_it_is(
    editor: Client, topics: TopicIndexPage, arabic: Locale
) -> None:
    below = topics.get_descendants().count()
    ask(editor, topics, arabic)
    be_cut_off()
    for topic in topics.get_children()[1:3]:
        topic.delete()
    build.page(TopicPage, topics, "One more")
    with before_each_page(lambda page, before: topics.get_last_child().delete() if before == 0 else None):
        subtree.run()
    assert figures() == (below - 2, below - 2)


def test_what_is_asked_for_meanwhile_is_done_too(editor: Client, shelf: PartnerShelf, arabic: Locale) -> None:
    asker = get_user_model().objects.get(username="ed")
    topics = TopicIndexPage.objects.get(locale__language_code="en-gb")
    ask(editor, topics, arabic)

    def ask_for_more(page: Page, before: int) -> None:
        if before == 0:
            subtree.enqueue(shelf.pk, [arabic], asker)

    with before_each_page(ask_for_more):
        subtree.run()
    assert begun(shelf, arabic) == 2
    assert not SubtreeTranslation.objects.filter(finished_at=None).exists()


def test_what_somebody_wrote_by_hand_is_left_alone(editor: Client, topics: TopicIndexPage, arabic: Locale) -> None:
    languages.published(topics, arabic)
    source = topics.get_first_child().specific
    by_hand = languages.published(source, arabic)
    Translation.objects.filter(source__object_id=source.translation_key).update(enabled=False)
    by_hand.title = "بيد إنسان"
    kept = by_hand.save_revision()
    subtree.enqueue(topics.pk, [arabic], get_user_model().objects.get(username="ed"))
    before = figures()
    subtree.run()
    by_hand.refresh_from_db()
    assert by_hand.latest_revision_id == kept.pk
    assert not Translation.objects.get(source__object_id=source.translation_key).enabled
    below = topics.get_descendants().count()
    assert [before, figures()] == [(1, below), (below, below)]


@pytest.mark.parametrize("error", [ValueError, IntegrityError])
def test_a_page_that_cannot_be_begun_keeps_no_other_waiting_and_its_words_are_not_printed(
    editor: Client,
    topics: TopicIndexPage,
    arabic: Locale,
    error: type[Exception],
    caplog: pytest.LogCaptureFixture,
) -> None:
    below, broken = topics.get_descendants().count(), topics.get_children()[1]

    def fail(page: Page, before: int) -> None:
        if page.pk == broken.pk:
            raise error("words of a draft")

    ask(editor, topics, arabic)
    with before_each_page(fail) as pages:
        subtree.run()
        subtree.run()
    assert pages.count(broken.pk) == 1
    assert begun(topics, arabic) == below - 1
    assert f"{below - 1} of {below}." in report(editor)
    assert "1 page could not be begun." in report(editor)
    assert error.__name__ in caplog.text
    assert "words of a draft" not in caplog.text


def test_below_a_page_that_cannot_be_begun_nothing_is(editor: Client, shelf: PartnerShelf, arabic: Locale) -> None:
    index = GuideIndexPage.objects.get(locale__language_code="en-gb")
    shelf.get_translation(arabic).delete()
    for other in index.get_children().exclude(pk=shelf.pk):
        other.delete()

    def fail(page: Page, before: int) -> None:
        if page.pk == shelf.pk:
            raise ValueError

    subtree.enqueue(index.pk, [arabic], get_user_model().objects.get(username="ed"))
    with before_each_page(fail):
        subtree.run()
    assert figures() == (0, 3)
    assert not shelf.get_translations().exists()
    assert "3 pages could not be begun." in report(editor)


def test_while_the_database_is_away_a_job_waits(editor: Client, topics: TopicIndexPage, arabic: Locale) -> None:
    def fail(page: Page, before: int) -> None:
        raise OperationalError

    ask(editor, topics, arabic)
    with before_each_page(fail) as pages, pytest.raises(OperationalError):
        subtree.run()
    assert len(pages) == 1
    assert not SubtreeTranslation.objects.get().finished_at


@pytest.mark.parametrize("is_all", [True, False])
def test_a_page_or_the_whole_section_may_be_deleted_meanwhile(
    editor: Client, topics: TopicIndexPage, arabic: Locale, is_all: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    below, first = topics.get_descendants().count(), topics.get_first_child()
    ask(editor, topics, arabic)
    begin, pages = subtree._begin, []

    def delete_first(page: Page, *args: object) -> None:
        pages.append(page.pk)
        if len(pages) == 1:
            Page.objects.get(pk=topics.pk if is_all else first.pk).delete()
        begin(page, *args)

    monkeypatch.setattr(subtree, "_begin", delete_first)
    subtree.run()
    assert pages[0] == first.pk
    if is_all:
        assert len(pages) == 1
        assert not SubtreeTranslation.objects.exists()
    else:
        assert figures() == (below - 1, below - 1)


def test_a_job_that_another_process_has_taken_over_is_left_to_it(
    editor: Client, topics: TopicIndexPage, arabic: Locale
) -> None:
    ask(editor, topics, arabic)
    taken = timezone.now() + subtree.LEASE
    with before_each_page(lambda page, before: SubtreeTranslation.objects.update(touched_at=taken)) as pages:
        subtree.run()
    assert len(pages) == 1
    assert SubtreeTranslation.objects.get().touched_at == taken


def lose_the_permission(user: AbstractUser) -> None:
    user.user_permissions.clear()


def leave(user: AbstractUser) -> None:
    user.is_active = False
    user.save()


def go(user: AbstractUser) -> None:
    user.delete()


@pytest.mark.parametrize("change", [lose_the_permission, leave, go])
def test_what_somebody_may_not_ask_for_any_more_is_not_done(
    editor: Client, topics: TopicIndexPage, arabic: Locale, change: Callable[[AbstractUser], None]
) -> None:
    asker = build.user("temp")
    asker.user_permissions.add(Permission.objects.get(codename="submit_translation"))
    languages.published(topics, arabic)
    subtree.enqueue(topics.pk, [arabic], asker)
    be_cut_off()
    change(asker)
    subtree.run()
    assert begun(topics, arabic) == 2
    html = report(editor)
    assert "Stopped: whoever asked for it" in html
    assert GOES_ON not in html

"""Anything may be typed, plain words find the right guide, and nothing hidden is found."""

import unicodedata

from django.core.management import call_command

from wagtail.models import Locale

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from content.models import GuidePage, TopicPage
from search.query import LONGEST, clean, find, nearest, terms
from tests import build

ODD = st.one_of(st.text(max_size=600), st.text(alphabet="ab'’_*\"():^-+~&|\\/ \n\t\0%AND OR NOT NEAR", max_size=300))
with_database = settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@given(ODD)
@example("x" * 5000)
@example(("a" * 199 + " ") * 2)
@example("İstanbul’da uyuyamıyorum")
@example("ﷺ" * 300)
@example("हिन्दी में मदद")
@example("__init__ _ __")
@example("ᄀ'ᅡ")
@example("\ud800")
def test_whatever_is_typed_becomes_plain_words(text: str) -> None:
    plain = clean(text)
    assert {unicodedata.category(sign)[0] for sign in plain.replace(" ", "")} <= set("LMN"), "letters, their marks, digits"
    assert plain == " ".join(plain.split())
    assert plain == plain.lower()
    assert len(plain) <= LONGEST
    assert clean(plain) == plain


@given(ODD)
def test_terms_are_words_of_the_query_each_once(text: str) -> None:
    found = terms(text)
    assert len(set(found)) == len(found)
    assert set(found) <= set(clean(text).split())
    assert bool(found) == bool(clean(text))


def test_little_words_count_only_when_there_are_no_others() -> None:
    assert terms("how do I get to sleep") == ["sleep"]
    assert terms("who am I") == ["who", "am", "i"]


@pytest.mark.parametrize("text", ["Can’t sleep?", "can't  SLEEP!", "cant_sleep", "“cant” (sleep)", "ｃａｎｔ sleep"])
def test_one_question_is_one_query_however_it_is_typed(text: str) -> None:
    assert clean(text) == "cant sleep"


@with_database
@given(ODD)
@example("and or not near")
@example('"')
@example("NEAR(a b)")
@example("title:sleep")
@example("sleep*")
@example("-")
@example("\0")
@example(" ".join(chr(0x4E00 + number) for number in range(100)))
@example("x" * 5000)
def test_whatever_is_typed_can_be_searched_for(db: None, text: str) -> None:
    assert all(page.live for page in find(text))


@pytest.mark.parametrize(
    ("typed", "slug"),
    [
        ("cant sleep", "sleep"),
        ("can’t sleep", "sleep"),
        ("awake at 3am", "sleep"),
        ("exam stress", "exam-stress"),
        ("my daughter is being bullied", "bullying-for-parents"),
        ("i am being bullied", "bullying"),
        ("how do i see a gp", "getting-nhs-help"),
        ("panic", "panic"),
        ("panic attack", "panic"),
    ],
)
def test_plain_words_find_the_right_guide_first(typed: str, slug: str, db: None) -> None:
    guides = [page.slug for page in find(typed) if isinstance(page, GuidePage)]
    assert guides[0] == slug


@pytest.mark.parametrize("typed", ["suicidal", "i want to die", "in danger"])
def test_words_of_a_crisis_find_urgent_support_first(typed: str, db: None) -> None:
    assert find(typed)[0].slug == "urgent-support"


@pytest.mark.parametrize("typed", ["help now", "someone to talk to"])
def test_words_that_may_be_a_crisis_find_urgent_support_near_the_top(typed: str, db: None) -> None:
    assert "urgent-support" in [page.slug for page in find(typed)[:3]]


def test_each_page_is_found_once_and_ranking_is_steady(db: None) -> None:
    found = find("sleep stress exams bullying panic help")
    assert len({page.pk for page in found}) == len(found) > 5
    assert [page.pk for page in find("sleep stress exams bullying panic help")] == [page.pk for page in found]


def test_every_live_guide_and_topic_is_found_by_its_title(db: None) -> None:
    for page in [*GuidePage.objects.live(), *TopicPage.objects.live()]:
        assert page in find(page.title)[:3], page.title


def test_a_guide_is_found_as_soon_as_it_is_published_and_not_before(db: None) -> None:
    guide = build.guide("Lanternfish in the deep", live=False)
    assert guide not in find("lanternfish")
    guide.save_revision().publish()
    assert find("lanternfish") == [guide]


def test_the_draft_of_a_changed_page_is_not_found(db: None) -> None:
    guide = GuidePage.objects.get(slug="sleep")
    guide.title = "Lanternfish"
    guide.save_revision()
    assert find("lanternfish") == []


def test_a_guide_taken_down_is_not_found(db: None) -> None:
    guide = build.guide("Lanternfish in the deep")
    guide.unpublish()
    assert find("lanternfish") == []


def test_hidden_samples_are_not_found(db: None, settings: object) -> None:
    settings.SAMPLE_CONTENT = False
    assert not any(getattr(page, "sample", False) for page in find("sleep panic bullying exam"))


def test_another_language_is_found_only_when_asked_for(db: None) -> None:
    french = Locale.objects.create(language_code="fr")
    guide = build.guide("Lanternfish", locale=french)
    assert find("lanternfish") == []
    assert find("lanternfish", "en-gb") == []
    assert find("lanternfish", "fr") == [guide]


@pytest.mark.parametrize("language", ["xx", "fr", "", "en-gb'--", "e" * 5000])
def test_a_language_that_is_not_there_finds_nothing_or_our_own(language: str, db: None) -> None:
    assert all(page.locale.language_code == "en-gb" for page in find("sleep", language))


@pytest.mark.parametrize("nothing", ["", "   ", "?!…", "__", "\0\0", "zzzzqqqq"])
def test_nothing_finds_nothing(nothing: str, db: None) -> None:
    assert find(nothing) == []


def test_a_wrong_address_leads_to_its_neighbours(db: None) -> None:
    assert GuidePage.objects.get(slug="sleep") in nearest("/guides/sleep-well/", 3)
    assert len(nearest("sleep stress exams bullying panic", 3)) == 3


def test_the_index_can_be_built_again_and_finds_the_same(db: None) -> None:
    before = find("cant sleep")[:3]
    call_command("update_index", verbosity=0)
    assert find("cant sleep")[:3] == before

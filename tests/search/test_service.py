"""Plain words find the right help, nothing hidden is found, and no search is left with nothing."""

from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from wagtail.models import Locale

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from content.models import GuidePage, TopicPage
from search.models import SearchDocument, SearchPhrase
from search.service import Hit, answer, live, nearest, titles
from tests import build

ODD = st.one_of(st.text(max_size=600), st.text(alphabet="ab'’_*\"():^-+~&|\\/ \n\t\0%AND OR NOT NEAR", max_size=300))
with_database = settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def addresses(text: str, **how: object) -> list[str]:
    found = answer(text, **how)
    return [] if found.is_fallback else [hit.url for hit in live(found.hits[:20])]


@with_database
@given(ODD)
@example("and or not near")
@example('"')
@example("NEAR(a b)")
@example("sleep*")
@example("\0")
@example("; DROP TABLE search_searchdocument; --")
@example(" ".join(chr(0x4E00 + number) for number in range(100)))
@example("\u202e\u200fsleep🙂")
@example("x" * 100_000)
@example("\udcff\ud800")
def test_whatever_is_typed_there_is_something_to_choose_from(db: None, text: str) -> None:
    found = answer(text)
    assert found.hits
    assert all(hit.url.startswith("/") for hit in found.hits)


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("cant sleep mind racing", "/topics/sleep/"),
        ("awake at 3am", "/guides/sleep/"),
        ("kids at school r being horrible", "/guides/bullying/"),
        ("panic attak", "/guides/panic/"),
        ("my daughter is being bullied", "/guides/bullying-for-parents/"),
        ("how do i see a gp", "/guides/getting-nhs-help/"),
        ("my nan died and i feel numb", "/guides/grief/"),
        ("skint and the rent is due", "/topics/money/"),
        ("boss is on my case", "/topics/work/"),
        ("no mates since i moved here", "/topics/loneliness/"),
        ("hot flushes at work", "/guides/menopause-at-work/"),
        ("new mum crying all day", "/topics/perinatal/"),
    ],
)
def test_what_people_say_finds_the_right_help_among_the_first_three(db: None, typed: str, address: str) -> None:
    assert address in addresses(typed)[:3]


@pytest.mark.parametrize("typed", ["suicidal", "i want to die", "in danger", "my mate wants to kill himself"])
def test_words_of_a_crisis_are_urgent_and_still_find_guides(db: None, typed: str) -> None:
    found = answer(typed)
    assert found.urgent
    assert [hit for hit in found.hits if hit.kind == "guide"]


def test_every_live_guide_and_topic_is_found_by_its_title(db: None) -> None:
    for page in [*GuidePage.objects.live(), *TopicPage.objects.live()]:
        assert page.url in addresses(page.title)[:3], page.title


def test_a_correction_is_told_and_can_be_refused(db: None) -> None:
    assert answer("insomia").corrected == "insomnia"
    assert answer("insomia", exactly=True).corrected == ""
    assert answer("insomnia").corrected == ""
    assert answer("u r mean").corrected == "", "short forms are no mistakes"


def test_a_guide_is_found_as_soon_as_it_is_published_and_not_before(db: None) -> None:
    guide = build.guide("Lanternfish in the deep", live=False)
    assert addresses("lanternfish") == []
    build.publish(guide)
    assert addresses("lanternfish") == [guide.url]


def test_the_draft_of_a_changed_page_is_not_found(db: None) -> None:
    guide = GuidePage.objects.get(slug="sleep")
    guide.title = "Lanternfish"
    guide.save_revision()
    assert addresses("lanternfish") == []


@pytest.mark.parametrize("how", ["unpublish", "delete"])
def test_a_guide_taken_down_is_not_found(db: None, how: str) -> None:
    guide = build.guide("Lanternfish in the deep")
    assert addresses("lanternfish")
    getattr(guide, how)()
    assert addresses("lanternfish") == []
    assert not SearchDocument.objects.filter(title__startswith="Lanternfish").exists()


def test_a_page_that_moves_is_found_at_its_new_address(db: None) -> None:
    guide = build.guide("Lanternfish")
    guide.slug = "deep-sea"
    build.publish(guide)
    assert addresses("lanternfish") == ["/guides/deep-sea/"]


def test_a_topic_that_is_renamed_takes_its_guides_along(db: None) -> None:
    topic = TopicPage.objects.get(slug="anger")
    topic.title = "Lanternfish"
    build.publish(topic, keep_sample=True)
    assert {"/topics/anger/", "/guides/anger/"} <= set(addresses("lanternfish"))


def test_hidden_samples_are_not_found(db: None, settings: object) -> None:
    settings.SAMPLE_CONTENT = False
    assert not any(url.startswith("/guides/") for url in addresses("sleep panic bullying exam"))


def test_an_editors_phrase_works_at_once_and_so_does_its_end(db: None) -> None:
    assert "/topics/sleep/" not in addresses("wibbly wobbly")[:3]
    phrase = SearchPhrase.objects.create(we_say="sleep insomnia", people_say="Wibbly wobbly\nflumpish")
    assert "/topics/sleep/" in addresses("so wibbly-wobbly tonight")[:3]
    phrase.delete()
    assert "/topics/sleep/" not in addresses("wibbly wobbly")[:3]


def test_pages_of_another_language_stand_after_ours(db: None, settings: object) -> None:
    settings.LANGUAGES = settings.WAGTAIL_CONTENT_LANGUAGES = [("en-gb", "English"), ("fr", "Français")]
    french = Locale.objects.create(language_code="fr")
    guide = build.guide("Lanternfish sleep", locale=french)
    assert [hit.language for hit in answer("lanternfish").hits] == ["fr"]
    assert [hit.pk for hit in answer("lanternfish", "fr").hits] == [guide.pk]
    languages = [hit.language for hit in answer("sleep").hits]
    assert languages.count("fr") == 1
    assert languages[-1] == "fr"


@pytest.mark.parametrize("language", ["xx", "fr", "", None, "en-gb'--", "e" * 5000])
def test_a_language_that_is_not_there_is_answered_in_ours(db: None, language: str | None) -> None:
    assert {hit.language for hit in answer("sleep", language).hits} == {"en-gb"}


@pytest.mark.parametrize("nothing", ["", "   ", "?!…", "__", "\0\0", "xqzvwk"])
def test_when_nothing_fits_the_topics_are_there(db: None, nothing: str) -> None:
    found = answer(nothing)
    assert found.is_fallback
    assert {hit.kind for hit in found.hits} == {"topic"}
    assert len(found.hits) == TopicPage.objects.live().count()


def test_a_wrong_address_leads_to_its_neighbours(db: None) -> None:
    assert "/guides/sleep/" in [hit.url for hit in nearest("/guides/sleep-well/", 3)]
    assert len(nearest("sleep stress exams bullying panic", 3)) == 3
    assert nearest("/xqzvwk/", 3) == []


def test_the_words_that_were_asked_for_are_marked_in_the_summary(db: None) -> None:
    page = TopicPage.objects.get(slug="sleep")
    hit = next(hit for hit in answer("sleeping").hits if hit.pk == page.pk)
    pieces = list(hit.why)
    assert "".join(words for words, _asked in pieces) == page.summary
    assert [words for words, asked in pieces if asked] == ["sleep"]


@given(st.text(max_size=80), st.frozensets(st.sampled_from(["sleep", "worri", "a"]), max_size=3))
def test_marking_changes_no_letter(summary: str, wanted: frozenset[str]) -> None:
    hit = Hit(1, "guide", "t", summary, "/", [], [], "en-gb", wanted)
    assert "".join(words for words, _asked in hit.why) == summary


def test_a_search_asks_the_database_little_when_nothing_has_changed(db: None) -> None:
    answer("sleep")
    with CaptureQueriesContext(connection) as queries:
        live(answer("cant sleep").hits[:10])
    assert len(queries) <= 3


def test_titles_for_the_box_are_those_of_live_topics_and_guides_and_nothing_else(db: None) -> None:
    found = titles("en-gb")
    assert set(found) == {page.title for model in (TopicPage, GuidePage) for page in model.objects.live()}


def test_the_index_can_be_built_again_and_finds_the_same(db: None, capsys: pytest.CaptureFixture) -> None:
    before = addresses("cant sleep")
    SearchDocument.objects.all().delete()
    assert addresses("cant sleep") == []
    call_command("search_index")
    assert "pages can be found" in capsys.readouterr().out
    assert addresses("cant sleep") == before


def test_the_quality_of_search_is_printed_beside_what_others_reach(db: None, capsys: pytest.CaptureFixture) -> None:
    call_command("search_quality")
    out = capsys.readouterr().out
    ours = [row.split() for row in out.splitlines() if row.startswith("ours, words alone")]
    others = [row.split() for row in out.splitlines() if row.startswith("SQLite full text")]
    assert [row[3] for row in ours] == ["clean", "typo"]
    for mine, plain in zip(ours, others, strict=True):
        first, three, gain, none = map(float, mine[4:8])
        assert first >= 0.65
        assert three >= 0.85
        assert gain >= 0.54
        assert none == 0
        assert first > float(plain[4])

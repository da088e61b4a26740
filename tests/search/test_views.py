"""The search page and its data: work without JavaScript, remember nothing, and never leave a reader with nothing."""

import re
from html import unescape

from django.test import Client

from wagtail.models import Locale

import pytest

from content.blocks import BodyBlock
from content.models import GuidePage, Helpline, TopicPage
from search.models import SearchDocument
from search.views import RESULTS_A_PAGE
from tests import build

NONSENSE = ["0", "-1", "999", "two", "", "1.5", "%00", "9" * 400, "١"]


def read(visitor: Client, address: str) -> str:
    response = visitor.get(address)
    assert response.status_code == 200, address
    return unescape(response.content.decode())


def cards(html: str) -> list[str]:
    return re.findall(r'<a class="card__link" href="([^"]+)">', html)


@pytest.fixture
def _many(db: None) -> None:
    for number in range(RESULTS_A_PAGE + 1):
        build.guide(f"Lanternfish {number:02}")


def test_a_search_lists_the_pages_it_found(visitor: Client) -> None:
    html = read(visitor, "/search/?q=cant+sleep")
    assert set(cards(html)[:2]) == {"/topics/sleep/", "/guides/sleep/"}
    assert "Awake at 3 am" in html
    assert 'value="cant sleep"' in html


def test_searching_needs_no_javascript(visitor: Client) -> None:
    for address in ["/search/", "/"]:
        form = re.search(r'<form class="search-form".*?</form>', read(visitor, address), re.DOTALL)[0]
        assert 'method="get"' in form
        assert 'action="/search/"' in form
        assert '<label for="q">' in form
        assert re.search(r'<input id="q" name="q"', form)
        assert '<button type="submit">' in form
        assert not re.search(r"\son\w+=|<script", form)


@pytest.mark.parametrize("query", ["", "?q=", "?q=%20%20", "?q=zzzzqqqq", "?q=%00", "?q=%3F%21"])
def test_when_nothing_is_found_topics_and_urgent_support_are_offered(query: str, visitor: Client) -> None:
    html = read(visitor, f"/search/{query}")
    main = html.partition("<main")[2].partition("</main>")[0]
    assert cards(main) == [topic.url for topic in TopicPage.objects.live().order_by("title")]
    assert '<a href="/urgent-support/">' in main


def test_urgent_support_is_offered_when_something_is_found_too(visitor: Client) -> None:
    main = read(visitor, "/search/?q=sleep").partition("<main")[2].partition("</main>")[0]
    assert '<a href="/urgent-support/">' in main


@pytest.mark.parametrize("address", ["/search/?q=sleep", "/search.json?q=sleep"])
def test_a_search_is_not_kept(address: str, visitor: Client) -> None:
    response = visitor.get(address)
    assert response["Cache-Control"] == "no-store"
    assert response["X-Robots-Tag"] == "noindex"
    assert not response.cookies


@pytest.mark.parametrize("address", ["/search/?q=sleep", "/search.json?q=sleep"])
def test_a_search_can_only_be_read(address: str, visitor: Client) -> None:
    assert visitor.head(address).status_code == 200
    assert visitor.post(address).status_code == 405


def test_what_was_typed_cannot_become_markup(visitor: Client) -> None:
    html = visitor.get("/search/", {"q": '"><script>alert(1)</script>'}).content.decode()
    assert "<script>alert" not in html
    assert 'value="script alert 1 script"' in html


@pytest.mark.usefixtures("_many")
def test_answers_come_ten_a_page_and_each_once(visitor: Client) -> None:
    pages = [read(visitor, f"/search/?q=lanternfish&page={number}") for number in (1, 2)]
    found = [cards(html.partition("<main")[2]) for html in pages]
    assert [len(part) for part in found] == [10, 1]
    assert len({address for part in found for address in part}) == 11
    assert "11 answers" in pages[0]
    assert "Page 1 of 2" in pages[0]
    assert '<a href="?q=lanternfish&page=2" rel="next">' in pages[0]
    assert '<a href="?q=lanternfish&page=1" rel="prev">' in pages[1]
    assert 'rel="next"' not in pages[1]


@pytest.mark.usefixtures("_many")
def test_a_page_number_that_makes_no_sense_gives_a_page(visitor: Client) -> None:
    for number in NONSENSE:
        assert re.search(r"Page [12] of 2", read(visitor, f"/search/?q=lanternfish&page={number}")), number
        assert visitor.get(f"/search.json?q=lanternfish&page={number}").json()["results"], number


@pytest.mark.usefixtures("_many")
def test_data_comes_ten_a_page_at_most(visitor: Client) -> None:
    pages = [visitor.get(f"/search.json?q=lanternfish&page={number}").json() for number in (1, 2)]
    assert [len(page["results"]) for page in pages] == [10, 1]
    assert {page["total"] for page in pages} == {11}
    assert len({result["url"] for page in pages for result in page["results"]}) == 11


def test_data_says_what_each_answer_is(visitor: Client) -> None:
    response = visitor.get("/search.json?q=Can%E2%80%99t+sleep%3F")
    assert response["Content-Type"] == "application/json"
    data = response.json()
    assert set(data) == {"query", "corrected", "urgent", "engine", "results", "total"}
    assert (data["corrected"], data["urgent"], data["engine"]) == ("", False, "lexical")
    assert data["query"] == "cant sleep"
    guide = next(result for result in data["results"] if result["kind"] == "guide")
    assert guide == {
        "url": "/guides/sleep/",
        "title": "Awake at 3 am",
        "summary": "What to do right now when sleep will not come, and what helps over the next few weeks.",
        "kind": "guide",
        "topics": guide["topics"],
        "language": "en-gb",
    }
    assert sorted(guide["topics"]) == ["anxiety", "sleep"]
    for result in data["results"]:
        assert result["kind"] in {"guide", "topic", "urgent-support", "page"}
        assert visitor.get(result["url"]).status_code == 200
    topic = next(result for result in data["results"] if result["kind"] == "topic")
    assert topic["topics"] == [topic["url"].strip("/").rpartition("/")[2]]


@pytest.mark.parametrize("query", ["", "?q=", "?q=zzzzqqqq", "?q=zzzzqqqq&lang=%00"])
def test_when_nothing_fits_the_data_are_the_topics(query: str, visitor: Client) -> None:
    data = visitor.get(f"/search.json{query}").json()
    assert {result["kind"] for result in data["results"]} == {"topic"}
    assert data["total"] == TopicPage.objects.live().count()


@pytest.mark.parametrize("lang", ["xx", "fr", "%00", "e" * 3000])
def test_a_language_that_is_not_there_is_answered_in_ours(lang: str, visitor: Client) -> None:
    assert visitor.get(f"/search.json?q=sleep&lang={lang}").json()["results"]


def test_a_cry_for_help_puts_people_to_call_above_the_answers_which_still_stand(visitor: Client) -> None:
    html = read(visitor, "/search/?q=i+want+to+die")
    main = html.partition("<main")[2]
    panel, _, below = main.partition('class="urgent-panel"')[2].partition("</section>")
    assert 'href="tel:116123"' in panel
    assert 'href="tel:999"' in panel
    assert "want to die" not in panel, "nobody's words are thrown back at her"
    assert "card__link" in below
    assert visitor.get("/search.json?q=i+want+to+die").json()["urgent"] is True
    assert 'class="urgent-panel"' not in read(visitor, "/search/?q=cant+sleep")


def test_lines_that_are_open_stand_first_in_the_panel(visitor: Client) -> None:
    Helpline.objects.filter(key="emergency").get().ways.update(hours="Mon-Fri 09:00-17:00")
    panel = read(visitor, "/search/?q=i+want+to+die").partition('class="urgent-panel"')[2].partition("</section>")[0]
    assert panel.index('href="tel:116123"') < panel.index('href="tel:999"'), "at three in the morning"


def test_a_correction_is_said_with_a_way_back_to_what_was_typed(visitor: Client) -> None:
    html = read(visitor, "/search/?q=insomia")
    assert "Showing answers for “insomnia”." in html
    assert '<a href="?q=insomia&exactly=1">Search for “insomia” exactly</a>' in html
    assert "Showing answers for" not in read(visitor, "/search/?q=insomia&exactly=1")
    assert "Showing answers for" not in read(visitor, "/search/?q=insomnia")


def test_answers_can_be_narrowed_by_plain_links_that_say_how_many_they_leave(visitor: Client) -> None:
    html = read(visitor, "/search/?q=sleep")
    options = re.findall(r'<a href="(\?[^"]+)" rel="nofollow">([^<]+) \((\d+)\)', html)
    assert {"Guides", "Topics"} <= {label for _address, label, _count in options}
    for address, label, count in options[:12]:
        narrowed = read(visitor, f"/search/{address}")
        assert f"{count} answer" in narrowed, label
        assert 'aria-current="true"' in narrowed
    both = read(visitor, "/search/?q=sleep&kind=guide&topic=anxiety")
    assert "kind=guide&topic=anxiety" in both or "page=" not in both


@pytest.mark.parametrize("odd", ["kind=zzz", "topic=%00", "audience=" + "x" * 999, "kind=guide&kind=topic"])
def test_a_filter_that_means_nothing_leads_back_to_all_answers(odd: str, visitor: Client) -> None:
    html = read(visitor, f"/search/?q=sleep&{odd}")
    assert "Show all answers" in html or "card__link" in html


def test_the_box_is_completed_from_titles_that_are_the_same_for_everybody(visitor: Client) -> None:
    data = visitor.get("/search/titles.json").json()
    assert "Awake at 3 am" in data["titles"]
    assert "Sleep" in data["titles"]
    assert data == visitor.get("/search/titles.json?q=secret").json()
    assert 'data-titles="/search/titles.json"' in read(visitor, "/")


def test_data_can_be_had_in_a_language_by_name(visitor: Client) -> None:
    assert visitor.get("/search.json?q=sleep&lang=en-gb").json() == visitor.get("/search.json?q=sleep").json()


@pytest.mark.parametrize("odd", ["q=a&q=b", "q[]=sleep", "q=" + "x" * 1500, "q=%ff%fe", "q=%ED%A0%80", "page=2"])
def test_an_odd_query_is_answered(odd: str, visitor: Client) -> None:
    assert visitor.get(f"/search/?{odd}").status_code == 200
    assert visitor.get(f"/search.json?{odd}").status_code == 200


def test_a_service_that_is_named_stands_above_the_answers(visitor: Client) -> None:
    main = read(visitor, "/search/?q=ring+the+samaritans").partition("<main")[2]
    assert 'class="helpline__name">Samaritans</h3>' in main
    assert main.index("helpline__name") < main.index('class="answers"')
    assert "helpline__name" not in read(visitor, "/search/?q=cant+sleep").partition("<main")[2]


def test_services_are_a_kind_of_answer_with_their_count(visitor: Client) -> None:
    html = read(visitor, "/search/?q=debt")
    address, count = re.search(
        r'href="(\?q=debt[^"]*kind=service)"[^>]*>Services to call or write to \((\d+)\)', html
    ).groups()
    narrowed = read(visitor, f"/search/{address}").partition("<main")[2]
    assert narrowed.count("helpline__name") == int(count)
    assert "StepChange" in narrowed
    assert 'class="answers"' not in narrowed


def test_a_hidden_service_is_not_found(visitor: Client, settings: object) -> None:
    settings.SAMPLE_CONTENT = False
    shown = set(Helpline.objects.shown().values_list("name", flat=True))
    hidden = Helpline.objects.exclude(name__in=shown).first()
    assert f">{hidden.name}<" not in read(visitor, f"/search/?q={hidden.name}&kind=service")


def test_what_can_be_listened_to_can_be_asked_for(visitor: Client) -> None:
    guide = GuidePage.objects.get(slug="sleep")
    SearchDocument.objects.filter(pk=guide.pk).update(forms=["audio"], stamp=5)
    assert cards(read(visitor, "/search/?q=sleep&kind=audio").partition("<main")[2]) == [guide.url]


def test_a_guide_with_sound_is_one_to_listen_to(db: None) -> None:
    body = [("video", BodyBlock().child_blocks["video"].get_preview_value())]
    guide = build.guide("Rain on a window", body=body, live=False)
    build.publish_anyway(guide)
    assert SearchDocument.objects.get(pk=guide.pk).forms == ["audio"]


def test_an_answer_in_another_language_says_so_and_can_be_asked_for_alone(visitor: Client, settings: object) -> None:
    settings.LANGUAGES = settings.WAGTAIL_CONTENT_LANGUAGES = [("en-gb", "English"), ("fr", "Français")]
    build.guide("Sleep lanternfish", locale=Locale.objects.create(language_code="fr"))
    html = read(visitor, "/search/?q=lanternfish+sleep")
    link = re.search(r'href="(\?[^"]*language=fr)"[^>]*>Français \(1\)', html)[1]
    alone = read(visitor, f"/search/{link}").partition('class="answers"')[2]
    assert 'lang="fr">Sleep lanternfish</a> <span class="quiet">français</span>' in alone
    assert alone.count("card__link") == 1
    assert 'lang="en' not in alone

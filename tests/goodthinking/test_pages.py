"""The pocket card of a guide, and what every page says of itself to browsers and other sites."""

import re
from itertools import pairwise

from django.test import Client

import pytest

from content.models import GuidePage
from tests import build, walk

GUIDES = ["sleep", "suicidal-thoughts", "domestic-abuse", "sleep-workbook", "kinds-of-apps"]


@pytest.mark.parametrize("slug", GUIDES)
def test_a_card_holds_what_to_try_who_to_call_and_where_the_rest_is(visitor: Client, slug: str) -> None:
    guide = GuidePage.objects.get(slug=slug)
    html = visitor.get(f"/guides/{slug}/card/").content.decode()
    steps = next(child.value["steps"] for child in guide.body if child.block_type == "try_this")
    lines = next(child.value.shown for child in guide.body if child.block_type == "helplines")[:3]
    card = html.partition('class="pocket-card"')[2]
    for step in steps:
        assert step.replace("'", "&#x27;") in card
    assert 1 <= len(lines) <= 3
    for helpline in lines:
        assert helpline.name in card
    assert '<svg role="img"' in card
    assert f"http://testserver/guides/{slug}/" in card
    assert '<meta name="robots" content="noindex">' in html
    assert f'<link rel="canonical" href="http://testserver/guides/{slug}/">' in html


def test_every_guide_has_a_card_and_leads_to_it(visitor: Client) -> None:
    for guide in GuidePage.objects.live():
        assert f'href="{guide.url}card/"' in visitor.get(guide.url).content.decode()
        assert visitor.get(f"{guide.url}card/").status_code == 200, guide.slug


def test_a_guide_without_an_exercise_or_helplines_gives_its_promise_and_the_first_calls(visitor: Client) -> None:
    guide = build.guide("Bare", summary="One line of promise.", body=[("paragraph", "<p>Words.</p>")])
    html = visitor.get(f"{guide.url}card/").content.decode()
    assert "One line of promise." in html
    assert "Samaritans" in html


@pytest.mark.parametrize("address", ["/guides/nowhere/card/", "/guides/draft/card/", "/topics/sleep/card/"])
def test_there_is_no_card_of_what_is_no_guide(visitor: Client, address: str) -> None:
    build.guide("Draft", slug="draft", live=False)
    assert visitor.get(address).status_code == 404


def test_no_card_of_a_hidden_sample(visitor: Client, settings: object) -> None:
    settings.SAMPLE_CONTENT = False
    assert visitor.get("/guides/sleep/card/").status_code == 404


def test_every_page_has_one_heading_its_own_title_and_says_where_it_lies(visitor: Client) -> None:
    titles: dict[str, str] = {}
    pages = [address for address in walk.starter_addresses() if "?" not in address]
    shown = 0
    for address in pages:
        response = visitor.get(address)
        if response.status_code != 200 or not response["Content-Type"].startswith("text/html"):
            continue
        html = response.content.decode()
        shown += 1
        assert html.count("<h1") == 1, address
        title = re.search(r"<title>(.*?)</title>", html, re.DOTALL)[1]
        assert titles.setdefault(title, address) == address
        assert re.search(r'<html lang="en-gb" dir="ltr">', html), address
        if "noindex" in html:
            continue
        assert f'<link rel="canonical" href="http://testserver{address}">' in html, address
        for name in ["title", "description", "url", "image", "type", "site_name"]:
            assert re.search(rf'<meta property="og:{name}" content="[^"]+">', html), (address, name)
    assert shown > 180


def test_headings_are_not_skipped(visitor: Client) -> None:
    for address in walk.starter_addresses():
        response = visitor.get(address)
        if response["Content-Type"].startswith("text/html") and "?" not in address:
            levels = [int(level) for level in re.findall(r"<h([1-6])\b", response.content.decode())]
            jumps = [(one, two) for one, two in pairwise(levels) if two > one + 1]
            assert jumps == [], address


def test_the_breadcrumb_of_a_guide_leads_to_its_first_topic(visitor: Client) -> None:
    html = visitor.get("/guides/exam-stress/").content.decode()
    crumbs = html.partition('<ol class="breadcrumbs">')[2].partition("</ol>")[0]
    assert re.findall(r'href="([^"]+)"', crumbs) == ["/", "/topics/exam-stress/"]


def test_a_note_on_hard_content_offers_a_way_past_it(visitor: Client) -> None:
    guides = GuidePage.objects.live().exclude(content_note="")
    assert guides.count() > 10
    for guide in guides:
        html = visitor.get(guide.url).content.decode()
        assert html.count('href="#get-help"') == 1, guide.slug
        assert html.count('id="get-help"') == 1, guide.slug


def test_a_sample_claims_no_review_in_its_structured_data(visitor: Client) -> None:
    html = visitor.get("/guides/sleep/").content.decode()
    data = html.partition('application/ld+json">')[2].partition("</script>")[0]
    assert '"MedicalWebPage"' in data
    assert "lastReviewed" not in data
    assert "reviewedBy" not in data

"""Feeds: new guides without an address book, of the site, of a topic, of a partner."""

from xml.etree import ElementTree

from django.test import Client

import pytest

from content.models import GuidePage
from tests import build

ATOM = "{http://www.w3.org/2005/Atom}"


def read(visitor: Client, address: str) -> ElementTree.Element:
    response = visitor.get(address)
    assert response.status_code == 200
    assert response["Content-Type"].startswith("application/atom+xml")
    return ElementTree.fromstring(response.content)


def links(feed: ElementTree.Element) -> list[str]:
    return [entry.find(f"{ATOM}link").get("href") for entry in feed.findall(f"{ATOM}entry")]


def test_a_new_guide_stands_first_in_the_feeds_it_belongs_to_and_in_no_other(visitor: Client) -> None:
    new = build.guide("A new guide about sleep")
    for address in ["/guides/feed.atom", "/topics/sleep/feed.atom"]:
        assert links(read(visitor, address))[0] == f"http://testserver{new.url}", address
    for address in ["/topics/anger/feed.atom", "/partners/nightlight-london/feed.atom"]:
        assert f"http://testserver{new.url}" not in links(read(visitor, address)), address


def test_a_feed_says_whose_it_is_and_where_it_lies(visitor: Client) -> None:
    feed = read(visitor, "/topics/sleep/feed.atom")
    assert feed.find(f"{ATOM}title").text.startswith("Sleep – ")
    assert {link.get("href") for link in feed.findall(f"{ATOM}link")} == {
        "http://testserver/topics/sleep/",
        "http://testserver/topics/sleep/feed.atom",
    }
    entry = feed.find(f"{ATOM}entry")
    assert all(entry.find(f"{ATOM}{name}").text for name in ["title", "summary", "id", "updated", "published"])


def test_pages_that_list_guides_lead_to_their_feed(visitor: Client) -> None:
    for page, feed in [("/", "/guides/"), ("/guides/", "/guides/"), ("/topics/sleep/", "/topics/sleep/")]:
        html = visitor.get(page).content.decode()
        assert 'type="application/atom+xml"' in html, page
        assert f'href="{feed}feed.atom"' in html, page


def test_a_draft_is_in_no_feed_and_neither_is_a_hidden_sample(visitor: Client, settings: object) -> None:
    draft = build.guide("Not ready", live=False)
    assert f"http://testserver{draft.url}" not in links(read(visitor, "/guides/feed.atom"))
    settings.SAMPLE_CONTENT = False
    assert links(read(visitor, "/guides/feed.atom")) == []
    assert visitor.get("/guides/feed.atom").content == visitor.get("/guides/feed.atom").content


@pytest.mark.parametrize("address", ["/anonymity/feed.atom", "/guides/sleep/feed.atom", "/nowhere/feed.atom", "/feed.atom"])
def test_pages_without_guides_have_no_feed(visitor: Client, address: str) -> None:
    assert visitor.get(address).status_code == 404


def test_a_feed_is_no_longer_than_thirty(visitor: Client) -> None:
    assert GuidePage.objects.live().count() > 30
    assert len(links(read(visitor, "/guides/feed.atom"))) == 30

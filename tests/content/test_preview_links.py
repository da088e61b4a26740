"""A partner's board reads a draft without signing in, for some days, and leaves no trace."""

import logging
import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.contrib.sessions.backends.db import SessionStore
from django.test import Client

from wagtail.models import PageLogEntry

import pytest
import time_machine

from content.models import GuidePage, PreviewLink
from content.previews import find_link, make_link
from tests import build

NOW = datetime(2026, 11, 24, 3, 0, tzinfo=ZoneInfo("Europe/London"))
GONE = "This link leads nowhere any more"


def draft(summary: str = "Words for the board.") -> GuidePage:
    return build.guide("Not ready yet", under=build.shelf("nightlight-london"), live=False, summary=summary)


def saved(page: GuidePage) -> GuidePage:
    page.save_revision()
    return GuidePage.objects.get(pk=page.pk)


def link_of(page: GuidePage, days: int = 7) -> str:
    return f"/cms/preview/{make_link(page, None, days)}/"


@pytest.fixture
def page(db: None) -> GuidePage:
    return saved(draft())


def test_whoever_has_the_link_reads_the_draft_and_is_told_that_it_is_one(page: GuidePage, visitor: Client) -> None:
    response = visitor.get(link_of(page))
    html = response.content.decode()
    assert response.status_code == 200
    assert "Words for the board." in html
    assert "This is a draft." in html
    assert "until 1 December 2026, 03:00" in html


def test_it_keeps_no_trace_and_is_found_by_no_search_engine(
    page: GuidePage, visitor: Client, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def refuse(*args: object, **kwargs: object) -> None:
        raise AssertionError("a session was opened")

    address = link_of(page)
    monkeypatch.setattr(SessionStore, "__init__", refuse)
    caplog.set_level(logging.INFO)
    for shown in [address, "/cms/preview/wrong/"]:
        response = visitor.get(shown)
        assert not response.cookies
        assert "Set-Cookie" not in response.headers
        assert response["Cache-Control"] == "no-store"
        assert response["X-Robots-Tag"] == "noindex, nofollow"
        assert response["Referrer-Policy"] == "no-referrer"
        assert response["X-Frame-Options"] == "DENY"
        assert "'unsafe-inline'" not in response["Content-Security-Policy"]
        assert response.headers.get("Vary", "").lower() in {"", "accept-encoding"}
        assert not hasattr(response.wsgi_request, "user")
        assert address.split("/")[3] not in response.content.decode()
    written = [record.getMessage() for record in caplog.records if record.name == "access"]
    assert [line.split(" ")[:3] for line in written] == [["GET", "shared-draft", "200"], ["GET", "shared-draft", "404"]]


def test_it_can_only_be_read(page: GuidePage, visitor: Client) -> None:
    assert visitor.post(link_of(page), {"x": "y"}).status_code == 405


def test_expired_withdrawn_and_wrong_links_are_answered_alike(page: GuidePage, visitor: Client) -> None:
    expired, withdrawn = link_of(page, 1), link_of(page, 30)
    PreviewLink.objects.order_by("expires_at").last().delete()
    answers = [visitor.get(withdrawn), visitor.get("/cms/preview/wrong-token_1/")]
    with time_machine.travel(NOW + timedelta(days=1), tick=False):
        answers.append(visitor.get(expired))
    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.content for answer in answers}) == 1
    assert GONE in answers[0].content.decode()
    assert "/urgent-support/" in answers[0].content.decode()


def test_the_board_sees_the_version_it_was_sent_even_while_its_writer_types_on(page: GuidePage, visitor: Client) -> None:
    address = link_of(page)
    # Wagtail saves as she types, into the same revision.
    page.summary = "Half a sent"
    page.save_revision(overwrite_revision=page.latest_revision)
    assert page.get_latest_revision_as_object().summary == "Half a sent"
    html = visitor.get(address).content.decode()
    assert "Words for the board." in html
    assert "Half a sent" not in html


def test_of_a_token_only_its_fingerprint_is_kept(page: GuidePage) -> None:
    token = make_link(page, None, 7)
    kept = PreviewLink.objects.get()
    assert len(token) >= 43
    assert token not in str(vars(kept))
    assert find_link(token) == kept
    assert find_link(kept.token_hash) is None


@pytest.mark.parametrize("days", [0, 31, -1])
def test_a_link_lasts_thirty_days_at_most(page: GuidePage, days: int) -> None:
    with pytest.raises(ValueError, match="from 1 to 30 days"):
        make_link(page, None, days)


def test_expired_links_are_cleared_away_with_what_they_kept(page: GuidePage) -> None:
    make_link(page, None, 1)
    with time_machine.travel(NOW + timedelta(days=2), tick=False):
        make_link(page, None, 1)
    assert PreviewLink.objects.count() == 1


def test_an_editor_makes_a_link_once_sees_it_once_and_takes_it_back(page: GuidePage, visitor: Client) -> None:
    amina = build.partner_editor(build.shelf("nightlight-london"))
    links = f"/cms/preview-links/{page.pk}/"
    assert links in amina.get(f"/cms/pages/{page.pk}/edit/").content.decode()
    made = amina.post(links, {"days": 3}).content.decode()
    path = re.search(r'id="new-address">https?://[^/]+(/cms/preview/[\w-]+/)<', made)[1]
    assert visitor.get(path).status_code == 200
    listed = amina.get(links).content.decode()
    assert path not in listed
    assert "27 November 2026, 03:00" in listed
    assert "amina" in listed
    withdraw = re.search(r'action="(/cms/preview-links/\d+/\d+/withdraw/)"', listed)[1]
    assert amina.get(withdraw).status_code == 405
    assert amina.post(withdraw).status_code == 302
    assert visitor.get(path).status_code == 404
    told = [entry.action for entry in PageLogEntry.objects.filter(page=page, action__startswith="content.").order_by("pk")]
    assert told == ["content.preview_link.make", "content.preview_link.withdraw"]
    assert "Made a preview link" in amina.get(f"/cms/pages/{page.pk}/history/").content.decode()


def test_a_wrong_number_of_days_is_explained_and_makes_no_link(page: GuidePage, editor: Client) -> None:
    html = editor.post(f"/cms/preview-links/{page.pk}/", {"days": 31}).content.decode()
    assert "less than or equal to 30" in html
    assert not PreviewLink.objects.exists()


def test_nobody_shows_somebody_elses_draft(page: GuidePage) -> None:
    other = build.partner_editor(build.shelf("lantern-youth-project"))
    make_link(page, None, 7)
    link = PreviewLink.objects.get()
    assert other.get(f"/cms/preview-links/{page.pk}/").status_code == 302
    assert other.post(f"/cms/preview-links/{page.pk}/", {"days": 3})["Location"] == "/cms/"
    assert other.post(f"/cms/preview-links/{page.pk}/{link.pk}/withdraw/")["Location"] == "/cms/"
    assert list(PreviewLink.objects.all()) == [link]
    assert Client().get(f"/cms/preview-links/{page.pk}/")["Location"].startswith("/cms/login/")


def test_a_link_of_one_page_is_not_withdrawn_through_another(page: GuidePage) -> None:
    shelf = build.shelf("lantern-youth-project")
    amina = build.partner_editor(shelf)
    own = saved(build.guide("Her own", under=shelf, live=False))
    make_link(page, None, 7)
    amina.post(f"/cms/preview-links/{own.pk}/{PreviewLink.objects.get().pk}/withdraw/")
    assert PreviewLink.objects.count() == 1

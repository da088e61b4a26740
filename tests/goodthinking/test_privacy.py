"""A reader is nobody: proved on every address that can be reached from the first page."""

import re

from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

import pytest

from goodthinking.styles import csp_source
from tests import walk

CURIOUS = {
    "HTTP_USER_AGENT": "curious/1.0",
    "HTTP_ACCEPT_LANGUAGE": "ar,bn;q=0.9",
    "HTTP_REFERER": "https://elsewhere.example/?q=secret",
    "HTTP_X_FORWARDED_FOR": "203.0.113.9",
    "HTTP_AUTHORIZATION": "Basic bm9ib2R5OnNlY3JldA==",
    "HTTP_X_REQUESTED_WITH": "XMLHttpRequest",
}


@pytest.fixture
def addresses(visitor: Client) -> list[str]:
    found = walk.starter_addresses()
    assert len(found) > 40, "the walk should find the whole starter library"
    return found


def test_no_answer_knows_the_reader(addresses: list[str], visitor: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*args: object, **kwargs: object) -> None:
        raise AssertionError("a session was opened for a reader")

    monkeypatch.setattr(SessionStore, "__init__", refuse)
    for address in addresses:
        with CaptureQueriesContext(connection) as queries:
            response = visitor.get(address, **CURIOUS)
        asked = [query["sql"] for query in queries if re.search(r"django_session|auth_user", query["sql"])]
        assert response.status_code in {200, 301, 400, 404}, address
        assert not response.cookies, address
        assert "Set-Cookie" not in response.headers, address
        assert response.headers.get("Vary", "").lower() in {"", "accept-encoding"}, address
        assert not asked, address
        assert not hasattr(response.wsgi_request, "user"), address
        assert not hasattr(response.wsgi_request, "session"), address


def test_every_answer_says_keep_nothing_tell_nobody(addresses: list[str], visitor: Client) -> None:
    for address in addresses:
        headers = visitor.get(address).headers
        assert headers["Referrer-Policy"] == "no-referrer", address
        assert headers["X-Content-Type-Options"] == "nosniff", address
        assert headers["Cross-Origin-Opener-Policy"] == "same-origin", address
        assert headers["Cross-Origin-Resource-Policy"] == "same-origin", address
        assert headers["X-Frame-Options"] == "DENY", address
        assert "camera=()" in headers["Permissions-Policy"], address
        assert int(re.search(r"max-age=(\d+)", headers["Strict-Transport-Security"])[1]) >= 31_536_000, address
        assert "default-src 'none'" in headers["Content-Security-Policy"], address


def test_pages_run_no_inline_script_and_ask_no_other_host(addresses: list[str], visitor: Client) -> None:
    for address in addresses:
        response = visitor.get(address)
        policy = dict(
            part.strip().split(" ", 1) for part in response["Content-Security-Policy"].split(";") if " " in part.strip()
        )
        assert policy["default-src"] == "'none'", address
        if "style-src" in policy:
            # Those inside each page, and files of ours: a trainer's pages have one more.
            assert policy.pop("style-src").split() == ["'self'", csp_source(settings.STYLES)], address
        for directive, sources in policy.items():
            assert set(sources.split()) <= {"'none'", "'self'"}, (address, directive)
        if response["Content-Type"].startswith("text/html") and response.status_code != 301:
            html = response.content.decode()
            assert csp_source(settings.STYLES) in response["Content-Security-Policy"], address
            assert re.findall(r"<style\b[^>]*>(.*?)</style>", html) == [settings.STYLES], address
            html = html.replace(f"<style>{settings.STYLES}</style>", "")
            scripts = re.findall(r"<script\b([^>]*)>", html)
            assert all("src=" in script or "application/ld+json" in script for script in scripts), address
            assert not re.search(r"""\s(?:on\w+|style)=["']|<style\b|javascript:""", html), address
            loaded = re.findall(
                r"<(?:script|img|source|iframe|video|audio|embed|object|link(?! rel=.canonical))\b[^>]*>", html
            )
            for tag in loaded:
                hosts = re.findall(r"""(?:src|href|srcset|data)=["'](?:https?:)?//([^/"']+)""", tag)
                assert set(hosts) <= {"testserver"}, (address, tag)


def test_pages_are_the_same_for_everybody_and_asked_for_again_each_time(addresses: list[str], db: None) -> None:
    for address in addresses:
        plain, curious = Client().get(address), Client().get(address, **CURIOUS)
        assert plain.getvalue() == curious.getvalue(), address
        assert plain.headers.get("ETag") == curious.headers.get("ETag"), address
        if plain["Content-Type"].startswith("text/html"):
            assert plain["Cache-Control"] in {"no-cache", "no-store"}, address


def test_a_browser_that_has_the_page_gets_it_not_sent_again(visitor: Client) -> None:
    tag = visitor.get("/guides/sleep/")["ETag"]
    again = visitor.get("/guides/sleep/", HTTP_IF_NONE_MATCH=tag)
    assert again.status_code == 304
    assert not again.content


@pytest.mark.parametrize("address", ["/search/?q=panic", "/search.json?q=panic"])
def test_searches_are_kept_nowhere(visitor: Client, address: str) -> None:
    assert visitor.get(address)["Cache-Control"] == "no-store"


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
@pytest.mark.parametrize("address", ["/", "/guides/sleep/", "/search/", "/documents/1/x.pdf", "/_util/login/"])
def test_a_reader_can_only_read(visitor: Client, method: str, address: str) -> None:
    response = getattr(visitor, method)(address, {"q": "x"})
    assert response.status_code == 405
    assert "/urgent-support/" in response.content.decode()


def test_there_is_no_second_way_to_sign_in(visitor: Client) -> None:
    assert visitor.get("/_util/login/").status_code == 404
    assert visitor.get("/accounts/login/").status_code == 404


def test_editors_are_still_protected_from_forged_forms(db: None) -> None:
    client = Client(enforce_csrf_checks=True)
    response = client.post("/cms/login/", {"username": "ed", "password": "x"})
    assert response.status_code == 403
    assert "/urgent-support/" in response.content.decode()


def test_editors_cookies_stay_in_the_editor(db: None, django_user_model: type) -> None:
    django_user_model.objects.create_superuser("ed", password="correct horse battery")
    client = Client()
    page = client.get("/cms/login/")
    assert page.cookies["csrftoken"]["path"] == "/cms/"
    signed_in = client.post("/cms/login/", {"username": "ed", "password": "correct horse battery"})
    assert signed_in.status_code == 302
    assert signed_in.cookies["sessionid"]["path"] == "/cms/"
    assert signed_in.cookies["sessionid"]["httponly"]
    assert not client.get("/").cookies


def test_an_editors_forms_can_prove_where_they_come_from(db: None) -> None:
    assert Client().get("/cms/login/")["Referrer-Policy"] == "same-origin"


def test_a_preview_is_an_editors_page_and_may_stand_in_the_editors_frame(editor: Client) -> None:
    from content.models import GuidePage

    guide = GuidePage.objects.get(slug="sleep")
    response = editor.get(f"/cms/pages/{guide.pk}/view_draft/")
    assert response.status_code == 200
    assert "frame-ancestors 'self'" in response["Content-Security-Policy"]
    assert response["X-Frame-Options"] == "SAMEORIGIN"


def test_headers_about_scheme_and_host_count_only_from_our_own_proxy(visitor: Client) -> None:
    claimed = {"HTTP_X_FORWARDED_PROTO": "https"}
    assert visitor.get("/", REMOTE_ADDR="127.0.0.1", **claimed).wsgi_request.is_secure()
    assert not visitor.get("/", REMOTE_ADDR="203.0.113.9", **claimed).wsgi_request.is_secure()


def test_no_page_and_no_collection_can_be_made_private(editor: Client) -> None:
    from wagtail.models import Collection, PageViewRestriction

    from content.models import GuidePage

    guide = GuidePage.objects.get(slug="sleep")
    page_form = editor.get(f"/cms/pages/{guide.pk}/privacy/")
    editor.post(f"/cms/pages/{guide.pk}/privacy/", {"restriction_type": "login"})
    assert not PageViewRestriction.objects.exists(), page_form.status_code
    collection = Collection.get_first_root_node()
    response = editor.post(f"/cms/collections/{collection.pk}/privacy/", {"restriction_type": "login"})
    assert response.status_code in {403, 404}
    assert not collection.get_view_restrictions()

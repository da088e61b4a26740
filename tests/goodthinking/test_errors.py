"""Whatever is sent, the answer is a kind page with a way to help."""

import json

from django.db import DatabaseError, connection
from django.test import Client, RequestFactory

import pytest

from goodthinking import errors

NONSENSE = [
    "/%00/",
    "/guides/%00sleep/",
    "/%ff%fe/",
    "/%F0%9F%92%A9/",
    "/guides/%2e%2e/%2e%2e/etc/passwd",
    "/../../etc/passwd",
    "/guides/sleep/extra/parts/that/lead/nowhere/",
    "/guides//sleep/",
    f"/{'x' * 1990}/",
    f"/{'x' * 9000}/",
    "/documents/99999999999999999999/x.pdf",
    "/documents/1/%00.pdf",
    "/media/%00",
    "/media/../secret_key",
    "/media/images/..%2f..%2fsecret_key",
    "/media//etc/passwd",
    "/search.json/",
    "/%E2%80%AEgnp.exe/",
    "/guides/shelf-nightlight-london/",
    "/guides/shelf-nightlight-london/sleep/",
]


@pytest.mark.parametrize("address", NONSENSE)
def test_an_address_that_makes_no_sense_gets_a_kind_page(visitor: Client, address: str) -> None:
    response = visitor.get(address, follow=True)
    assert 400 <= response.status_code < 500
    assert "/urgent-support/" in response.content.decode()


@pytest.mark.parametrize("host", ["evil.example", "a" * 300, "x y", "[::1", "test_server", ""])
def test_a_host_that_is_not_ours_is_refused_kindly(visitor: Client, host: str) -> None:
    response = visitor.get("/", HTTP_HOST=host)
    assert response.status_code == 400
    assert "/urgent-support/" in response.content.decode()
    assert host not in response.content.decode() or not host


@pytest.mark.parametrize(
    "query",
    [
        "q=%00",
        "q=%ff%fe",
        "q=%22",
        "q=+",
        "q=%22+OR+*",
        "q=NEAR(",
        "q=%25&page=-1",
        "q=x&page=99999999999999999999",
        "page=x",
        "q=" + "a" * 5000,
        "q=" + "%F0%9F%98%80" * 300,
        "q=%E2%80%AE",
        "q=a&q=b",
        "&".join(f"x{n}=1" for n in range(900)),
        "%",
    ],
)
@pytest.mark.parametrize("address", ["/search/", "/search.json", "/guides/", "/guides/sleep/"])
def test_a_query_that_makes_no_sense_is_answered(visitor: Client, address: str, query: str) -> None:
    response = visitor.get(f"{address}?{query}")
    assert response.status_code == 200
    if address == "/search.json":
        assert set(json.loads(response.content)) == {"query", "corrected", "urgent", "engine", "results", "total"}


def test_a_request_for_no_path_is_refused_kindly(visitor: Client) -> None:
    response = visitor.generic("OPTIONS", "/", PATH_INFO="*")
    assert response.status_code == 400
    assert "/urgent-support/" in response.content.decode()


def test_too_many_parameters_are_refused_kindly(visitor: Client) -> None:
    response = visitor.get("/search/?" + "&".join(f"x{number}=1" for number in range(10_500)))
    assert response.status_code == 400
    assert "/urgent-support/" in response.content.decode()


def test_a_wrong_address_leads_to_the_nearest_guides(visitor: Client) -> None:
    html = visitor.get("/guides/sleeping-badly-sleep/").content.decode()
    assert 'href="/guides/sleep/"' in html


def test_a_wrong_address_is_still_answered_when_the_database_is_away(monkeypatch: pytest.MonkeyPatch) -> None:
    def away(*args: object, **kwargs: object) -> None:
        raise DatabaseError("away")

    monkeypatch.setattr(connection, "ensure_connection", away)
    monkeypatch.setattr(connection, "cursor", away)
    request = RequestFactory().get("/guides/nothing/")
    for status, view in {400: errors.bad_request, 403: errors.permission_denied, 404: errors.page_not_found}.items():
        response = view(request, None)
        assert response.status_code == status
        assert "call 999" in response.content.decode()
    assert errors.server_error(request).status_code == 500


def test_a_fault_of_ours_is_admitted_and_offers_help(visitor: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    from goodthinking import pages

    def broken(*args: object) -> None:
        raise RuntimeError("boom")

    monkeypatch.setattr(pages, "page_at", broken)
    response = visitor.get("/guides/sleep/")
    html = response.content.decode()
    assert response.status_code == 500
    assert "Something broke on our side" in html
    assert "boom" not in html
    assert "/urgent-support/" in html
    assert response["Referrer-Policy"] == "no-referrer"

"""A reader gets a copy, whole and with its headers; everybody else, and whatever is odd, is Django's."""

import gzip
import threading
from collections.abc import Callable, Iterable
from pathlib import Path
from wsgiref.util import setup_testing_defaults
from wsgiref.validate import validator

from django.core.cache import caches

import brotli
import pytest

from goodthinking.bench import opcodes
from goodthinking.snapshots.disk import Copy, Disk
from goodthinking.snapshots.server import SnapshotServer
from goodthinking.snapshots.shelf import Entry

TEXT = "<p>Awake at 3 am</p>" * 50
HEADERS = [("Content-Type", "text/html; charset=utf-8"), ("Content-Language", "en-gb")]
PATH = "/guides/sleep/"
MOST_OPCODES = 300


class Answer:
    """What a browser got."""

    def __init__(
        self, application: Callable, path: str = PATH, query: str = "", method: str = "GET", **headers: str
    ) -> None:
        environ = {"REQUEST_METHOD": method, "PATH_INFO": path, "QUERY_STRING": query, "HTTP_HOST": "help.example"}
        environ |= {"REMOTE_ADDR": "203.0.113.9", "SCRIPT_NAME": ""} | headers
        setup_testing_defaults(environ)
        answer = validator(application)(environ, self.hear)
        self.body = b"".join(answer)
        answer.close()

    def hear(self, status: str, headers: list, exc_info: object = None) -> None:
        self.status, self.headers = int(status[:3]), dict(headers)


def django(status: str = "200 OK") -> Callable:
    """Stand in for the application behind, which says that it was asked."""

    def application(environ: dict, start_response: Callable) -> Iterable[bytes]:
        start_response(status, [("Content-Type", "text/plain")])
        return [b"django"]

    return application


@pytest.fixture
def serve(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., SnapshotServer]:
    """Give a server with one copy, without a database and its threads."""

    def make(behind: Callable | None = None, site: str = "http://help.example", *, old: bool = False) -> SnapshotServer:
        disk = Disk(tmp_path)
        disk.save(Copy(PATH, HEADERS, brotli.compress(TEXT.encode()), gzip.compress(TEXT.encode()), "d" * 64))
        server = SnapshotServer(
            lambda: behind or django(),
            disk,
            site,
            hosts=["127.0.0.1:8000"],
            proxies=["127.0.0.1"],
            threads=2,
            instead={"": "/not-now/", "sleepy": PATH},
        )
        entry = Entry(PATH, "d" * 64, HEADERS, brotli.compress(TEXT.encode()), 1, old)
        monkeypatch.setattr(
            server.shelf, "begin", lambda: (server.shelf.old if old else server.shelf.fresh).update({PATH: entry})
        )
        monkeypatch.setattr(server, "_count_in_the_log", lambda: None)
        return server

    return make


UNPACK = {"br": brotli.decompress, "gzip": gzip.decompress, "": bytes}


@pytest.mark.parametrize(("accepts", "coding"), [("gzip, br", "br"), ("gzip", "gzip"), ("", "")])
def test_a_copy_comes_whole_in_the_encoding_asked_for(serve: Callable, accepts: str, coding: str) -> None:
    answer = Answer(serve(), HTTP_ACCEPT_ENCODING=accepts)
    assert answer.status == 200
    assert UNPACK[coding](answer.body).decode() == TEXT
    assert answer.headers.get("Content-Encoding", "") == coding
    assert answer.headers["Content-Length"] == str(len(answer.body))
    assert answer.headers["Vary"] == "Accept-Encoding"
    assert answer.headers["Content-Language"] == "en-gb"


def test_gzip_is_made_anew_where_the_disk_has_none(serve: Callable, tmp_path: Path) -> None:
    server = serve()
    for path in tmp_path.glob("*.snap"):
        path.unlink()
    assert gzip.decompress(Answer(server, HTTP_ACCEPT_ENCODING="gzip").body).decode() == TEXT


def test_head_tells_the_same_and_sends_nothing(serve: Callable) -> None:
    server = serve()
    answer, whole = Answer(server, method="HEAD"), Answer(server)
    assert answer.body == b""
    assert answer.headers == whole.headers


def test_a_browser_that_has_the_page_gets_it_not_sent_again(serve: Callable) -> None:
    server = serve()
    tags = {Answer(server, HTTP_ACCEPT_ENCODING=coding).headers["ETag"] for coding in UNPACK}
    assert len(tags) == 3
    etag = Answer(server, HTTP_ACCEPT_ENCODING="br").headers["ETag"]
    for known in (etag, f'"other", W/{etag}', "*"):
        answer = Answer(server, HTTP_ACCEPT_ENCODING="br", HTTP_IF_NONE_MATCH=known)
        assert (answer.status, answer.body) == (304, b"")
        assert answer.headers["ETag"] == etag
        assert "Content-Length" not in answer.headers
    assert Answer(server, HTTP_ACCEPT_ENCODING="gzip", HTTP_IF_NONE_MATCH=etag).status == 200


@pytest.mark.parametrize(
    "odd",
    [
        {"path": "/guides/other/"},
        {"path": "/guides//sleep/"},
        {"query": "page=2"},
        {"query": "utm_source=x&page=2"},
        {"query": "utm_source=x&" * 300},
        {"method": "POST"},
        {"HTTP_HOST": "evil.example"},
        {"HTTP_HOST": "help.example:81"},
    ],
)
def test_whatever_is_odd_is_djangos(serve: Callable, odd: dict) -> None:
    assert Answer(serve(), **odd).body == b"django"


@pytest.mark.parametrize("query", ["utm_source=x&utm_medium=y", "fbclid=1", "UTM_SOURCE=x"])
def test_what_others_hang_on_an_address_changes_nothing(serve: Callable, query: str) -> None:
    assert Answer(serve(), query=query, HTTP_ACCEPT_ENCODING="").body.decode() == TEXT


def test_headers_of_any_kind_change_nothing_but_the_encoding(serve: Callable) -> None:
    server = serve()
    plain = Answer(server)
    odd = Answer(
        server,
        HTTP_COOKIE="sessionid=x; django_language=ar",
        HTTP_ACCEPT_LANGUAGE="ar",
        HTTP_X_FORWARDED_HOST="evil.example",
        HTTP_X_ORIGINAL_URL="/cms/",
        HTTP_RANGE="bytes=0-3",
        HTTP_AUTHORIZATION="Basic x",
    )
    assert (odd.status, odd.headers, odd.body) == (plain.status, plain.headers, plain.body)


def test_different_encodings_headers_cannot_fill_the_memory(serve: Callable) -> None:
    server = serve()
    for number in range(1000):
        Answer(server, HTTP_ACCEPT_ENCODING=f"x{number}")
        Answer(server, HTTP_ACCEPT_ENCODING=f"{number}" * 30_000)
    assert sum(map(len, server._codings)) < 100_000


@pytest.mark.parametrize(
    ("told", "gets_copy"),
    [
        ({"HTTP_X_FORWARDED_PROTO": "https", "REMOTE_ADDR": "127.0.0.1"}, True),
        ({"HTTP_X_FORWARDED_PROTO": "https", "REMOTE_ADDR": "203.0.113.9"}, False),
        ({"HTTP_X_FORWARDED_PROTO": "http", "REMOTE_ADDR": "127.0.0.1"}, False),
        ({"REMOTE_ADDR": "127.0.0.1"}, False),
    ],
)
def test_where_the_site_is_encrypted_only_an_encrypted_request_gets_a_copy(
    serve: Callable, told: dict, *, gets_copy: bool
) -> None:
    answer = Answer(serve(site="https://help.example"), **told)
    assert (answer.body == b"django") != gets_copy


def test_a_page_that_is_out_of_date_comes_from_django(serve: Callable) -> None:
    assert Answer(serve(old=True)).body == b"django"


@pytest.mark.parametrize("away", [True, False])
def test_where_django_cannot_answer_the_last_copy_is_given(serve: Callable, *, away: bool) -> None:
    server = serve(django("503 Service Unavailable"), old=True)
    server.shelf.is_away = away
    answer = Answer(server, HTTP_ACCEPT_ENCODING="")
    assert (answer.status, answer.body.decode()) == (200, TEXT)


def test_where_django_says_that_the_page_is_gone_it_is_gone(serve: Callable) -> None:
    assert Answer(serve(django("404 Not Found"), old=True)).status == 404


def test_django_is_loaded_when_it_is_asked_and_once(serve: Callable) -> None:
    server, loaded = serve(), []
    server._load = lambda: loaded.append(1) or django()
    Answer(server)
    assert loaded == []
    Answer(server, path="/search/")
    Answer(server, path="/search/")
    assert loaded == [1]


def test_django_is_told_how_the_process_does(serve: Callable) -> None:
    seen = []

    def application(environ: dict, start_response: Callable) -> Iterable[bytes]:
        seen.append((environ["snapshots.state"], environ["snapshots.copy"](PATH)))
        return django()(environ, start_response)

    Answer(serve(application), path="/healthz")
    assert seen == [({"away": False, "disk": True, "fresh": 1, "old": 0}, TEXT)]


def test_a_copy_costs_a_few_hundred_steps_of_python(serve: Callable) -> None:
    server = serve()
    Answer(server, HTTP_ACCEPT_ENCODING="gzip, br")
    environ = {"REQUEST_METHOD": "GET", "PATH_INFO": PATH, "QUERY_STRING": "", "HTTP_HOST": "help.example"}
    assert 0 < opcodes.count(server, environ | {"HTTP_ACCEPT_ENCODING": "gzip, br"}) <= MOST_OPCODES


def test_those_who_wait_for_django_leave_a_thread_to_those_who_want_a_copy(serve: Callable) -> None:
    """Of two threads one waits for a database that says nothing: the other is refused, and told whom to call."""
    begun, go = threading.Event(), threading.Event()

    def waits(environ: dict, start_response: Callable) -> Iterable[bytes]:
        begun.set()
        go.wait(10)
        return django()(environ, start_response)

    server = serve(waits)
    first = threading.Thread(target=Answer, args=[server, "/search/"])
    first.start()
    assert begun.wait(10)
    plain = Answer(server, "/search/")
    assert (plain.status, plain.headers["Cache-Control"]) == (503, "no-store")
    assert b"call 999" in plain.body
    in_words = Answer(server, "/sleepy/search/")
    assert in_words.status == 503
    assert in_words.body.decode() == TEXT
    assert in_words.headers["Content-Type"] == "text/html; charset=utf-8"
    assert "ETag" not in in_words.headers
    assert Answer(server).status == 200
    go.set()
    first.join()
    assert Answer(server, "/search/").status == 200


def test_an_old_copy_is_better_than_a_refusal(serve: Callable) -> None:
    server = serve(old=True)
    Answer(server, "/search/")
    server._places.acquire()
    assert Answer(server).body.decode() == TEXT


def test_django_forgets_what_it_remembers_when_everything_changed(serve: Callable) -> None:
    server = serve()
    caches["default"].set("roots", "old")
    Answer(server, "/search/")
    server.shelf._forget()
    assert caches["default"].get("roots") is None

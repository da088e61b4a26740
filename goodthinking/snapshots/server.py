"""What answers before Django is asked, and without it: a copy from memory, in a few hundred steps of Python.

Everything that is not plainly a reader's request for a page goes to Django, which is loaded when that happens first.
"""

import logging
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterable
from urllib.parse import parse_qsl, urlsplit

from django.core.cache import caches

from . import COPY, STATE
from .disk import Disk
from .encodings import chosen
from .shelf import Entry, Shelf

StartResponse = Callable[..., object]
Application = Callable[[dict, StartResponse], Iterable[bytes]]

IDLE = {"utm_source", "utm_medium", "utm_campaign", "utm_term", "utm_content", "fbclid", "gclid", "mc_cid", "mc_eid"}
"""Parameters that others hang on an address and no page reads: they name where a reader came from, and are not looked at."""

MOST_HEADERS, LONGEST_HEADER = 500, 100
"""Different Accept-Encoding headers whose answer is remembered, and their letters; browsers have a dozen, of some 25."""

MOST_QUERY = 2000
"""Letters of a query that are looked at."""

OF_A_BODY = {"Content-Encoding", "Content-Length", "Content-Type"}
"""Headers that an answer without a body does not have (RFC 9110, 15.4.5)."""

NOT_NOW = [("Cache-Control", "no-store"), ("Retry-After", "60")]
BUSY = b"This does not work right now. Try again in a minute. If a life is in danger, call 999.\n"

SOON = 0.7
"""Seconds in which a new copy usually comes: two looks at the table, and making it."""

COUNT_EVERY = 60
"""Seconds between two lines of the log that say how many copies were served."""

log = logging.getLogger("access")


class SnapshotServer:
    """A WSGI application in front of another."""

    def __init__(
        self,
        application: Callable[[], Application],
        disk: Disk,
        site_url: str,
        *,
        hosts: Iterable[str],
        proxies: Iterable[str],
        threads: int,
        instead: dict[str, str],
    ) -> None:
        """
        application: gives the one that is asked where there is no copy; called once.
        hosts: further names, with their ports, under which the site is reached here; proxies: whose word counts for https.
        threads: how many requests the server may answer at a time: one of them is always left for copies; instead: paths of
        what is shown where no answer can be given, by the first part of the path asked for, "" for all others.
        """
        site = urlsplit(site_url)
        self.shelf = Shelf(disk, self._forget)
        self._places = threading.BoundedSemaphore(threads - 1)
        self._instead = instead
        self.counts: Counter[str] = Counter()
        self._hosts = {site.netloc, *hosts}
        self._is_secure, self._proxies = site.scheme == "https", set(proxies)
        self._codings: dict[str, str] = {}
        self._load, self._application = application, None
        self._lock = threading.Lock()
        self._answer: Application = self._first

    def __call__(self, environ: dict, start_response: StartResponse) -> Iterable[bytes]:
        return self._answer(environ, start_response)

    def _first(self, environ: dict, start_response: StartResponse) -> Iterable[bytes]:
        """Begin with the first request: whatever forks processes has done so by then."""
        with self._lock:
            if self._answer == self._first:
                self.shelf.begin()
                threading.Thread(target=self._count_in_the_log, name="snapshots-log", daemon=True).start()
                self._fresh = self.shelf.fresh
                self._answer = self._serve
        return self._answer(environ, start_response)

    def _serve(self, environ: dict, start_response: StartResponse) -> Iterable[bytes]:
        entry = self._fresh.get(environ["PATH_INFO"])
        if entry is None or environ["QUERY_STRING"] or not self._is_plain(environ):
            return self._otherwise(environ, start_response)
        return self._give(entry, environ, start_response)

    def _is_plain(self, environ: dict) -> bool:
        """Tell whether a request may have a copy at all: a reader's, of this site, and encrypted where it must be."""
        return (
            environ["REQUEST_METHOD"] in ("GET", "HEAD")
            and environ.get("HTTP_HOST") in self._hosts
            and (not self._is_secure or self._came_encrypted(environ))
        )

    def _came_encrypted(self, environ: dict) -> bool:
        return environ.get("HTTP_X_FORWARDED_PROTO") == "https" and environ.get("REMOTE_ADDR") in self._proxies

    def _give(self, entry: Entry, environ: dict, start_response: StartResponse) -> Iterable[bytes]:
        accepts = environ.get("HTTP_ACCEPT_ENCODING", "")
        coding = self._codings.get(accepts) or self._coding(accepts)
        headers, body, etag = entry.variants.get(coding) or entry.variant(coding, self.shelf.disk)
        known = environ.get("HTTP_IF_NONE_MATCH")
        if known and _matches(known, etag):
            self.counts["304"] += 1
            start_response("304 Not Modified", [pair for pair in headers if pair[0] not in OF_A_BODY])
            return []
        self.counts["200"] += 1
        start_response("200 OK", headers)
        return body if environ["REQUEST_METHOD"] == "GET" else []

    def _coding(self, accepts: str) -> str:
        coding = chosen(accepts)
        if len(accepts) <= LONGEST_HEADER and len(self._codings) < MOST_HEADERS:
            self._codings[accepts] = coding
        return coding

    def _otherwise(self, environ: dict, start_response: StartResponse) -> Iterable[bytes]:
        """Ask Django; where that fails for a page that was published, give its last copy."""
        path, query = environ["PATH_INFO"], environ["QUERY_STRING"]
        if query and not _is_idle(query):
            return self._ask_django(environ, start_response)
        if not self._is_plain(environ):
            return self._ask_django(environ, start_response)
        if entry := self._fresh.get(path):
            return self._give(entry, environ, start_response)
        entry = self.shelf.old.get(path)
        if entry is None:
            return self._ask_django(environ, start_response)
        if self.shelf.is_away:
            return self._give(entry, environ, start_response)
        if self._application is None and (newer := self._soon(path)):
            return self._give(newer, environ, start_response)
        return self._ask_django_or_give(entry, environ, start_response)

    def _soon(self, path: str) -> Entry | None:
        """Wait for the new copy of a page while Django is not loaded: to load it would take longer."""
        deadline = time.monotonic() + SOON
        while time.monotonic() < deadline:
            time.sleep(0.02)
            if entry := self._fresh.get(path):
                return entry
        return None

    def _ask_django_or_give(self, entry: Entry, environ: dict, start_response: StartResponse) -> Iterable[bytes]:
        said: list[tuple[str, list]] = []

        def hear(status: str, headers: list, exc_info: object = None) -> None:
            said[:] = [(status, headers)]

        answer = self._ask_django(environ, hear)
        if said[0][0].startswith("5"):
            if hasattr(answer, "close"):
                answer.close()
            return self._give(entry, environ, start_response)
        start_response(*said[0])
        return answer

    def _ask_django(self, environ: dict, start_response: StartResponse) -> Iterable[bytes]:
        # Those who wait for Django, or Django for its database, never take the last thread: that is for copies.
        if not self._places.acquire(blocking=False):
            return self._refuse(environ, start_response)
        try:
            if self._application is None:
                with self._lock:
                    self._application = self._application or self._load()
            environ[STATE], environ[COPY] = self.state(), self.shelf.text_of
            return self._application(environ, start_response)
        finally:
            self._places.release()

    def _refuse(self, environ: dict, start_response: StartResponse) -> Iterable[bytes]:
        """Say that there is no answer right now, and whom to call; in the reader's language where a copy says so."""
        self.counts["503"] += 1
        first = environ["PATH_INFO"].lstrip("/").partition("/")[0]
        path = self._instead.get(first, self._instead[""])
        entry = self._fresh.get(path) or self.shelf.old.get(path)
        if entry is None:
            start_response("503 Service Unavailable", [("Content-Type", "text/plain; charset=utf-8"), *NOT_NOW])
            return [BUSY]
        headers, body, _etag = entry.variant(self._coding(environ.get("HTTP_ACCEPT_ENCODING", "")), self.shelf.disk)
        kept = [pair for pair in headers if pair[0] not in {"Cache-Control", "ETag"}]
        start_response("503 Service Unavailable", [*kept, *NOT_NOW])
        return body if environ["REQUEST_METHOD"] != "HEAD" else []

    def _forget(self) -> None:
        """Let Django ask the database again for what it remembers from page to page."""
        if self._application is not None:
            caches["default"].clear()

    def state(self) -> dict[str, object]:
        """Tell how this process does: whether the database and the disk can be reached, and how many pages it holds."""
        shelf = self.shelf
        return {"away": shelf.is_away, "disk": shelf.disk.is_well, "fresh": len(shelf.fresh), "old": len(shelf.old)}

    def _count_in_the_log(self) -> None:
        """Write how many answers were given, and of which kind, now and then; nothing of who got one."""
        while True:
            time.sleep(COUNT_EVERY)
            counted, self.counts = self.counts, Counter()
            for status, times in sorted(counted.items()):
                log.info("GET snapshot %s × %d", status, times)


def _matches(known: str, etag: str) -> bool:
    return known == "*" or etag in {tag.strip().removeprefix("W/") for tag in known.split(",")}


def _is_idle(query: str) -> bool:
    if len(query) > MOST_QUERY:
        return False
    return all(name.lower() in IDLE for name, _value in parse_qsl(query, keep_blank_values=True))

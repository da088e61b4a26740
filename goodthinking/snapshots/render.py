"""One answer of the site as a reader without a name would get it, and what it was made of."""

import gzip
import hashlib
import json
import re
from dataclasses import dataclass
from datetime import date
from functools import cache
from html import unescape
from io import BytesIO
from urllib.parse import urljoin, urlsplit

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler, WSGIRequest
from django.http import HttpResponse
from django.utils import timezone

import brotli

from . import MARK
from .models import LONGEST
from .reads import Read, noted

KINDS = {"text/html", "text/plain", "application/xml", "application/atom+xml", "application/json"}
OF_ONE_ENCODING = {"content-length", "content-encoding", "etag", "vary"}
OK = 200
ANSWERS = {OK, 301, 302, 404, 410}
BROTLI = 5
"""Quality: 11 would take some forty times as long to save a tenth of the bytes (measured on our own pages)."""

ENDS = ("/", ".atom", ".json", ".txt", ".xml")
"""How the path of an answer ends that is made anew with every change; files are not."""

_ODD = re.compile(r"[%?:]|//|/\.\.?/")
_LINK = re.compile(r'(?:\bhref="|<loc>)([^"<>]+)')


@dataclass(frozen=True)
class Rendered:
    """An answer, the rows it was made of, and the paths it leads to."""

    status: int
    headers: list[tuple[str, str]]
    body: bytes
    reads: frozenset[Read]
    may_be_kept: bool
    day: date
    """The day it speaks of."""

    @property
    def is_an_answer(self) -> bool:
        """Whether the site answered at all, be it that there is no such page: everything else says nothing of the page."""
        return self.status in ANSWERS

    @property
    def digest(self) -> str:
        """SHA-256 of headers and body, in hexadecimal."""
        return hashlib.sha256(json.dumps(self.headers).encode() + self.body).hexdigest()

    @property
    def br(self) -> bytes:
        """The body in Brotli (RFC 7932)."""
        return brotli.compress(self.body, quality=BROTLI)

    @property
    def gz(self) -> bytes:
        """The body in gzip (RFC 1952), without the time it was made."""
        return gzip.compress(self.body, 9, mtime=0)

    def leads_to(self, path: str) -> set[str]:
        """The paths of this site that it links to and that can be kept: no query, no file, nothing of an editor's.

        path: its own.
        """
        if not self.may_be_kept:
            return set()
        links = {unescape(link).partition("#")[0] for link in _LINK.findall(self.body.decode())}
        return {found for link in links if can_be_kept(found := _resolved(path, link))}


def _resolved(path: str, link: str) -> str:
    """Give the path of a link on a page; empty where it makes no sense."""
    try:
        return link.removeprefix(settings.SITE_URL) if "//" in link else urljoin(path, link)
    except ValueError:
        return ""


def can_be_kept(path: str) -> bool:
    """Tell whether a path may lead to a page that is the same for everybody, before anybody has looked."""
    usual = path.startswith("/") and path.isascii() and path.endswith(ENDS) and not _ODD.search(path)
    return usual and len(path) <= LONGEST and not path.startswith(tuple(settings.SNAPSHOTS_EXCLUDE))


def render(path: str) -> Rendered:
    """Ask the site itself for a path, through all that stands before its pages."""
    day = timezone.localdate()
    with noted() as reads:
        response = _handler().get_response(WSGIRequest(_environ(path)))
    headers = [(name, value) for name, value in response.items() if name.lower() not in OF_ONE_ENCODING]
    body = b"" if response.streaming else response.content
    return Rendered(response.status_code, headers, body, frozenset(reads), _may_be_kept(response), day)


@cache
def _handler() -> WSGIHandler:
    return WSGIHandler()


def _environ(path: str) -> dict[str, object]:
    site = urlsplit(settings.SITE_URL)
    return {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": path,
        "QUERY_STRING": "",
        "SERVER_NAME": site.hostname,
        "SERVER_PORT": str(site.port or (443 if site.scheme == "https" else 80)),
        "SERVER_PROTOCOL": "HTTP/1.1",
        "HTTP_HOST": site.netloc,
        # As our own proxy says it.
        "REMOTE_ADDR": settings.TRUSTED_PROXIES[0],
        "HTTP_X_FORWARDED_PROTO": site.scheme,
        "wsgi.url_scheme": site.scheme,
        "wsgi.input": BytesIO(),
        MARK: True,
    }


def _may_be_kept(response: HttpResponse) -> bool:
    return (
        response.status_code == OK
        and not response.streaming
        and not response.cookies
        and "no-store" not in response.get("Cache-Control", "")
        and response.get("Vary", "").lower() in {"", "accept-encoding"}
        and response.get("Content-Type", "").partition(";")[0] in KINDS
    )

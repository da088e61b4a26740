"""Finds every address that a visitor can reach by following links from the first page."""

import re
from collections.abc import Iterator
from functools import cache
from urllib.parse import urldefrag, urljoin, urlsplit

from django.test import Client

FROM_THE_START = [
    "/",
    "/search/",
    "/search/?q=sleep",
    "/search/?q=zzzz",
    "/search.json?q=sleep",
    "/robots.txt",
    "/sitemap.xml",
    "/healthz",
    "/favicon.ico",
    "/no-such-page/",
    "/guides/no-such-guide/",
    "/documents/1/none.pdf",
    "/media/images/none.png",
    f"/{'a' * 3000}/",
    "/%00/",
]
LINK = re.compile(r'\b(?:href|src)="([^"]+)"')
SRCSET = re.compile(r'\bsrcset="([^"]+)"')


def links(html: str, page: str) -> Iterator[str]:
    """List what a page leads to or loads, as absolute addresses without fragments."""
    found = LINK.findall(html) + [part.split()[0] for value in SRCSET.findall(html) for part in value.split(",")]
    for address in found:
        yield urldefrag(urljoin(f"http://testserver{page}", address.replace("&amp;", "&"))).url


@cache
def _starter() -> list[str]:
    return addresses(Client(raise_request_exception=False))


def starter_addresses() -> list[str]:
    """Walk the starter library's site, once for all tests that change nothing before."""
    return list(_starter())


def addresses(client: Client) -> list[str]:
    """Walk the site. Returns paths with their queries; static files, whose serving is not Django's, are left out."""
    seen, waiting = set(), list(FROM_THE_START)
    while waiting:
        path = waiting.pop()
        if path in seen:
            continue
        seen.add(path)
        response = client.get(path)
        if not response.headers.get("Content-Type", "").startswith("text/html"):
            continue
        for link in links(response.content.decode(), path):
            parts = urlsplit(link)
            ours = parts.netloc == "testserver" and not parts.path.startswith(("/cms/", "/static/"))
            # One choice at a time: filters multiply, and each answer is made by the same code.
            if ours and parts.query.count("=") <= 1:
                waiting.append(parts.path + (f"?{parts.query}" if parts.query else ""))
    return sorted(seen)

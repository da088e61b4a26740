"""Answers that are files or nearly so: pictures, documents, the icon, robots.txt."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from django.conf import settings
from django.core.exceptions import SuspiciousFileOperation
from django.db import Error
from django.db.models import Q, QuerySet
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.templatetags.static import static
from django.utils._os import safe_join
from django.utils.translation import get_language

from wagtail.contrib.sitemaps.sitemap_generator import Sitemap
from wagtail.contrib.sitemaps.views import sitemap as sitemap_of
from wagtail.documents.views.serve import serve as serve_document
from wagtail.models import Page

from content.translations.reader import languages_of

from .snapshots import database_is_lost

PICTURES = {
    ".avif": "image/avif",
    ".gif": "image/gif",
    ".jpeg": "image/jpeg",
    ".jpg": "image/jpeg",
    ".png": "image/png",
    ".webp": "image/webp",
}
A_YEAR = 31_536_000
CHUNK = 65_536
_RANGE = re.compile(r"bytes=(\d{0,15})-(\d{0,15})")


def media(request: HttpRequest, name: str) -> FileResponse:
    """Serve a picture that editors put into the site, and nothing else from that folder.

    name: path below the media folder. Raises Http404 for other kinds of file and for paths that lead out of it.
    """
    try:
        found = Path(safe_join(settings.MEDIA_ROOT, name))
        kind = PICTURES.get(found.suffix.lower())
        if kind is None or not name.startswith(("images/", "original_images/")):
            raise Http404
        response = FileResponse(found.open("rb"), content_type=kind)
    except (SuspiciousFileOperation, ValueError, OSError) as error:
        raise Http404 from error
    # Wagtail gives changed pictures new names, so a browser may keep one for good.
    response["Cache-Control"] = f"public, max-age={A_YEAR}, immutable"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox; frame-ancestors 'none'"
    return response


def document(request: HttpRequest, document_id: int, name: str) -> HttpResponse:
    """Serve a document, whole or the part asked for: players ask for parts, and some play nothing without (RFC 9110, 14).

    document_id, name: as Wagtail writes them into a document's address. Raises Http404 when they do not belong together.
    """
    try:
        response = _without_database(name) if database_is_lost(request.META) else serve_document(request, document_id, name)
    except Error:
        response = _without_database(name)
    asked = _RANGE.fullmatch(request.headers.get("Range", ""))
    if response.status_code != 200 or not response.streaming:
        return response
    response["Accept-Ranges"] = "bytes"
    # A part asked for on a condition is given whole: that is always right.
    if asked is None or asked[1] == asked[2] == "" or "If-Range" in request.headers:
        return response
    size = int(response["Content-Length"])
    first = int(asked[1]) if asked[1] else max(size - int(asked[2]), 0)
    last = min(int(asked[2]), size - 1) if asked[1] and asked[2] else size - 1
    if first > last:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    response.status_code = 206
    response["Content-Range"] = f"bytes {first}-{last}/{size}"
    response["Content-Length"] = str(last - first + 1)
    response.streaming_content = _read(response.file_to_stream, first, last - first + 1)
    return response


def _without_database(name: str) -> HttpResponse:
    """Serve a document by its name alone, for the pages that offer it are still served. Raises Http404.

    Nothing here is private, and what is deleted is deleted from the folder too.
    """
    folder = Path(settings.MEDIA_ROOT, "documents")
    found = folder / name
    if Path(name).name != name or found.suffix.lower().lstrip(".") not in settings.WAGTAILDOCS_EXTENSIONS:
        raise Http404
    try:
        response = FileResponse(found.open("rb"), as_attachment=True, filename=name)
    except OSError as error:
        raise Http404 from error
    response["Content-Security-Policy"] = "default-src 'none'; sandbox; frame-ancestors 'none'"
    return response


def _read(opened: BinaryIO, start: int, length: int) -> Iterator[bytes]:
    opened.seek(start)
    while length > 0 and (chunk := opened.read(min(length, CHUNK))):
        length -= len(chunk)
        yield chunk


def favicon(request: HttpRequest) -> HttpResponse:
    """Lead browsers that ask for /favicon.ico to the one neutral icon."""
    return HttpResponse(status=301, headers={"Location": static("icons/icon.svg")})


class _Pages(Sitemap):
    """The live pages of the language of the address; without one in it, those of all languages."""

    def items(self) -> QuerySet:
        homes = Page.objects.live().filter(
            translation_key=self.get_wagtail_site().root_page.translation_key,
            locale__language_code__in=dict(settings.LANGUAGES),
        )
        if get_language() != settings.LANGUAGE_CODE:
            homes = homes.filter(locale__language_code=get_language())
        if not homes:
            raise Http404
        below = Q()
        for home in homes:
            below |= Q(path__startswith=home.path)
        return Page.objects.live().filter(below).order_by("path").defer_streamfields().specific()


def sitemap(request: HttpRequest) -> HttpResponse:
    """List the pages of the language of the address, or of all. Raises Http404 for a language without a first page."""
    return sitemap_of(request, sitemaps={"pages": _Pages})


def robots(request: HttpRequest) -> HttpResponse:
    """Tell search engines where the pages are, and to leave the editor and searches in any language alone."""
    starts = [language.url for language in languages_of(None)]
    lines = [
        "User-agent: *",
        f"Disallow: {settings.EDITOR_PATH}",
        *(f"Disallow: {start}search/" for start in starts),
        f"Sitemap: {settings.SITE_URL}/sitemap.xml",
        "",
    ]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")

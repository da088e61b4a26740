"""Answers that are files or nearly so: pictures, the icon, robots.txt, the health check."""

from pathlib import Path

from django.conf import settings
from django.core.exceptions import SuspiciousFileOperation
from django.db import DatabaseError, connection
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.templatetags.static import static
from django.utils._os import safe_join

PICTURES = {
    ".avif": "image/avif",
    ".gif": "image/gif",
    ".jpeg": "image/jpeg",
    ".jpg": "image/jpeg",
    ".png": "image/png",
    ".webp": "image/webp",
}
A_YEAR = 31_536_000


def media(request: HttpRequest, name: str) -> FileResponse:
    """Serve a picture that editors put into the site, and nothing else from that folder.

    name: path below the media folder. Raises Http404 for other kinds of file and for paths that lead out of it.
    """
    try:
        found = Path(safe_join(settings.MEDIA_ROOT, name))
    except (SuspiciousFileOperation, ValueError) as error:
        raise Http404 from error
    kind = PICTURES.get(found.suffix.lower())
    if kind is None or not name.startswith(("images/", "original_images/")) or not found.is_file():
        raise Http404
    response = FileResponse(found.open("rb"), content_type=kind)
    # Wagtail gives changed pictures new names, so a browser may keep one for good.
    response["Cache-Control"] = f"public, max-age={A_YEAR}, immutable"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox; frame-ancestors 'none'"
    return response


def favicon(request: HttpRequest) -> HttpResponse:
    """Lead browsers that ask for /favicon.ico to the one neutral icon."""
    return HttpResponse(status=301, headers={"Location": static("icons/icon.svg")})


def robots(request: HttpRequest) -> HttpResponse:
    """Tell search engines where the pages are, and to leave the editor and searches alone."""
    lines = [
        "User-agent: *",
        f"Disallow: {settings.EDITOR_PATH}",
        "Disallow: /search/",
        f"Sitemap: {settings.SITE_URL}/sitemap.xml",
        "",
    ]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


def healthz(request: HttpRequest) -> HttpResponse:
    """Say whether the site can answer: 200 and "ok", or 503 and "no database"."""
    try:
        connection.ensure_connection()
    except DatabaseError:
        return HttpResponse("no database\n", status=503, content_type="text/plain; charset=utf-8")
    return HttpResponse("ok\n", content_type="text/plain; charset=utf-8")

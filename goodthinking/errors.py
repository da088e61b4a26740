"""Error pages that stand without a database, and the words every page shares."""

import contextlib
import sys
from urllib.parse import unquote

from django.conf import settings
from django.db import DataError, Error, IntegrityError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.safestring import mark_safe
from django.utils.translation import get_language, override

from content.base import BasePage
from content.home import page_at
from content.models import Helpline
from search import service

from .snapshots import COPY, database_is_lost


def site(request: HttpRequest | None) -> dict[str, object]:
    """Give every template what it needs to know of the site. Touches no database."""
    return {
        "site_name": settings.SITE_NAME,
        "site_url": settings.SITE_URL,
        "styles": mark_safe(settings.STYLES),  # noqa: S308 (our own files)
        "quick_exit_url": settings.QUICK_EXIT_URL,
        "sample_content": settings.SAMPLE_CONTENT,
        "source_language": settings.LANGUAGE_CODE,
    }


def _page(name: str, status: int, **context: object) -> HttpResponse:
    return HttpResponse(render_to_string(f"{name}.html", site(None) | context), status=status)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer an address or a form that makes no sense."""
    return _page("400", 400)


def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer a request for something that is not the reader's."""
    return _page("403", 403)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer an editor's form that came without its token."""
    return _page("403", 403)


def not_allowed(request: HttpRequest) -> HttpResponse:
    """Answer a reader's request that wants to do more than read."""
    response = _page("400", 405)
    response["Allow"] = "GET, HEAD, OPTIONS"
    return response


def page_not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer a wrong address with the guides nearest to its words, when they can be had."""
    if database_is_lost(request.META):
        return no_database(request)
    nearest: list = []
    in_source = None
    with contextlib.suppress(Error):
        nearest = service.nearest(unquote(request.path_info), limit=3)
        in_source = _in_source(request)
    return _page("404", 404, nearest=nearest, in_source_language=in_source)


def _in_source(request: HttpRequest) -> BasePage | None:
    """Find the page of an address in the site's own language, where a reader asked for another."""
    language = get_language()
    if language == settings.LANGUAGE_CODE or not request.path_info.startswith(f"/{language}/"):
        return None
    page = page_at(request.path_info.removeprefix(f"/{language}/"), settings.LANGUAGE_CODE)
    return page if page and page.is_shown else None


def draft_gone(request: HttpRequest) -> HttpResponse:
    """Answer a link to a draft that is wrong, has expired or was withdrawn: all three alike."""
    return _page("draft_gone", 404)


def nothing_is_private(request: HttpRequest, **ids: int) -> HttpResponse:
    """Answer Wagtail's switch that would make a collection private: there is no such thing here."""
    return page_not_found(request)


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer when something of ours broke, or when the database cannot be reached: that is said, and whom to call."""
    error = sys.exc_info()[1]
    # What it refuses to store is a fault of ours; with any other error the database does not do its part.
    if not isinstance(error, Error) or isinstance(error, DataError | IntegrityError):
        return _page("500", 500)
    return no_database(request)


def no_database(request: HttpRequest) -> HttpResponse:
    """Answer what cannot be answered without the database."""
    if request.path_info.startswith(settings.EDITOR_PATH):
        response = _page("desk/no_database", 503)
    else:
        prefix = "/" if get_language() == settings.LANGUAGE_CODE else f"/{get_language()}/"
        copy = request.META.get(COPY, lambda path: None)(f"{prefix}{settings.SNAPSHOTS_INSTEAD}")
        response = HttpResponse(copy, status=503) if copy else _page("503", 503)
    response.headers["Retry-After"] = "60"
    response.headers["Cache-Control"] = "no-store"
    return response


def instead(request: HttpRequest) -> HttpResponse:
    """Show what stands in the place of an answer while the site cannot give one: a copy of it is kept for that day."""
    return _page("503", 200, calls=Helpline.objects.first_calls())


def search_of_an_export(language: str) -> HttpResponse:
    """Give the page that stands in an export where only a running site could answer: it says so, and whom to call."""
    with override(language):
        return _page("503", 503, is_export=True, calls=Helpline.objects.first_calls())


def page_not_found_in_an_export() -> HttpResponse:
    """Give the page that a static host shows for a wrong address."""
    return _page("404", 404)

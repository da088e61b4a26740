"""What keeps the public side anonymous: sessions and sign-in only for editors, language from the path, headers, CSP."""

import re
import unicodedata
from collections.abc import Callable
from urllib.parse import quote

from django.conf import settings
from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.messages.middleware import MessageMiddleware
from django.contrib.sessions.middleware import SessionMiddleware
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.middleware.csrf import CsrfViewMiddleware
from django.utils import translation

from csp.middleware import CSPMiddleware, PolicyParts
from django_http_compression.middleware import HttpCompressionMiddleware

from . import errors

View = Callable[[HttpRequest], HttpResponse]

MAX_PATH = 2000
_LANGUAGE_CODE = re.compile(r"[a-z]{2,3}(?:-[a-z0-9]{2,4}){0,2}")
SHARED_DRAFT = re.compile(rf"{settings.EDITOR_PATH}preview/[\w-]+/")
READER_METHODS = {"GET", "HEAD", "OPTIONS"}
FORWARDED = ("HTTP_X_FORWARDED_PROTO", "HTTP_X_FORWARDED_HOST", "HTTP_X_FORWARDED_FOR", "HTTP_FORWARDED")
ALWAYS = {
    "Strict-Transport-Security": f"max-age={settings.SECURE_HSTS_SECONDS}; includeSubDomains; preload",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "accelerometer=(), browsing-topics=(), camera=(), display-capture=(), geolocation=(), "
    "gyroscope=(), interest-cohort=(), magnetometer=(), microphone=(), payment=(), usb=()",
}


def is_editor_request(request: HttpRequest) -> bool:
    """Tell an editor's request from a reader's: by its path, or by Wagtail's own mark on a preview.

    Whoever follows a link to a draft is a reader.
    """
    path = request.path_info
    in_desk = path.startswith(settings.EDITOR_PATH) and not SHARED_DRAFT.fullmatch(path)
    return in_desk or getattr(request, "is_dummy", False)


class EditorSession(SessionMiddleware):
    """Sessions for editors only."""

    def process_request(self, request: HttpRequest) -> None:
        if is_editor_request(request):
            super().process_request(request)

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        return super().process_response(request, response) if is_editor_request(request) else response


class EditorCsrf(CsrfViewMiddleware):
    """CSRF protection for editors only: a reader's side takes no POST, so it needs no token and sets no cookie."""

    def process_request(self, request: HttpRequest) -> None:
        if is_editor_request(request):
            super().process_request(request)

    def process_view(self, request: HttpRequest, view: View, args: tuple, kwargs: dict) -> HttpResponse | None:
        return super().process_view(request, view, args, kwargs) if is_editor_request(request) else None

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        return super().process_response(request, response) if is_editor_request(request) else response


class EditorAuthentication(AuthenticationMiddleware):
    """Users for editors only: a reader's request has no `user` at all."""

    def process_request(self, request: HttpRequest) -> None:
        if is_editor_request(request):
            super().process_request(request)


class EditorMessages(MessageMiddleware):
    """Messages after an action for editors only."""

    def process_request(self, request: HttpRequest) -> None:
        if is_editor_request(request):
            super().process_request(request)

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        return super().process_response(request, response) if is_editor_request(request) else response


class Compression(HttpCompressionMiddleware):
    """Compress what readers get: it holds no secret and is the same for everybody, so its size tells nothing (BREACH).

    Editors' pages hold tokens and what somebody typed; they go out as they are.
    """

    max_random_bytes = 0

    def maybe_compress(self, request: HttpRequest, response: HttpResponse) -> None:
        if not is_editor_request(request):
            super().maybe_compress(request, response)


class ContentSecurityPolicy(CSPMiddleware):
    """One policy for readers, a looser one for editors, one between them for previews."""

    def get_policy_parts(self, request: HttpRequest, response: HttpResponse, report_only: bool = False) -> PolicyParts:
        parts = super().get_policy_parts(request, response, report_only)
        if not report_only and is_editor_request(request):
            preview = getattr(request, "is_dummy", False)
            parts.config = settings.PREVIEW_POLICY if preview else settings.EDITOR_POLICY
        return parts


def headers(get_response: View) -> View:
    """Put the headers on every answer that say: keep nothing, tell nobody, do nothing else."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if is_editor_request(request):
            # With no-referrer a browser sends `Origin: null` with a form, which the check against forged forms refuses.
            response.headers["Referrer-Policy"] = "same-origin"
        for name, value in ALWAYS.items():
            response.headers.setdefault(name, value)
        response.headers.setdefault("X-Frame-Options", "SAMEORIGIN" if is_editor_request(request) else "DENY")
        # A page may be kept by the browser but is asked for again each time, with one ETag for everybody.
        response.headers.setdefault("Cache-Control", "no-cache")
        return response

    return middleware


def trust_only_known_proxies(get_response: View) -> View:
    """Drop what a client says about scheme and host, unless it comes through our own proxy."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.META.get("REMOTE_ADDR") not in settings.TRUSTED_PROXIES:
            for name in FORWARDED:
                request.META.pop(name, None)
        return get_response(request)

    return middleware


def refuse_malformed(get_response: View) -> View:
    """Answer what no page can have as its address, and what readers cannot do, before any other code sees it."""

    def middleware(request: HttpRequest) -> HttpResponse:
        path = request.path_info
        odd = len(path) > MAX_PATH or not path.startswith("/")
        if odd or any(unicodedata.category(letter) in {"Cc", "Cs"} for letter in path):
            return errors.bad_request(request)
        if request.method not in READER_METHODS and not is_editor_request(request):
            return errors.not_allowed(request)
        return get_response(request)

    return middleware


def _usual_address(request: HttpRequest) -> str | None:
    """Give the address that names its language as we do, where a request names one of ours in another way."""
    _start, first, *rest = request.path_info.split("/", 2)
    named = first.lower().replace("_", "-")
    codes = [code for code, _name in settings.LANGUAGES]
    base = named.partition("-")[0]
    alike = [code for code in codes if code.partition("-")[0] == base] if _LANGUAGE_CODE.fullmatch(named) else []
    code = named if named in codes else next(iter(alike), None)
    if code is None or (first == code and code != settings.LANGUAGE_CODE):
        return None
    # An address that began with two slashes would lead to another host.
    below = "".join(rest).lstrip("/")
    path = quote(f"/{below}" if code == settings.LANGUAGE_CODE else f"/{code}/{below}")
    query = request.META.get("QUERY_STRING")
    return f"{path}?{query}" if query else path


def language_from_path(get_response: View) -> View:
    """Speak the language that the address names, and no other: no header and no cookie has a say.

    An address that names one of ours in another way (/AR/, /en/, /pt-br/) leads to where the page is.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        if address := _usual_address(request):
            return HttpResponsePermanentRedirect(address)
        language = translation.get_language_from_path(request.path_info) or settings.LANGUAGE_CODE
        request.LANGUAGE_CODE = language
        with translation.override(language):
            response = get_response(request)
            if getattr(response, "is_rendered", True) is False:
                response.render()
        response.headers.setdefault("Content-Language", language)
        return response

    return middleware

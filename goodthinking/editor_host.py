"""Where editors have a host to themselves (EDITOR_HOST): /cms/ is there and nowhere else, and little else is there."""

from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from . import errors

SHARED = (settings.EDITOR_PATH, settings.STATIC_URL, settings.MEDIA_URL, "/documents/", "/healthz")
"""What the editors' host answers itself: the desk, and the files that its pages show."""


def middleware(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Part editors from readers by host. Raises MiddlewareNotUsed where they share one."""
    if not settings.EDITOR_HOST:
        raise MiddlewareNotUsed

    def part(request: HttpRequest) -> HttpResponse:
        path, at_desk = request.path_info, request.get_host().lower() == settings.EDITOR_HOST
        if getattr(request, "is_dummy", False):  # a preview, made inside /cms/ under the page's own address
            return get_response(request)
        if not at_desk and path.startswith(settings.EDITOR_PATH):
            return errors.page_not_found(request)
        if at_desk and path == "/":
            return HttpResponseRedirect(settings.EDITOR_PATH)
        if at_desk and not path.startswith(SHARED):
            # Links to pages have no host in them, so that "View live" arrives here first.
            return HttpResponseRedirect(f"{settings.SITE_URL}{request.get_full_path()}")
        return get_response(request)

    return part

"""While the database does not answer, whoever needs it is told at once: a request that waits keeps others from pages."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.middleware.common import CommonMiddleware

from . import errors
from .snapshots import database_is_lost

WITHOUT_DATABASE = {"wagtaildocs_serve", "media", "favicon", "healthz"}
"""Names of the routes that can answer all the same."""


class Refusal:
    """Refuses what the database would have to answer."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if database_is_lost(request.META):
            # Who an editor is would be asked before her page is looked for.
            if request.path_info.startswith(settings.EDITOR_PATH):
                return errors.no_database(request)
            addresses = CommonMiddleware(self.get_response)
            if addresses.should_redirect_with_slash(request):
                return HttpResponsePermanentRedirect(addresses.get_full_path_with_slash(request))
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Callable, args: tuple, kwargs: dict) -> HttpResponse | None:
        """Let through what needs no database."""
        needed = request.resolver_match.view_name not in WITHOUT_DATABASE
        return errors.no_database(request) if needed and database_is_lost(request.META) else None

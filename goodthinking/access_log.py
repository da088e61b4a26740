"""A log of how the site does, from which nobody can tell who read what."""

import logging
import time
import traceback
from collections.abc import Callable
from types import TracebackType

from django.http import HttpRequest, HttpResponse

from .snapshots import MARK

logger = logging.getLogger("access")


def middleware(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Write one line an answer: method, name of the route, status, milliseconds. No path, query, address or agent."""

    def log(request: HttpRequest) -> HttpResponse:
        start = time.perf_counter()
        response = get_response(request)
        # A preview, pages made ready, or a copy that is made: nobody asked.
        if getattr(request, "is_dummy", False) or MARK in request.META:
            return response
        route = request.resolver_match.view_name if request.resolver_match else None
        logger.info(
            "%s %s %d %d ms",
            request.method if request.method in {"GET", "HEAD", "POST", "OPTIONS"} else "OTHER",
            route or "-",
            response.status_code,
            (time.perf_counter() - start) * 1000,
        )
        return response

    return log


class AnonymousFormatter(logging.Formatter):
    """Writes where an error happened and of which kind, never its text or the request: both may hold a reader's words."""

    def __init__(self) -> None:
        super().__init__("{asctime} {levelname} {name} {message}", style="{")

    def format(self, record: logging.LogRecord) -> str:
        # A copy without the text that another formatter may have left in it.
        said = {"msg": "An answer failed", "args": ()} if record.name == "django.request" else {}
        return super().format(logging.makeLogRecord(record.__dict__ | {"exc_text": None} | said))

    def formatException(
        self, ei: tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]
    ) -> str:
        kind, _, where = ei
        frames = "".join(traceback.format_tb(where))
        return f"{frames}{kind.__name__ if kind else 'Error'}"

"""The pages themselves."""

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import get_language

from wagtail.models import Page

from content.home import page_at


def serve(request: HttpRequest, path: str) -> HttpResponse:
    """Show the page of an address.

    Wagtail's own view would first ask whether the page is private, which costs two queries: here no page can be.
    path: below the language's own part. Raises Http404.
    """
    page = page_at(path, get_language())
    if page is None:
        raise Http404
    return page.serve(request)


def show_every_page_once(say: Callable[[str], None]) -> None:
    """Show every live page to nobody: pictures get their sizes now, not when the first reader waits for them.

    say: called with a line of progress now and then.
    """
    pages = [page for page in Page.objects.live().filter(depth__gt=1).specific() if page.url]
    for number, page in enumerate(pages, 1):
        page.make_preview_request()
        if number % 10 == 0 or number == len(pages):
            say(f"{number} of {len(pages)}")

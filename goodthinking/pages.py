"""The pages themselves."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import get_language

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

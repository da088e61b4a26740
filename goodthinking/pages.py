"""The pages themselves."""

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from wagtail.models import Page

from content.base import BasePage
from content.home import page_at
from content.models import CoursePage, GuidePage, Helpline
from content.training import kit as kits

LINES_ON_A_CARD = 3


def serve(request: HttpRequest, path: str) -> HttpResponse:
    """Show the page of an address.

    Wagtail's own view would first ask whether the page is private, which costs two queries: here no page can be.
    path: below the language's own part. Raises Http404.
    """
    page = page_at(path, get_language())
    if page is None:
        raise Http404
    return page.serve(request)


def card(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a guide as a card for the pocket: what to try, who to call, where the rest is. Raises Http404."""
    page = page_at(f"guides/{slug}", get_language())
    if not isinstance(page, GuidePage) or not page.is_shown:
        raise Http404
    context = page.get_context(request)
    blocks = {child.block_type: child.value for child in reversed(context["body"])}
    lines = blocks["helplines"].shown if "helplines" in blocks else Helpline.objects.shown().filter(is_first_call=True)
    parts = {"try_this": blocks.get("try_this"), "helplines": lines[:LINES_ON_A_CARD]}
    return render(request, "content/guide_card.html", context | parts)


def kit(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the kit of a course, re-timed to what its address asks for. Raises Http404."""
    page = page_at(f"training/{slug}", get_language())
    if not isinstance(page, CoursePage) or not page.is_shown:
        raise Http404
    return render(request, "content/kit.html", kits.kit(page, request.GET.dict(), request.GET.getlist("modules")))


def make_every_picture_ready(say: Callable[[str], None]) -> None:
    """Make the sizes that live pages show and that are not there yet: none are, after a restore or a change of sizes.

    say: called with a line of progress now and then.
    """
    pages = [page for page in Page.objects.live().specific() if isinstance(page, BasePage)]
    for number, page in enumerate(pages, 1):
        page.make_pictures_ready()
        if number % 10 == 0 or number == len(pages):
            say(f"{number} of {len(pages)}")

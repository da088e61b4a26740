"""The pages themselves."""

from collections.abc import Callable
from dataclasses import replace

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, override

from wagtail.models import Page

from content.base import BasePage
from content.home import page_at
from content.models import CoursePage, GuidePage, Helpline
from content.previews import find_link
from content.training import kit as kits
from content.training.archive import archive
from content.translations.reader import languages_of

from . import errors

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


def shared_draft(request: HttpRequest, token: str) -> HttpResponse:
    """Show the draft that a link leads to, as it was when the link was made, to whoever has the link."""
    link = find_link(token)
    if link is None:
        response = errors.draft_gone(request)
    else:
        request.draft_until = link.expires_at
        language = link.page.locale.language_code
        with override(language):
            response = link.draft.serve_preview(request, "")
        response.headers["Content-Language"] = language
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response


def kit(request: HttpRequest, slug: str, template: str = "content/kit.html") -> HttpResponse:
    """Show the kit of a course, or its slides, re-timed to what the address asks for. Raises Http404.

    A wish for another language leads to the kit in that language.
    """
    course = _course(slug)
    wanted = request.GET.get("language", "")
    if wanted != get_language() and wanted in kits.languages(course):
        rest = request.GET.copy()
        del rest["language"]
        with override(wanted):
            return redirect(f"{reverse('training-kit', args=[slug])}?{rest.urlencode()}")
    here = {"languages": [replace(link, url=f"{link.url}kit/") if link.is_page else link for link in languages_of(course)]}
    return render(request, template, kits.kit(course, request.GET.dict(), request.GET.getlist("modules")) | here)


def kit_archive(request: HttpRequest, slug: str) -> HttpResponse:
    """Give the kit of a course as one file. Raises Http404."""
    packed = archive(_course(slug), request.GET.dict(), request.GET.getlist("modules"), request)
    disposition = f'attachment; filename="kit-{slug}.zip"'
    return HttpResponse(packed, content_type="application/zip", headers={"Content-Disposition": disposition})


def signposts(request: HttpRequest) -> HttpResponse:
    """List all guides, each with the words, the card and the poster that help somebody to point to it."""
    guides = GuidePage.objects.shown().filter(locale__language_code=get_language()).order_by("title")
    return render(request, "content/signposts.html", {"guides": guides})


def _course(slug: str) -> CoursePage:
    page = page_at(f"training/{slug}", get_language())
    if not isinstance(page, CoursePage) or not page.is_shown:
        raise Http404
    return page


def make_every_picture_ready(say: Callable[[str], None]) -> None:
    """Make the sizes that live pages show and that are not there yet: none are, after a restore or a change of sizes.

    say: called with a line of progress now and then.
    """
    pages = [page for page in Page.objects.live().specific() if isinstance(page, BasePage)]
    for number, page in enumerate(pages, 1):
        page.make_pictures_ready()
        if number % 10 == 0 or number == len(pages):
            say(f"{number} of {len(pages)}")

"""Reads the request, asks the query, renders. Nothing of a search is kept."""

from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.response import TemplateResponse
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from content.models import GuidePage, TopicPage

from . import query

RESULTS_A_PAGE = 10


def _page(request: HttpRequest, language: str | None) -> tuple[str, Page]:
    typed = query.clean(request.GET.get("q", ""))
    found = query.find(typed, language)
    return typed, Paginator(found, RESULTS_A_PAGE).get_page(request.GET.get("page"))


def _forget(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = "no-store"
    response["X-Robots-Tag"] = "noindex"
    return response


@require_safe
def results(request: HttpRequest) -> HttpResponse:
    """Show the answers to `?q=`, and topics to choose from when there are none."""
    typed, found = _page(request, None)
    topics = (
        [] if found.object_list else TopicPage.objects.shown().filter(locale__language_code=get_language()).order_by("title")
    )
    context = {"typed": typed, "found": found, "topics": topics}
    return _forget(TemplateResponse(request, "search/results.html", context))


@require_safe
def answers(request: HttpRequest) -> HttpResponse:
    """Give the answers to `?q=&lang=&page=` as JSON, at most ten a page."""
    typed, found = _page(request, request.GET.get("lang") or None)
    return _forget(
        JsonResponse(
            {
                "query": typed,
                "results": [_as_data(page) for page in found],
                "total": found.paginator.count,
            }
        )
    )


def _as_data(page: query.Found) -> dict[str, object]:
    topics = page.topic_pages if isinstance(page, GuidePage) else [page] if isinstance(page, TopicPage) else []
    return {
        "url": page.url,
        "title": page.title,
        "summary": page.summary,
        "kind": query.KINDS[type(page)],
        "topics": [topic.slug for topic in topics],
        "language": page.locale.language_code,
    }

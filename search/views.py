"""Reads the request, asks the service, renders. Nothing of a search is kept."""

from dataclasses import asdict
from urllib.parse import urlencode

from django.conf import settings
from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from content.models import AudiencePage, Helpline

from . import demand, service
from .filters import SERVICE, Filters
from .services import services

RESULTS_A_PAGE = 10


def _forget(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = "no-store"
    response["X-Robots-Tag"] = "noindex"
    return response


def _page(hits: list[service.Hit], number: str | None, size: int = RESULTS_A_PAGE) -> Page:
    page = Paginator(hits, size).get_page(number)
    page.object_list = service.live(page.object_list)
    return page


@require_safe
def results(request: HttpRequest) -> HttpResponse:
    """Show the answers to `?q=`, narrowed by `kind`, `topic`, `audience` and `language`; topics when there are none."""
    exactly = request.GET.get("exactly") == "1"
    answer = service.answer(request.GET.get("q", ""), exactly=exactly)
    demand.count(answer, get_language())
    filters = Filters.of(request.GET)
    named, fitting = services(answer.words, get_language())
    hits = filters.keep(answer.hits) if not answer.is_fallback else answer.hits
    query = {"q": answer.typed} | ({"exactly": "1"} if exactly else {})
    context = {
        "answer": answer,
        "typed": answer.typed,
        "found": _page(hits, request.GET.get("page"), len(hits) or 1 if answer.is_fallback else RESULTS_A_PAGE),
        "kept": urlencode(query | {name: value for name, value in asdict(filters).items() if value}),
        "filters": [] if answer.is_fallback else filters.options(answer.hits, _labels(), query, len(fitting)),
        "narrowed": filters,
        "services": fitting if filters.kind == SERVICE else [] if filters else named,
        "urgent_calls": _urgent_calls() if answer.urgent else [],
    }
    return _forget(TemplateResponse(request, "search/results.html", context))


@require_safe
def answers(request: HttpRequest) -> HttpResponse:
    """Give the answers to `?q=&lang=&page=` as JSON, at most ten a page."""
    answer = service.answer(request.GET.get("q", ""), request.GET.get("lang"))
    found = _page(answer.hits, request.GET.get("page"))
    return _forget(
        JsonResponse(
            {
                "query": answer.typed,
                "corrected": answer.corrected,
                "urgent": answer.urgent,
                "engine": answer.engine,
                "results": [_as_data(hit) for hit in found.object_list],
                "total": found.paginator.count,
            }
        )
    )


@require_safe
def titles(request: HttpRequest) -> HttpResponse:
    """Give the titles of topics and guides, the same for everybody: a device completes what is typed by itself."""
    return JsonResponse({"titles": service.titles(get_language())})


def _as_data(hit: service.Hit) -> dict[str, object]:
    return {name: getattr(hit, name) for name in ("url", "title", "summary", "kind", "topics", "language")}


def _labels() -> dict[str, str]:
    """What topics, audiences and languages are called, by slug or code."""
    language = get_language()
    audiences = AudiencePage.objects.shown().filter(locale__language_code=language).values_list("slug", "title")
    return service.topic_titles(language) | dict(audiences) | dict(settings.LANGUAGES)


def _urgent_calls() -> list[Helpline]:
    """The first calls, those that are open at this moment first."""
    calls = list(Helpline.objects.first_calls())
    now = timezone.now()
    return sorted(calls, key=lambda helpline: not any(way.is_open(now) for way in helpline.ways.all()))

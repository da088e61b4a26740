"""Tells an editor in words why her page did not go live, whichever button she pressed. The draft is kept."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _

from wagtail.admin import messages

from content.gate import NotReady

View = Callable[[HttpRequest], HttpResponse]


class SayWhyNotLive:
    """Middleware: an answer for the gate's refusal, on every road that an editor can take."""

    def __init__(self, get_response: View) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Lead back to the page's form with every reason. A script that asked gets them as JSON, with status 400."""
        if not isinstance(exception, NotReady) or not hasattr(request, "user"):
            return None
        if request.headers.get("X-Requested-With") == "XMLHttpRequest" or request.accepts("text/html") is False:
            return JsonResponse({"success": False, "error": " ".join(exception.messages)}, status=400)
        messages.error(request, in_words(exception))
        return redirect(
            reverse("wagtailadmin_pages:edit", args=[exception.page.pk]) if exception.page.pk else "wagtailadmin_home"
        )


def in_words(refusal: NotReady) -> str:
    """Say why a page may not go live. Returns safe HTML: a sentence and a list of reasons."""
    return format_html(
        "{} <ul>{}</ul>",
        _("“%(title)s” is not live yet. Your draft is saved. Before it can go live:") % {"title": refusal.page.title},
        format_html_join("", "<li>{}</li>", ((message,) for message in refusal.messages)),
    )

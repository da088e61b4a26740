"""The page from which one acts at once: three things to do, and what stands now."""

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView

from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from content import roles
from content.models import Hold, Notice

from . import holding, notices, rewording
from .log import RapidResponseLog
from .policy import LondonEditorsOnly


class RapidResponseView(LondonEditorsOnly, WagtailAdminTemplateMixin, TemplateView):
    """What one can do at once, which notices readers see now, and which pages are held."""

    page_title = gettext_lazy("Rapid response")
    header_icon = "warning"
    template_name = "desk/rapid_response.html"

    def get_breadcrumbs_items(self) -> list[dict]:
        return [*super().get_breadcrumbs_items(), {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: object) -> dict:
        notices = Notice.objects.not_over().select_related("made_by").prefetch_related("topics")
        return super().get_context_data(**kwargs) | {"notices": notices, "holds": Hold.objects.standing()}


class RapidResponseMenuItem(MenuItem):
    """Shown to those who may act."""

    def is_shown(self, request: HttpRequest) -> bool:
        return roles.has_role(request.user, roles.LONDON_EDITORS)


@hooks.register("register_admin_menu_item")
def menu_item() -> MenuItem:
    """The way to it, in the menu."""
    return RapidResponseMenuItem(gettext_lazy("Rapid response"), reverse("rapid_response"), icon_name="warning", order=240)


@hooks.register("register_admin_urls")
def urls() -> list[URLPattern]:
    """Its addresses; the forms of notices have theirs from Wagtail."""
    start = "rapid-response/"
    log = RapidResponseLog
    return [
        path(start, RapidResponseView.as_view(), name="rapid_response"),
        path(f"{start}notices/end/<int:pk>/", notices.end, name="rapid_response_end_notice"),
        path(f"{start}hold/", holding.HoldView.as_view(), name="rapid_response_hold"),
        path(f"{start}release/<int:pk>/", holding.release, name="rapid_response_release"),
        path(f"{start}wording/", rewording.RewordView.as_view(), name="rapid_response_wording"),
        path(f"{start}log/", log.as_view(), name="rapid_response_log"),
        path(f"{start}log/results/", log.as_view(results_only=True), name="rapid_response_log_results"),
    ]

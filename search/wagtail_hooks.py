"""What editors see of search: what people say and what we say, and what is looked for."""

from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _

from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from .models import SearchPhrase
from .report import DemandReport


class SearchPhraseViewSet(SnippetViewSet):
    """People say … / we say …, by language."""

    model = SearchPhrase
    menu_label = _("Search words")
    icon = "search"
    menu_order = 260
    add_to_admin_menu = True
    list_display = ["we_say", "people_say", "language"]
    list_filter = ["language"]
    search_fields = ["we_say", "people_say"]
    list_per_page = 60


register_snippet(SearchPhraseViewSet)


@hooks.register("register_admin_urls")
def demand_report_urls() -> list[URLPattern]:
    """The report of what is looked for, whole and without its frame."""
    return [
        path("reports/search-demand/", DemandReport.as_view(), name="search_demand"),
        path("reports/search-demand/results/", DemandReport.as_view(results_only=True), name="search_demand_results"),
    ]


@hooks.register("register_reports_menu_item")
def demand_report_menu_item() -> MenuItem:
    """The way to it, under Reports."""
    return MenuItem(_("What is looked for"), reverse("search_demand"), icon_name="search", order=900)

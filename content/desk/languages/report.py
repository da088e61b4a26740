"""Reports → Languages: what is live, behind, by a machine alone, checked, how old: in figures and page by page."""

from django.conf import settings
from django.db.models import Count, Min, Q, QuerySet
from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from wagtail import hooks
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.reports import ReportView
from wagtail.models import Locale, Page
from wagtail.permissions import page_permission_policy

import django_filters

from content.local_forms import english_name
from content.models import PageTranslation
from content.translations import subtree

from .roles import may_translate

UNCHECKED = Q(by_machine=True, checked_by="")
BEHIND = ~Q(behind=[])


class TranslationFilterSet(WagtailFilterSet):
    """Narrows the report."""

    language = django_filters.ChoiceFilter(label=_("Language"), field_name="page__locale__language_code", choices=list)
    state = django_filters.ChoiceFilter(
        label=_("State"),
        method="filter_state",
        choices=[
            ("behind", _("Behind its source")),
            ("unchecked", _("By a machine, unchecked")),
            ("checked", _("Checked by a person")),
        ],
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.filters["language"].extra["choices"] = settings.LANGUAGES[1:]

    def filter_state(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        """Keep what is behind, unchecked, or checked."""
        return rows.filter({"behind": BEHIND, "unchecked": UNCHECKED, "checked": ~Q(checked_by="")}[value])

    class Meta:
        model = PageTranslation
        fields: list[str] = []


class LanguagesReport(ReportView):
    """Each live translation of what one may change, and above the list each language in figures."""

    page_title = _("Languages")
    header_icon = "globe"
    index_url_name = "languages_report"
    index_results_url_name = "languages_report_results"
    template_name = "desk/languages/report.html"
    is_searchable = False
    filterset_class = TranslationFilterSet
    columns = [
        TitleColumn("page", label=_("Page"), get_url=lambda row: reverse("translation_check", args=[row.page_id])),
        Column("language", label=_("Language"), accessor=lambda row: row.page.locale.language_code),
        Column("behind", label=_("Parts behind"), accessor=lambda row: len(row.behind) or ""),
        Column("by_machine", label=_("By a machine"), accessor=lambda row: gettext("yes") if row.by_machine else ""),
        Column("checked_by", label=_("Checked by")),
        Column("made_at", label=_("Live since")),
    ]
    list_export = ["page", "page.locale.language_code", "by_machine", "checked_by", "checked_on", "made_at"]

    def get_queryset(self) -> QuerySet:
        mine = page_permission_policy.instances_user_has_permission_for(self.request.user, "change")
        rows = PageTranslation.objects.filter(page__live=True, page__in=mine.order_by().values("pk"))
        return rows.select_related("page__locale").order_by("page__locale__language_code", "made_at", "pk")

    def get_context_data(self, **kwargs: object) -> dict[str, object]:
        figures = {"languages": in_figures(self.request), "subtrees": in_the_background(self.request)}
        return super().get_context_data(**kwargs) | figures


def in_figures(request: HttpRequest) -> list[dict[str, object]]:
    """Sum up each language that is open to whoever asks, in three queries however many pages there are."""
    live = dict(Page.objects.live().filter(depth__gt=1).order_by().values_list("locale_id").annotate(Count("pk")))
    told = PageTranslation.objects.filter(page__live=True).order_by().values("page__locale_id")
    told = told.annotate(
        behind=Count("pk", filter=BEHIND),
        unchecked=Count("pk", filter=UNCHECKED),
        checked=Count("pk", filter=~Q(checked_by="")),
        oldest=Min("made_at"),
    )
    figures = {row["page__locale_id"]: row for row in told}
    locales = Locale.objects.exclude(language_code=settings.LANGUAGE_CODE)
    return [
        {"locale": locale, "name": english_name(locale.language_code), "live": live.get(locale.pk, 0)}
        | figures.get(locale.pk, {})
        for locale in locales
        if may_translate(request.user, locale.language_code)
    ]


def in_the_background(request: HttpRequest) -> list[dict[str, object]]:
    """List the sections that are being begun in other languages, as far as they concern whoever asks."""
    return [
        {"job": job, "names": [english_name(locale.language_code) for locale in job.locales.all()]}
        for job in subtree.recent(request.user)
    ]


@hooks.register("register_admin_urls")
def urls() -> list[URLPattern]:
    """The report and its rows."""
    return [
        path("reports/languages/", LanguagesReport.as_view(), name="languages_report"),
        path("reports/languages/results/", LanguagesReport.as_view(results_only=True), name="languages_report_results"),
    ]


@hooks.register("register_reports_menu_item")
def menu_item() -> MenuItem:
    """The way to the report."""
    return MenuItem(_("Languages"), reverse("languages_report"), icon_name="globe", order=730)

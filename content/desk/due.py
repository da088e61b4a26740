"""What is due for review: pages and helplines with their owner and the days left; a report, and five on the dashboard."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.contrib.auth.models import AbstractBaseUser
from django.db.models import CharField, DateField, F, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, Substr
from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from wagtail import hooks
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component
from wagtail.admin.ui.tables import Column, Table, TitleColumn
from wagtail.admin.views.reports import ReportView
from wagtail.models import Page
from wagtail.permissions import policy_registry

import django_filters

from content import roles
from content.models import GuidePage, Helpline, ModulePage, PartnerShelf
from content.reviewed import ReviewedPage
from content.shelves import SHELF_DEPTH

DAYS_AHEAD = 60
ON_THE_DASHBOARD = 5
PAGES = {"guide": GuidePage, "module": ModulePage}
KINDS = [("guide", _("Guide")), ("module", _("Module")), ("helpline", _("Helpline"))]
COLUMNS = ["kind", "pk", "title", "due", "partner"]


@dataclass(frozen=True)
class Due:
    """One thing that is due. kind: a key of KINDS; partner: whose shelf it stands on, or empty."""

    kind: str
    pk: int
    title: str
    due: date
    partner: str

    @property
    def kind_in_words(self) -> str | Promise:
        return dict(KINDS)[self.kind]

    @property
    def owner(self) -> str:
        """Who sees to it: the partner whose shelf it stands on, else a group of ours."""
        return self.partner or (roles.HELPLINE_KEEPERS if self.kind == "helpline" else roles.LONDON_EDITORS)

    @property
    def days_left(self) -> int:
        return (self.due - timezone.localdate()).days

    @property
    def is_overdue(self) -> bool:
        return self.days_left < 0

    @property
    def days_in_words(self) -> str:
        if self.is_overdue:
            return ngettext("%d day overdue", "%d days overdue", -self.days_left) % -self.days_left
        if self.days_left:
            return ngettext("%d day left", "%d days left", self.days_left) % self.days_left
        return gettext("today")

    @property
    def edit_url(self) -> str:
        if self.kind == "helpline":
            return reverse(Helpline.snippet_viewset.get_url_name("edit"), args=[self.pk])
        return reverse("wagtailadmin_pages:edit", args=[self.pk])


def due(user: AbstractBaseUser) -> list[QuerySet]:
    """Give what is due within 60 days or overdue and may be changed by somebody, a queryset a kind, each with COLUMNS."""
    last_day = timezone.localdate() + timedelta(days=DAYS_AHEAD)
    kinds = [_due_pages(kind, model, user) for kind, model in PAGES.items()] + [_due_helplines(user)]
    return [rows.filter(due__lte=last_day).order_by().values(*COLUMNS) for rows in kinds]


def soonest_first(kinds: list[QuerySet]) -> QuerySet:
    """Join the querysets of `due` to one; the database sorts and cuts it."""
    return kinds[0].union(*kinds[1:], all=True).order_by("due", "title", "pk")


def _words(text: str) -> Value:
    return Value(text, output_field=CharField())


def _due_pages(kind: str, model: type[ReviewedPage], user: AbstractBaseUser) -> QuerySet:
    may_change = policy_registry.get_by_type(Page).instances_user_has_permission_for(user, "change")
    shelf = PartnerShelf.objects.filter(path=Substr(OuterRef("path"), 1, SHELF_DEPTH * Page.steplen))
    partner = Coalesce(Subquery(shelf.values("partner__title")[:1]), _words(""))
    mine = model.objects.live().filter(pk__in=may_change.order_by().values("pk"))
    return mine.annotate(kind=_words(kind), due=F("next_review"), partner=partner)


def _due_helplines(user: AbstractBaseUser) -> QuerySet:
    lines = Helpline.objects.exclude(status=Helpline.Status.DEAD)
    if not policy_registry.get_by_type(Helpline).user_has_permission(user, "change"):
        lines = lines.none()
    # One that nobody here has checked yet is due now.
    due_on = Coalesce("check_again_by", Value(timezone.localdate(), output_field=DateField()))
    return lines.annotate(kind=_words("helpline"), title=F("name"), due=due_on, partner=_words(""))


def _partners() -> list[tuple[str, str]]:
    titles = PartnerShelf.objects.filter(partner__isnull=False).values_list("partner__title", flat=True)
    return [(title, title) for title in titles.order_by("partner__title").distinct()]


class DueFilterSet(WagtailFilterSet):
    """Narrows the report."""

    when = django_filters.ChoiceFilter(
        label=_("When"),
        method="filter_when",
        choices=[("overdue", _("Overdue")), ("soon", _("Due within 60 days"))],
    )
    kind = django_filters.ChoiceFilter(label=_("Kind"), choices=KINDS)
    partner = django_filters.ChoiceFilter(label=_("Partner"), choices=_partners)

    def filter_when(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        """Keep what is overdue, or what is not yet."""
        today = timezone.localdate()
        return rows.filter(due__lt=today) if value == "overdue" else rows.filter(due__gte=today)

    class Meta:
        model = Page
        fields: list[str] = []


class DaysLeftColumn(Column):
    """The days that are left, or in red how many it is overdue."""

    cell_template_name = "desk/days_left_cell.html"


class DueReport(ReportView):
    """What is due within 60 days or overdue, of what one may change."""

    page_title = _("Due for review")
    header_icon = "calendar"
    index_url_name = "due_for_review"
    index_results_url_name = "due_for_review_results"
    verbose_name_plural = _("entries")
    is_searchable = False
    filterset_class = DueFilterSet
    columns = [
        TitleColumn("title", label=_("Title"), get_url=lambda row: row.edit_url),
        Column("kind_in_words", label=_("Kind")),
        Column("owner", label=_("Who sees to it")),
        Column("due", label=_("Due on")),
        DaysLeftColumn("days_in_words", label=_("Days left")),
    ]
    list_export = ["title", "kind_in_words", "owner", "due", "days_left"]
    export_headings = {
        "title": _("Title"),
        "kind_in_words": _("Kind"),
        "owner": _("Who sees to it"),
        "due": _("Due on"),
        "days_left": _("Days left"),
    }

    def get_filename(self) -> str:
        return f"due-for-review-{timezone.localdate().isoformat()}"

    def get_filtered_queryset(self) -> QuerySet:
        # A union can no longer be filtered: each kind is filtered for itself.
        return soonest_first([self.filter_queryset(rows) for rows in due(self.request.user)])

    def get_table(self, object_list: QuerySet) -> Table:
        return super().get_table(self.decorate_paginated_queryset(object_list))

    def decorate_paginated_queryset(self, object_list: QuerySet) -> list[Due]:
        return [Due(**row) for row in object_list]


class DuePanel(Component):
    """The five that are due first, with the way to all."""

    name = "due_for_review"
    template_name = "desk/due_panel.html"
    order = 230

    def get_context_data(self, parent_context: dict) -> dict:
        rows = soonest_first(due(parent_context["request"].user))[: ON_THE_DASHBOARD + 1]
        found = [Due(**row) for row in rows]
        return {"found": found[:ON_THE_DASHBOARD], "more": len(found) > ON_THE_DASHBOARD}


@hooks.register("construct_homepage_panels")
def due_panel(request: HttpRequest, panels: list[Component]) -> None:
    """Put what is due on the dashboard."""
    panels.append(DuePanel())


@hooks.register("register_admin_urls")
def due_report_urls() -> list[URLPattern]:
    """The report of what is due, whole and without its frame."""
    return [
        path("reports/due/", DueReport.as_view(), name="due_for_review"),
        path("reports/due/results/", DueReport.as_view(results_only=True), name="due_for_review_results"),
    ]


@hooks.register("register_reports_menu_item")
def due_report_menu_item() -> MenuItem:
    """The way to it, under Reports."""
    return MenuItem(_("Due for review"), reverse("due_for_review"), icon_name="calendar", order=100)

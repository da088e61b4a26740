"""What is looked for, by topic: for editors who decide what to write next."""

from datetime import timedelta

from django.db.models import Q, QuerySet, Sum
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wagtail.admin.ui.tables import Column
from wagtail.admin.views.reports import ReportView

from .models import SearchDemand

DAYS = 90
FEWEST = 10
"""Smaller counts are not shown: they say little, and might say it of somebody."""


class TopicColumn(Column):
    """The topic of a row, or that there was none."""

    def get_value(self, instance: dict) -> object:
        return instance["topic"] or _("None of ours")


class DemandReport(ReportView):
    """How many searches led to which topic in the last 90 days, and how many found something. Never what was typed."""

    page_title = _("What is looked for, last 90 days")
    header_icon = "search"
    index_url_name = "search_demand"
    index_results_url_name = "search_demand_results"
    is_searchable = False
    paginate_by = 100
    columns = [
        TopicColumn("topic", label=_("Topic")),
        Column("language", label=_("Language")),
        Column("searches", label=_("Searches (from 10)")),
        Column("answered", label=_("Of these found something")),
    ]
    list_export = ["topic", "language", "searches", "answered"]

    def get_queryset(self) -> QuerySet:
        since = timezone.localdate() - timedelta(days=DAYS)
        rows = SearchDemand.objects.filter(day__gte=since).values("topic", "language")
        answered = Coalesce(Sum("count", filter=Q(found=True)), 0)
        rows = rows.annotate(searches=Sum("count"), answered=answered).filter(searches__gte=FEWEST)
        return rows.order_by("-searches", "topic")

"""What was done at once, by whom, why and until when: each act in Wagtail's log, and one page that lists them."""

from datetime import date

from django.db.models import IntegerField, QuerySet, Value
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wagtail import hooks
from wagtail.admin.views.reports.audit_logging import LogEntriesView, SiteHistoryReportFilterSet
from wagtail.log_actions import LogActionRegistry, LogFormatter
from wagtail.log_actions import registry as log_registry
from wagtail.models import BaseLogEntry

from .policy import LondonEditorsOnly

OURS = "rapid_response."
"""How the names of our log actions begin."""


def day(written: str) -> str:
    """Say a day as readers do. written: as the log keeps it, 2026-12-01."""
    return date_format(date.fromisoformat(written), "j F Y")


class NoticePut(LogFormatter):
    """A notice was put up or changed."""

    label = gettext_lazy("Put up a notice")

    def format_message(self, log_entry: BaseLogEntry) -> str:
        data = log_entry.data
        said = _("Notice above %(topics)s until %(until)s. Why: %(reason)s")
        topics = ", ".join(data["topics"]) or _("all topics")
        return said % {"topics": topics, "until": day(data["until"]), "reason": data["reason"]}


class Held(LogFormatter):
    """A page was held."""

    label = gettext_lazy("Hold a page")

    def format_message(self, log_entry: BaseLogEntry) -> str:
        data = log_entry.data
        said = _("Taken down and held until %(until)s. Why: %(reason)s")
        return said % {"until": day(data["until"]), "reason": data["reason"]}


class Reworded(LogFormatter):
    """A wording was replaced on a page."""

    label = gettext_lazy("Replace a wording")

    def format_message(self, log_entry: BaseLogEntry) -> str:
        data = log_entry.data
        said = {
            "live": _("“%(old)s” replaced by “%(new)s”. Why: %(reason)s"),
            "draft": _("“%(old)s” replaced by “%(new)s” in the draft. Why: %(reason)s"),
            "waiting": _("“%(old)s” replaced by “%(new)s” in the draft, not yet live. Why: %(reason)s"),
            "refused": _("“%(old)s” could not be replaced by “%(new)s”. Why it was to be: %(reason)s"),
        }
        return said[data["state"]] % {name: data[name] for name in ("old", "new", "reason")}


@hooks.register("register_log_actions")
def log_actions(actions: LogActionRegistry) -> None:
    """What can be read in the log of what was done at once."""
    actions.register_action(f"{OURS}notice")(NoticePut)
    actions.register_action(f"{OURS}notice_ended", gettext_lazy("End a notice"), gettext_lazy("Notice ended"))
    actions.register_action(f"{OURS}hold")(Held)
    actions.register_action(f"{OURS}release", gettext_lazy("Release a page"), gettext_lazy("Hold released"))
    actions.register_action(f"{OURS}reword")(Reworded)


class LogFilterSet(SiteHistoryReportFilterSet):
    """Narrows the log; of all actions it offers those of rapid response."""

    def get_action_choices(self) -> list[tuple[str, str]]:
        return [choice for choice in log_registry.get_choices() if choice[0].startswith(OURS)]


class RapidResponseLog(LondonEditorsOnly, LogEntriesView):
    """All that was done at once, the latest first."""

    page_title = gettext_lazy("Rapid response: what was done")
    verbose_name_plural = gettext_lazy("entries")
    filterset_class = LogFilterSet
    index_url_name = "rapid_response_log"
    index_results_url_name = "rapid_response_log_results"
    list_export = [*LogEntriesView.list_export, "message"]
    export_headings = {**LogEntriesView.export_headings, "message": gettext_lazy("What was done")}

    def get_filtered_queryset(self) -> QuerySet:
        """Give the acts of both of Wagtail's logs, also on what the editor may not otherwise change."""
        self.log_models = list(log_registry.get_log_entry_models())
        kinds = [
            self.filter_queryset(
                model.objects.filter(action__startswith=OURS)
                .values("pk", "timestamp")
                .annotate(log_model_index=Value(number, output_field=IntegerField()))
            ).order_by()
            for number, model in enumerate(self.log_models)
        ]
        return kinds[0].union(*kinds[1:], all=True).order_by("-timestamp")

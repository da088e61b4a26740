"""What is to be mended in a page: beside its editor, and for many pages in a report."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import F, QuerySet
from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from wagtail import hooks
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.menu import MenuItem
from wagtail.admin.panels import FieldPanel, ObjectList, Panel, PanelGroup
from wagtail.admin.ui.components import MediaContainer
from wagtail.admin.ui.side_panels import BaseSidePanel
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.pages.create import CreateView
from wagtail.admin.views.pages.edit import EditView
from wagtail.admin.views.pages.revisions import RevisionsRevertView
from wagtail.admin.views.reports import ReportView
from wagtail.admin.viewsets.pages import PageViewSet
from wagtail.models import Page
from wagtail.permissions import policy_registry

import django_filters

from content.base import BasePage
from content.models import PartnerShelf
from content.quality.finding import Finding
from content.quality.run import CHECKS, findings
from content.shelves import SHELF_DEPTH


def check_saved(page: Page) -> list[Finding]:
    """Check a page as it was last saved, published or not."""
    saved = page.get_latest_revision_as_object()
    return findings(saved) if isinstance(saved, BasePage) else []


class QualitySidePanel(BaseSidePanel):
    """What is to be mended in a page, beside its editor: each finding leads to its place in the form."""

    class SidePanelToggle(BaseSidePanel.SidePanelToggle):
        """Its button, with the number of findings that keep the page from going live."""

        aria_label = _("Toggle quality")
        icon_name = "clipboard-list"
        counter_classname = "w-bg-critical-200"

        def get_context_data(self, parent_context: dict) -> dict:
            return super().get_context_data(parent_context) | {"count": len(self.panel.blocking)}

    name = "quality"
    title = _("Quality")
    template_name = "content/desk/quality_panel.html"
    order = 340

    @cached_property
    def found(self) -> list[tuple[Finding, str]]:
        """Its findings, each with the id of its place in the form; none for a page that was never saved."""
        if self.object.pk is None:
            return []
        # Read again: after a form with mistakes the view's own page holds what was typed, not what was saved.
        saved = Page.objects.get(pk=self.object.pk)
        places = dict(_places(self.object.get_edit_handler()))
        return [(finding, _place(finding, places)) for finding in check_saved(saved)]

    @property
    def blocking(self) -> list[tuple[Finding, str]]:
        """What keeps the page from going live."""
        return [(finding, place) for finding, place in self.found if finding.blocks]

    @property
    def warnings(self) -> list[tuple[Finding, str]]:
        """What would be better mended."""
        return [(finding, place) for finding, place in self.found if not finding.blocks]

    def get_context_data(self, parent_context: dict) -> dict:
        return super().get_context_data(parent_context) | {
            "is_saved": self.object.pk is not None,
            "groups": [(_("Before it can go live"), self.blocking), (_("Better still"), self.warnings)],
        }


def _place(finding: Finding, places: dict[str, str]) -> str:
    # Wagtail's script gives the panel of a block this id (telepath/blocks.js).
    return f"block-{finding.block}-section" if finding.block else places.get(finding.field, "")


def _places(panel: Panel, prefix: str = "panel", section: str = "") -> Iterator[tuple[str, str]]:
    """Go through a form's panels. Yields each field with the id of the section that shows it (panels/object_list.html)."""
    if isinstance(panel, FieldPanel):
        yield panel.field_name, section
    if isinstance(panel, PanelGroup):
        for child, identifier in zip(panel.children, panel.child_identifiers, strict=True):
            own = f"{prefix}-{identifier}-section" if isinstance(panel, ObjectList) else section
            yield from _places(child, f"{prefix}-child-{identifier}", own)


class _BesideTheEditor:
    """Adds the panel to a view that edits a page."""

    def get_side_panels(self) -> MediaContainer:
        return MediaContainer([*super().get_side_panels(), QualitySidePanel(self.page, self.request)])


class QualityEditView(_BesideTheEditor, EditView):
    """The editor with what is to be mended beside it."""


class QualityCreateView(_BesideTheEditor, CreateView):
    """The same for a new page, which Wagtail turns into the editor when it is first saved."""


class QualityRevertView(_BesideTheEditor, RevisionsRevertView):
    """The same where an older version is brought back."""


class QualityPageViewSet(PageViewSet):
    """Wagtail's own views of pages, with the panel."""

    add_view_class = QualityCreateView
    edit_view_class = QualityEditView
    revisions_revert_view_class = QualityRevertView


@hooks.register("register_admin_viewset", order=1)
def page_viewset() -> PageViewSet:
    """Stand in for the views that Wagtail registers for all pages, so after them."""
    return QualityPageViewSet()


@dataclass(frozen=True)
class Row:
    """A page in the report."""

    pk: int
    title: str
    shelf: str
    blocks: int
    warns: int
    first: str


class QualityFilterSet(WagtailFilterSet):
    """Narrows the report to pages in which one check found something."""

    check = django_filters.ChoiceFilter(
        label=_("Found by"), choices=[(name, name.replace("_", " ").capitalize()) for name in CHECKS], method="leave"
    )

    class Meta:
        model = Page
        fields: list[str] = []

    def leave(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        """Leave the pages as they are: what a check finds is known only once it has run, on the pages looked at."""
        return queryset


class QualityReport(ReportView):
    """The pages that somebody may edit, as last saved, with what is to be mended.

    Nothing is stored, for findings change with the day and with helplines. One page of the report checks its own fifty pages
    and no more, also when it is narrowed or exported, so that it takes as long on a large site as on a small one.
    """

    page_title = _("Quality")
    page_subtitle = _("As last saved, 50 pages at a time, the last edited first")
    header_icon = "clipboard-list"
    index_url_name = "quality_report"
    index_results_url_name = "quality_report_results"
    filterset_class = QualityFilterSet
    model = Page
    any_permission_required = ["change"]
    paginate_by = 50
    columns = [
        TitleColumn("title", label=_("Page"), url_name="wagtailadmin_pages:edit"),
        Column("shelf", label=_("Shelf")),
        Column("blocks", label=_("Keeps it from going live")),
        Column("warns", label=_("Better mended")),
        Column("first", label=_("First")),
    ]
    list_export = ["title", "shelf", "blocks", "warns", "first"]
    export_headings = {
        "title": _("Page"),
        "shelf": _("Shelf"),
        "blocks": _("Keeps it from going live"),
        "warns": _("Better mended"),
        "first": _("First"),
    }
    export_filename = "quality"

    def get_base_queryset(self) -> QuerySet:
        pages = self.permission_policy.instances_user_has_permission_for(self.request.user, "change")
        own = pages.filter(depth__gt=1).not_type(PartnerShelf)
        return own.select_related("latest_revision").order_by(F("latest_revision_created_at").desc(nulls_last=True), "-pk")

    def get_paginate_by(self, queryset: QuerySet) -> int:
        """Keep to the pages looked at in an export too."""
        return self.paginate_by

    def paginate_queryset(self, queryset: QuerySet, page_size: int) -> tuple:
        paginator, page, looked_at, has_others = super().paginate_queryset(queryset, page_size)
        page.object_list = self.rows(list(looked_at))
        return paginator, page, page.object_list, has_others

    def rows(self, pages: list[Page]) -> list[Row]:
        """Check some pages."""
        check = self.filters.form.cleaned_data.get("check") if self.filters.is_valid() else ""
        places = {page.pk: page.path[: SHELF_DEPTH * Page.steplen] for page in pages}
        shelves = dict(PartnerShelf.objects.filter(path__in=places.values()).values_list("path", "title"))
        found = [(page, [one for one in check_saved(page) if check in {"", None, one.check}]) for page in pages]
        return [_row(page, here, shelves.get(places[page.pk], "")) for page, here in found if here or not check]


def _row(page: Page, found: list[Finding], shelf: str) -> Row:
    blocks = sum(finding.blocks for finding in found)
    first = f"{found[0].where}: {found[0].why}" if found else ""
    return Row(page.pk, page.get_admin_display_title(), shelf, blocks, len(found) - blocks, first)


class QualityMenuItem(MenuItem):
    """The way to the report, for everybody who may edit a page."""

    def is_shown(self, request: HttpRequest) -> bool:
        return policy_registry.get_by_type(Page).user_has_any_permission(request.user, ["change"])


@hooks.register("register_admin_urls")
def quality_report_urls() -> list[URLPattern]:
    """The report, whole and without its frame."""
    return [
        path("reports/quality/", QualityReport.as_view(), name="quality_report"),
        path("reports/quality/results/", QualityReport.as_view(results_only=True), name="quality_report_results"),
    ]


@hooks.register("register_reports_menu_item")
def quality_report_menu_item() -> MenuItem:
    """The way to it, under Reports."""
    return QualityMenuItem(_("Quality"), reverse("quality_report"), icon_name="clipboard-list", order=880)

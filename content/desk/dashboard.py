"""The first page of the desk: what waits for me, what I have begun, and a welcome for whoever has begun nothing."""

from collections.abc import Mapping
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db.models import Q, QuerySet
from django.http import HttpRequest

from wagtail import hooks
from wagtail.admin.site_summary import PagesSummaryItem, SummaryItem
from wagtail.admin.ui.components import Component
from wagtail.admin.views.home import RecentEditsPanel, WorkflowObjectsToModeratePanel
from wagtail.models import Page
from wagtail.permissions import policy_registry

from content.models import PartnerShelf

from .starting_points import may_begin

MOST_DRAFTS = 10


class MyDraftsPanel(Component):
    """Pages that I was the last to change, and that readers do not have so yet."""

    name = "my_drafts"
    template_name = "desk/my_drafts.html"
    order = 120

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        mine = drafts_of(parent_context["request"].user).order_by("-latest_revision_created_at")
        return {"drafts": mine.specific(defer=True)[:MOST_DRAFTS]}


class WelcomePanel(Component):
    """Three steps for somebody who may write guides and has none yet."""

    name = "welcome"
    template_name = "desk/welcome.html"
    order = 100

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        return {"shelf": first_shelf(parent_context["request"])}


def drafts_of(user: AbstractBaseUser) -> QuerySet:
    """Find the pages whose newest version is somebody's, and is not the one that readers have."""
    return Page.objects.filter(has_unpublished_changes=True, latest_revision__user=user)


def first_shelf(request: HttpRequest) -> PartnerShelf | None:
    """Find where somebody may write her first guide; none once she has written or changed a page."""
    user = request.user
    if Page.objects.filter(Q(owner=user) | Q(latest_revision__user=user)).exists():
        return None
    mine = policy_registry.get_by_type(Page).instances_user_has_permission_for(user, "add")
    shelves = PartnerShelf.objects.filter(pk__in=mine.values("pk")).order_by("path")
    return next((shelf for shelf in shelves if may_begin(request, shelf)), None)


class OwnPagesSummaryItem(PagesSummaryItem):
    """How many pages somebody may work on. Wagtail would count all below the place where her shelves meet."""

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        policy = policy_registry.get_by_type(Page)
        mine = policy.instances_user_has_any_permission_for(self.request.user, {"add", "change", "publish"})
        return super().get_context_data(parent_context) | {"total_pages": mine.exclude(depth=1).count()}


@hooks.register("construct_homepage_panels")
def order_the_dashboard(request: HttpRequest, panels: list[Component]) -> None:
    """What waits for me comes first, then my drafts, which say more than my last edits."""
    panels[:] = [panel for panel in panels if not isinstance(panel, RecentEditsPanel)]
    panels += [WelcomePanel(), MyDraftsPanel()]
    for panel in panels:
        if isinstance(panel, WorkflowObjectsToModeratePanel):
            panel.order = 110


@hooks.register("construct_homepage_summary_items", order=200)
def count_own_pages(request: HttpRequest, items: list[SummaryItem]) -> None:
    """Tell nobody how much others write."""
    items[:] = [OwnPagesSummaryItem(request) if type(item) is PagesSummaryItem else item for item in items]

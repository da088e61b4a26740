"""What a reviewer finds: the pages that wait for a word, to read and to comment on, and never to change."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.auth import permission_denied
from wagtail.admin.ui.components import Component
from wagtail.models import Page

from content.rights import REVIEWERS, in_review, may_change
from content.roles import has_role


class ToRead(Component):
    """The list of pages in review, on the first page of /cms/."""

    name, order = "to_read", 90
    template_name = "wagtailadmin/home/to_read.html"

    def get_context_data(self, parent_context: dict) -> dict:
        """Give the pages in review, those that came first at the top."""
        pages = Page.objects.filter(pk__in=in_review()).order_by("latest_revision_created_at")
        return {"pages": pages.specific(defer=True)}


@hooks.register("construct_homepage_panels")
def what_there_is_to_read(request: HttpRequest, panels: list[Component]) -> None:
    """Show the list to reviewers; who may change every page has Wagtail's own reports of it."""
    if has_role(request.user, *REVIEWERS) and not may_change(request.user, Page.get_first_root_node()):
        panels.append(ToRead())


@hooks.register("before_edit_page", order=-1)
def a_reviewer_reads_and_comments(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Tell a reviewer that the text stays as it is, and let her bring back no older version."""
    if page.permissions_for_user(request.user).may_change():
        return None
    if "revision_id" in request.resolver_match.kwargs or any(name.startswith("localize-") for name in request.POST):
        return permission_denied(request)
    if request.method == "GET":
        messages.info(request, _("You are here to read and comment. Your comments are kept; the text stays as it is."))
    return None

"""Approvals at the desk: what a version still lacks, a one-time link for a clinician, and publishing in an emergency."""

from collections.abc import Iterator

from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.reports import ReportView
from wagtail.admin.widgets import Button
from wagtail.log_actions import LogActionRegistry, log
from wagtail.models import Page
from wagtail.permissions import page_permission_policy

from content import roles
from content.approvals.forms import EmergencyForm, LinkForm
from content.approvals.models import Approval, SignOffLink, authors_of
from content.base import BasePage
from content.gate import MISSING, missing_approvals, obstacles


def sign_off(request: HttpRequest, page_id: int) -> HttpResponse:
    """Show what the newest version still lacks, and make a link or publish in an emergency when asked. Raises Http404."""
    page = get_object_or_404(Page, pk=page_id).specific
    if not page.permissions_for_user(request.user).can_edit():
        raise PermissionDenied
    draft = page.get_latest_revision_as_object()
    forms = {"link": LinkForm(), "emergency": EmergencyForm()}
    made = None
    asked = request.POST.get("ask")
    if asked in forms:
        forms[asked] = form = type(forms[asked])(request.POST)
        if form.is_valid():
            try:
                if asked == "emergency":
                    return _publish_in_emergency(request, page, form.cleaned_data["comment"])
                made = _make_link(request, page, form.cleaned_data["invited"])
            except ValidationError as error:
                form.add_error(None, error)
    findings, missing = obstacles(draft)
    context = {
        "page": page,
        "findings": findings,
        "missing": [MISSING[kind] for kind in missing],
        "approvals": Approval.objects.of(draft).select_related("user", "link"),
        "links": page.sign_off_links.filter(used_at=None).select_related("made_by"),
        "made": made,
        "may_ask": missing == ["clinical"] and roles.has_role(request.user, roles.LONDON_EDITORS),
        "is_author": request.user.pk in authors_of(page, "clinical"),
        "may_force": roles.has_role(request.user, roles.ADMINISTRATORS),
        "forms": forms,
    }
    return render(request, "desk/sign_off.html", context)


def _make_link(request: HttpRequest, page: BasePage, invited: str) -> str:
    """Give the address of a new link. Raises ValidationError."""
    if missing_approvals(page.get_latest_revision_as_object()) != ["clinical"]:
        raise ValidationError(_("First comes the editorial check: a clinician’s time is for what is ready to be read."))
    link, token = SignOffLink.objects.make(page.get_latest_revision(), request.user, invited)
    log(page, "content.sign_off_link", user=request.user, revision=link.revision, data={"invited": invited})
    return request.build_absolute_uri(reverse("sign-off", args=[token]))


def _publish_in_emergency(request: HttpRequest, page: BasePage, reason: str) -> HttpResponse:
    revision = page.get_latest_revision()
    Approval.objects.create_for(
        revision, Approval.Kind.EMERGENCY, user=request.user, role=_("Administrator"), comment=reason
    )
    log(page, "content.emergency", user=request.user, revision=revision, data={"why": reason})
    revision.publish(user=request.user)
    messages.warning(request, _("It is live, without sign-off. Now ask two others to read it, as soon as you can."))
    return redirect("wagtailadmin_pages:edit", page.pk)


class SignOffReport(ReportView):
    """Who approved what and when; what went live in an emergency stands out."""

    page_title = gettext_lazy("Sign-offs")
    header_icon = "check"
    index_url_name = "sign_off_report"
    index_results_url_name = "sign_off_report_results"
    is_searchable = False
    columns = [
        TitleColumn("page", label=gettext_lazy("Page"), get_url=lambda row: reverse("sign_off", args=[row.page_id])),
        Column("get_kind_display", label=gettext_lazy("What")),
        Column("role", label=gettext_lazy("By")),
        Column("comment", label=gettext_lazy("Comment")),
        Column("made_at", label=gettext_lazy("When")),
    ]
    list_export = ["page", "kind", "role", "registration", "comment", "made_at"]

    def get_queryset(self) -> object:
        mine = page_permission_policy.instances_user_has_any_permission_for(self.request.user, ["change", "publish"])
        approvals = Approval.objects.exclude(kind=Approval.Kind.STARTER).filter(page__in=mine)
        return approvals.select_related("page")


@hooks.register("register_admin_urls")
def urls() -> list[URLPattern]:
    """Where a page's approvals stand, and the report of all."""
    return [
        path("pages/<int:page_id>/sign-off/", sign_off, name="sign_off"),
        path("reports/sign-offs/", SignOffReport.as_view(), name="sign_off_report"),
        path("reports/sign-offs/results/", SignOffReport.as_view(results_only=True), name="sign_off_report_results"),
    ]


@hooks.register("register_reports_menu_item")
def menu_item() -> MenuItem:
    """The way to the report."""
    return MenuItem(_("Sign-offs"), reverse("sign_off_report"), icon_name="check", order=720)


@hooks.register("register_page_header_buttons")
def header_button(page: Page, user: AbstractBaseUser, view_name: str, next_url: str | None = None) -> Iterator[Button]:
    """The way to a page's approvals, from its form."""
    needs = getattr(page.specific, "needs_approvals", ())
    if needs and page.permissions_for_user(user).can_edit():
        yield Button(_("Sign-off"), reverse("sign_off", args=[page.pk]), icon_name="check", priority=66)


@hooks.register("register_log_actions")
def log_actions(actions: LogActionRegistry) -> None:
    """What stands in the history of a page."""
    actions.register_action("content.sign_off", _("Sign off"), _("A clinician signed off this version"))
    actions.register_action("content.sent_back", _("Send back"), _("A clinician sent this version back"))
    actions.register_action("content.emergency", _("Publish in an emergency"), _("Published without sign-off"))
    actions.register_action("content.held_back", _("Hold back"), _("Held back: it was due to go live and was not ready"))
    actions.register_action("content.crisis_phrases", _("Check crisis phrases"), _("Crisis phrases checked by a speaker"))
    actions.register_action("content.sign_off_link", _("Ask for sign-off"), _("Made a one-time link for a clinician"))

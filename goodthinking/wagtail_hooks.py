"""What the machinery of the site adds to /cms/: the second factor, and the log of changes of rights."""

from collections.abc import Iterator

from django.contrib.auth.models import AbstractBaseUser
from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets.button import Button

from content.roles import has_role

from . import groups, rights, second_factor, second_factor_views
from .rights_report import AdministratorsMenuItem, RightsReport

hooks.register("register_log_actions", rights.register)
hooks.register("after_bulk_action", groups.log_state_set_in_bulk)


@hooks.register("insert_global_admin_css")
def desk_styles() -> SafeString:
    """The styles of what we add to the desk."""
    return format_html('<link rel="stylesheet" href="{}">', static("css/desk.css"))


@hooks.register("insert_global_admin_js")
def signed_out_script() -> SafeString:
    """What says in an open editor that nobody is signed in any more."""
    said = _("You are signed out, so what you type now is not saved. Copy it, sign in in a new tab, then reload this page.")
    tag = '<script src="{}" data-address="{}" data-said="{}"></script>'
    return format_html(tag, static("js/signed-out.js"), reverse("wagtailadmin_account"), said)


@hooks.register("register_admin_urls")
def second_factor_urls() -> list[URLPattern]:
    """Where a code is given, and where an administrator takes a lost phone off."""
    return [
        path("second-factor/", second_factor_views.second_factor, name="second_factor"),
        path("users/<int:user_id>/second-factor/", second_factor_views.reset, name="second_factor_reset"),
    ]


@hooks.register("register_account_menu_item")
def second_factor_of_ones_own(request: HttpRequest) -> dict[str, object]:
    """The way there from one's own account: also for those who need not, but may."""
    return {
        "url": reverse("second_factor"),
        "label": _("Second factor"),
        "help_text": _("Add or change the phone whose code opens this desk, and make new recovery codes."),
    }


@hooks.register("register_user_listing_buttons")
def take_phone_off(user: AbstractBaseUser, request_user: AbstractBaseUser) -> Iterator[Button]:
    """The button beside a user, for administrators, when there is a phone to take off."""
    if has_role(request_user) and second_factor.phone_of(user):
        yield Button(
            _("Take a phone off"), reverse("second_factor_reset", args=[user.pk]), icon_name="mobile-alt", priority=60
        )


@hooks.register("register_admin_urls")
def rights_report_urls() -> list[URLPattern]:
    """The report of changes of rights, whole and without its frame."""
    return [
        path("reports/rights/", RightsReport.as_view(), name="rights_report"),
        path("reports/rights/results/", RightsReport.as_view(results_only=True), name="rights_report_results"),
    ]


@hooks.register("register_reports_menu_item")
def rights_report_menu_item() -> MenuItem:
    """The way to it, under Reports."""
    return AdministratorsMenuItem(_("Changes of rights"), reverse("rights_report"), icon_name="key", order=910)

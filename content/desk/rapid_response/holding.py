"""Holding a page: down at once, locked, and never live again until somebody decides."""

from datetime import date

from django import forms
from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST
from django.views.generic import FormView

from wagtail import hooks
from wagtail.actions.base import BaseAction
from wagtail.actions.unpublish_page import UnpublishPageAction
from wagtail.admin import messages
from wagtail.admin.views.generic import WagtailAdminTemplateMixin
from wagtail.admin.widgets import AdminDateInput, AdminPageChooser
from wagtail.admin.widgets.button import Button
from wagtail.log_actions import log
from wagtail.models import Page

from content import roles
from content.models import Hold, UrgentSupportPage
from content.notices import a_week_from_today

from .log import OURS
from .policy import LondonEditorsOnly


class HoldPage(BaseAction):
    """Take a page down in all its languages, cancel what would publish it, and lock it."""

    action_name = "hold"

    def __init__(self, page: Page, user: AbstractBaseUser, *, reason: str, until: date) -> None:
        super().__init__(page, user)
        self.reason, self.until = reason, until

    def user_has_permission(self) -> bool:
        return roles.has_role(self.user, roles.LONDON_EDITORS)

    @transaction.atomic
    def execute(self, skip_permission_checks: bool = False) -> list[Page]:
        """Hold it and log it. Returns the page and its translations that were live."""
        self.check(skip_permission_checks)
        pages = [page.specific for page in self.instance.get_translations(inclusive=True).live()]
        for page in pages:
            if workflow := page.current_workflow_state:
                workflow.cancel(user=self.user)
            UnpublishPageAction(page, user=self.user, log_action=False).execute(skip_permission_checks=True)
            locked = {"locked": True, "locked_by": self.user, "locked_at": timezone.now()}
            Page.objects.filter(pk=page.pk).update(**locked)
            held = {"reason": self.reason, "until": self.until, "held_by": self.user, "held_at": timezone.now()}
            Hold.objects.update_or_create(page_id=page.pk, defaults=held)
            data = {"reason": self.reason, "until": self.until.isoformat()}
            log(page, f"{OURS}hold", user=self.user, data=data)
        return pages


class ReleasePage(BaseAction):
    """Unlock a held page. It stays down until somebody publishes it in the ordinary way."""

    action_name = "release"
    user_has_permission = HoldPage.user_has_permission

    @transaction.atomic
    def execute(self, skip_permission_checks: bool = False) -> Page:
        """Release it and log it."""
        self.check(skip_permission_checks)
        Hold.objects.filter(page=self.instance).delete()
        Page.objects.filter(pk=self.instance.pk).update(locked=False, locked_by=None, locked_at=None)
        log(self.instance, f"{OURS}release", user=self.user)
        return self.instance


class HoldForm(forms.Form):
    """Which page, why, and until when at the latest somebody decides."""

    page = forms.ModelChoiceField(
        Page.objects.live().filter(depth__gt=2), widget=AdminPageChooser, label=gettext_lazy("Page")
    )
    reason = forms.CharField(
        max_length=200, label=gettext_lazy("Why"), help_text=gettext_lazy("For the log, and for its editors.")
    )
    until = forms.DateField(
        initial=a_week_from_today,
        widget=AdminDateInput,
        label=gettext_lazy("Decide by"),
        help_text=gettext_lazy("It does not come back by itself. From this day on it is listed as undecided."),
    )

    def clean_page(self) -> Page:
        """Refuse a page that readers must always find, and one that others stand below. Raises ValidationError."""
        page = self.cleaned_data["page"]
        if issubclass(page.specific_class, UrgentSupportPage):
            raise ValidationError(_("Readers must always find urgent support. Change the page or its helplines instead."))
        if page.get_children().live().exists():
            raise ValidationError(_("Other pages stand below this one. Hold those that are wrong, one by one."))
        return page

    def clean_until(self) -> date:
        """Refuse a day that has passed. Raises ValidationError."""
        until = self.cleaned_data["until"]
        if until < timezone.localdate():
            raise ValidationError(_("Choose today or a later day."))
        return until


class HoldView(LondonEditorsOnly, WagtailAdminTemplateMixin, FormView):
    """Hold a page: three fields, one click."""

    page_title = gettext_lazy("Hold a page")
    header_icon = "lock"
    template_name = "wagtailadmin/generic/form.html"
    form_class = HoldForm

    def get_initial(self) -> dict:
        wanted = self.request.GET.get("page", "")
        return super().get_initial() | {"page": wanted if wanted.isdecimal() else None}

    def get_breadcrumbs_items(self) -> list[dict]:
        home = {"url": reverse("rapid_response"), "label": _("Rapid response")}
        return [*super().get_breadcrumbs_items(), home, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: object) -> dict:
        context = super().get_context_data(**kwargs)
        own = {"action_url": reverse("rapid_response_hold"), "submit_button_label": _("Take it down now")}
        return context | own | {"media": context["form"].media}

    def form_valid(self, form: HoldForm) -> HttpResponse:
        asked = form.cleaned_data
        held = HoldPage(asked["page"], self.request.user, reason=asked["reason"], until=asked["until"]).execute()
        titles = ", ".join(page.get_admin_display_title() for page in held)
        messages.success(self.request, _("%(titles)s: taken down and locked.") % {"titles": titles})
        return redirect("rapid_response")


@require_POST
def release(request: HttpRequest, pk: int) -> HttpResponse:
    """Release a page, and lead to its form, where it can be published. Raises PermissionDenied."""
    page = ReleasePage(get_object_or_404(Page, pk=pk), request.user).execute()
    messages.success(request, _("Released. It stays down until it is published."))
    return redirect("wagtailadmin_pages:edit", page.pk)


@hooks.register("register_page_header_buttons")
@hooks.register("register_page_listing_more_buttons")
def hold_button(page: Page, user: AbstractBaseUser, view_name: str = "", next_url: str | None = None) -> list[Button]:
    """Offer to hold a live page from wherever it is met."""
    if not page.live or page.depth < 3 or not roles.has_role(user, roles.LONDON_EDITORS):
        return []
    return [Button(_("Hold this page"), f"{reverse('rapid_response_hold')}?page={page.pk}", icon_name="lock", priority=61)]


@hooks.register("before_edit_page")
def say_that_it_is_held(request: HttpRequest, page: Page) -> None:
    """Tell whoever opens a held page why it is down."""
    hold = Hold.objects.standing().filter(page=page).first()
    if hold and request.method == "GET":
        said = _("Held by %(who)s until %(until)s: %(reason)s")
        until = date_format(hold.until, "j F Y")
        messages.warning(
            request, said % {"who": hold.held_by or roles.LONDON_EDITORS, "until": until, "reason": hold.reason}
        )

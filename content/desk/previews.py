"""Showing a draft to somebody who does not sign in."""

from django import forms
from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST
from django.views.generic import FormView

from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.ui.menus.pages import PageMenuItem
from wagtail.admin.views.generic import WagtailAdminTemplateMixin
from wagtail.log_actions import LogActionRegistry, log
from wagtail.models import Page

from content.previews import MOST_DAYS, USUAL_DAYS, make_link, open_links


class DaysForm(forms.Form):
    """Asks how long a link is to last."""

    days = forms.IntegerField(label=gettext_lazy("For how many days?"), min_value=1, max_value=MOST_DAYS, initial=USUAL_DAYS)


class PreviewLinksView(WagtailAdminTemplateMixin, FormView):
    """The links of a page that lead somewhere, and a form for one more."""

    form_class = DaysForm
    template_name = "desk/preview_links.html"
    page_title = gettext_lazy("Show this draft to others")
    header_icon = "view"

    def dispatch(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        self.page = page_to_show(request, kwargs["page_id"])
        return super().dispatch(request, *args, **kwargs)

    def get_page_subtitle(self) -> str:
        return self.page.get_admin_display_title()

    def get_breadcrumbs_items(self) -> list[dict[str, object]]:
        edit = {"url": reverse("wagtailadmin_pages:edit", args=[self.page.pk]), "label": self.page.get_admin_display_title()}
        return [*super().get_breadcrumbs_items(), edit, {"url": "", "label": self.get_header_title()}]

    def get_context_data(self, **kwargs: object) -> dict[str, object]:
        links = open_links().filter(page=self.page).select_related("made_by")
        return super().get_context_data(**kwargs) | {"page": self.page, "links": links}

    def form_valid(self, form: DaysForm) -> HttpResponse:
        """Show the new link in this very answer: it is kept nowhere, so it cannot be shown again."""
        token = make_link(self.page, self.request.user, form.cleaned_data["days"])
        log(instance=self.page, action="content.preview_link.make", user=self.request.user)
        address = f"{settings.SITE_URL}{reverse('shared-draft', args=[token])}"
        return self.render_to_response(self.get_context_data(form=self.form_class(), address=address))


def page_to_show(request: HttpRequest, page_id: int) -> Page:
    """Find a page whose drafts somebody may show. Raises Http404 and PermissionDenied."""
    page = get_object_or_404(Page, pk=page_id).specific
    if not may_show(page, request.user):
        raise PermissionDenied
    return page


def may_show(page: Page, user: AbstractBaseUser) -> bool:
    """Tell whether somebody may show the drafts of a page: whoever may edit it, as long as it has any."""
    return bool(page.latest_revision_id) and page.is_previewable() and page.permissions_for_user(user).can_edit()


@require_POST
def withdraw(request: HttpRequest, page_id: int, link_id: int) -> HttpResponse:
    """Take a link back."""
    page = page_to_show(request, page_id)
    page.preview_links.filter(pk=link_id).delete()
    log(instance=page, action="content.preview_link.withdraw", user=request.user)
    messages.success(request, _("The link is withdrawn. It leads nowhere now."))
    return redirect("preview_links", page.pk)


class ShowDraftItem(PageMenuItem):
    """The way there, among what can be done with a page."""

    label = gettext_lazy("Show this draft to others")
    icon_name = "view"
    url_name = "preview_links"

    def is_shown(self, user: AbstractBaseUser) -> bool:
        return may_show(self.page, user)


@hooks.register("register_admin_urls")
def preview_urls() -> list[URLPattern]:
    """The links of a page, and the way to take one back."""
    return [
        path("preview-links/<int:page_id>/", PreviewLinksView.as_view(), name="preview_links"),
        path("preview-links/<int:page_id>/<int:link_id>/withdraw/", withdraw, name="withdraw_preview_link"),
    ]


@hooks.register("register_page_header_buttons")
def show_draft_button(page: Page, user: AbstractBaseUser, view_name: str, next_url: str | None) -> list[PageMenuItem]:
    """The way there from the editor and the listing."""
    return [ShowDraftItem(page=page, priority=66)]


@hooks.register("register_log_actions")
def log_links(actions: LogActionRegistry) -> None:
    """Write in a page's history who showed its drafts."""
    actions.register_action("content.preview_link.make", gettext_lazy("Show draft"), gettext_lazy("Made a preview link"))
    actions.register_action(
        "content.preview_link.withdraw", gettext_lazy("Withdraw draft"), gettext_lazy("Withdrew a preview link")
    )

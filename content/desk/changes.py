"""What a draft changes of the page that readers have, in words."""

from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView

from wagtail import hooks
from wagtail.admin.ui.menus.pages import PageMenuItem
from wagtail.admin.views.generic import WagtailAdminTemplateMixin
from wagtail.models import Page

from content.changes import in_words


class WhatChangedView(WagtailAdminTemplateMixin, TemplateView):
    """The differences between a live page and its newest draft."""

    template_name = "desk/what_changed.html"
    page_title = gettext_lazy("What changed")
    header_icon = "history"

    def dispatch(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        self.page = get_object_or_404(Page, pk=kwargs["page_id"]).specific
        if not may_compare(self.page, request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_page_subtitle(self) -> str:
        return self.page.get_admin_display_title()

    def get_breadcrumbs_items(self) -> list[dict[str, object]]:
        history = reverse("wagtailadmin_pages:history", args=[self.page.pk])
        here = [
            {"url": history, "label": self.page.get_admin_display_title()},
            {"url": "", "label": self.get_header_title()},
        ]
        return [*super().get_breadcrumbs_items(), *here]

    def get_context_data(self, **kwargs: object) -> dict[str, object]:
        changes = in_words(self.page, self.page.get_latest_revision_as_object()) if self.page.live else []
        return super().get_context_data(**kwargs) | {"page": self.page, "changes": changes}


def may_compare(page: Page, user: AbstractBaseUser) -> bool:
    """Tell whether somebody may see the versions of a page, as Wagtail's history of it asks."""
    permissions = page.permissions_for_user(user)
    return permissions.can_edit() or permissions.can_publish()


class WhatChangedItem(PageMenuItem):
    """The way there, where a live page has a draft."""

    label = gettext_lazy("What changed")
    icon_name = "history"
    url_name = "what_changed"

    def is_shown(self, user: AbstractBaseUser) -> bool:
        has_draft = self.page.live and self.page.has_unpublished_changes
        return has_draft and may_compare(self.page, user)


@hooks.register("register_admin_urls")
def what_changed_url() -> list[URLPattern]:
    """Where it is told."""
    return [path("what-changed/<int:page_id>/", WhatChangedView.as_view(), name="what_changed")]


@hooks.register("register_page_header_buttons")
def what_changed_button(
    page: Page, user: AbstractBaseUser, view_name: str, next_url: str | None = None
) -> list[PageMenuItem]:
    """The way there from the editor and the listing."""
    return [WhatChangedItem(page=page, priority=64)]

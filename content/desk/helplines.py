"""The desk of the helpline keeper: what is to be checked, one click to say that it is still right, where each is used."""

from django.contrib.auth.models import AbstractBaseUser
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db.models import CharField, Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Cast, Coalesce
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.ui.tables import Column
from wagtail.admin.widgets.button import BaseButton, HeaderButton, ListingButton
from wagtail.models import ReferenceIndex
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import EditView, SnippetViewSet

from content import roles
from content.models import Helpline, HelplineWay

from .helpline_log import StillRight


class CheckAgainColumn(Column):
    """When a helpline is to be checked again; red when that has passed."""

    cell_template_name = "desk/check_again_cell.html"


def _numbers(helpline: Helpline) -> str:
    kinds = {HelplineWay.Kind.CALL, HelplineWay.Kind.TEXT}
    return ", ".join(way.value for way in helpline.ways.all() if way.kind in kinds)


def _checked(helpline: Helpline) -> str:
    if not helpline.checked_on:
        return _("Not yet")
    return f"{date_format(helpline.checked_on, 'j F Y')}, {helpline.checked_by}"


def _used_on(helpline: Helpline) -> str:
    count = helpline.used_on
    said = ngettext("%(count)d page", "%(count)d pages", count) % {"count": count}
    return format_html(
        '<a href="{}">{}</a>', reverse(Helpline.snippet_viewset.get_url_name("usage"), args=[helpline.pk]), said
    )


def _still_right_button(kind: type[BaseButton], helpline: Helpline) -> BaseButton:
    """A button that posts at once; Wagtail's own script adds the token against forged forms."""
    address = reverse(Helpline.snippet_viewset.get_url_name("still_right"), args=[helpline.pk])
    attrs = {
        "data-controller": "w-action",
        "data-action": "w-action#post",
        "data-w-action-url-value": address,
        "title": _("You checked %(name)s today and its number and hours are right") % {"name": helpline.name},
    }
    return kind(_("Still right"), icon_name="check", attrs=attrs, priority=5)


class HelplineEditView(EditView):
    """The form of a helpline, with “Still right” in its head."""

    @property
    def header_buttons(self) -> list[BaseButton]:
        may = StillRight(self.object, user=self.request.user).user_has_permission()
        return [_still_right_button(HeaderButton, self.object)] if may else []


@require_POST
def still_right(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that a helpline was checked today and is right, and go back to the list. Raises PermissionDenied."""
    helpline = get_object_or_404(Helpline, pk=pk)
    try:
        StillRight(helpline, user=request.user).execute()
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect(Helpline.snippet_viewset.get_url_name("edit"), pk)
    then = date_format(helpline.check_again_by, "j F Y")
    messages.success(
        request, _("%(name)s: checked today. To be checked again by %(then)s.") % {"name": helpline.name, "then": then}
    )
    return redirect(Helpline.snippet_viewset.get_url_name("list"))


class HelplineViewSet(SnippetViewSet):
    """The registry of helplines: who checked each and when, when it is due, where it is used."""

    model = Helpline
    menu_label = gettext_lazy("Helplines")
    icon = "help"
    menu_order = 250
    add_to_admin_menu = True
    edit_view_class = HelplineEditView
    list_display = [
        "name",
        Column("numbers", label=gettext_lazy("Number"), accessor=_numbers),
        "status",
        Column("checked", label=gettext_lazy("Checked"), accessor=_checked, sort_key="checked_on"),
        CheckAgainColumn("check_again_by", label=gettext_lazy("Check again by"), sort_key="check_again_by"),
        Column("used_on", label=gettext_lazy("Used on"), accessor=_used_on, sort_key="used_on"),
    ]
    list_filter = ["need", "status"]
    list_per_page = 60

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        """All of them, each with its ways and on how many pages it is used, counted by the database."""
        references = ReferenceIndex.objects.filter(
            to_content_type=ContentType.objects.get_for_model(Helpline),
            to_object_id=Cast(OuterRef("pk"), output_field=CharField()),
        )
        pages = references.order_by().values("to_object_id").annotate(pages=Count("object_id", distinct=True))
        return Helpline.objects.prefetch_related("ways").annotate(used_on=Coalesce(Subquery(pages.values("pages")), 0))

    def get_urlpatterns(self) -> list[URLPattern]:
        return [*super().get_urlpatterns(), path("still-right/<int:pk>/", still_right, name="still_right")]


register_snippet(HelplineViewSet)


@hooks.register("register_snippet_listing_buttons")
def still_right_in_the_list(snippet: object, user: AbstractBaseUser, next_url: str | None = None) -> list[BaseButton]:
    """Offer “Still right” beside each helpline, to those who keep them."""
    if not isinstance(snippet, Helpline) or snippet.status == Helpline.Status.DEAD:
        return []
    return [_still_right_button(ListingButton, snippet)] if roles.has_role(user, roles.HELPLINE_KEEPERS) else []

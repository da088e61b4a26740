"""Settings → Partners in /cms/: adding a partner or an editor by one form, and taking a partner away."""

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.bulk_action import BulkAction
from wagtail.admin.views.generic import CreateView, DeleteView, EditView
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.models import Collection, Page

from content.models import PartnerTeam

from .partners import add_editors, add_partner, check_emails, check_name, remove_partner


class EditorsForm(forms.ModelForm):
    """Who else writes for a partner."""

    emails = forms.CharField(
        label=_("Editors"),
        widget=forms.Textarea(attrs={"rows": 3, "spellcheck": "false"}),
        help_text=_("Their email addresses, one a line. Who has no account gets one."),
    )

    class Meta:
        model = PartnerTeam
        fields = []

    def clean_emails(self) -> list[str]:
        return check_emails(self.cleaned_data["emails"].replace(",", "\n").splitlines())


class PartnerForm(EditorsForm):
    """All that is asked for a new partner."""

    name = forms.CharField(label=_("Name"), max_length=120, help_text=_("As readers will see it."))
    training = forms.BooleanField(
        label=_("It makes courses too"), required=False, help_text=_("Then it gets a shelf under Training as well.")
    )

    field_order = ["name", "emails", "training"]

    def clean_name(self) -> str:
        return check_name(self.cleaned_data["name"])


class ShowsPasswords:
    """Shows the passwords that were just made in the answer itself, so that they are kept nowhere."""

    def save_action(self) -> HttpResponse:
        return TemplateResponse(self.request, "wagtailadmin/partners/added.html", {"added": self.added})

    def form_valid(self, form: EditorsForm) -> HttpResponse:
        """Do it, or say in the form why it cannot be done."""
        try:
            return super().form_valid(form)
        except ValidationError as error:
            form.add_error("emails", error)
            return self.form_invalid(form)


class AddPartner(ShowsPasswords, CreateView):
    """The form for a new partner."""

    def save_instance(self) -> PartnerTeam:
        asked = self.form.cleaned_data
        self.added = add_partner(asked["name"], asked["emails"], training=asked["training"])
        return self.added.team


class AddEditors(ShowsPasswords, EditView):
    """The form for further editors of a partner."""

    def save_instance(self) -> PartnerTeam:
        self.added = add_editors(self.object, self.form.cleaned_data["emails"])
        return self.object


class RemovePartner(DeleteView):
    """Says what taking a partner away does, and does it."""

    page_title = _("Remove partner")

    @property
    def confirmation_message(self) -> str:
        return gettext(
            "Its editors (%(editors)s) can no longer sign in, unless they have another part here. All its pages, pictures "
            "and documents stay as they are, live or draft, at the same addresses, and London editors look after them."
        ) % {"editors": self.object.editors or gettext("nobody")}

    def delete_action(self) -> None:
        self.switched_off = remove_partner(self.object)

    def get_success_message(self) -> str:
        many = len(self.switched_off)
        told = ngettext("%(many)d account was switched off.", "%(many)d accounts were switched off.", many) % {"many": many}
        return (
            gettext("%(partner)s is no longer a partner here. Nothing of its content changed.") % {"partner": self.object}
            + f" {told}"
        )


class PartnerViewSet(ModelViewSet):
    """Partners and who writes for them."""

    model = PartnerTeam
    name = "partners"
    menu_label = _("Partners")
    icon = "group"
    add_to_settings_menu = True
    copy_view_enabled = False
    add_view_class, edit_view_class, delete_view_class = AddPartner, AddEditors, RemovePartner
    list_display = ["partner", Column("editors", label=_("Editors")), "made_on"]

    def get_form_class(self, for_update: bool = False) -> type[EditorsForm]:
        return EditorsForm if for_update else PartnerForm


@hooks.register("describe_collection_contents")
def a_partners_collection_stays(collection: Collection) -> dict[str, object] | None:
    """Keep a collection, though it be empty, while a partner's pictures and documents go there."""
    if not PartnerTeam.objects.filter(collection=collection).exists():
        return None
    return {"count": 1, "count_text": gettext("1 partner"), "url": reverse("partners:index")}


@hooks.register("before_delete_page")
def a_partners_page_stays(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Keep a partner's page, and what it stands under, while the partner works here."""
    if not PartnerTeam.objects.filter(partner__path__startswith=page.path).exists():
        return None
    messages.error(request, gettext("A partner still works here. Take it away under Settings → Partners first."))
    return redirect("wagtailadmin_pages:edit", page.pk)


@hooks.register("before_bulk_action")
def the_pages_of_partners_stay(
    request: HttpRequest, action_type: str, objects: list[Model], action: BulkAction
) -> HttpResponse | None:
    """Keep them too when many pages are deleted at once."""
    pages = [row for row in objects if isinstance(row, Page)] if action_type == "delete" else []
    return next(filter(None, (a_partners_page_stays(request, page) for page in pages)), None)


@hooks.register("register_admin_viewset")
def partners_viewset() -> PartnerViewSet:
    """The way to them, under Settings."""
    return PartnerViewSet()

"""How a guide begins: with a shape that asks for what it needs, instead of with empty fields."""

from dataclasses import dataclass
from pathlib import Path

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView

from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.views.generic import HookResponseMixin, WagtailAdminTemplateMixin
from wagtail.models import Page, PageSubscription

from content.library import LibraryError, documents
from content.library.load import Item, fill
from content.library.references import SiteReferences
from content.library.shapes import SHAPES
from content.models import GuideCredit, GuidePage, PartnerShelf

FOLDER = Path(__file__).parent.parent / "starting_points"


@dataclass(frozen=True)
class StartingPoint:
    """A shape to begin with: its name, what it is for, and its file in the form of the starter library."""

    name: str
    title: str
    fits: str
    document: documents.Document


def starting_points() -> list[StartingPoint]:
    """Read the shapes, in their order."""
    read = [(file, documents.read(file.read_text("utf-8"), file.name)) for file in FOLDER.glob("*.md")]
    read.sort(key=lambda pair: pair[1].meta["order"])
    return [StartingPoint(file.stem, document.meta["shape"], document.meta["fits"], document) for file, document in read]


def draft_from(start: StartingPoint, title: str) -> GuidePage:
    """Make a guide of a shape, unsaved. Raises LibraryError when the shape refers to what the site does not have."""
    page = GuidePage(title=title, slug=slugify(title), live=False)
    shape = next(shape for shape in SHAPES if shape.model is GuidePage)
    start.document.meta["title"] = title
    fill(Item(f"{start.name}.md", page.slug, shape, start.document, page), SiteReferences())
    return page


class StartForm(forms.Form):
    """Asks what happens to the reader, and for a title."""

    shape = forms.ChoiceField(label=gettext_lazy("What is it about?"), widget=forms.RadioSelect)
    title = forms.CharField(
        label=gettext_lazy("Title"),
        max_length=255,
        help_text=gettext_lazy("As a reader would say it. You can change it later."),
    )

    def __init__(self, *args: object, starts: list[StartingPoint], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["shape"].choices = [
            (start.name, format_html("<span><strong>{}</strong><br>{}</span>", start.title, start.fits)) for start in starts
        ]

    def clean_title(self) -> str:
        """Refuse a title that no address can be made of."""
        title = self.cleaned_data["title"]
        if not slugify(title):
            raise ValidationError(_("Write at least one word in plain letters: the address is made of the title."))
        return title


class StartGuideView(WagtailAdminTemplateMixin, HookResponseMixin, FormView):
    """Lets an editor choose a shape, makes her draft, and leads her to it."""

    form_class = StartForm
    template_name = "desk/start_guide.html"
    page_title = gettext_lazy("Begin a guide")
    header_icon = "doc-full"

    def dispatch(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        self.parent = get_object_or_404(Page, pk=kwargs["parent_id"]).specific
        if not may_begin(request, self.parent):
            raise PermissionDenied
        self.starts = starting_points()
        return super().dispatch(request, *args, **kwargs)

    def get_form_kwargs(self) -> dict[str, object]:
        return super().get_form_kwargs() | {"starts": self.starts}

    def get_breadcrumbs_items(self) -> list[dict[str, object]]:
        here = {
            "url": reverse("wagtailadmin_explore", args=[self.parent.pk]),
            "label": self.parent.get_admin_display_title(),
        }
        return [*super().get_breadcrumbs_items(), here, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: object) -> dict[str, object]:
        empty = reverse("wagtailadmin_pages:add", args=["content", "guidepage", self.parent.pk])
        return super().get_context_data(**kwargs) | {"empty_url": f"{empty}?start=empty"}

    def form_valid(self, form: StartForm) -> HttpResponse:
        start = next(start for start in self.starts if start.name == form.cleaned_data["shape"])
        try:
            page = self._make(draft_from(start, form.cleaned_data["title"]))
        except LibraryError as error:
            form.add_error("shape", _("This shape needs something that is gone. Choose another. (%(why)s)") % {"why": error})
            return self.form_invalid(form)
        except ValidationError:
            form.add_error("title", _("Another guide has this title. Say in yours who it is for, or what is different."))
            return self.form_invalid(form)
        messages.success(self.request, _("Your draft is ready. Put your own words where it says [Write: …]."))
        after = self.run_hook("after_create_page", self.request, page)
        return after or HttpResponseRedirect(reverse("wagtailadmin_pages:edit", args=[page.pk]))

    @transaction.atomic
    def _make(self, page: GuidePage) -> GuidePage:
        user = self.request.user
        page.owner, page.locale = user, self.parent.locale
        if isinstance(self.parent, PartnerShelf) and self.parent.partner:
            page.credits = [GuideCredit(partner=self.parent.partner, role=GuideCredit.Role.WROTE)]
        self.parent.add_child(instance=page)
        # Wagtail looks at little of a draft: its address could be another guide's.
        page.full_clean()
        page.save_revision(user=user, log_action=True, clean=False)
        PageSubscription.objects.create(page=page, user=user, comment_notifications=True)
        return page


def may_begin(request: HttpRequest, parent: Page) -> bool:
    """Tell whether somebody may add a guide below a page."""
    allowed = parent.permissions_for_user(request.user).can_add_subpage()
    return allowed and GuidePage in parent.creatable_subpage_models() and GuidePage.can_create_at(parent)


@hooks.register("register_admin_urls")
def start_urls() -> list[URLPattern]:
    """Where a guide begins."""
    return [path("guides/start/<int:parent_id>/", StartGuideView.as_view(), name="start_guide")]


@hooks.register("before_create_page")
def begin_with_a_shape(request: HttpRequest, parent: Page, model: type[Page]) -> HttpResponse | None:
    """Lead to the shapes whoever comes to add a guide, unless she has asked for an empty one."""
    if model is GuidePage and request.method == "GET" and "start" not in request.GET:
        return redirect("start_guide", parent.pk)
    return None

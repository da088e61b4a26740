"""What the editor sees beyond Wagtail's own: a list of what we add."""

from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _

from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from .models import Helpline
from .style_guide import style_guide


class HelplineViewSet(SnippetViewSet):
    """The registry of helplines, with what each is for and whether anybody has checked it."""

    model = Helpline
    menu_label = _("Helplines")
    icon = "help"
    menu_order = 250
    add_to_admin_menu = True
    list_display = ["name", "need", "status", "checked_on", "check_again_by"]
    list_filter = ["need", "status"]
    list_per_page = 60


register_snippet(HelplineViewSet)


@hooks.register("register_admin_urls")
def style_guide_url() -> list[URLPattern]:
    """The style guide, for editors and developers."""
    return [path("style-guide/", style_guide, name="style_guide")]


@hooks.register("register_help_menu_item")
def style_guide_menu_item() -> MenuItem:
    """The way to it, under Help."""
    return MenuItem(_("Style guide"), reverse("style_guide"), icon_name="view", order=10)

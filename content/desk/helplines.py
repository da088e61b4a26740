"""The desk of the helpline keeper."""

from django.utils.translation import gettext_lazy as _

from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from content.models import Helpline


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

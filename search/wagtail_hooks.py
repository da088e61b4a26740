"""What editors see of search: what people say, and what we say."""

from django.utils.translation import gettext_lazy as _

from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from .models import SearchPhrase


class SearchPhraseViewSet(SnippetViewSet):
    """People say … / we say …, by language."""

    model = SearchPhrase
    menu_label = _("Search words")
    icon = "search"
    menu_order = 260
    add_to_admin_menu = True
    list_display = ["we_say", "people_say", "language"]
    list_filter = ["language"]
    search_fields = ["we_say", "people_say"]
    list_per_page = 60


register_snippet(SearchPhraseViewSet)

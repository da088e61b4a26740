"""The urgent support page: what to do now, the first calls, then every service with its hours."""

from django.http import HttpRequest
from django.utils.translation import get_language

from content import local_forms
from content.base import BodyPage
from content.translations.models import PageTranslation, phrases_check
from content.translations.reader import record_of

from .choice import Choice
from .helplines import Helpline

EMERGENCY = "emergency"
"""The helpline for danger to life."""


def phrases_only(record: PageTranslation | None) -> bool:
    """Tell whether this page is built from the few crisis phrases alone: as long as no person has checked its text."""
    return record is not None and record.is_unchecked


class UrgentSupportPage(BodyPage):
    """What to do now if life is in danger, the calls that fit most people, then every service by need with its hours."""

    parent_page_types = ["content.HomePage"]
    subpage_types = []
    max_count_per_parent = 1

    def get_template(self, request: HttpRequest, *args: object, **kwargs: object) -> str:
        if phrases_only(record_of(self)):
            return "content/urgent_support_phrases.html"
        return super().get_template(request, *args, **kwargs)

    def get_context(self, request: HttpRequest, *args: object, **kwargs: object) -> dict:
        helplines = list(Helpline.objects.shown().prefetch_related("ways"))
        choice = Choice.of(request)
        rest = [helpline for helpline in helplines if choice.keeps(helpline)]
        if not choice:
            rest = [helpline for helpline in rest if not helpline.is_first_call]
        needs = [(need, [helpline for helpline in rest if helpline.need == need]) for need in Helpline.Need]
        context = super().get_context(request, *args, **kwargs)
        if phrases_only(context["translation"]):
            context |= {
                "phrases_check": phrases_check(get_language()),
                "english_name": local_forms.english_name(get_language()),
            }
        return context | {
            "helplines": [helpline for helpline in helplines if helpline.key != EMERGENCY],
            "first_calls": [helpline for helpline in helplines if helpline.is_first_call],
            "needs": [(need, found) for need, found in needs if found],
            "choice": choice,
            "filters": choice.links(helplines),
        }

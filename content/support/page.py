"""The urgent support page: what to do now, the first calls, then every service with its hours."""

from django.http import HttpRequest

from content.base import BodyPage

from .choice import Choice
from .helplines import Helpline


class UrgentSupportPage(BodyPage):
    """What to do now if life is in danger, the calls that fit most people, then every service by need with its hours."""

    parent_page_types = ["content.HomePage"]
    subpage_types = []
    max_count_per_parent = 1

    def get_context(self, request: HttpRequest, *args: object, **kwargs: object) -> dict:
        helplines = list(Helpline.objects.shown().prefetch_related("ways"))
        choice = Choice.of(request)
        rest = [helpline for helpline in helplines if choice.keeps(helpline)]
        if not choice:
            rest = [helpline for helpline in rest if not helpline.is_first_call]
        needs = [(need, [helpline for helpline in rest if helpline.need == need]) for need in Helpline.Need]
        return super().get_context(request, *args, **kwargs) | {
            "first_calls": [helpline for helpline in helplines if helpline.is_first_call],
            "needs": [(need, found) for need, found in needs if found],
            "choice": choice,
            "filters": choice.links(helplines),
        }

"""Pages about the site itself: anonymity, accessibility, leaving quickly."""

from django.http import HttpRequest

from .base import BodyPage


class InformationPage(BodyPage):
    """A plain page of text."""

    parent_page_types = ["content.HomePage", "content.TrainingIndexPage", "content.InformationPage"]
    subpage_types = ["content.InformationPage"]

    def get_context(self, request: HttpRequest, *args: object, **kwargs: object) -> dict:
        return super().get_context(request, *args, **kwargs) | {"above": self.get_parent().specific_deferred}

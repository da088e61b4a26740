"""The front door: what is going on, for whom, and who we are."""

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from wagtail.admin.panels import FieldPanel

from .base import BodyPage
from .topics import AudiencePage, TopicPage


class HomePage(BodyPage):
    """Asks one question and offers what people say as answers."""

    subpage_types = [
        "content.TopicIndexPage",
        "content.AudienceIndexPage",
        "content.GuideIndexPage",
        "content.PartnerIndexPage",
        "content.UrgentSupportPage",
        "content.InformationPage",
    ]
    parent_page_types = ["wagtailcore.Page"]

    content_panels = [
        *BodyPage.content_panels[:-1],
        FieldPanel("body", help_text=_("Something to try in two minutes, then who makes this.")),
    ]

    def get_context(self, request: HttpRequest, *args: object, **kwargs: object) -> dict:
        topics = TopicPage.objects.shown().descendant_of(self).exclude(saying="").order_by("path")
        return super().get_context(request, *args, **kwargs) | {
            "topics": list(topics),
            "audiences": list(AudiencePage.objects.shown().descendant_of(self)),
        }

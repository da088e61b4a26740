"""Partner organisations: who they are, and what they did."""

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from wagtail.admin.panels import FieldPanel
from wagtail.models import PageQuerySet

from .base import BasePage, BodyPage


class PartnerIndexPage(BasePage):
    """All partners."""

    parent_page_types = ["content.HomePage"]
    subpage_types = ["content.PartnerPage"]
    max_count_per_parent = 1

    @property
    def partners(self) -> PageQuerySet:
        """The partners a reader may see, by title."""
        return PartnerPage.objects.shown().child_of(self).order_by("title")


class PartnerPage(BodyPage):
    """An organisation that makes guides with us."""

    HEADINGS = {
        "wrote": _("Guides it wrote"),
        "reviewed": _("Guides it reviewed"),
        "funded": _("Guides it paid for"),
    }

    website = models.URLField(blank=True, help_text=_("Its own address, if it has one."))

    content_panels = [*BodyPage.content_panels, FieldPanel("website")]
    parent_page_types = ["content.PartnerIndexPage"]
    is_a_partners_place = True
    subpage_types = []

    @property
    def guides_here(self) -> list:
        """The guides in this page's language that credit this partner, each once, by title."""
        guide = self._meta.get_field("guide_credits").related_model._meta.get_field("page").related_model
        named = guide.objects.shown().filter(credits__partner__translation_key=self.translation_key)
        return list(named.filter(locale_id=self.locale_id).order_by("title").distinct())

    @property
    def made(self) -> list[tuple[str, list]]:
        """The guides in this page's language by what this partner did for them, each group by title."""
        credit = self._meta.get_field("guide_credits").related_model
        guide = credit._meta.get_field("page").related_model
        named = credit.objects.filter(
            partner__translation_key=self.translation_key, page__in=guide.objects.shown().filter(locale_id=self.locale_id)
        )
        roles = {role: [] for role in self.HEADINGS}
        for row in named.select_related("page").order_by("page__title"):
            roles[row.role].append(row.page)
        return [(self.HEADINGS[role], guides) for role, guides in roles.items() if guides]

    def get_context(self, request: HttpRequest, *args: object, **kwargs: object) -> dict:
        return super().get_context(request, *args, **kwargs) | {"made": self.made}

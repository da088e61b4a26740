"""What is going on (topics) and for whom (audiences): the two ways into the guides."""

from django.conf import settings
from django.db import models
from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from wagtail.admin.panels import FieldPanel, PageChooserPanel
from wagtail.models import PageQuerySet

from .base import BasePage, BodyPage


class GuideListMixin:
    """A page that lists the guides which name it, whichever language they named it in."""

    guide_lookup: str

    @property
    def guides_here(self) -> PageQuerySet:
        """The guides in this page's language that name it, by title."""
        guide = self._meta.get_field("guides").related_model
        named = {f"{self.guide_lookup}__translation_key": self.translation_key}
        return guide.objects.shown().filter(locale_id=self.locale_id, **named).order_by("title")

    def get_context(self, request: HttpRequest, *args: object, **kwargs: object) -> dict:
        return super().get_context(request, *args, **kwargs) | {"guides": list(self.guides_here)}


class TopicIndexPage(BasePage):
    """All topics."""

    parent_page_types = ["content.HomePage"]
    subpage_types = ["content.TopicPage"]
    max_count_per_parent = 1

    @property
    def topics(self) -> PageQuerySet:
        """The topics a reader may see, by title."""
        return TopicPage.objects.shown().child_of(self).order_by("title")


class TopicPage(GuideListMixin, BodyPage):
    """One thing people carry: that it is common, what to try first, the guides on it, who to call about it."""

    saying = models.CharField(
        max_length=60,
        blank=True,
        help_text=_("What a person would say who needs this, for the home page. For example: I can’t sleep."),
    )

    on_home = models.BooleanField(
        default=False,
        verbose_name=_("on the first page"),
        help_text=_("Tick for the eight to ten topics whose sentences stand on the first page."),
    )

    is_crisis = models.BooleanField(
        default=False,
        verbose_name=_("people in danger come here"),
        help_text=_("Tick for suicide, self-harm and abuse. No translation by a machine goes live here unread."),
    )

    start_with = models.ForeignKey(
        "content.GuidePage",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("try this first"),
        help_text=_("The guide that helps most people with this. It stands at the top."),
    )

    content_panels = [
        *BodyPage.content_panels[:1],
        FieldPanel("saying"),
        FieldPanel("on_home"),
        FieldPanel("is_crisis"),
        *BodyPage.content_panels[1:],
        PageChooserPanel("start_with"),
    ]
    parent_page_types = ["content.TopicIndexPage"]
    subpage_types = []
    guide_lookup = "topics"

    def get_context(self, request: HttpRequest, *args: object, **kwargs: object) -> dict:
        audiences = AudiencePage.objects.filter(guides=models.OuterRef("pk"))
        for_others_only = models.Exists(audiences.filter(supports_others=True)) & ~models.Exists(
            audiences.filter(supports_others=False)
        )
        guides = list(self.guides_here.annotate(for_others_only=for_others_only))
        # A translation names the source of the guide that stands in its list.
        named = {self.start_with_id}
        if self.start_with_id and get_language() != settings.LANGUAGE_CODE:
            named.add(self.start_with.translation_key)
        first = next((guide for guide in guides if named & {guide.pk, guide.translation_key}), None)
        rest = [guide for guide in guides if guide is not first]
        groups = [
            (_("More guides") if first else _("Guides that help"), [guide for guide in rest if not guide.for_others_only]),
            (_("If it is about someone else"), [guide for guide in rest if guide.for_others_only]),
        ]
        return BodyPage.get_context(self, request, *args, **kwargs) | {
            "start_with": first,
            "groups": [(name, found) for name, found in groups if found],
        }


class AudienceIndexPage(BasePage):
    """All audiences."""

    parent_page_types = ["content.HomePage"]
    subpage_types = ["content.AudiencePage"]
    max_count_per_parent = 1

    @property
    def audiences(self) -> PageQuerySet:
        """The audiences a reader may see, in the order of the page tree."""
        return AudiencePage.objects.shown().child_of(self)


class AudiencePage(GuideListMixin, BodyPage):
    """The way in for one kind of reader: young people, parents and carers, students, people at work, supporters."""

    supports_others = models.BooleanField(
        default=False,
        verbose_name=_("supports somebody else"),
        help_text=_("Tick when these readers come for somebody else. Topics then list their guides apart."),
    )

    content_panels = [*BodyPage.content_panels, FieldPanel("supports_others")]
    parent_page_types = ["content.AudienceIndexPage"]
    subpage_types = []
    guide_lookup = "audiences"

"""Guides: the help itself, who made it, and what it rests on."""

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.paginator import Page as PaginatedPage
from django.core.paginator import Paginator
from django.db import models
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField

from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel
from wagtail.models import PageQuerySet
from wagtail.search import index

from content.base import BasePage, BodyPage
from content.blocks import CoCreationBlock
from content.fields import BodyField
from content.reviewed import ReviewedPage
from content.rights import PageForm
from content.shelves import ShelvedPage
from content.topics import AudiencePage, TopicPage

from .rows import GuideCredit
from .signpost import Signpost
from .versions import GuideVersionPage

MAX_TOPICS = 3
GUIDES_A_PAGE = 30
NEXT_STEPS = 2


class GuideIndexPage(BasePage):
    """All guides."""

    parent_page_types = ["content.HomePage"]
    subpage_types = ["content.GuidePage", "content.PartnerShelf"]
    max_count_per_parent = 1

    @property
    def guides_here(self) -> PageQuerySet:
        """All guides that a reader may see, by title."""
        return GuidePage.objects.shown().descendant_of(self).order_by("title")

    def guides(self, number: str | None) -> PaginatedPage:
        """Give one page of the guides a reader may see, by title.

        number: which page, as it stands in the address; nonsense gives the first or last one.
        """
        return Paginator(self.guides_here, GUIDES_A_PAGE).get_page(number)

    def get_context(self, request: HttpRequest, *args: object, **kwargs: object) -> dict:
        return super().get_context(request, *args, **kwargs) | {"guides": self.guides(request.GET.get("page"))}


class GuideForm(PageForm):
    """Asks for one to three topics: a guide about everything helps nobody find it."""

    def clean_topics(self) -> object:
        topics = self.cleaned_data["topics"]
        if len(topics) > MAX_TOPICS:
            raise ValidationError(_("Choose one to three topics: those that readers would look under first."))
        return topics


class GuidePage(Signpost, ShelvedPage, ReviewedPage):
    """A self-help guide."""

    topics = ParentalManyToManyField(
        TopicPage, related_name="guides", help_text=_("One to three: where would a reader look first?")
    )
    audiences = ParentalManyToManyField(
        AudiencePage,
        related_name="guides",
        blank=True,
        help_text=_("Who it speaks to. Leave empty for everybody."),
    )
    co_creation = BodyField(
        CoCreationBlock(), blank=True, verbose_name=_("made with"), help_text=_("People it is for who helped to make it.")
    )

    content_panels = [
        *BodyPage.content_panels[:-1],
        MultiFieldPanel(
            [
                # A draft is saved as it is typed, before anybody has thought of topics.
                FieldPanel("topics", widget=forms.CheckboxSelectMultiple, required_on_save=False),
                FieldPanel("audiences", widget=forms.CheckboxSelectMultiple),
            ],
            _("Where it belongs"),
        ),
        ReviewedPage.hard_subject_panel,
        FieldPanel("body"),
        FieldPanel("co_creation"),
        Signpost.signpost_panel,
        InlinePanel("credits", label=_("Who made it"), help_text=_("Each partner with what it did.")),
        FieldPanel("interests"),
        FieldPanel("sources"),
        InlinePanel(
            "related_picks",
            label=_("Next step"),
            max_num=NEXT_STEPS,
            help_text=_("Guides to offer at the end."),
        ),
        ReviewedPage.review_panel,
    ]
    search_fields = [*ReviewedPage.search_fields, index.RelatedFields("topics", [index.SearchField("title")])]
    parent_page_types = ["content.GuideIndexPage", "content.PartnerShelf"]
    subpage_types = ["content.GuideVersionPage"]
    base_form_class = GuideForm
    sample_label = _("Sample guide.")
    sample_notice = _("Not yet reviewed by a clinician; review due before release.")

    def versions(self) -> PageQuerySet:
        """Its other forms that readers may see, in all languages."""
        return GuideVersionPage.objects.shown().filter(guide_key=self.translation_key)

    @property
    def is_crisis(self) -> bool:
        """Whether people in danger come to it: as they do to one of its topics."""
        return any(topic.is_crisis for topic in self.topics.all())

    @cached_property
    def topic_pages(self) -> list[TopicPage]:
        """Its topics, in its own language where they are translated."""
        return _in_language_of(self, self.topics.all(), TopicPage)

    @cached_property
    def audience_pages(self) -> list[AudiencePage]:
        """Its audiences, in its own language where they are translated."""
        return _in_language_of(self, self.audiences.all(), AudiencePage)

    @cached_property
    def next_steps(self) -> list["GuidePage"]:
        """Two guides to go on to: editors' picks first, in their order, then those that share most topics."""
        sharing = models.Q(topics__translation_key__in=[topic.translation_key for topic in self.topic_pages])
        candidates = (
            GuidePage.objects.shown()
            .filter(locale_id=self.locale_id)
            .exclude(pk=self.pk)
            .annotate(place=self._place_among_picks(), shared=models.Count("topics", filter=sharing))
            .filter(models.Q(place__isnull=False) | models.Q(shared__gt=0))
            .order_by(models.F("place").asc(nulls_last=True), "-shared", "title")
        )
        return list(candidates[:NEXT_STEPS])

    def _place_among_picks(self) -> models.expressions.Combinable:
        """The place of a guide among this one's picks, as a column: from the database, or from a preview's unsaved form."""
        picks = self.related_picks.all()
        if isinstance(picks, models.QuerySet):
            here = picks.order_by().filter(guide__translation_key=models.OuterRef("translation_key"))
            return models.Subquery(here.values("sort_order")[:1])
        places = [
            models.When(translation_key=pick.guide.translation_key, then=models.Value(place))
            for place, pick in enumerate(picks)
        ]
        return models.Case(*places, default=None, output_field=models.IntegerField())

    @cached_property
    def makers(self) -> list[GuideCredit]:
        """Its credits whose partner a reader may see, each with its partner."""
        return [credit for credit in self.credits.select_related("partner") if credit.partner.is_shown]

    @property
    def structured_data(self) -> dict:
        """What it says of itself to search engines (schema.org MedicalWebPage); a sample claims no review."""
        data: dict[str, object] = {
            "@context": "https://schema.org",
            "@type": "MedicalWebPage",
            "name": self.title,
            "description": self.search_description or self.summary,
            "url": self.full_url,
            "inLanguage": get_language(),
            "about": [{"@type": "MedicalCondition", "name": topic.title} for topic in self.topic_pages],
            "isPartOf": {"@type": "WebSite", "name": settings.SITE_NAME, "url": f"{settings.SITE_URL}/"},
            "creator": [{"@type": "Organization", "name": credit.partner.title} for credit in self.makers],
        }
        if self.last_published_at:
            data["dateModified"] = self.last_published_at.date().isoformat()
        if not self.sample and self.last_reviewed and self.signed_off_by:
            data["lastReviewed"] = self.last_reviewed.isoformat()
            data["reviewedBy"] = {"@type": "Person", "jobTitle": self.signed_off_by}
        return data


def _in_language_of(page: GuidePage, others: object, model: type[BasePage]) -> list:
    found = list(others)
    if all(other.locale_id == page.locale_id for other in found):
        return found
    keys = [other.translation_key for other in found]
    return list(model.objects.shown().filter(translation_key__in=keys, locale_id=page.locale_id))

"""Courses and their modules: each module is a text to learn from alone, and a session that a trainer can run."""

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from wagtail import blocks
from wagtail.admin.panels import FieldPanel
from wagtail.models import PageQuerySet

from content import timing
from content.base import BasePage, BodyPage
from content.blocks.prepare import pictures_in
from content.fields import BodyField
from content.information import InformationPage
from content.media import CustomImage
from content.reviewed import ReviewedPage
from content.shelves import ShelvedPage

from .plan import PlanBlock

RESERVED_SLUGS = {"s", "kit", "results", "certificate", "sheets", "signposts"}
"""Addresses below /training/ and below a course that are none of an editor's."""


def refuse_reserved(page: BasePage) -> None:
    """Refuse an address that the site needs for itself. Raises ValidationError."""
    if page.slug in RESERVED_SLUGS:
        message = _("The site needs the address “%(slug)s” for itself. Choose another, for example “%(slug)s-course”.")
        raise ValidationError({"slug": ValidationError(message, params={"slug": page.slug})})


class TrainingIndexPage(BodyPage):
    """Where training begins: the courses, and a way in for each kind of reader."""

    parent_page_types = ["content.HomePage"]
    subpage_types = ["content.CoursePage", "content.PartnerShelf", "content.InformationPage"]
    max_count_per_parent = 1

    def get_context(self, request: HttpRequest, *args: object, **kwargs: object) -> dict:
        return super().get_context(request, *args, **kwargs) | {
            "courses": list(CoursePage.objects.shown().descendant_of(self).select_related("picture__day")),
            "ways_in": list(InformationPage.objects.shown().child_of(self)),
        }


class CoursePage(ShelvedPage, BodyPage):
    """A course of a few modules."""

    for_whom = models.CharField(max_length=160, blank=True, help_text=_("One line: who it is for."))

    content_panels = [*BodyPage.content_panels[:-1], FieldPanel("for_whom"), BodyPage.content_panels[-1]]
    parent_page_types = ["content.TrainingIndexPage", "content.PartnerShelf"]
    subpage_types = ["content.ModulePage"]
    sample_label = _("Sample course.")
    sample_notice = _("Not yet reviewed; review due before anybody trains with it.")

    def clean(self) -> None:
        super().clean()
        refuse_reserved(self)

    @property
    def modules(self) -> PageQuerySet:
        """The modules a reader may see, in their order."""
        return ModulePage.objects.shown().child_of(self)

    def get_context(self, request: HttpRequest, *args: object, **kwargs: object) -> dict:
        return super().get_context(request, *args, **kwargs) | {"modules": list(self.modules)}


class ModulePage(ShelvedPage, ReviewedPage):
    """One module: what one can do after it, a text to learn from alone, and the plan of a session."""

    outcomes = BodyField(
        blocks.StreamBlock([("outcome", blocks.CharBlock(max_length=120, label=_("Outcome")))]),
        blank=True,
        help_text=_("What somebody can do afterwards. Begin with a verb: Name three early signs of stress."),
    )
    minutes = models.PositiveSmallIntegerField(
        default=10,
        validators=[MinValueValidator(1), MaxValueValidator(120)],
        help_text=_("How long it takes alone, with its exercises. Twelve at most is kind."),
    )
    plan = BodyField(PlanBlock(), blank=True, verbose_name=_("session plan"))

    content_panels = [
        *BodyPage.content_panels[:-1],
        FieldPanel("outcomes"),
        FieldPanel("minutes"),
        ReviewedPage.hard_subject_panel,
        FieldPanel("body"),
        FieldPanel("plan"),
        FieldPanel("interests"),
        FieldPanel("sources"),
        ReviewedPage.review_panel,
    ]
    below_shelf = 2
    parent_page_types = ["content.CoursePage"]
    subpage_types = []
    sample_label = _("Sample module.")
    sample_notice = _("Not yet reviewed; review due before anybody trains with it.")

    def clean(self) -> None:
        super().clean()
        refuse_reserved(self)

    @property
    def pictures(self) -> list[tuple[CustomImage, str]]:
        return super().pictures + [(picture, "body") for picture in pictures_in(self.plan)]

    @property
    def session_minutes(self) -> tuple[int, int]:
        """What its session takes: the shortest, of essential steps alone, and the usual, of all."""
        steps = [step for child in self.plan if (step := child.value.timing)]
        return timing.shortest(steps), timing.usual(steps)

    def get_context(self, request: HttpRequest, *args: object, **kwargs: object) -> dict:
        siblings = list(ModulePage.objects.shown().sibling_of(self))
        place = siblings.index(self) if self in siblings else -1
        return super().get_context(request, *args, **kwargs) | {
            "course": self.get_parent().specific_deferred,
            "next_module": siblings[place + 1] if place + 1 < len(siblings) else None,
        }

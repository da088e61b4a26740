"""What a guide lists: who made it, and where to go next."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey

from wagtail.admin.panels import FieldPanel, PageChooserPanel
from wagtail.models import Orderable

from content.partners import PartnerPage


class GuideCredit(Orderable):
    """A partner's part in a guide."""

    class Role(models.TextChoices):
        WROTE = "wrote", _("wrote it")
        REVIEWED = "reviewed", _("reviewed it")
        FUNDED = "funded", _("paid for it")

    page = ParentalKey("content.GuidePage", on_delete=models.CASCADE, related_name="credits")
    partner = models.ForeignKey(PartnerPage, on_delete=models.PROTECT, related_name="guide_credits")
    role = models.CharField(max_length=10, choices=Role.choices, default=Role.WROTE)

    panels = [PageChooserPanel("partner"), FieldPanel("role")]


class RelatedGuide(Orderable):
    """A guide that an editor picked as a next step."""

    page = ParentalKey("content.GuidePage", on_delete=models.CASCADE, related_name="related_picks")
    guide = models.ForeignKey("content.GuidePage", on_delete=models.CASCADE, related_name="picked_by")

    panels = [PageChooserPanel("guide")]

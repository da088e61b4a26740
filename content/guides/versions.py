"""A guide in another form: easy to read, or in British Sign Language. Each stands below its guide and leads back to it."""

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from wagtail.admin.panels import FieldPanel
from wagtail.models import Page

from content.base import BodyPage
from content.blocks import VersionBlock
from content.fields import BodyField
from content.reviewed import ReviewedPage
from content.shelves import ShelvedPage


class GuideVersionPage(ShelvedPage, ReviewedPage):
    """A guide said again for somebody who reads little, or signs."""

    class Kind(models.TextChoices):
        EASY_READ = "easy-read", _("Easy read")
        BSL = "bsl", _("In British Sign Language")

    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.EASY_READ)
    guide_key = models.UUIDField(null=True, editable=False, db_index=True)
    """The translation key of its guide: versions in all languages are found by it in one query."""

    body = BodyField(VersionBlock(), blank=True)

    content_panels = [
        *BodyPage.content_panels[:-1],
        FieldPanel("kind"),
        ReviewedPage.hard_subject_panel,
        FieldPanel("body"),
        ReviewedPage.review_panel,
    ]
    parent_page_types = ["content.GuidePage"]
    subpage_types = []
    below_shelf = 2
    rests_on_another = True
    sample_label = _("Sample guide.")
    sample_notice = _("Not yet reviewed by a clinician; review due before release.")

    def full_clean(self, *args: object, **kwargs: object) -> None:
        self.slug = self.kind
        super().full_clean(*args, **kwargs)

    def minimal_clean(self) -> None:
        self.slug = self.kind
        super().minimal_clean()

    def save(self, *args: object, **kwargs: object) -> None:
        if self.path:
            self.guide_key = self.get_parent().translation_key
        super().save(*args, **kwargs)

    @property
    def guide(self) -> Page | None:
        """The guide it stands for; None before it is put below one."""
        return self.get_parent().specific if self.path else None

    @property
    def is_crisis(self) -> bool:
        """Whether people in danger come to it: as to its guide."""
        return self.guide is not None and self.guide.is_crisis

    def get_context(self, request: HttpRequest, *args: object, **kwargs: object) -> dict:
        return super().get_context(request, *args, **kwargs) | {"guide": self.guide}

"""What every page has that a clinician reads before it goes live: its sources, its review, whether its subject is hard."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail_localize.fields import SynchronizedField

from . import review_cycle
from .base import BodyPage
from .blocks import SourcesBlock
from .fields import BodyField


class ReviewedPage(BodyPage):
    """A page that rests on sources and is signed off."""

    is_sensitive = models.BooleanField(
        default=False,
        verbose_name=_("hard subject"),
        help_text=_(
            "Tick for self-harm, suicide, abuse, bullying, eating, loss and the like. It is then reviewed each year."
        ),
    )
    content_note = models.CharField(
        max_length=300,
        blank=True,
        help_text=_("For a hard subject: what is ahead, and what can be skipped. Shown before the text."),
    )
    interests = models.CharField(
        max_length=300,
        blank=True,
        help_text=_("Does anybody who made or paid for this gain by it? Say so, or say that nobody does."),
    )
    last_reviewed = models.DateField(null=True, blank=True, help_text=_("When a clinician last read all of it."))
    next_review = models.DateField(
        null=True,
        blank=True,
        db_index=True,
        help_text=_("When it must be read again: within two years, a hard subject within one. Leave empty to fill it in."),
    )
    signed_off_by = models.CharField(
        max_length=120,
        blank=True,
        help_text=_("The role of the person who signed it off, not the name. For example: Consultant psychologist."),
    )
    sources = BodyField(SourcesBlock(), blank=True, help_text=_("Where the facts come from. At least one."))

    rests_on_another = False
    """Whether its sources and interests are those of another page, to which it leads."""

    hard_subject_panel = MultiFieldPanel([FieldPanel("is_sensitive"), FieldPanel("content_note")], _("Hard subjects"))
    review_panel = MultiFieldPanel(
        [
            FieldPanel("next_review"),
            FieldPanel("last_reviewed", read_only=True),
            FieldPanel("signed_off_by", read_only=True),
        ],
        _("Review"),
        help_text=_("Who signed it off and when is filled in by the sign-off itself."),
    )
    approvals_of_its_kind = ("editorial", "clinical")
    override_translatable_fields = [
        *BodyPage.override_translatable_fields,
        SynchronizedField("sources"),
        SynchronizedField("signed_off_by", overridable=False),
    ]

    class Meta:
        abstract = True

    def clean(self) -> None:
        """Refuse a next review that is later than the review cycle allows. Raises ValidationError."""
        super().clean()
        if not self.last_reviewed or not self.next_review:
            return
        latest = review_cycle.next_review(self.last_reviewed, hard=self.is_sensitive)
        if self.next_review > latest:
            said = (
                _("A hard subject is read again within a year: choose %(latest)s or earlier, or leave it empty.")
                if self.is_sensitive
                else _("A page is read again within two years: choose %(latest)s or earlier, or leave it empty.")
            )
            params = {"latest": date_format(latest, "j F Y")}
            raise ValidationError({"next_review": ValidationError(said, params=params)})

    def get_context(self, request: HttpRequest, *args: object, **kwargs: object) -> dict:
        context = super().get_context(request, *args, **kwargs)
        help_blocks = [child.value for child in context["body"] if child.block_type == "helplines"]
        if help_blocks:
            # The content note leads there.
            help_blocks[-1].is_last = True
        return context | {"has_help": bool(help_blocks)}

    @property
    def is_overdue(self) -> bool:
        """Tell whether its next review has passed."""
        return self.next_review is not None and self.next_review < date.today()

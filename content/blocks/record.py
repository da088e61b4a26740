"""What stands behind a guide: its sources, and the people it is for who helped to make it."""

from django.core.validators import MinValueValidator
from django.utils.translation import gettext_lazy as _

from wagtail import blocks


class SourceBlock(blocks.StructBlock):
    """Where a fact comes from."""

    title = blocks.CharBlock(max_length=200, label=_("Title"))
    publisher = blocks.CharBlock(max_length=120, label=_("Who published it"))
    url = blocks.URLBlock(required=False, label=_("Address"))

    class Meta:
        icon = "openquote"
        label = _("Source")


class SourcesBlock(blocks.StreamBlock):
    """The sources of a guide."""

    source = SourceBlock()


class TakingPartValue(blocks.StructValue):
    """A record of taking part that says in words whether people were paid."""

    @property
    def paid_in_words(self) -> str:
        return dict(TakingPartBlock.PAID).get(self.get("paid"), "")


class TakingPartBlock(blocks.StructBlock):
    """How people whom a guide is for took part in making it, as far as it tells nothing about any one of them."""

    PAID = [
        ("paid", _("They were paid for their time.")),
        ("costs", _("Their costs were paid.")),
        ("unpaid", _("They were not paid.")),
    ]

    who = blocks.CharBlock(max_length=120, label=_("Who"), help_text=_("For example: pupils of three schools. No names."))
    how_many = blocks.IntegerBlock(required=False, validators=[MinValueValidator(1)], label=_("How many"))
    ages = blocks.CharBlock(
        required=False, default="", max_length=40, label=_("Ages"), help_text=_("For example: 14 to 18.")
    )
    when = blocks.CharBlock(max_length=60, label=_("When"), help_text=_("For example: spring 2026."))
    paid = blocks.ChoiceBlock(choices=PAID, label=_("Paid"), help_text=_("Readers are told."))
    what_changed = blocks.CharBlock(
        max_length=400, label=_("What changed"), help_text=_("What is different in the guide because of them?")
    )

    class Meta:
        icon = "group"
        label = _("Taking part")
        value_class = TakingPartValue


class CoCreationBlock(blocks.StreamBlock):
    """Everybody who took part in making a guide."""

    taking_part = TakingPartBlock()

"""Who to turn to: helplines, always by reference to the registry."""

from django.apps import apps
from django.utils.translation import gettext_lazy as _

from wagtail import blocks
from wagtail.snippets.blocks import SnippetChooserBlock


def _two_from_the_registry() -> dict[str, object]:
    """Show editors real entries: the first two helplines, as they are now."""
    helplines = apps.get_model("content.Helpline").objects.all()[:2]
    return {"title": "Talk to someone", "intro": "You can call about anything.", "helplines": list(helplines)}


class HelplinesValue(blocks.StructValue):
    """A choice of helplines that knows which of them may be shown."""

    is_last = False
    """Whether a page leads readers here who want to skip its text."""

    @property
    def shown(self) -> list:
        """The helplines a reader may see; one that has ended is replaced by the nearest line that is always open."""
        chosen = [helpline for helpline in self.get("helplines") or [] if helpline]
        standing = [helpline if helpline.is_shown else helpline.stand_in for helpline in chosen]
        return list(dict.fromkeys(helpline for helpline in standing if helpline))


class HelplinesBlock(blocks.StructBlock):
    """Helplines from the registry: a number changed there changes here."""

    title = blocks.CharBlock(max_length=80, default=_("Talk to someone"), label=_("Title"))
    intro = blocks.CharBlock(
        required=False,
        default="",
        max_length=200,
        label=_("When to call"),
        help_text=_("One sentence, or leave it empty."),
    )
    helplines = blocks.ListBlock(
        SnippetChooserBlock("content.Helpline", label=_("Helpline")), min_num=1, label=_("Helplines")
    )

    class Meta:
        icon = "help"
        label = _("Helplines")
        template = "blocks/helplines.html"
        value_class = HelplinesValue
        description = _("Who to call or text. Choose from the list: numbers are kept right in one place.")
        preview_value = staticmethod(_two_from_the_registry)


class ServiceCardsBlock(HelplinesBlock):
    """Services side by side, with what each is for and its first way of contact."""

    class Meta:
        icon = "group"
        label = _("Service cards")
        template = "blocks/service_cards.html"
        description = _("Services side by side, short: what each is for and how to reach it first.")
        preview_value = staticmethod(_two_from_the_registry)


def _one_call() -> dict[str, object]:
    """Show editors a real entry: the first helpline."""
    return {
        "helpline": apps.get_model("content.Helpline").objects.first(),
        "happens": ["A person answers and asks what is going on."],
        "say": ["I don’t know how to start."],
    }


class WhatHappensBlock(blocks.StructBlock):
    """What happens when one calls, so that the first call is less frightening."""

    helpline = SnippetChooserBlock("content.Helpline", label=_("Helpline"))
    happens = blocks.ListBlock(
        blocks.CharBlock(max_length=200, label=_("Step")), min_num=1, label=_("What happens"), help_text=_("In order.")
    )
    say = blocks.ListBlock(
        blocks.CharBlock(max_length=160, label=_("Words")),
        min_num=1,
        label=_("What you can say"),
        help_text=_("Words to read out, without quotation marks."),
    )

    class Meta:
        icon = "comment"
        label = _("What happens if I call")
        template = "blocks/what_happens.html"
        description = _("What happens when you call a helpline, and words to begin with.")
        preview_value = staticmethod(_one_call)

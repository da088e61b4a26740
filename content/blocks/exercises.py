"""Things to do: steps, an exercise to try, a pace to breathe at, room to write."""

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _

from wagtail import blocks

from .text import ParagraphBlock


class StepsBlock(blocks.StructBlock):
    """A list of things to do in order, each with its explanation."""

    title = blocks.CharBlock(max_length=100, label=_("Title"))
    steps = blocks.ListBlock(
        blocks.StructBlock(
            [
                (
                    "title",
                    blocks.CharBlock(max_length=100, label=_("Step"), help_text=_("Begin with a verb.")),
                ),
                ("text", ParagraphBlock(required=False, label=_("How"))),
            ],
            label=_("Step"),
        ),
        min_num=2,
        label=_("Steps"),
    )

    class Meta:
        icon = "list-ol"
        label = _("Steps")
        template = "blocks/steps.html"
        description = _("Things to do in order, numbered for you.")
        preview_value = {
            "title": "Plan one hour",
            "steps": [
                {"title": "Pick one topic", "text": "<p>The smallest one is fine.</p>"},
                {"title": "Set a stop time", "text": "<p>Stop when it comes, even mid-page.</p>"},
            ],
        }


class TryThisBlock(blocks.StructBlock):
    """A short exercise that a reader can do now."""

    title = blocks.CharBlock(max_length=80, label=_("Title"))
    minutes = blocks.IntegerBlock(
        validators=[MinValueValidator(1), MaxValueValidator(60)],
        default=2,
        label=_("Minutes"),
        help_text=_("How long it takes."),
    )
    steps = blocks.ListBlock(
        blocks.CharBlock(max_length=200, label=_("Step"), help_text=_("One thing to do, in one sentence.")),
        min_num=1,
        label=_("What to do"),
    )
    after = ParagraphBlock(
        required=False, label=_("Afterwards"), help_text=_("What a reader may notice, or what to do next.")
    )

    class Meta:
        icon = "pick"
        label = _("Try this")
        template = "blocks/try_this.html"
        description = _("A short exercise to do right now. Put one near the top of every guide.")
        preview_value = {
            "title": "One long breath out",
            "minutes": 1,
            "steps": [
                "Put both feet on the floor.",
                "Breathe in while you count to four.",
                "Breathe out while you count to six.",
            ],
            "after": "<p>Do it again if it felt good.</p>",
        }


class BreathingBlock(blocks.StructBlock):
    """A pace to breathe at. It moves only where the device welcomes motion; the words are enough without."""

    title = blocks.CharBlock(max_length=80, default=_("Breathe with this"), label=_("Title"))
    seconds_in = blocks.ChoiceBlock(choices=[("3", "3"), ("4", "4"), ("5", "5")], default="4", label=_("Seconds in"))
    seconds_out = blocks.ChoiceBlock(
        choices=[("4", "4"), ("6", "6"), ("8", "8")],
        default="6",
        label=_("Seconds out"),
        help_text=_("Out is longer than in: that is what calms."),
    )
    note = blocks.CharBlock(
        max_length=160, default=_("Stop if you feel dizzy, and breathe as you like."), label=_("When to stop")
    )

    class Meta:
        icon = "rotate"
        label = _("Breathing pace")
        template = "blocks/breathing.html"
        description = _("A slow circle to breathe with, and the same in words.")
        preview_value = {
            "title": "Breathe with this",
            "seconds_in": "4",
            "seconds_out": "6",
            "note": "Stop if you feel dizzy, and breathe as you like.",
        }


class KnowledgeCheckBlock(blocks.StructBlock):
    """A question to oneself: each answer opens to why it fits or does not. Nothing is sent, counted or kept."""

    question = blocks.CharBlock(max_length=160, label=_("Question"))
    answers = blocks.ListBlock(
        blocks.StructBlock(
            [
                ("text", blocks.CharBlock(max_length=120, label=_("Answer"))),
                ("right", blocks.BooleanBlock(required=False, label=_("It fits"))),
                ("why", ParagraphBlock(label=_("Why"), help_text=_("Warmly, in a sentence or two. Nobody is shamed."))),
            ],
            label=_("Answer"),
        ),
        min_num=2,
        max_num=4,
        label=_("Answers"),
    )

    def clean(self, value: blocks.StructValue) -> blocks.StructValue:
        """Refuse a question without an answer that fits."""
        cleaned = super().clean(value)
        if not any(answer["right"] for answer in cleaned["answers"]):
            wrong = ValidationError(_("Tick “It fits” for at least one answer."))
            raise blocks.StructBlockValidationError(block_errors={"question": wrong})
        return cleaned

    class Meta:
        icon = "circle-check"
        label = _("Knowledge check")
        template = "blocks/knowledge_check.html"
        description = _("A question with two to four answers; each opens to say why. Nothing is kept.")
        preview_value = {
            "question": "What is a good first step?",
            "answers": [
                {"text": "Ask how today is.", "right": True, "why": "<p>It is small, and it opens a door.</p>"},
                {"text": "Wait until they say something.", "right": False, "why": "<p>Many people never do.</p>"},
            ],
        }


class WritingSpaceValue(blocks.StructValue):
    """Room to write that knows its lines."""

    @property
    def rules(self) -> range:
        return range(self.get("lines") or 1)


class WritingSpaceBlock(blocks.StructBlock):
    """Room to write: by hand, or where the editor says so on the reader's own screen, from which nothing is sent."""

    prompt = blocks.CharBlock(max_length=160, label=_("What to write"), help_text=_("A question, or how a sentence begins."))
    lines = blocks.IntegerBlock(validators=[MinValueValidator(1), MaxValueValidator(12)], default=3, label=_("Lines"))
    on_screen = blocks.BooleanBlock(
        required=False,
        label=_("Can be filled in on the screen"),
        help_text=_("For a page that somebody may fill in on a device of their own. What is typed goes nowhere."),
    )

    class Meta:
        icon = "edit"
        value_class = WritingSpaceValue
        label = _("Room to write")
        template = "blocks/writing_space.html"
        description = _("A question with empty lines, for a workbook that is filled in by hand or on the screen.")
        preview_value = {"prompt": "Three things that went all right today", "lines": 3}

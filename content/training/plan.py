"""The plan of a session: ordered steps, each usable on its own by somebody who has never trained anyone."""

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _

from wagtail import blocks
from wagtail.images.blocks import ImageBlock
from wagtail.snippets.blocks import SnippetChooserBlock

from content import timing
from content.blocks import number_in
from content.blocks.text import ParagraphBlock

KINDS = [
    ("welcome", _("Welcome")),
    ("input", _("Input")),
    ("activity", _("Activity")),
    ("discussion", _("Discussion")),
    ("practice", _("Practice")),
    ("pause", _("Pause")),
    ("close", _("Close")),
]
HANDOUTS = [
    ("group-agreement", _("Group agreement")),
    ("safe-disclosure", _("When someone tells you something serious")),
    ("wellness-plan", _("Wellness plan")),
    ("evaluation", _("Evaluation sheet")),
    ("follow-up-letter", _("Follow-up letter")),
    ("poster", _("Poster")),
    ("pocket-card", _("Pocket card")),
]


class SlideBlock(blocks.StructBlock):
    """What the room sees."""

    heading = blocks.CharBlock(max_length=70, label=_("Heading"))
    points = blocks.ListBlock(
        blocks.CharBlock(max_length=110, label=_("Point")),
        default=[],
        max_num=5,
        label=_("Points"),
        help_text=_("Few words: people listen, they do not read."),
    )
    prompt = blocks.CharBlock(required=False, default="", max_length=160, label=_("Question to the room"))
    picture = ImageBlock(required=False, label=_("Picture"))

    class Meta:
        label = _("Slide")
        icon = "desktop"


class StepValue(blocks.StructValue):
    """A step that knows its time and its words for its kind."""

    @property
    def timing(self) -> timing.Step | None:
        """What re-timing needs to know of it; None where its minutes are missing or out of order."""
        minutes = [self.get(name) for name in ("shortest", "usual", "longest")]
        known = all(isinstance(one, int) and one > 0 for one in minutes) and self.get("kind") in dict(KINDS)
        if not known or minutes != sorted(minutes):
            return None
        return timing.Step(self["kind"], *minutes, bool(self.get("essential")))

    @property
    def kind_in_words(self) -> str:
        return dict(KINDS).get(self.get("kind"), "")

    @property
    def handouts_with_keys(self) -> list[tuple[str, str]]:
        """Its handouts, each with the last part of its sheet's address."""
        return [(key, dict(HANDOUTS)[key]) for key in self.get("handouts") or [] if key in dict(HANDOUTS)]


def _minutes(label: str) -> blocks.IntegerBlock:
    return blocks.IntegerBlock(validators=[MinValueValidator(1), MaxValueValidator(timing.LONGEST_SESSION)], label=label)


class StepBlock(blocks.StructBlock):
    """One step: how long, what the room sees, what the trainer says and watches for."""

    kind = blocks.ChoiceBlock(choices=KINDS, label=_("Kind"))
    title = blocks.CharBlock(max_length=80, label=_("Title"))
    shortest = _minutes(_("Shortest minutes"))
    usual = _minutes(_("Usual minutes"))
    longest = _minutes(_("Longest minutes"))
    essential = blocks.BooleanBlock(
        required=False, label=_("Essential"), help_text=_("Tick if the session is not safe or not whole without it.")
    )
    slides = blocks.ListBlock(SlideBlock(), default=[], label=_("What the room sees"))
    say = ParagraphBlock(label=_("What you say"), help_text=_("Words to read out; what to do stands in italics."))
    watch_for = ParagraphBlock(required=False, label=_("Watch for"))
    materials = blocks.ListBlock(blocks.CharBlock(max_length=120, label=_("Thing")), default=[], label=_("Materials"))
    handouts = blocks.ListBlock(blocks.ChoiceBlock(choices=HANDOUTS, label=_("Handout")), default=[], label=_("Handouts"))
    online = ParagraphBlock(required=False, label=_("In a video call"))
    no_projector = ParagraphBlock(required=False, label=_("In a room without a screen"))
    guides = blocks.ListBlock(
        blocks.PageChooserBlock(page_type="content.GuidePage", label=_("Guide")), default=[], label=_("Guides it draws on")
    )
    helplines = blocks.ListBlock(
        SnippetChooserBlock("content.Helpline", label=_("Helpline")), default=[], label=_("Helplines it draws on")
    )

    def clean(self, value: blocks.StructValue) -> blocks.StructValue:
        """Refuse minutes that are out of order: the shortest first, then the usual, then the longest."""
        cleaned = super().clean(value)
        if not cleaned["shortest"] <= cleaned["usual"] <= cleaned["longest"]:
            wrong = ValidationError(_("Write the shortest minutes first, then the usual ones, then the longest."))
            raise blocks.StructBlockValidationError(block_errors={"usual": wrong})
        return cleaned

    class Meta:
        icon = "time"
        label = _("Step")
        label_format = "{title} ({usual} min)"
        value_class = StepValue


class PlanBlock(blocks.StreamBlock):
    """The steps of a session, in order."""

    step = StepBlock()

    def clean(self, value: blocks.StreamValue) -> blocks.StreamValue:
        """Refuse telephone numbers: they go out of date, and a kit carries them far."""
        cleaned = super().clean(value)
        numbers = {place: number for place, child in enumerate(cleaned) if (number := number_in(child))}
        if numbers:
            said = _("“%(number)s” looks like a telephone number. Choose a helpline under “Helplines it draws on” instead.")
            errors = {place: ValidationError(said, params={"number": number}) for place, number in numbers.items()}
            raise blocks.StreamBlockValidationError(block_errors=errors)
        return cleaned

    class Meta:
        # Folded: a plan is seen as a list first, as a trainer reads it.
        collapsed = True

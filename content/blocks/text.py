"""Words: paragraphs, headings, callouts, expanders."""

from django.core.exceptions import ValidationError
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from wagtail import blocks

FEATURES = ["bold", "italic", "ol", "ul", "link"]


class ParagraphBlock(blocks.RichTextBlock):
    """Running text: paragraphs, lists, links."""

    def __init__(self, **kwargs: object) -> None:
        super().__init__(**{"features": FEATURES, **kwargs})

    class Meta:
        icon = "pilcrow"
        label = _("Words")
        template = "blocks/paragraph.html"
        description = _("Your text. Short paragraphs, one idea in each.")
        preview_value = "<p>It is common to lie awake before an exam. <b>It does get easier.</b></p>"


class AnchorBlock(blocks.CharBlock):
    """The part of an address after the #. The same in every language, so it is never given to a translator."""

    def get_translatable_segments(self, value: str) -> list:
        return []

    def restore_translated_segments(self, value: str, segments: list) -> str:
        return value

    def get_searchable_content(self, value: str) -> list[str]:
        return []

    def clean(self, value: str) -> str:
        return slugify(super().clean(value))


class HeadingValue(blocks.StructValue):
    """A heading that knows where links to it lead."""

    @property
    def anchor_id(self) -> str:
        return self.get("anchor") or slugify(self.get("text") or "") or "part"


class HeadingBlock(blocks.StructBlock):
    """A heading within the page; level 2 headings make the "on this page" list."""

    text = blocks.CharBlock(max_length=100, label=_("Heading"), help_text=_("Say it as a reader would."))
    level = blocks.ChoiceBlock(choices=[("2", _("Main part")), ("3", _("Smaller part"))], default="2", label=_("Size"))
    anchor = AnchorBlock(
        required=False,
        max_length=60,
        label=_("Link name"),
        help_text=_("Made from the heading the first time. Keep it when you change the heading, so that links still work."),
    )

    def clean(self, value: blocks.StructValue) -> blocks.StructValue:
        cleaned = super().clean(value)
        cleaned["anchor"] = cleaned.get("anchor") or slugify(cleaned["text"])[:60]
        if not cleaned["anchor"]:
            raise blocks.StructBlockValidationError(
                block_errors={"anchor": ValidationError(_("Write a short link name in plain letters."))}
            )
        return cleaned

    class Meta:
        icon = "title"
        label = _("Heading")
        template = "blocks/heading.html"
        value_class = HeadingValue
        description = _("Starts a new part of the page.")
        preview_value = {"text": "What helps tonight", "level": "2", "anchor": "tonight"}


class CalloutBlock(blocks.StructBlock):
    """A box for what must not be missed."""

    kind = blocks.ChoiceBlock(
        choices=[("tip", _("Tip")), ("note", _("Good to know")), ("warning", _("Take care"))],
        default="tip",
        label=_("Kind"),
    )
    title = blocks.CharBlock(max_length=80, label=_("Title"))
    text = ParagraphBlock(label=_("Text"))

    class Meta:
        icon = "warning"
        label = _("Callout")
        template = "blocks/callout.html"
        description = _("A box for the one thing a reader must not miss. Use one or two on a page.")
        preview_value = {
            "kind": "tip",
            "title": "Two minutes is enough",
            "text": "<p>Start small. Stop when you like.</p>",
        }


class ExpanderBlock(blocks.StructBlock):
    """Something only some readers need, closed until asked for."""

    title = blocks.CharBlock(max_length=100, label=_("Question"), help_text=_("What would the reader ask?"))
    text = ParagraphBlock(label=_("Answer"))

    class Meta:
        icon = "collapse-down"
        label = _("Expander")
        template = "blocks/expander.html"
        description = _("A question that opens to its answer. For what only some readers need, never for urgent help.")
        preview_value = {
            "title": "What if I share a room?",
            "text": "<p>Sit on the edge of your bed, facing away.</p>",
        }


class DoDontBlock(blocks.StructBlock):
    """What helps beside what does not."""

    title = blocks.CharBlock(max_length=80, label=_("Title"))
    do = blocks.ListBlock(blocks.CharBlock(max_length=160, label=_("Do")), min_num=1, label=_("What helps"))
    dont = blocks.ListBlock(
        blocks.CharBlock(max_length=160, label=_("Don’t"), help_text=_("Say why, without blame.")),
        min_num=1,
        label=_("What tends not to help"),
    )

    class Meta:
        icon = "check"
        label = _("Do and don’t")
        template = "blocks/do_dont.html"
        description = _("Two short lists side by side: what helps, and what tends not to.")
        preview_value = {
            "title": "Talking to a friend who is low",
            "do": ["Ask how today is.", "Stay when it goes quiet."],
            "dont": ["Tell them to cheer up: it can feel like not being heard."],
        }


class QuoteBlock(blocks.StructBlock):
    """The words of somebody who has been there."""

    words = blocks.TextBlock(max_length=400, label=_("Words"), help_text=_("As they were said, without quotation marks."))
    who = blocks.CharBlock(
        max_length=80, label=_("Who"), help_text=_("Never a full name. For example: A student, 19, Barking.")
    )

    class Meta:
        icon = "openquote"
        label = _("Quote")
        template = "blocks/quote.html"
        description = _("The words of somebody who has been there, with their agreement.")
        preview_value = {"words": "I wrote it on my hand so that I would say it.", "who": "Sample: a student, 19"}


class ContentNoteBlock(blocks.StructBlock):
    """Says that something hard is ahead, and offers a way past it."""

    note = blocks.CharBlock(max_length=200, label=_("What is ahead"))
    skip_to = AnchorBlock(
        required=False,
        max_length=60,
        label=_("Skip to"),
        help_text=_("The link name of the next heading after the hard part."),
    )
    skip_words = blocks.CharBlock(required=False, max_length=80, label=_("Words of the link"), default=_("Skip this part"))

    class Meta:
        icon = "view"
        label = _("Content note")
        template = "blocks/content_note.html"
        description = _("Put before a hard part: what is ahead, and a link past it.")
        preview_value = {
            "note": "The next part speaks of the day of a death.",
            "skip_to": "part",
            "skip_words": "Skip this part",
        }

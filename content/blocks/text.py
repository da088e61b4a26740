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

"""The menus: which blocks a body offers, in the order editors see them."""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from wagtail import blocks

from content.numbers import find_numbers

from .easy import IdeaBlock
from .exercises import BreathingBlock, KnowledgeCheckBlock, StepsBlock, TryThisBlock, WritingSpaceBlock
from .help import HelplinesBlock, ServiceCardsBlock, WhatHappensBlock
from .links import CardsBlock, LinksBlock, QRCodeBlock, RelatedGuidesBlock
from .media import AudioBlock, DownloadBlock, PictureBlock, TableBlock, VideoBlock
from .prepare import walk
from .record import CoCreationBlock, SourcesBlock
from .text import CalloutBlock, ContentNoteBlock, DoDontBlock, ExpanderBlock, HeadingBlock, ParagraphBlock, QuoteBlock


class CheckedBlock(blocks.StreamBlock):
    """A body with no telephone number in its words, and headings in their order."""

    def clean(self, value: blocks.StreamValue) -> blocks.StreamValue:
        """Refuse telephone numbers in text, smaller headings with nothing above them, and two headings of one link name."""
        cleaned = super().clean(value)
        errors: dict[int, ValidationError] = {}
        anchors: set[str] = set()
        for index, child in enumerate(cleaned):
            if number := number_in(child):
                errors[index] = ValidationError(
                    _("“%(number)s” looks like a telephone number. Numbers go out of date: add a Helplines block instead."),
                    params={"number": number},
                )
            if child.block_type == "heading":
                if child.value["level"] == "3" and not anchors:
                    errors[index] = ValidationError(_("Put a main heading before the first smaller one."))
                elif child.value.anchor_id in anchors:
                    errors[index] = ValidationError(_("Another heading here has the same link name. Change one of them."))
                anchors.add(child.value.anchor_id)
        if errors:
            raise blocks.StreamBlockValidationError(block_errors=errors)
        return cleaned


class BodyBlock(CheckedBlock):
    """What the body of a page is made of."""

    paragraph = ParagraphBlock()
    heading = HeadingBlock()
    try_this = TryThisBlock()
    steps = StepsBlock()
    breathing = BreathingBlock()
    writing_space = WritingSpaceBlock()
    knowledge_check = KnowledgeCheckBlock()
    do_dont = DoDontBlock()
    callout = CalloutBlock()
    expander = ExpanderBlock()
    quote = QuoteBlock()
    content_note = ContentNoteBlock()
    table = TableBlock()
    picture = PictureBlock()
    audio = AudioBlock()
    video = VideoBlock()
    download = DownloadBlock()
    helplines = HelplinesBlock()
    service_cards = ServiceCardsBlock()
    what_happens = WhatHappensBlock()
    links = LinksBlock()
    cards = CardsBlock()
    related_guides = RelatedGuidesBlock()
    qr_code = QRCodeBlock()

    class Meta:
        label = _("Body")


class VersionBlock(CheckedBlock):
    """What a guide in another form is made of: ideas with pictures, or a film in sign language with its words."""

    heading = HeadingBlock()
    idea = IdeaBlock()
    video = VideoBlock()
    helplines = HelplinesBlock()

    class Meta:
        label = _("Body")


def number_in(child: blocks.StreamValue.StreamChild) -> str | None:
    """Find the first telephone number in the words of a block, or behind its links."""
    texts = [value.source for block, value in walk(child.block, child.value) if isinstance(block, ParagraphBlock) and value]
    dialled = [number for text in texts for number in re.findall(r'href="(?:tel|sms):([^"]+)"', text)]
    found = find_numbers("\n".join(child.block.get_searchable_content(child.value))) + dialled
    return found[0] if found else None


__all__ = ["BodyBlock", "CoCreationBlock", "SourcesBlock", "VersionBlock", "number_in"]

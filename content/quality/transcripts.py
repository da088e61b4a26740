"""Whether what is heard can also be read."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from content.blocks.media import AudioBlock, VideoBlock

from .draft import Draft, plain
from .finding import Finding


def check(draft: Draft) -> Iterator[Finding]:
    """Find sound and film without a transcript, and film without captions (WCAG 2.2, 1.2.1 to 1.2.3)."""
    for part in draft.parts:
        if not isinstance(part.kind, AudioBlock | VideoBlock):
            continue
        transcript = part.value.get("transcript")
        if not (transcript and plain(transcript.source)):
            why = _("Readers who cannot hear it, or cannot play it, get nothing.")
            mend = _("Write down every word that is spoken, as its transcript.")
            yield Finding("transcripts", True, part.field, part.where, why, mend, part.block)
        if isinstance(part.kind, VideoBlock) and not part.value.get("captions"):
            why = _("Readers who cannot hear see a film without words.")
            mend = _("Add its captions, a vtt file.")
            yield Finding("transcripts", True, part.field, part.where, why, mend, part.block)

"""Whether pictures are told in words to readers who cannot see them."""

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from wagtail.images.blocks import ImageBlock

from .draft import Draft
from .finding import Finding

_FILE_NAME = re.compile(r"^\S+\.(?:avif|gif|jpe?g|png|svg|webp)$|^(?:IMG|DSC|image|picture|photo)[ _-]?\d*$", re.IGNORECASE)


def check(draft: Draft) -> Iterator[Finding]:
    """Find pictures without words (WCAG 2.2, 1.1.1). The picture at the top may be decoration, so it only warns."""
    page = draft.page
    if page.picture_id and draft.has("picture_alt") and (why := _lack(page.picture_alt)):
        mend = _("Say in words what it shows. Leave it empty only if it is decoration.")
        yield Finding("alt_text", False, "picture_alt", draft.where("picture_alt"), why, mend)
    for part in draft.parts:
        if isinstance(part.kind, ImageBlock) and part.value and not part.value.decorative and (why := _lack(part.words)):
            mend = _("Say in words what matters in it, or tick that it is decoration.")
            yield Finding("alt_text", True, part.field, part.where, why, mend, part.block)


def _lack(words: str) -> str:
    if not words.strip():
        return _("Readers who cannot see the picture get nothing.")
    if _FILE_NAME.search(words.strip()):
        return _("“%(words)s” says nothing of what the picture shows.") % {"words": words.strip()}
    return ""

"""Whether the headings make a table of contents."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from content.blocks.text import HeadingBlock

from .draft import Draft
from .finding import Finding

MAIN = 2
"""The title of the page is level 1."""


def check(draft: Draft) -> Iterator[Finding]:
    """Find empty headings, a smaller heading with nothing above it, and a level left out (WCAG 2.2, 1.3.1 and 2.4.6)."""
    above = MAIN - 1
    for part in draft.parts:
        if not isinstance(part.kind, HeadingBlock):
            continue
        if not (part.value.get("text") or "").strip():
            why, mend = _("A heading without words is read out as nothing."), _("Write the heading, or take it away.")
            yield Finding("heading_order", True, part.field, part.where, why, mend, part.block)
        level = int(part.value.get("level") or MAIN)
        if level > above + 1:
            is_first = above < MAIN
            why = _("A smaller heading stands first.") if is_first else _("The headings leave out a level.")
            mend = _("Put a main heading before it, or make it a main part.")
            yield Finding("heading_order", is_first, part.field, part.where, why, mend, part.block)
        above = level

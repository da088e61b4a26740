"""Whether the words of a link say where it leads."""

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from .draft import Draft, links_in
from .finding import Finding

_SAYS_NOTHING = re.compile(
    r"(?:please )?(?:click|tap|press|go|look|see|read|learn|find out)?\s*(?:on )?"
    r"(?:here|more|this|this link|this page|link|website|page|details|more here|more info(?:rmation)?)",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)


def check(draft: Draft) -> Iterator[Finding]:
    """Find links that say nothing by themselves: a screen reader lists links without the text around them (WCAG 2.4.4)."""
    mend = _("Let the words of the link say what the reader will find there.")
    for part in draft.parts:
        for link in links_in(part):
            if why := _lack(link.words.strip(" .:…→»>")):
                yield Finding("link_text", False, part.field, part.where, why, mend, part.block)


def _lack(words: str) -> str:
    if _ADDRESS.fullmatch(words):
        return _("“%(words)s” is an address, which nobody can listen to.") % {"words": words}
    if not words or _SAYS_NOTHING.fullmatch(words):
        return _("“%(words)s” does not say where the link leads.") % {"words": words}
    return ""

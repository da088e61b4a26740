"""Two texts, or two lists of names, and the sentence that tells how they differ. Pure."""

import difflib
import re
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

SHORT = 80
"""Letters of a text that is told whole; of a longer one only the sentences that differ are."""

_END_OF_SENTENCE = re.compile(r"(?<=[.!?…])\s+|\n+")


@dataclass(frozen=True)
class Change:
    """One difference: where it is, what stood there, what stands there now, and all of it as a sentence."""

    where: str
    before: str
    after: str
    sentence: str


def became(where: str, before: str, after: str) -> list[Change]:
    """Compare two texts: short ones whole, long ones sentence by sentence. Returns one change, or none."""
    if before == after:
        return []
    said = {"where": where, "before": before, "after": after}
    if not before:
        sentence = _("%(where)s: “%(after)s” was added.") % said
    elif not after:
        sentence = _("%(where)s: “%(before)s” was taken out.") % said
    elif max(len(before), len(after)) <= SHORT:
        sentence = _("%(where)s: “%(before)s” became “%(after)s”.") % said
    else:
        sentence = f"{where}: {_sentences_in_words(before, after)}"
    return [Change(where, before, after, sentence)]


def added_and_taken_out(where: str, old: list[str], new: list[str], *, in_order: bool = False) -> list[Change]:
    """Compare two lists of names, in which one may stand twice.

    in_order: True where another order is a change too.
    """
    gone, added = list(old), []
    for name in new:
        if name in gone:
            gone.remove(name)
        else:
            added.append(name)
    changes = [change for name in gone for change in became(where, name, "")]
    changes += [change for name in added for change in became(where, "", name)]
    if in_order and not changes and old != new:
        sentence = _("%(where)s: another order: %(names)s.") % {"where": where, "names": _quoted(new)}
        changes.append(Change(where, ", ".join(old), ", ".join(new), sentence))
    return changes


def _sentences_in_words(before: str, after: str) -> str:
    old, new = _END_OF_SENTENCE.split(before), _END_OF_SENTENCE.split(after)
    gone: list[str] = []
    added: list[str] = []
    for tag, old_from, old_to, new_from, new_to in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag != "equal":
            gone += old[old_from:old_to]
            added += new[new_from:new_to]
    parts = []
    if added:
        count = ngettext("%(count)d sentence added:", "%(count)d sentences added:", len(added)) % {"count": len(added)}
        parts.append(f"{count} {_quoted(added)}.")
    if gone:
        count = ngettext("%(count)d sentence taken out:", "%(count)d sentences taken out:", len(gone)) % {"count": len(gone)}
        parts.append(f"{count} {_quoted(gone)}.")
    return " ".join(parts) or _("only spaces or line breaks changed.")


def _quoted(texts: list[str]) -> str:
    return " ".join(f"“{text}”" for text in texts)

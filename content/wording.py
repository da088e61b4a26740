"""Replaces a wording in plain text and in rich text, and nothing else. Pure: no Django.

Whole words are found, whatever their case and however they are parted by spaces; a straight apostrophe finds a curly one.
What is put in takes the case of what it replaces. Done twice it is as done once, unless the new words hold some of the old.
"""

import re
from collections.abc import Iterator
from html import escape, unescape

_TAG = re.compile(r"""(<(?:[^<>"']|"[^"]*"|'[^']*')*>)""")
_SENTENCE_END = re.compile(r"(?<=[.!?…])\s+|\n+")


def pattern(old: str) -> re.Pattern[str]:
    """Make what finds a wording. old: plain words, at least one."""
    words = r"\s+".join(re.escape(word).replace("'", "['’]") for word in old.split())
    return re.compile(rf"(?<!\w){words}(?!\w)", re.IGNORECASE)


def replace(text: str, old: str, new: str) -> str:
    """Put new words in the place of old ones in plain text."""
    return pattern(old).sub(lambda match: _in_case_of(match[0], old, new), text)


def replace_in_html(html: str, old: str, new: str) -> str:
    """Put new words in the place of old ones in rich text: between the tags only, each stretch of text for itself."""
    return "".join(
        part if is_tag or (changed := replace(unescape(part), old, new)) == unescape(part) else escape(changed, quote=False)
        for part, is_tag in _parts(html)
    )


def sentences(text: str, old: str) -> Iterator[tuple[str, str, str]]:
    """Give each place of a wording in plain text as what stands before it in its sentence, itself, and what follows."""
    for sentence in _SENTENCE_END.split(text):
        for match in pattern(old).finditer(sentence):
            yield sentence[: match.start()], match[0], sentence[match.end() :]


def texts_of(html: str) -> list[str]:
    """List the stretches of text between the tags of rich text."""
    return [unescape(part) for part, is_tag in _parts(html) if part and not is_tag]


def _parts(html: str) -> Iterator[tuple[str, bool]]:
    for place, part in enumerate(_TAG.split(html)):
        yield part, place % 2 == 1


def _in_case_of(found: str, old: str, new: str) -> str:
    letters = [letter for letter in found if letter.isalpha()]
    if found == old or not letters:
        return new
    if len(letters) > 1 and found.isupper():
        return new.upper()
    return new[:1].upper() + new[1:] if found[:1].isupper() else new

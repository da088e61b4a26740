"""Whether the words are easy enough for somebody who is tired, afraid or new to English."""

from collections.abc import Iterator

from django.utils.text import Truncator
from django.utils.translation import gettext as _

from content import reading

from .draft import Draft
from .finding import Finding

FEWEST_WORDS = 100
"""The formula says little of a shorter text, and nothing of a sentence with fewer words than the next number."""

EASY_READ_AGE = 9
"""Easy read is for a reading age of 7 to 9."""

SHORTEST_SENTENCE = 8
SENTENCES_NAMED = 3
LETTERS_QUOTED = 120


def check(draft: Draft) -> Iterator[Finding]:
    """Find an English body that is too hard, and name its hardest sentences.

    It never keeps a page from going live: a formula tells where to begin rewriting, not whether a text is clear
    (service-manual.nhs.uk, use a readability tool to prioritise content).
    """
    if draft.language != "en" or not draft.has("body"):
        return
    text = "\n".join(part.words for part in draft.spoken if part.field == "body")
    age = reading.reading_age(text)
    goal = EASY_READ_AGE if getattr(draft.page, "kind", "") == "easy-read" else reading.READING_AGE
    if age <= goal or len(reading.words(text)) < FEWEST_WORDS:
        return
    said = {"age": f"{age:.0f}", "goal": goal}
    quoted = " ".join(f"“{Truncator(sentence).chars(LETTERS_QUOTED)}”" for sentence in hardest(text))
    yield Finding(
        "reading_age",
        False,
        "body",
        draft.where("body"),
        _("It reads as for an age of %(age)s. Many readers manage %(goal)s, and fewer at night or in distress.") % said,
        _("Cut long sentences in two and use everyday words. Begin with these: %(sentences)s") % {"sentences": quoted},
    )


def hardest(text: str) -> list[str]:
    """List the hardest sentences of a text, the hardest first."""
    long = [sentence for sentence in reading.sentences(text) if len(reading.words(sentence)) >= SHORTEST_SENTENCE]
    return sorted(long, key=reading.reading_age, reverse=True)[:SENTENCES_NAMED]

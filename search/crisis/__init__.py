"""Whether somebody who types this may need help at once. Pure.

The table, with its reasons, is a file for each language beside this one. Words are matched as typed and as corrected, and a
slip in a word of the table is forgiven where what was typed is no other word.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import islice
from pathlib import Path

import yaml
from rapidfuzz import process
from rapidfuzz.distance import OSA

from search.text import fold

FOLDER = Path(__file__).parent
_LETTERS = re.compile(r"[^\x00-\x7f]+")

LANGUAGES = sorted(path.stem for path in FOLDER.glob("*.yaml"))
"""Languages that have a table. All of them are asked, whatever the page: a person in need writes in her own language."""

_EDGE = r"(?:(?<![^ ])(?=[^ ])|(?<=[^ ])(?![^ ]))"
"""Where a word begins or ends: Python's own \\b takes the vowel signs of Bengali and Gujarati for gaps."""

MOST_READINGS = 24
"""Of a query with many slips: more would cost time and add nothing."""

TWO_SLIPS = 6
"""From this length on two slips are forgiven, below it one."""


@dataclass(frozen=True)
class Table:
    """What is said in a crisis, what only sounds like it, and the words of the first."""

    crisis: tuple[re.Pattern, ...] = ()
    innocent: tuple[re.Pattern, ...] = ()
    words: tuple[str, ...] = ()

    def fits(self, text: str) -> bool:
        """Tell whether a cleaned query may be a cry for help, or worry for somebody else."""
        rest = self.without_innocent(text)
        return any(pattern.search(rest) for pattern in self.crisis)

    def without_innocent(self, text: str) -> str:
        """Take out of a cleaned query what only sounds like a cry for help."""
        for pattern in self.innocent:
            text = pattern.sub(" ", text)
        return text

    def readings(self, words: list[str], knows: Callable[[str], bool]) -> Iterator[str]:
        """Give the texts that a query may mean when slips in the words of the table are forgiven.

        words: of a query; knows: tells whether a word is spelt as some other, common word is. Yields texts, likeliest first.
        """
        near = {place: found for place, word in enumerate(words) if not knows(word) and (found := self._near(word))}
        best = [near[place][0] if place in near else word for place, word in enumerate(words)]
        yield " ".join(best)
        others = ((place, other) for place, found in near.items() for other in found[1:])
        for place, other in islice(others, MOST_READINGS):
            yield " ".join([*best[:place], other, *best[place + 1 :]])

    def _near(self, word: str) -> list[str]:
        if len(word) < 3:
            return []
        slips = 2 if len(word) >= TWO_SLIPS else 1
        found = process.extract(word, self.words, scorer=OSA.distance, score_cutoff=slips, limit=8)
        return [other for other, _slips, _place in found]


@cache
def table(language: str) -> Table:
    """Read the table of a language; an empty one where there is none yet.

    language: a code such as en-gb; the part before the hyphen counts.
    """
    source = FOLDER / f"{language.partition('-')[0]}.yaml"
    if not source.exists():
        return Table()
    data = yaml.safe_load(source.read_text("utf-8"))
    people = data.get("people") or {}
    said = [_whole(part, people) for row in data["crisis"] for part in row["said"]]
    innocent = [_whole(part, people) for row in data.get("innocent") or [] for part in row["said"]]
    # Where patterns are made of stems, as in most tables, what they are made of are no words that one could misspell.
    spelt = said if data.get("whole_words") else []
    letters = {word for part in spelt for word in re.findall(r"[a-z]{3,}", re.sub(r"\\.|\?[:!=]", " ", part))}
    return Table(tuple(map(_compiled, said)), tuple(map(_compiled, innocent)), tuple(sorted(letters)))


def _whole(part: str, people: dict[str, str]) -> str:
    for name, pattern in people.items():
        part = part.replace(f"{{{name}}}", pattern)
    return _LETTERS.sub(lambda letters: fold(letters[0]), part)


def _compiled(part: str) -> re.Pattern:
    return re.compile(part.replace(r"\b", _EDGE).replace(r"\w", "[^ ]"))

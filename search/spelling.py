"""Misspelt words become the words that were meant, or stay as they are. Pure."""

import re
from collections.abc import Iterable, Mapping

from rapidfuzz import process
from rapidfuzz.distance import OSA

SHORTEST = 4
"""Shorter words have too many neighbours to guess at."""

TWO_SLIPS = 7
"""From this length on two slips are forgiven, below it one (Damerau 1964: 80 % of misspellings are one slip)."""

COMMON_ENOUGH = 3000
"""How often a dictionary word must occur to be what somebody meant. Rarer ones are left alone, but never guessed."""

SHORT_FORMS = {
    "2": "to", "4": "for", "b4": "before", "bc": "because", "bcz": "because", "bf": "boyfriend", "bff": "friend",
    "cos": "because", "coz": "because", "cuz": "because", "gf": "girlfriend", "gonna": "going to", "gotta": "got to",
    "idk": "i dont know", "ily": "i love you", "luv": "love", "m8": "mate", "mums": "mum", "n": "and", "nite": "night",
    "pls": "please", "plz": "please", "ppl": "people", "r": "are", "rn": "right now", "skool": "school", "sum1": "someone",
    "thx": "thanks", "tmrw": "tomorrow", "tho": "though", "thru": "through", "u": "you", "ur": "your", "urself": "yourself",
    "w": "with", "wanna": "want to", "wiv": "with", "wot": "what", "wud": "would", "y": "why", "ya": "you",
}  # fmt: skip
"""What thumbs write."""


def written_out(plain: str, language: str = "en") -> str:
    """Write out the short forms of an English query: that is no correction worth telling.

    language: a code such as en-gb; in others those letters are words.
    """
    short = SHORT_FORMS if language.startswith("en") else {}
    return " ".join(short.get(word, word) for word in plain.split())


class Speller:
    """Knows the words of a language, those of our pages, and how often each occurs."""

    def __init__(
        self,
        dictionary: Mapping[str, int],
        ours: Iterable[str],
        never: Iterable[str] = (),
        short_forms: Mapping[str, str] = SHORT_FORMS,
    ) -> None:
        """dictionary: words of the language with how often they occur; ours: words of pages and editors; never: words that
        nobody's slip is made into; short_forms: what thumbs write, in this language.
        """
        self._short_forms = short_forms
        bare = {re.sub("['’]", "", word): count for word, count in dictionary.items()}
        self._ours = {word for word in ours if not word.isdigit()}
        self._known = bare.keys() | self._ours
        common = {word for word, count in bare.items() if count >= COMMON_ENOUGH}
        self._meant: dict[int, list[str]] = {}
        for word in (common | self._ours) - set(never):
            if len(word) >= SHORTEST - 1:
                self._meant.setdefault(len(word), []).append(word)
        self._counts = bare

    def knows(self, word: str) -> bool:
        """Tell whether a word is spelt as some word is."""
        return word in self._known

    def correct(self, words: list[str]) -> list[str]:
        """Correct the words of a query.

        words: in lower case, without apostrophes. Returns as many or more words: short forms may stand for several.
        """
        return [meant for word in words for meant in self._short_forms.get(word, self._one(word)).split()]

    def _one(self, word: str) -> str:
        if word in self._known or len(word) < SHORTEST or not word.isascii() or not word.isalpha():
            return word
        slips = 2 if len(word) >= TWO_SLIPS else 1
        near = [other for size in range(len(word) - slips, len(word) + slips + 1) for other in self._meant.get(size, ())]
        found = process.extract(word, near, scorer=OSA.distance, score_cutoff=slips, limit=12)
        return min(found, key=lambda one: self._cost(word, one[0], one[1]))[0] if found else word

    def _cost(self, typed: str, meant: str, slips: float) -> tuple[float, int]:
        # A slip in the first letter is rare, and a word of our own pages is likelier here than in a newspaper.
        unlikely = slips + 0.6 * (typed[0] != meant[0]) - 0.5 * (meant in self._ours)
        return unlikely, -self._counts.get(meant, 0)

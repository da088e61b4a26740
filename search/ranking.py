"""Pages in memory, ranked by how well their words fit (BM25F: Robertson, Zaragoza 2009, section 3). Pure."""

import heapq
import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import islice
from operator import itemgetter

WEIGHTS = {"title": 5.0, "known": 4.0, "summary": 2.5, "headings": 1.5, "body": 0.7}
"""How much a word counts in each part of a page; `known` are its topics and what people type for it."""

SATURATION = 1.4
"""k1: how soon more of the same word stops counting."""

LENGTH = {"title": 0.3, "known": 0.2, "summary": 0.3, "headings": 0.5, "body": 0.6}
"""b: how much a long part is held against its words."""

CHAMPIONS = 300
"""Documents looked at for each word, those first in which it counts most: the time must not grow with the site."""

TOO_COMMON = 0.6
"""A word in more than this share of pages tells them apart no more."""


@dataclass
class Document:
    """A page as the ranking sees it: the stems of its parts, the phrases that lead to it, its title first, and its worth.

    worth: what its words count, 1 for a page that was written for whoever asks. Pages of less say nothing of how rare a
    word is: others must be found as if these were not there.
    """

    key: int
    parts: Mapping[str, list[str]]
    phrases: tuple[str, ...] = ()
    worth: float = 1.0


@dataclass
class Ranking:
    """Documents by their stems."""

    documents: dict[int, Document] = field(default_factory=dict)
    _postings: dict[str, dict[int, float]] = field(default_factory=lambda: defaultdict(dict))
    _phrases: dict[str, dict[int, float]] = field(default_factory=lambda: defaultdict(dict))
    _best: dict[str, list[tuple[int, float]]] = field(default_factory=dict)
    _counted: int = 0
    _found: Counter[str] = field(default_factory=Counter)

    def put(self, document: Document) -> None:
        """Take a document in, or anew."""
        self.remove(document.key)
        self.documents[document.key] = document
        weights: Counter[str] = Counter()
        for name, words in document.parts.items():
            length = 1 - LENGTH[name] + LENGTH[name] * len(words) / TYPICAL[name]
            for word, count in Counter(words).items():
                weights[word] += WEIGHTS[name] * count / length
        for word, weight in weights.items():
            self._postings[word][document.key] = document.worth * weight / (SATURATION + weight)
            self._best.pop(word, None)
        if document.worth == 1:
            self._counted += 1
            self._found.update(weights.keys())
        for place, phrase in reversed(list(enumerate(document.phrases))):
            self._phrases[phrase][document.key] = document.worth * (PHRASE if place else TITLE)

    def remove(self, key: int) -> None:
        """Forget a document, if it is there."""
        document = self.documents.pop(key, None)
        if document is None:
            return
        theirs = {word for words in document.parts.values() for word in words}
        if document.worth == 1:
            self._counted -= 1
            self._found.subtract(theirs)
        for word in theirs:
            self._postings[word].pop(key, None)
            self._best.pop(word, None)
            if not self._postings[word]:
                del self._postings[word]
        for phrase in document.phrases:
            self._phrases[phrase].pop(key, None)

    @property
    def words(self) -> Iterable[str]:
        """Every stem that some document has."""
        return self._postings.keys()

    def weigh(self, wanted: Mapping[str, float], runs: Iterable[str]) -> list[tuple[int, float]]:
        """Rank the documents for a query.

        wanted: stems with how much each counts; runs: the query's runs of stems, to be met with documents' phrases.
        Returns keys with scores, best first; only documents that have something of it.
        """
        scores: dict[int, float] = defaultdict(float)
        rare = {word: self._rarity(word) for word in wanted if word in self._postings}
        for word, rarity in rare.items():
            for key, weight in self._champions(word):
                scores[key] += wanted[word] * rarity * weight
        for run in runs:
            for key, weight in islice(self._phrases.get(run, {}).items(), CHAMPIONS):
                scores[key] += weight * (1 + run.count(" ")) / math.log2(1 + len(self._phrases[run]))
        return sorted(scores.items(), key=lambda pair: (-pair[1], pair[0]))

    def _champions(self, word: str) -> list[tuple[int, float]]:
        """The documents in which a word counts most."""
        if word not in self._best:
            self._best[word] = heapq.nlargest(CHAMPIONS, self._postings[word].items(), key=itemgetter(1))
        return self._best[word]

    def _rarity(self, word: str) -> float:
        found, all_of_them = self._found[word], self._counted
        if found > TOO_COMMON * all_of_them and all_of_them > FEW:
            return 0.05
        return math.log(1 + (all_of_them - found + 0.5) / (found + 0.5))


def fused(first: list[int], second: list[int]) -> list[int]:
    """Join two rankings of keys by where each has a key (reciprocal rank fusion: Cormack, Clarke, Büttcher 2009).

    Returns the keys of both, best first.
    """
    scores: dict[int, float] = defaultdict(float)
    for ranked in (first, second):
        for place, key in enumerate(ranked, 1):
            scores[key] += 1 / (FUSION + place)
    return sorted(scores, key=lambda key: -scores[key])


TYPICAL = {"title": 5, "known": 40, "summary": 18, "headings": 30, "body": 700}
"""Words of a usual guide, to tell long parts from short ones."""

PHRASE = 3.0
"""What a phrase that people type for a page counts, for each of its words."""

TITLE = 6.0
"""What a page's own title counts, for each of its words: who types it wants that page."""

FUSION = 5
"""How much the first places count above later ones: fewer is more. Measured on real queries with most phrases hidden."""

FEW = 20
"""Fewer documents than these say nothing of how common a word is."""

"""What a process holds in memory to answer a search, brought up to date when the database says that something changed."""

import threading
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache

from django.db.models import Count, Sum

from spellchecker import SpellChecker

from . import crisis
from .models import SearchDocument, SearchPhrase
from .phrases import Phrases, runs
from .ranking import Document, Ranking
from .spelling import COMMON_ENOUGH, SHORT_FORMS, Speller, written_out
from .text import stem, stems, telling
from .vectors import Meaning, knows

DICTIONARIES = {"en", "es", "pt", "ar"}
"""Languages whose dictionary is there."""

WORTH = {"training": 0.5}
"""What the words of a kind count, when not all: who types how she feels wants a guide, not how to teach others about it."""

META = ("kind", "title", "summary", "url", "topics", "audiences", "forms", "sample")


@cache
def dictionary(short: str) -> dict[str, int]:
    """The words of a language with how often they occur (Hermit Dave's counts of film subtitles, in pyspellchecker)."""
    if short not in DICTIONARIES:
        return {}
    return dict(SpellChecker(language=short).word_frequency.dictionary)


@dataclass
class Engine:
    """All that is known of one language."""

    language: str
    seen: tuple = ()
    stamps: dict[int, int] = field(default_factory=dict)
    ranking: Ranking = field(default_factory=Ranking)
    pages: dict[int, dict[str, object]] = field(default_factory=dict)
    phrases: Phrases = field(default_factory=Phrases)
    speller: Speller | None = None
    meaning: Meaning = field(init=False)

    def __post_init__(self) -> None:
        self.meaning = Meaning(self.language)

    @property
    def short(self) -> str:
        """Its language, whichever country speaks it."""
        return self.language.partition("-")[0]

    def refresh(self, told: tuple) -> None:
        """Take in what changed since the last time, if anything did. told: what `heard` says of its language."""
        documents = SearchDocument.objects.filter(language=self.language)
        phrases = SearchPhrase.objects.filter(language=self.language)
        told = (*told, knows(self.language))
        if told == self.seen:
            if not self.meaning.is_whole:
                self.meaning.refresh(self.stamps)
            return
        stamps = dict(documents.values_list("pk", "stamp"))
        for gone in self.stamps.keys() - stamps.keys():
            self.ranking.remove(gone)
            del self.pages[gone]
        changed = [pk for pk, stamp in stamps.items() if self.stamps.get(pk) != stamp]
        words: dict[str, str] = {}
        for row in documents.filter(pk__in=changed) if len(changed) < 500 else documents:
            self.pages[row.pk] = {name: getattr(row, name) for name in META}
            parts = {name: self._stems(text, words) for name, text in row.parts.items()}
            said_for_it = tuple(" ".join(self._stems(text, words)) for text in row.phrases)
            self.ranking.put(Document(row.pk, parts, said_for_it, WORTH.get(row.kind, 1.0)))
        pairs = [
            (tuple(self._stems(said, words)), tuple(self._stems(row.we_say, words)))
            for row in phrases
            for said in row.phrases
        ]
        self.phrases = Phrases(pairs)
        ours = {word for row in documents.values_list("parts", flat=True) for text in row.values() for word in text.split()}
        ours |= {word for row in phrases for said in (*row.phrases, row.we_say) for word in said.split()}
        self.speller = Speller(dictionary(self.short), ours, short_forms=SHORT_FORMS if self.short == "en" else {})
        self.meaning.refresh(stamps)
        self.stamps, self.seen = stamps, told

    def _stems(self, text: str, words: dict[str, str]) -> list[str]:
        found = text.split()
        for word in found:
            if word not in words:
                words[word] = stem(word, self.language)
        return [words[word] for word in found]

    def corrected(self, plain: str) -> str:
        """Correct the spelling of a cleaned query."""
        return " ".join(self.speller.correct(plain.split()))

    def is_urgent(self, plain: str, corrected: str) -> bool:
        """Tell whether a query may be a cry for help: as typed, in any language, as corrected, or with slips forgiven."""
        table, common = crisis.table(self.language), dictionary(self.short)
        # Tables of other languages hold English words too: a figure of speech of this one is none of theirs.
        rest = table.without_innocent(plain)
        if table.fits(plain) or any(crisis.table(other).fits(rest) for other in crisis.LANGUAGES):
            return True
        words = written_out(plain, self.language).split()
        forgiven = table.readings(words, lambda word: common.get(word, 0) >= COMMON_ENOUGH)
        return table.fits(corrected) or any(map(table.fits, forgiven))

    def wanted(self, corrected: str) -> tuple[dict[str, float], list[str]]:
        """Give the stems that a query asks for, with how much each counts, and its runs of stems."""
        found = list(runs(stems(corrected, self.language)))
        words = corrected.split()
        asked = dict.fromkeys(stems(" ".join(telling(words) if self.short == "en" else words), self.language), 1.0)
        for meant, words in self.phrases.meant(found).items():
            asked[meant] = max(asked.get(meant, 0.0), 0.0) + 0.5 + 0.25 * words
        return asked, found


_engines: dict[str, Engine] = {}

alone = threading.RLock()
"""Held by whoever uses an engine: another thread's refresh must not change it in the middle of an answer."""


def engine(language: str) -> Engine:
    """Give the engine of a language, up to date. To be called, and its engine used, while `alone` is held."""
    return engines([language])[language]


def engines(languages: Iterable[str]) -> dict[str, Engine]:
    """Give the engines of some languages, up to date: two queries tell of all of them. See `engine`."""
    told = _heard()
    found = {language: _engines.setdefault(language, Engine(language)) for language in languages}
    for language, known in found.items():
        known.refresh(told.get(language, ()))
    return found


def _heard() -> dict[str, tuple]:
    """Ask what the database holds of each language: so many documents and phrases, last changed then."""
    told: dict[str, tuple] = {}
    for model in [SearchDocument, SearchPhrase]:
        rows = model.objects.order_by().values_list("language").annotate(Count("pk"), Sum("stamp"))
        for language, *figures in rows:
            told[language] = (*told.get(language, ()), model.__name__, *figures)
    return told

"""The one search that pages, data and suggestions use: words in, ranked pages out. Knows no request and makes no HTML."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice

from django.conf import settings
from django.utils.translation import get_language

from wagtail.models import Page

from . import vectors
from .engine import WORTH, Engine, alone, engine, engines
from .ranking import fused
from .spelling import written_out
from .text import clean, stem

HIGHLIGHT = re.compile(r"\w+(?:['’]\w+)*")
SUGGESTED = {"topic", "guide"}
FALLBACK_KIND = "topic"
MOST = 200
"""Answers: nobody reads further, and the time must not grow with the site."""


@dataclass(frozen=True)
class Hit:
    """A page that answers a query."""

    pk: int
    kind: str
    title: str
    summary: str
    url: str
    topics: list[str]
    audiences: list[str]
    language: str
    forms: list[str] = field(default_factory=list)
    wanted: frozenset[str] = frozenset()

    @property
    def kinds(self) -> list[str]:
        """What it is: its own kind, and further forms that it has."""
        return [self.kind, *self.forms]

    @property
    def why(self) -> Iterator[tuple[str, bool]]:
        """The summary in pieces, each with whether it is a word that was asked for."""
        place = 0
        for found in HIGHLIGHT.finditer(self.summary):
            if stem(clean(found[0]), self.language) in self.wanted:
                yield self.summary[place : found.start()], False
                yield found[0], True
                place = found.end()
        yield self.summary[place:], False


@dataclass(frozen=True)
class Answer:
    """What a search found.

    corrected: what was searched for instead, empty when nothing was changed; urgent: whether help at once may be needed;
    is_fallback: nothing had the words, and the hits are the topics to choose from.
    """

    typed: str
    corrected: str = ""
    urgent: bool = False
    engine: str = "lexical"
    hits: list[Hit] = field(default_factory=list)
    is_fallback: bool = False

    @property
    def words(self) -> str:
        """What was searched for."""
        return self.corrected or self.typed


def answer(text: str, language: str | None = None, *, exactly: bool = False) -> Answer:
    """Answer a query.

    text: as it was typed, whatever it is; language: a code of settings.LANGUAGES, the current one when None or unknown;
    exactly: True to search for just what was typed, with no spelling corrected.
    Returns an answer with at least the topics in it, as long as the site has any.
    """
    language = language if language in dict(settings.LANGUAGES) else get_language()
    plain = clean(text)
    with alone:
        others = engines(code for code, _name in settings.LANGUAGES)
        known = others.pop(language)
        spelt = known.corrected(plain)
        corrected = plain if exactly else spelt
        urgent = bool(plain) and known.is_urgent(plain, spelt)
        is_hybrid = bool(corrected) and known.meaning.is_whole
    # Outside the lock: the vector is waited for.
    vector = vectors.of_query(corrected) if is_hybrid else None
    with alone:
        hits = _ranked(known, corrected, vector)
        for other in others.values():
            hits += _ranked(other, plain)
        changed = corrected if corrected != written_out(plain, language) else ""
        kind = "lexical" if vector is None else "hybrid"
        return Answer(plain, changed, urgent, kind, hits[:MOST] or _topics(known), is_fallback=not hits)


def live(hits: list[Hit]) -> list[Hit]:
    """Keep the hits whose page is live at this moment, in one query: no result leads nowhere."""
    there = set(Page.objects.live().filter(pk__in=[hit.pk for hit in hits]).values_list("pk", flat=True))
    return [hit for hit in hits if hit.pk in there]


def nearest(text: str, limit: int) -> list[Hit]:
    """Find a few pages near to some words, for an address that was not found.

    text: for example that address; limit: how many at the most.
    """
    found = answer(text)
    return [] if found.is_fallback else live(found.hits[: limit * 2])[:limit]


def titles(language: str) -> list[str]:
    """List the titles of topics and guides, for a box to complete on the reader's own device."""
    with alone:
        suggested = _of_kinds(engine(language), SUGGESTED)
    return [hit.title for hit in sorted(suggested, key=lambda hit: (hit.kind != "topic", hit.title))]


def topic_titles(language: str) -> dict[str, str]:
    """What the topics of a language are called, by slug."""
    with alone:
        return {hit.topics[0]: hit.title for hit in _topics(engine(language))}


def _ranked(known: Engine, corrected: str, vector: object = None) -> list[Hit]:
    if not corrected:
        return []
    wanted, runs = known.wanted(corrected)
    ranked = [pk for pk, _score in known.ranking.weigh(wanted, runs)]
    if vector is not None and known.meaning.is_whole:
        ranked = fused(ranked[:MOST], [pk for pk in known.meaning.nearest(vector) if known.pages[pk]["kind"] not in WORTH])
    shown = (pk for pk in ranked if _may_be_shown(known, pk))
    return [_hit(known, pk, frozenset(wanted)) for pk in islice(shown, MOST)]


def _topics(known: Engine) -> list[Hit]:
    return _of_kinds(known, {FALLBACK_KIND})


def _of_kinds(known: Engine, kinds: set[str]) -> list[Hit]:
    found = [_hit(known, pk) for pk, page in known.pages.items() if page["kind"] in kinds and _may_be_shown(known, pk)]
    return sorted(found, key=lambda hit: hit.title)


def _may_be_shown(known: Engine, pk: int) -> bool:
    return settings.SAMPLE_CONTENT or not known.pages[pk]["sample"]


def _hit(known: Engine, pk: int, wanted: frozenset[str] = frozenset()) -> Hit:
    page = known.pages[pk]
    about = {name: page[name] for name in ("kind", "title", "summary", "url", "topics", "audiences", "forms")}
    return Hit(pk=pk, language=known.language, wanted=wanted, **about)

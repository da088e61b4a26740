"""`manage.py search_quality`: how well search answers real queries, beside what Wagtail and plain full text would do."""

import json
import logging
import math
import sqlite3
import time
from argparse import ArgumentParser
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from content.models import GuidePage, TopicPage
from search import service
from search.engine import Engine, engine
from search.models import SearchDocument
from search.ranking import Document

Find = Callable[[str], list[str]]
"""From a query to the addresses of the pages found, best first."""

SHOWN = 10
SIZES = (500, 5_000)
SAME_TOPIC = {"low_mood": "low-mood", "self_harm": "self-harm", "suicidal": "suicidal-thoughts", "family": "family-life"}
SAME_TOPIC |= {"workplace": "work", "alcohol_drugs": "alcohol-and-drugs"}


class Command(BaseCommand):
    help = "Scores search with a file of queries: success among the first, nDCG, nothing found, cries for help, time."

    def add_arguments(self, parser: ArgumentParser) -> None:
        default = settings.BASE_DIR / "tests" / "search" / "queries.jsonl"
        parser.add_argument("--queries", type=Path, default=default, help="lines of q, topics, crisis, variant, kind")

    def handle(self, *args: object, queries: Path, **options: object) -> None:
        if not queries.exists():
            raise CommandError(f"{queries} is not there. Name a file of queries, one JSON object a line.")
        logging.disable(logging.INFO)
        rows = [json.loads(line) for line in queries.read_text("utf-8").splitlines() if line.strip()]
        topics = {row.url: set(row.topics) for row in SearchDocument.objects.all() if row.topics}
        full_text = _full_text()
        engines: dict[str, Find] = {
            "Wagtail as it comes": lambda text: _wagtail(text, "and"),
            "Wagtail, any word": lambda text: _wagtail(text, "or"),
            "plain full text": full_text,
            "this site": lambda text: [hit.url for hit in service.answer(text, settings.LANGUAGE_CODE).hits],
        }
        self.stdout.write(f"{len(rows)} queries of {queries.name}; {len(topics)} pages with topics")
        self.stdout.write(f"{'':22}{'variant':>8}{'first':>7}{'in 3':>7}{'nDCG':>7}{'none':>7}{'CPU ms':>9}{'ratio':>7}")
        times: dict[str, float] = {}
        for name, find in engines.items():
            for variant in ("clean", "typo"):
                asked = [row for row in rows if row["kind"] == "topic" and row["variant"] == variant]
                first, three, gain, none, cpu = score(find, asked, topics)
                times.setdefault(name, cpu)
                ratio = cpu / times.get("Wagtail, any word", cpu)
                self.stdout.write(
                    f"{name:22}{variant:>8}{first:>7.3f}{three:>7.3f}{gain:>7.3f}{none:>7.3f}{cpu * 1000:>9.2f}{ratio:>7.2f}"
                )
        self._crisis(rows)
        self._size()

    def _crisis(self, rows: list[dict]) -> None:
        for variant in ("clean", "typo"):
            told = {
                kind: [row for row in rows if row["variant"] == variant and row["crisis"] == kind] for kind in ("yes", "no")
            }
            share = {
                kind: sum(service.answer(row["q"], settings.LANGUAGE_CODE).urgent for row in found) / len(found)
                for kind, found in told.items()
                if found
            }
            self.stdout.write(
                f"cries for help, {variant}: heard {share.get('yes', 0):.3f} of {len(told['yes'])}, "
                f"false alarms {share.get('no', 0):.3f} of {len(told['no'])}"
            )

    def _size(self) -> None:
        """Compare the time of an answer at two sizes of the site: pages copied in memory, each with words of its own."""
        spent = {}
        for size in SIZES:
            large = _copied(engine(settings.LANGUAGE_CODE), size)
            text = "i cant sleep and my mind is racing about exams"
            large.ranking.weigh(*large.wanted(text))
            start = time.process_time()
            for _ in range(20):
                spelt = large.corrected(text)
                large.is_urgent(text, spelt)
                large.ranking.weigh(*large.wanted(spelt))[: service.MOST]
            spent[size] = (time.process_time() - start) / 20
        small, big = SIZES
        self.stdout.write(
            f"an answer at {small} pages {spent[small] * 1000:.1f} ms CPU, at {big} {spent[big] * 1000:.1f} ms: "
            f"ratio {spent[big] / spent[small]:.2f}"
        )


def score(find: Find, asked: list[dict], topics: dict[str, set[str]]) -> tuple[float, float, float, float, float]:
    """Score an engine.

    asked: queries with the topics a good answer may have; topics: those of each address.
    Returns the shares with a good first answer and with one among three, nDCG at ten (Järvelin, Kekäläinen 2002, binary),
    the share with no answer, and the CPU seconds of a query.
    """
    find("warm up")
    first = three = none = 0
    gain = spent = 0.0
    for row in asked:
        good = {SAME_TOPIC.get(topic, topic.replace("_", "-")) for topic in row["topics"]}
        start = time.process_time()
        found = find(row["q"])
        spent += time.process_time() - start
        fits = [bool(topics.get(address, set()) & good) for address in found[:SHOWN]]
        best = sum(1 / math.log2(place + 2) for place in range(min(SHOWN, sum(bool(one & good) for one in topics.values()))))
        gain += sum(fit / math.log2(place + 2) for place, fit in enumerate(fits)) / best if best else 0
        first += fits[:1] == [True]
        three += any(fits[:3])
        none += not found
    count = len(asked) or 1
    return first / count, three / count, gain / count, none / count, spent / count


def _wagtail(text: str, operator: str) -> list[str]:
    plain = service.clean(text)
    found = [
        page for model in (GuidePage, TopicPage) for page in model.objects.live().search(plain, operator=operator)[:SHOWN]
    ]
    return [page.url for page in found]


def _full_text() -> Find:
    """SQLite's own full text with stemming and BM25, in memory."""
    memory = sqlite3.connect(":memory:")
    memory.execute("CREATE VIRTUAL TABLE pages USING fts5(url UNINDEXED, words, tokenize='porter')")
    rows = [(row.url, " ".join(row.parts.values())) for row in SearchDocument.objects.filter(kind__in=["guide", "topic"])]
    memory.executemany("INSERT INTO pages VALUES (?, ?)", rows)

    def find(text: str) -> list[str]:
        words = " OR ".join(f'"{word}"' for word in service.clean(text).split())
        asked = "SELECT url FROM pages WHERE pages MATCH ? ORDER BY rank LIMIT 10"
        return [row[0] for row in memory.execute(asked, (words,))] if words else []

    return find


def _copied(known: Engine, size: int) -> Engine:
    large = Engine(known.language, phrases=known.phrases, speller=known.speller)
    real = list(known.ranking.documents.values())
    for number in range(size):
        document = real[number % len(real)]
        body = [f"{word}{number % 97}" if place % 3 else word for place, word in enumerate(document.parts["body"])]
        large.ranking.put(Document(number, {**document.parts, "body": body}, document.phrases))
    return large

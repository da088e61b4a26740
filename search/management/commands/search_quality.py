"""`manage.py search_quality`: how well search answers real queries, beside what Wagtail and plain full text would do."""

import json
import logging
import math
import time
from argparse import ArgumentParser
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.test import Client, override_settings

from search import service, vectors
from search.models import SearchDocument

from . import _baselines
from ._baselines import SHOWN, Find
from ._growth import grown

TIMES = 12
"""Queries timed at each size."""

SAME_TOPIC = {"low_mood": "low-mood", "self_harm": "self-harm", "suicidal": "suicidal-thoughts", "family": "family-life"}
SAME_TOPIC |= {"workplace": "work", "alcohol_drugs": "alcohol-and-drugs"}


class Command(BaseCommand):
    help = "Scores search with a file of queries: success among the first, nDCG, nothing found, cries for help, time."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--pages", type=int, nargs="*", default=[], help="also time answers at these sizes, smallest first"
        )
        default = settings.BASE_DIR / "tests" / "search" / "queries.jsonl"
        parser.add_argument("--queries", type=Path, default=default, help="lines of q, topics, crisis, variant, kind")

    def handle(self, *args: object, queries: Path, pages: list[int], **options: object) -> None:
        if not queries.exists():
            raise CommandError(f"{queries} is not there. Name a file of queries, one JSON object a line.")
        logging.disable(logging.INFO)
        rows = [json.loads(line) for line in queries.read_text("utf-8").splitlines() if line.strip()]
        topics = {row.url: set(row.topics) for row in SearchDocument.objects.all() if row.topics}
        engines: dict[str, Find] = {
            "Wagtail as it comes": _baselines.wagtail("and"),
            "Wagtail, any word": _baselines.wagtail("or"),
            "SQLite full text": _baselines.sqlite_full_text(),
        }
        if connection.vendor == "postgresql":
            engines["PostgreSQL, our words"] = _baselines.postgres_full_text()
        engines["ours, words alone"] = _ours
        if vectors.knows(settings.LANGUAGE_CODE):
            engines["ours, with the model"] = _ours
        self.stdout.write(f"{len(rows)} queries of {queries.name}; {len(topics)} pages with topics")
        self.stdout.write(f"{'':22}{'variant':>8}{'first':>7}{'in 3':>7}{'nDCG':>7}{'none':>7}{'CPU ms':>9}{'ratio':>7}")
        times: dict[str, float] = {}
        for name, find in engines.items():
            for variant in ("clean", "typo"):
                asked = [row for row in rows if row["kind"] == "topic" and row["variant"] == variant]
                with override_settings(SEARCH_MODEL=name.endswith("model")):
                    first, three, gain, none, cpu = score(find, asked, topics)
                times.setdefault(name, cpu)
                ratio = cpu / times.get("Wagtail, any word", cpu)
                self.stdout.write(
                    f"{name:22}{variant:>8}{first:>7.3f}{three:>7.3f}{gain:>7.3f}{none:>7.3f}{cpu * 1000:>9.2f}{ratio:>7.2f}"
                )
        self._crisis(rows)
        self._size(sorted(pages), rows)

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

    def _size(self, sizes: list[int], rows: list[dict]) -> None:
        """Time whole answers, from the request to the page, at several sizes; at the first, beside Wagtail's own search."""
        asked = [row["q"] for row in rows if row["kind"] == "topic"][:TIMES]
        client = Client(SERVER_NAME=settings.ALLOWED_HOSTS[0], headers={"x-forwarded-proto": "https"})
        first: dict[bool, float] = {}
        for size in sizes:
            with grown(size):
                if size == sizes[0]:
                    plain = _cpu(_baselines.wagtail("or"), asked)
                    self.stdout.write(f"{size:>6} pages  Wagtail, any word: {plain * 1000:.1f} ms CPU")
                for model in (False, True) if vectors.knows(settings.LANGUAGE_CODE) else (False,):
                    with override_settings(SEARCH_MODEL=model):
                        spent = _cpu(lambda text: client.get("/search/", {"q": text}), asked)
                    first.setdefault(model, spent)
                    way = "with the model" if model else "words alone"
                    self.stdout.write(
                        f"{size:>6} pages  whole answer, {way}: {spent * 1000:.1f} ms CPU, "
                        f"{spent / plain:.2f} of Wagtail’s at {sizes[0]}, {spent / first[model]:.2f} of its own there"
                    )


def _ours(text: str) -> list[str]:
    return [hit.url for hit in service.answer(text, settings.LANGUAGE_CODE).hits]


def _cpu(way: Callable[[str], object], asked: list[str]) -> float:
    """CPU seconds of a query, all threads counted, after one to warm up."""
    way(asked[0])
    start = time.process_time()
    for text in asked:
        way(text)
    return (time.process_time() - start) / len(asked)


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

"""What search would be without ours: Wagtail's own, and full text of either database."""

import sqlite3
from collections.abc import Callable

from django.conf import settings
from django.db import connection

from content.models import GuidePage, TopicPage
from search import service
from search.engine import alone, engine
from search.models import SearchDocument

Find = Callable[[str], list[str]]
"""From a query to the addresses of the pages found, best first."""

SHOWN = 10
GRADES = {"title": "A", "known": "B", "summary": "C", "headings": "C", "body": "D"}
"""PostgreSQL knows four weights."""


def wagtail(operator: str) -> Find:
    """Wagtail's own search of guides and topics, ten of each.

    operator: "and" (Wagtail's default) or "or".
    """

    def find(text: str) -> list[str]:
        plain = service.clean(text)
        pages = [
            page
            for model in (GuidePage, TopicPage)
            for page in model.objects.live().search(plain, operator=operator)[:SHOWN]
        ]
        return [page.url for page in pages]

    return find


def sqlite_full_text() -> Find:
    """SQLite's full text with stemming and BM25, in memory, any word."""
    memory = sqlite3.connect(":memory:")
    memory.execute("CREATE VIRTUAL TABLE pages USING fts5(url UNINDEXED, words, tokenize='porter')")
    rows = [(row.url, " ".join(row.parts.values())) for row in SearchDocument.objects.filter(kind__in=["guide", "topic"])]
    memory.executemany("INSERT INTO pages VALUES (?, ?)", rows)

    def find(text: str) -> list[str]:
        words = " OR ".join(f'"{word}"' for word in service.clean(text).split())
        asked = "SELECT url FROM pages WHERE pages MATCH ? ORDER BY rank LIMIT 10"
        return [row[0] for row in memory.execute(asked, (words,))] if words else []

    return find


def postgres_full_text() -> Find:
    """PostgreSQL's weighted full text without accents, any word, in a temporary table.

    It is asked with the same spelling and phrases as ours, so that ranking alone differs.
    """
    cursor = connection.cursor()
    cursor.execute("CREATE EXTENSION IF NOT EXISTS unaccent")
    cursor.execute("CREATE TEMPORARY TABLE words_of_pages (url text, words tsvector)")
    vector = " || ".join(f"setweight(to_tsvector('english', unaccent(%s)), '{grade}')" for grade in GRADES.values())
    for row in SearchDocument.objects.filter(kind__in=["guide", "topic"]):
        values = [row.url, *(row.parts[name] for name in GRADES)]
        cursor.execute(f"INSERT INTO words_of_pages VALUES (%s, {vector})", values)  # noqa: S608 (our own four grades)
    cursor.execute("CREATE INDEX ON words_of_pages USING gin (words)")

    def find(text: str) -> list[str]:
        with alone:
            known = engine(settings.LANGUAGE_CODE)
            wanted, _runs = known.wanted(known.corrected(service.clean(text)))
        words = " | ".join(word for word in wanted if word.isalnum())
        if not words:
            return []
        cursor.execute(
            "SELECT url FROM words_of_pages, to_tsquery('english', %s) asked WHERE words @@ asked "
            "ORDER BY ts_rank_cd(words, asked, 1) DESC LIMIT 10",
            [words],
        )
        return [row[0] for row in cursor.fetchall()]

    return find

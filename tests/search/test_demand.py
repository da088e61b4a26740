"""Demand is counted without words, never for a cry for help, and never while a reader waits."""

import re
from datetime import timedelta

from django.db import DatabaseError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

import pytest

from search import demand
from search.models import SearchDemand


@pytest.fixture(autouse=True)
def _nothing_waits() -> None:
    demand._waiting.clear()
    demand._started.set()


def test_a_search_is_counted_by_topic_and_written_later(visitor: Client) -> None:
    visitor.get("/search/?q=cant+sleep")
    with CaptureQueriesContext(connection) as queries:
        visitor.get("/search/?q=cant+sleep")
        visitor.get("/search/?q=xqzvwk")
    assert not [query for query in queries if not query["sql"].startswith("SELECT")]
    assert not SearchDemand.objects.exists()
    assert demand.write() == 3
    assert demand.write() == 0
    rows = {(row.topic, row.found): row.count for row in SearchDemand.objects.all()}
    assert rows == {("sleep", True): 2, ("", False): 1}
    assert {str(row.day) for row in SearchDemand.objects.all()} == {"2026-11-24"}


def test_no_word_of_a_search_is_written_anywhere(visitor: Client) -> None:
    visitor.get("/search/?q=zqcanary+sleep")
    demand.write()
    for table in connection.introspection.table_names():
        with connection.cursor() as cursor:
            cursor.execute(f'SELECT * FROM "{table}"')
            assert "zqcanary" not in str(cursor.fetchall()), table


def test_a_cry_for_help_is_not_counted(visitor: Client) -> None:
    visitor.get("/search/?q=i+want+to+die")
    visitor.get("/search/")
    assert demand.write() == 0


def test_counts_wait_when_the_database_is_away(visitor: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    visitor.get("/search/?q=sleep")

    def away(**row: object) -> None:
        raise DatabaseError

    with monkeypatch.context() as broken:
        broken.setattr(SearchDemand.objects, "get_or_create", away)
        assert demand.write() == 0
    assert demand.write() == 1


def test_editors_see_what_is_looked_for_by_topic_and_no_small_count(editor: Client) -> None:
    today = timezone.localdate()
    rows = [
        ("sleep", True, 40, 0),
        ("sleep", False, 2, 1),
        ("", False, 12, 0),
        ("grief", True, 9, 0),
        ("money", True, 99, 91),
    ]
    for topic, found, count, days_ago in rows:
        day = today - timedelta(days=days_ago)
        SearchDemand.objects.create(day=day, language="en-gb", topic=topic, found=found, count=count)
    for name in ("search_demand", "search_demand_results"):
        html = editor.get(reverse(name)).content.decode()
        table = [re.sub(r"<[^>]+>|\s+", " ", row).split() for row in re.findall(r"<tr.*?</tr>", html, re.DOTALL)]
        assert ["sleep", "en-gb", "42", "40"] in table
        assert ["None", "of", "ours", "en-gb", "12", "0"] in table
        assert "grief" not in html, "fewer than ten"
        assert "money" not in html, "older than 90 days"
    assert "42" in b"".join(editor.get(reverse("search_demand") + "?export=csv").streaming_content).decode()
    assert reverse("search_demand") in editor.get("/cms/").content.decode()


def test_nobody_else_sees_it(visitor: Client) -> None:
    assert visitor.get(reverse("search_demand")).status_code == 302

"""Whoever watches over the site is told how it is, and why."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from django.test import Client
from django.utils import timezone

import pytest
import time_machine

from goodthinking import health
from goodthinking.snapshots import build
from goodthinking.snapshots.models import Generation
from tests.goodthinking.snapshots.few import BuilderOfFew


def said(visitor: Client) -> str:
    answer = visitor.get("/healthz")
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"
    return answer.content.decode().strip()


def in_two_minutes() -> time_machine.travel:
    return time_machine.travel(timezone.now() + timedelta(minutes=2), tick=False)


def test_a_site_that_is_well_says_ready(visitor: Client) -> None:
    BuilderOfFew(["/guides/sleep/"])
    assert said(visitor) == "ready"
    with in_two_minutes():
        assert said(visitor) == "ready"


@pytest.mark.parametrize("is_hard", [True, False])
def test_copies_that_nobody_makes_are_noticed_after_a_minute(visitor: Client, is_hard: bool) -> None:
    builder = BuilderOfFew(["/guides/sleep/"])
    Generation.change(soft=True, hard=is_hard)
    assert said(visitor) == "ready"
    with in_two_minutes():
        assert said(visitor) == f"degraded: {health.LATE}"
        builder.finish()
        assert said(visitor) == "ready"


def test_editors_who_go_on_hide_nobody_that_makes_no_copies(visitor: Client) -> None:
    BuilderOfFew(["/guides/sleep/"])
    Generation.change(soft=True)
    with in_two_minutes():
        Generation.change(soft=True)
        assert said(visitor) == f"degraded: {health.LATE}"


def test_a_page_that_cannot_be_rendered_is_noticed(visitor: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    builder = BuilderOfFew(["/guides/sleep/"])

    def broken(path: str) -> None:
        raise RuntimeError("boom")

    Generation.change(soft=True)
    monkeypatch.setattr(build, "render", broken)
    builder.finish()
    with in_two_minutes():
        assert said(visitor) == f"degraded: {health.LATE}"


def test_a_new_day_gives_a_minute_for_new_copies(visitor: Client) -> None:
    day = timezone.localtime().replace(hour=12)
    with time_machine.travel(day, tick=False):
        BuilderOfFew(["/guides/sleep/"])
    midnight = day.replace(hour=0, minute=0) + timedelta(days=1)
    with time_machine.travel(midnight + timedelta(seconds=30), tick=False):
        assert said(visitor) == "ready"
    with time_machine.travel(midnight + timedelta(seconds=90), tick=False):
        assert said(visitor) == f"degraded: {health.LATE}"


def test_a_disk_without_room_is_noticed(visitor: Client, settings: object) -> None:
    # A file system of which nothing is ever left.
    settings.VAR_DIR = Path("/proc")
    assert said(visitor) == f"degraded: {health.NO_ROOM}"


def test_copies_that_cannot_be_kept_are_noticed(visitor: Client) -> None:
    state = {"fresh": 5, "old": 0, "disk": False, "away": False}
    answer = visitor.get("/healthz", **{"snapshots.state": state})
    assert answer.content.decode().strip() == f"degraded: {health.NO_COPIES}"


def test_a_database_that_does_not_answer_is_not_asked_again(visitor: Client, django_assert_num_queries: Callable) -> None:
    state = {"fresh": 5, "old": 0, "disk": True, "away": True}
    with django_assert_num_queries(0):
        answer = visitor.get("/healthz", **{"snapshots.state": state})
    assert (answer.status_code, answer.content.decode().strip()) == (200, f"degraded: {health.NO_DATABASE}")
    answer = visitor.get("/healthz", **{"snapshots.state": state | {"fresh": 0}})
    assert (answer.status_code, answer.content.decode().strip()) == (503, f"live: {health.NO_DATABASE}")

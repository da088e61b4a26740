"""A serving process holds what the table holds, and sees a change at its next look."""

from collections.abc import Callable
from pathlib import Path

from django.db import connection

import brotli
import pytest

from content.models import GuidePage
from goodthinking.snapshots.disk import Disk
from goodthinking.snapshots.models import Generation, Snapshot
from goodthinking.snapshots.shelf import Shelf
from tests import build

from .few import BuilderOfFew

PATHS = ["/guides/sleep/", "/guides/loneliness/", "/topics/"]


@pytest.fixture
def builder(db: None) -> BuilderOfFew:
    return BuilderOfFew(PATHS)


@pytest.fixture
def shelf(builder: BuilderOfFew, tmp_path: Path) -> Shelf:
    shelf = Shelf(Disk(tmp_path))
    shelf.look()
    return shelf


def sleep() -> GuidePage:
    return GuidePage.objects.get(slug="sleep", locale__language_code="en-gb")


def change(words: str) -> None:
    page = sleep()
    page.summary = words
    build.publish(page, keep_sample=True)


def test_it_holds_every_copy_and_the_disk_too(shelf: Shelf, tmp_path: Path) -> None:
    assert shelf.fresh.keys() == set(PATHS)
    for copy in Disk(tmp_path):
        row = Snapshot.objects.get(path=copy.path)
        assert (copy.br, copy.gz, copy.digest) == (bytes(row.br), bytes(row.gz), row.digest)
        assert [list(pair) for pair in copy.headers] == row.headers


def test_a_changed_page_is_not_served_from_the_next_look_until_it_is_made_again(
    shelf: Shelf, builder: BuilderOfFew, tmp_path: Path
) -> None:
    change("The newest words.")
    shelf.look()
    assert "/guides/sleep/" not in shelf.fresh
    assert "/guides/sleep/" in shelf.old
    builder.finish()
    shelf.look()
    assert "The newest words." in shelf.text_of("/guides/sleep/")
    assert "/guides/sleep/" not in shelf.old
    assert any("The newest words." in brotli.decompress(copy.br).decode() for copy in Disk(tmp_path))


def test_a_withdrawn_page_is_nowhere(shelf: Shelf, tmp_path: Path) -> None:
    sleep().unpublish()
    shelf.look()
    assert shelf.text_of("/guides/sleep/") is None
    assert "/guides/sleep/" not in {copy.path for copy in Disk(tmp_path)}


def test_a_change_of_everything_takes_all_out_of_service(shelf: Shelf, builder: BuilderOfFew) -> None:
    Generation.change(hard=True)
    shelf.look()
    assert shelf.fresh == {}
    assert shelf.old.keys() == set(PATHS)
    builder.finish()
    shelf.look()
    assert shelf.fresh.keys() == set(PATHS)


def test_a_look_costs_one_question_when_nothing_has_changed(shelf: Shelf, django_assert_num_queries: Callable) -> None:
    with django_assert_num_queries(1):
        shelf.look()


@pytest.fixture
def started_without(shelf: Shelf, tmp_path: Path) -> Shelf:
    """A process that started while the database was away."""
    other = Shelf(Disk(tmp_path))
    other._take_from_disk()
    return other


def test_without_a_database_it_begins_from_the_disk(shelf: Shelf, started_without: Shelf) -> None:
    assert started_without.is_away
    assert started_without.fresh.keys() == set(PATHS)
    for path in PATHS:
        assert started_without.text_of(path) == shelf.text_of(path)


def test_when_the_database_comes_back_what_the_disk_had_is_put_right(
    started_without: Shelf, builder: BuilderOfFew, tmp_path: Path
) -> None:
    change("Meanwhile.")
    builder.finish()
    Snapshot.objects.filter(path="/topics/").delete()
    started_without.look()
    assert "Meanwhile." in started_without.text_of("/guides/sleep/")
    assert started_without.text_of("/topics/") is None
    assert "/topics/" not in {copy.path for copy in Disk(tmp_path)}


def test_what_was_withdrawn_while_a_process_was_down_is_not_served_when_it_starts(shelf: Shelf, tmp_path: Path) -> None:
    sleep().unpublish()
    other = Shelf(Disk(tmp_path))
    other.look()
    assert other.text_of("/guides/sleep/") is None
    assert "/guides/sleep/" not in {copy.path for copy in Disk(tmp_path)}


def test_a_disk_that_is_read_late_overwrites_nothing(shelf: Shelf, tmp_path: Path) -> None:
    other = Shelf(Disk(tmp_path))
    sleep().unpublish()
    other.look()
    other._take_from_disk()
    assert other.text_of("/guides/sleep/") is None
    assert not other.is_away


def test_a_database_that_was_restored_from_a_backup_is_read_from_the_beginning(shelf: Shelf) -> None:
    Generation.objects.update(counter=1)
    Snapshot.objects.filter(path="/topics/").update(br=brotli.compress(b"From a backup."), touched=1)
    Snapshot.objects.filter(path="/guides/loneliness/").delete()
    shelf.look()
    assert shelf.text_of("/topics/") == "From a backup."
    assert shelf.text_of("/guides/loneliness/") is None


def test_another_database_after_a_loss_is_read_from_the_beginning(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection, "close", lambda: None)
    shelf._lose_the_database()
    Snapshot.objects.filter(path="/topics/").update(br=brotli.compress(b"From a backup."), touched=1)
    shelf.look()
    assert shelf.text_of("/topics/") == "From a backup."

"""A serving process holds what the table holds, and sees a change at its next look."""

from collections.abc import Callable
from pathlib import Path

from django.db import connection

import brotli
import pytest

from content.models import GuidePage
from goodthinking.snapshots.disk import Disk
from goodthinking.snapshots.models import Generation, Snapshot, SnapshotRead
from goodthinking.snapshots.shelf import NoCopies, Shelf
from tests import build

from .few import BuilderOfFew, served

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


def test_a_database_that_answers_late_is_waited_for(shelf: Shelf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    other = Shelf(Disk(tmp_path))
    sleep().unpublish()
    for task in ("_follow", "_watch"):
        monkeypatch.setattr(other, task, lambda: None)
    # The answer comes while it is waited for.
    monkeypatch.setattr(other._is_sure, "wait", lambda patience: other.look())
    other.begin()
    assert other.text_of("/guides/sleep/") is None
    assert not other.is_away


def test_a_database_that_was_restored_from_a_backup_is_read_from_the_beginning(shelf: Shelf) -> None:
    Generation.objects.update(counter=1)
    Snapshot.objects.filter(path="/topics/").update(br=brotli.compress(b"From a backup."), touched=1)
    Snapshot.objects.filter(path="/guides/loneliness/").delete()
    shelf.look()
    assert shelf.text_of("/topics/") == "From a backup."
    assert shelf.text_of("/guides/loneliness/") is None


def test_a_backup_from_before_a_change_of_everything_is_served(shelf: Shelf, builder: BuilderOfFew) -> None:
    backup, rows = Generation.objects.values().get(), list(Snapshot.objects.values())
    Generation.change(hard=True)
    builder.finish()
    shelf.look()
    Generation.objects.update(**backup)
    for row in rows:
        Snapshot.objects.filter(pk=row["id"]).update(**row)
    shelf.look()
    assert shelf.fresh.keys() == served() == set(PATHS)


def test_a_database_that_is_being_restored_takes_no_copy_away(
    shelf: Shelf, builder: BuilderOfFew, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connection, "close", lambda: None)
    shelf._lose_the_database()
    for model in (SnapshotRead, Snapshot, Generation):
        model.objects.all().delete()
    with pytest.raises(NoCopies):
        shelf.look()
    assert shelf.fresh.keys() == set(PATHS)
    assert len(list(Disk(tmp_path))) == len(PATHS)
    with pytest.raises(NoCopies):
        Shelf(Disk(tmp_path)).look()


def test_a_file_that_was_damaged_is_mended_by_the_next_process(shelf: Shelf, tmp_path: Path) -> None:
    for path in tmp_path.glob("*.snap"):
        path.write_bytes(path.read_bytes()[:100])
    assert not list(Disk(tmp_path))
    Shelf(Disk(tmp_path)).look()
    assert {copy.path for copy in Disk(tmp_path)} == set(PATHS)


def test_a_slow_disk_keeps_no_change_waiting(shelf: Shelf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("goodthinking.snapshots.shelf.AT_ONCE", 1)
    other = Shelf(Disk(tmp_path / "new"))
    other.look()
    assert len(list(other.disk)) == 1
    sleep().unpublish()
    other.look()
    assert other.text_of("/guides/sleep/") is None
    other.look()
    assert {copy.path for copy in other.disk} == {"/guides/loneliness/", "/topics/"}


def test_what_processes_remember_is_forgotten_when_everything_changed(shelf: Shelf, tmp_path: Path) -> None:
    forgotten: list[int] = []
    other = Shelf(Disk(tmp_path), lambda: forgotten.append(1))
    other.look()
    forgotten.clear()
    Generation.change(soft=True)
    other.look()
    assert forgotten == []
    Generation.change(hard=True)
    other.look()
    assert forgotten == [1]


def test_another_database_after_a_loss_is_read_from_the_beginning(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection, "close", lambda: None)
    shelf._lose_the_database()
    Snapshot.objects.filter(path="/topics/").update(br=brotli.compress(b"From a backup."), touched=1)
    shelf.look()
    assert shelf.text_of("/topics/") == "From a backup."

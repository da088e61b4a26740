"""What lies on the disk is whole, or it is not used; a disk that fails takes nothing with it."""

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goodthinking.snapshots.disk import Copy, Disk

SLEEP = Copy("/guides/sleep/", [("Content-Type", "text/html")], b"br-bytes", b"gz-bytes", "d" * 64)
headers = st.lists(st.tuples(st.text(max_size=20), st.text(max_size=20)), max_size=4)


@given(st.text(min_size=1, max_size=50), headers, st.binary(max_size=200), st.binary(max_size=200))
def test_what_is_packed_is_unpacked_the_same(path: str, pairs: list, br: bytes, gz: bytes) -> None:
    copy = Copy(path, pairs, br, gz, "0" * 64)
    assert Copy.unpacked(copy.packed()) == copy


@given(st.data())
def test_a_copy_that_was_damaged_anywhere_is_refused(data: st.DataObject) -> None:
    packed = bytearray(SLEEP.packed())
    place = data.draw(st.integers(0, len(packed) - 1))
    packed[place] ^= data.draw(st.integers(1, 255))
    with pytest.raises(ValueError, match="not whole"):
        Copy.unpacked(bytes(packed))


@given(st.integers(0, len(SLEEP.packed()) - 1))
def test_a_copy_that_was_cut_off_is_refused(length: int) -> None:
    with pytest.raises(ValueError, match="not whole"):
        Copy.unpacked(SLEEP.packed()[:length])


def test_another_process_finds_what_was_kept_and_only_the_newest(tmp_path: Path) -> None:
    disk = Disk(tmp_path / "copies")
    disk.save(SLEEP)
    newer = Copy(SLEEP.path, SLEEP.headers, b"newer", b"newer", "e" * 64)
    disk.save(newer)
    other = Disk(tmp_path / "copies")
    assert list(other) == [newer]
    assert other.has(SLEEP.path, newer.digest)
    assert not other.has(SLEEP.path, SLEEP.digest)
    assert other.read("/elsewhere/") is None


def test_what_is_damaged_is_passed_over_and_the_rest_is_read(tmp_path: Path) -> None:
    disk = Disk(tmp_path)
    disk.save(SLEEP)
    disk.save(Copy("/", [], b"home", b"home", "f" * 64))
    damaged = next(path for path in tmp_path.glob("*.snap") if b"br-bytes" in path.read_bytes())
    damaged.write_bytes(damaged.read_bytes()[:-1])
    assert [copy.path for copy in Disk(tmp_path)] == ["/"]


def test_of_two_copies_that_a_killed_process_left_the_newer_counts(tmp_path: Path) -> None:
    newer = Copy(SLEEP.path, SLEEP.headers, b"newer", b"newer", "0" * 64)
    for number, copy in enumerate((SLEEP, newer)):
        disk = Disk(tmp_path / str(number))
        disk.save(copy)
        (saved,) = (tmp_path / str(number)).iterdir()
        os.utime(saved, (number, number))
        saved.rename(tmp_path / saved.name)
    assert list(Disk(tmp_path)) == [newer]
    assert len(list(tmp_path.glob("*.snap"))) == 1


def test_what_is_withdrawn_leaves_the_disk(tmp_path: Path) -> None:
    disk = Disk(tmp_path)
    disk.save(SLEEP)
    disk.save(Copy("/", [], b"home", b"home", "f" * 64))
    disk.forget("/guides/sleep/")
    assert [copy.path for copy in Disk(tmp_path)] == ["/"]
    disk.keep_only(set())
    assert list(tmp_path.iterdir()) == []


def test_a_disk_that_cannot_be_written_is_said_once_and_forgiven(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    disk = Disk(tmp_path)

    def full(*args: object) -> int:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(Path, "write_bytes", full)
        disk.save(SLEEP)
        disk.save(SLEEP)
    assert not disk.is_well
    assert [record.getMessage() for record in caplog.records] == [
        f"Copies cannot be kept under {tmp_path.name} (No space left on device). Pages are served all the same."
    ]
    assert list(Disk(tmp_path)) == []
    disk.save(SLEEP)
    assert disk.is_well
    assert list(Disk(tmp_path)) == [SLEEP]


def test_a_folder_that_cannot_be_made_stops_nothing(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    disk = Disk(tmp_path / "file" / "copies")
    assert not disk.is_well
    assert list(disk) == []
    disk.save(SLEEP)

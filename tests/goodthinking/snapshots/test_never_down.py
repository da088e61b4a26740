"""Whatever fails behind it, every page that was published is served whole, and what cannot be done is said."""

import os
import signal
import socket
import sqlite3
import threading
import time
import urllib.request
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.running import Site, manage, start

from .serving import (
    URGENT,
    Serving,
    copy_of_site,
    lock,
    pages_of,
    pictures_on,
    serving,
)

pytestmark = pytest.mark.up


@pytest.fixture(scope="module")
def original(running: Site, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site with all its copies, to be copied again for each disaster."""
    return copy_of_site(running.folder, tmp_path_factory.mktemp("original"))


@pytest.fixture
def folder(original: Path, tmp_path: Path) -> Path:
    return copy_of_site(original, tmp_path / "var")


@pytest.fixture
def site(folder: Path) -> Iterator[Serving]:
    with serving(folder) as site:
        yield site


def take_away(folder: Path) -> None:
    """Leave no database, not even to whoever has it open."""
    for path in folder.glob("site.sqlite3*"):
        path.write_bytes(b"gone" * 5000)
        path.unlink()


def it_says_what_does_not_work(site: Serving) -> None:
    for path in ("/search/?q=sleep", "/guides/no-such-guide/", "/ar/search/?q=sleep"):
        status, body, headers = site.ask(path)
        assert status == 503, path
        assert URGENT in body.decode(), path
        assert headers["referrer-policy"] == "no-referrer"
    assert "This part does not work right now" in site.ask("/search/?q=sleep")[1].decode()
    status, body, _headers = site.ask("/healthz")
    assert (status, body.decode().partition(":")[0]) == (200, "degraded")


def test_the_database_goes_and_every_page_stays(site: Serving) -> None:
    pages = pages_of(site)
    assert site.ask("/healthz")[1] == b"ready\n"
    take_away(site.folder)
    time.sleep(3)
    assert site.failures(pages) == []
    for picture in pictures_on(pages["/guides/sleep/"]):
        assert site.ask(picture)[0] == 200, picture
    it_says_what_does_not_work(site)


def test_a_process_that_starts_without_a_database_serves_every_page(site: Serving) -> None:
    pages = pages_of(site)
    headers = {path: site.ask(path)[2] for path in list(pages)[:20]}
    take_away(site.folder)
    with serving(site.folder) as other:
        assert other.failures(pages) == []
        for path, before in headers.items():
            after = other.ask(path)[2]
            assert {name: after[name] for name in before if name != "date"} == {
                name: value for name, value in before.items() if name != "date"
            }
        it_says_what_does_not_work(other)


def test_a_database_that_somebody_writes_to_without_end_keeps_no_page_waiting(site: Serving) -> None:
    pages = pages_of(site)
    with closing(sqlite3.connect(site.folder / "site.sqlite3", isolation_level=None)) as writer:
        writer.execute("BEGIN IMMEDIATE")
        writer.execute("UPDATE snapshots_generation SET counter = counter + 1")
        assert site.failures(pages) == []


def test_a_process_that_starts_while_the_database_is_locked_keeps_nobody_waiting(folder: Path) -> None:
    with serving(folder) as site:
        pages = pages_of(site)
    with closing(lock(folder / "site.sqlite3")):
        begun = time.monotonic()
        with serving(folder) as site:
            assert time.monotonic() - begun < 10
            assert site.failures(pages) == []


def test_a_dozen_searches_of_a_locked_database_keep_no_page_waiting(folder: Path) -> None:
    with serving(folder) as site:
        pages = dict(list(pages_of(site).items())[:50])
    with closing(lock(folder / "site.sqlite3")), serving(folder) as site:
        searches = [threading.Thread(target=site.ask, args=["/search/?q=sleep"]) for _ in range(12)]
        for search in searches:
            search.start()
        # A process that starts waits a few seconds for its database.
        assert [site.ask(path, timeout=8)[:2] for path in pages] == [(200, body) for body in pages.values()]
        for search in searches:
            search.join()
        it_says_what_does_not_work(site)


def test_a_disk_on_which_nothing_can_be_written_takes_no_page_away(folder: Path) -> None:
    with serving(folder) as site:
        pages = pages_of(site)
    with serving(folder, "tests.goodthinking.snapshots.full_disk:application") as site:
        assert site.failures(pages) == []
        # SQLite cannot even be read where nothing can be written.
        status, body, _headers = site.ask("/search/?q=sleep")
        assert status == 200 or (status == 503 and URGENT in body.decode())


def test_a_folder_for_copies_that_cannot_be_used_takes_no_page_away(folder: Path) -> None:
    with serving(folder) as site:
        pages = pages_of(site)
    for path in (folder / "snapshots").iterdir():
        path.unlink()
    (folder / "snapshots").rmdir()
    (folder / "snapshots").write_text("in the way")
    with serving(folder) as site:
        assert site.failures(pages) == []
        assert "cannot be written to the disk" in site.ask("/healthz")[1].decode()


def test_a_killed_worker_costs_one_request_at_most(site: Serving) -> None:
    failed, stop = [], threading.Event()

    def read() -> None:
        while not stop.is_set():
            if site.ask("/guides/sleep/")[0] != 200:
                failed.append(1)

    reader = threading.Thread(target=read)
    reader.start()
    kills = 2
    for _ in range(kills):
        # Granian takes two deaths within five seconds for a fault that it cannot mend, and gives up.
        time.sleep(6)
        os.kill(site.workers[-1], signal.SIGKILL)
    time.sleep(4)
    stop.set()
    reader.join()
    assert len(failed) <= kills
    assert site.ask("/guides/sleep/")[0] == 200


def test_clients_that_never_finish_hold_up_nobody(site: Serving) -> None:
    unfinished = [socket.create_connection(("127.0.0.1", site.port)) for _ in range(12)]
    try:
        for each in unfinished:
            each.sendall(b"GET /guides/sleep/ HTTP/1.1\r\nHost: x\r\nX-Slow: ")
        assert [site.ask("/guides/sleep/", timeout=3)[0] for _ in range(20)] == [200] * 20
        assert site.ask("/search/?q=sleep")[0] == 200
    finally:
        for each in unfinished:
            each.close()


def test_a_clock_that_jumps_a_year_takes_no_page_away(folder: Path) -> None:
    with serving(folder) as site:
        pages = pages_of(site)
    with serving(folder, "tests.goodthinking.snapshots.next_year:application") as site:
        assert site.failures(pages) == []


def test_the_usual_command_serves_what_was_published_and_begins_nothing_anew_when_the_database_is_lost(folder: Path) -> None:
    with serving(folder) as site:
        pages = pages_of(site)
    take_away(folder)
    refused = manage(folder, "up", "--prepare")
    assert refused.returncode != 0
    assert "Bring it back, or delete the folder snapshots" in refused.stderr
    site = start(folder)
    try:
        assert "Until then its pages are served from the copies." in site.said
        assert "Starter library" not in site.said
        for path, body in list(pages.items())[:50]:
            with urllib.request.urlopen(site.address + path) as answer:
                assert answer.read() == body, path
    finally:
        site.stop()


def test_the_first_guide_is_served_before_django_is_there(folder: Path) -> None:
    with serving(folder) as site:
        assert site.ask("/guides/sleep/")[0] == 200
        maps = Path(f"/proc/{site.workers[-1]}/status").read_text()
        kilobytes = int(maps.partition("VmRSS:")[2].split()[0])
        assert kilobytes < 120_000


def test_a_damaged_copy_on_the_disk_is_not_served(folder: Path) -> None:
    with serving(folder) as site:
        pages = pages_of(site)
    take_away(folder)
    for path in (folder / "snapshots").glob("*.snap"):
        data = path.read_bytes()
        if b'"path": "/guides/sleep/"' in data:
            path.write_bytes(data[:-20] + b"x" * 20)
    with serving(folder) as site:
        assert site.failures({path: body for path, body in pages.items() if path != "/guides/sleep/"}) == []
        status, body, _headers = site.ask("/guides/sleep/")
        assert status == 503
        assert URGENT in body.decode()

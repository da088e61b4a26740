"""One process publishes, another serves, a third makes the copies: on SQLite and on PostgreSQL."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import unquote, urlsplit

import psycopg
import pytest

from tests.postgres import own_postgresql, programs
from tests.running import PROJECT, Site, environment, manage

from .serving import URGENT, Serving, copy_of_site, serving

PUBLISH = """
from content.home import page_at
page = page_at("guides/sleep/", "en-gb")
page.title = "Awake and {words}"
page.save_revision(keep_sample=True).publish()
"""
WITHDRAW = """
from content.home import page_at
page_at("guides/sleep/", "en-gb").unpublish()
"""


@contextmanager
def making_copies(folder: Path, **more: str) -> Iterator[None]:
    """Run the command that keeps all copies right."""
    command = [sys.executable, "manage.py", "snapshots", "--keep-on"]
    process = subprocess.Popen(command, cwd=PROJECT, env=environment(folder, **more))
    try:
        yield
    finally:
        process.terminate()
        process.wait(30)


def do(folder: Path, code: str, **more: str) -> float:
    """Run code in a process of its own. Returns when it was done."""
    done = manage(folder, "shell", "--verbosity", "0", "--command", code, **more)
    assert done.returncode == 0, done.stderr
    return time.monotonic()


def seconds_until(site: Serving, path: str, words: str) -> float:
    """Wait until a page shows some words. Returns how long after the call it did."""
    begun = time.monotonic()
    while words not in site.ask(path)[1].decode():
        assert time.monotonic() - begun < 30, f"{path} does not show “{words}”"
    return time.monotonic() - begun


@contextmanager
def frozen(address: str) -> Iterator[None]:
    """Stop a PostgreSQL in the middle of what it does: it takes connections and answers none."""
    first = int(Path(unquote(urlsplit(address).hostname), "data", "postmaster.pid").read_text().split()[0])
    others = [int(pid) for pid in Path(f"/proc/{first}/task/{first}/children").read_text().split()]
    try:
        for pid in (first, *others):
            os.kill(pid, signal.SIGSTOP)
        yield
    finally:
        for pid in (first, *others):
            os.kill(pid, signal.SIGCONT)


def what_one_publishes_the_other_serves(site: Serving, folder: Path, **more: str) -> None:
    for words in ("warm", "calm"):
        do(folder, PUBLISH.format(words=words), **more)
        seconds_until(site, "/guides/sleep/", f"Awake and {words}")
        for _ in range(20):
            assert f"Awake and {words}" in site.ask("/guides/sleep/")[1].decode(), "old words came back"
        seconds_until(site, "/topics/sleep/", f"Awake and {words}")
        seconds_until(site, "/guides/sleep/card/", f"Awake and {words}")
    do(folder, WITHDRAW, **more)
    deadline = time.monotonic() + 5
    while site.ask("/guides/sleep/")[0] != 404:
        assert time.monotonic() < deadline, "a withdrawn page was still served"


@pytest.mark.up
def test_on_sqlite_what_one_publishes_the_other_serves(running: Site, tmp_path: Path) -> None:
    folder = copy_of_site(running.folder, tmp_path / "var")
    with making_copies(folder), serving(folder) as site:
        what_one_publishes_the_other_serves(site, folder)


@pytest.mark.deep
@pytest.mark.skipif(programs() is None, reason="PostgreSQL is not on this machine: apt-get install postgresql")
def test_on_postgresql_what_one_publishes_the_other_serves_also_when_the_database_is_gone(tmp_path: Path) -> None:
    with own_postgresql() as address:
        with psycopg.connect(f"{address.removesuffix('site')}postgres", autocommit=True) as connection:
            connection.execute("CREATE DATABASE site")
        where = {"DATABASE_URL": address}
        made = manage(tmp_path, "up", "--prepare", "--no-model", **where)
        assert made.returncode == 0, made.stderr
        made = manage(tmp_path, "snapshots", **where)
        assert made.returncode == 0, made.stderr
        with making_copies(tmp_path, **where), serving(tmp_path, **where) as site:
            what_one_publishes_the_other_serves(site, tmp_path, **where)
            assert manage(tmp_path, "snapshots", **where).returncode == 0
            time.sleep(1)
            paths = ["/", "/topics/sleep/", "/ar/", "/urgent-support/", "/sitemap.xml"]
            pages = {path: site.ask(path)[1] for path in paths}
            read_only = "ALTER DATABASE site SET default_transaction_read_only = on"
            do(tmp_path, f"from django.db import connection; connection.cursor().execute({read_only!r})", **where)
            assert site.failures(pages) == []
            assert site.ask("/search/?q=sleep")[0] == 200
            with frozen(address):
                searches = [threading.Thread(target=site.ask, args=["/search/?q=sleep"]) for _ in range(6)]
                for search in searches:
                    search.start()
                time.sleep(1)
                assert site.failures(pages) == []
                for search in searches:
                    search.join()
                assert site.ask("/search/?q=sleep", timeout=3)[0] == 503
                assert site.ask("/healthz", timeout=3)[1].startswith(b"degraded")
            seconds_until(site, "/healthz", "ready")
    # From here on there is no PostgreSQL.
    with serving(tmp_path, DATABASE_URL=address) as site:
        assert site.failures(pages) == []
        status, body, _headers = site.ask("/search/?q=sleep")
        assert status == 503
        assert URGENT in body.decode()

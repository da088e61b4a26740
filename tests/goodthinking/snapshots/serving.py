"""Starts a serving process alone, as a web server does, on a site that was made before."""

import os
import re
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from tests.running import PROJECT, environment

URGENT = "116 123"


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


@dataclass
class Serving:
    """A granian with two workers, as `up` has."""

    process: subprocess.Popen
    port: int
    folder: Path
    started: float

    def ask(self, path: str, timeout: float = 30) -> tuple[int, bytes, dict[str, str]]:
        """Give status, body and headers; the status of an answer that never came is 0."""
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}{path}", headers={"Accept-Encoding": "identity"})
        try:
            with urllib.request.urlopen(request, timeout=timeout) as answer:
                return answer.status, answer.read(), dict(answer.headers)
        except urllib.error.HTTPError as error:
            return error.code, error.read(), dict(error.headers)
        except (OSError, TimeoutError):
            return 0, b"", {}

    def failures(self, pages: dict[str, bytes]) -> list[str]:
        """Ask for pages. Returns those that did not come whole."""
        return [path for path, body in pages.items() if self.ask(path)[:2] != (200, body)]

    @property
    def workers(self) -> list[int]:
        """The processes that it started, whichever of its threads did so."""
        told = [path.read_text().split() for path in Path(f"/proc/{self.process.pid}/task").glob("*/children")]
        return [int(pid) for pids in told for pid in pids]


@contextmanager
def serving(folder: Path, application: str = "goodthinking.wsgi:application", **more: str) -> Iterator[Serving]:
    """Start one and wait until it answers, with whatever."""
    port = free_port()
    threads = str(settings.SERVER_THREADS)
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--port", str(port), "--respawn-failed-workers"]
    command += ["--workers", "2", "--blocking-threads", threads, "--no-ws", "--log-level", "warning", application]
    own = environment(folder, SITE_URL=f"http://127.0.0.1:{port}", **more)
    started = time.monotonic()
    with (folder / "serving.log").open("a") as log:
        process = subprocess.Popen(
            command, cwd=PROJECT, env=own, stdout=log, stderr=subprocess.STDOUT, start_new_session=True
        )
    serving = Serving(process, port, folder, started)
    try:
        for _ in range(600):
            assert process.poll() is None, (folder / "serving.log").read_text()
            if serving.ask("/robots.txt")[0]:
                break
            time.sleep(0.02)
        yield serving
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            # Told to stop while it is starting a worker, granian can wait for ever.
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def wait_until_copied(database: Path) -> None:
    """Wait until the site at work there has copied all its pages."""
    for _ in range(600):
        with closing(sqlite3.connect(database)) as connection:
            left, made = connection.execute("SELECT sum(stale), count(br) FROM snapshots_snapshot").fetchone()
        if made and made > 200 and not left:
            return
        time.sleep(0.5)
    raise AssertionError(f"{left} copies were never made")


def copy_of_site(original: Path, to: Path) -> Path:
    """Copy the folder of a site at work, its database as it is at one moment."""
    wait_until_copied(original / "site.sqlite3")
    leave_out = shutil.ignore_patterns("site.sqlite3*", "*.log", "*.new")
    shutil.copytree(original, to, ignore=leave_out, dirs_exist_ok=True)
    with (
        closing(sqlite3.connect(original / "site.sqlite3")) as source,
        closing(sqlite3.connect(to / "site.sqlite3")) as target,
    ):
        source.backup(target)
    return to


def pages_of(site: Serving) -> dict[str, bytes]:
    """Ask for every page that has a copy, and give their texts."""
    with closing(sqlite3.connect(site.folder / "site.sqlite3")) as connection:
        paths = [path for (path,) in connection.execute("SELECT path FROM snapshots_snapshot WHERE br IS NOT NULL")]
    pages = {path: site.ask(path)[1] for path in paths}
    assert len(pages) > 200
    assert all(pages.values())
    return pages


def pictures_on(html: bytes) -> list[str]:
    """List the pictures and scripts that a page loads."""
    return sorted(set(re.findall(r'(?:src="|srcset="|, )(/(?:media|static)/[^"\s]+)', html.decode())))


def lock(database: Path) -> sqlite3.Connection:
    """Hold a database, which nobody has open, so that nobody else can read or write it."""
    connection = sqlite3.connect(database, isolation_level=None)
    connection.execute("PRAGMA locking_mode=EXCLUSIVE")
    connection.execute("BEGIN EXCLUSIVE")
    return connection


def without_room() -> None:
    """Let a process write no further byte to any file, as on a full disk (to be called in the child)."""
    import resource

    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))

"""How fast a page is served beside nginx and other ways to serve it, and what a process takes to do so."""

import os
import socket
import sqlite3
import time
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from statistics import median

from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

import brotli

from goodthinking.snapshots.disk import Disk
from goodthinking.snapshots.models import Snapshot
from goodthinking.snapshots.server import SnapshotServer

from . import opcodes
from .processes import Server, granian, load, nginx
from .report import Line, Say

GUIDE = "/guides/exam-stress/"
OURS = "goodthinking.wsgi:application"
ROUNDS, SECONDS = 5, 2
PAGES = 300 * 12


def own_port() -> int:
    """The port that the site's own address names: only there are copies served."""
    return int(settings.SITE_URL.rpartition(":")[2])


def free_port() -> int:
    """Find a port that nobody listens on."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


def throughput(say: Say, scratch: Path) -> None:
    """Serve the same bytes by nginx, by us and by three peers, round after round, each on one processor."""
    files = scratch / "files"
    files.mkdir()
    body = bytes(Snapshot.objects.get(path=GUIDE).br)
    (files / "page.html.br").write_bytes(body)
    (files / "page.html").write_bytes(brotli.decompress(body))
    with ExitStack() as stack:
        servers: dict[str, Server] = {
            "nginx": stack.enter_context(nginx(files, free_port())),
            "ours": stack.enter_context(granian(OURS, GUIDE, own_port())),
            "whitenoise": stack.enter_context(_peer("plain_files", "/page.html", BENCH_FILES=str(files))),
            "site cache": stack.enter_context(_peer("site_cache", GUIDE)),
            "live": stack.enter_context(_peer("live", GUIDE)),
        }
        rounds = []
        for number in range(ROUNDS):
            order = list(servers) if number % 2 == 0 else list(reversed(servers))
            rounds.append({name: load(servers[name], SECONDS) for name in order})
    for name in list(servers)[1:]:
        fast = median(each[name][0] / each["nginx"][0] for each in rounds)
        spread = [each[name][0] / each["nginx"][0] for each in rounds]
        cpu = min(each[name][1] for each in rounds) / min(each["nginx"][1] for each in rounds)
        own = name == "ours"
        beside = f"{ROUNDS} rounds: {min(spread):.4f} to {max(spread):.4f}"
        say(Line(f"requests/s of a guide against nginx: {name}", fast, 0.35 if own else None, at_least=True, beside=beside))
        say(Line(f"CPU per hit against nginx: {name}", cpu, 4 if own else None, "×"))


def _peer(name: str, path: str, **environment: str) -> object:
    return granian(f"goodthinking.bench.{name}:application", path, free_port(), **environment)


def steps(say: Say) -> None:
    """Count what a hit costs in Python and in SQL, ours and live."""
    from django.core.wsgi import get_wsgi_application

    live = get_wsgi_application()
    disk, nobody = Disk(settings.SNAPSHOTS_DIR), {"hosts": [], "proxies": [], "instead": {"": ""}}
    server = SnapshotServer(lambda: live, disk, settings.SITE_URL, threads=settings.SERVER_THREADS, **nobody)
    server.shelf.look()
    server._fresh, server._answer = server.shelf.fresh, server._serve
    for name, application, most in (("ours", server, 300), ("live", live, None)):
        b"".join(application(_environ(), _hear))
        with CaptureQueriesContext(connection) as asked:
            b"".join(application(_environ(), _hear))
            queries = len(asked)
        say(Line(f"Python opcodes per hit: {name}", opcodes.count(application, _environ()), most))
        say(Line(f"SQL per hit: {name}", queries, None if most is None else 0))
    say(Line("sitemap served from a copy (1 for yes)", "/sitemap.xml" in server.shelf.fresh, 1, at_least=True))


def _environ() -> dict:
    from io import BytesIO

    return {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": GUIDE,
        "QUERY_STRING": "",
        "SERVER_NAME": "127.0.0.1",
        "SERVER_PORT": str(own_port()),
        "HTTP_HOST": settings.SITE_URL.partition("//")[2],
        "HTTP_ACCEPT_ENCODING": "gzip, deflate, br",
        "REMOTE_ADDR": "127.0.0.1",
        "wsgi.url_scheme": "http",
        "wsgi.input": BytesIO(),
    }


def _hear(status: str, headers: list, exc_info: object = None) -> None:
    return


def start(say: Say) -> None:
    """Time from exec to the first guide, and the memory of a process with 3,600 pages."""
    times = {"ours": [], "live": []}
    for _ in range(3):
        for name, application, port in (
            ("ours", OURS, own_port()),
            ("live", "goodthinking.bench.live:application", free_port()),
        ):
            begun = time.monotonic()
            with granian(application, GUIDE, port):
                times[name].append(time.monotonic() - begun)
    beside = f"live {median(times['live']):.3g} s"
    say(Line("exec to first guide served, median of 3", median(times["ours"]), 1.5, " s", beside=beside))


_GUIDES = """
    CREATE TEMP VIEW guides AS SELECT * FROM snapshots_snapshot
    WHERE path LIKE '%/guides/%/' AND br NOT NULL AND path NOT LIKE '%-more-%'
"""
_MORE = """
    INSERT INTO snapshots_snapshot (path, headers, br, gz, digest, stale, built, built_on, touched)
    SELECT path || ? || '/', headers, br, gz, digest, stale, built, built_on, touched FROM guides LIMIT ?
"""


def memory(say: Say, scratch: Path) -> None:
    """Hold as many copies as 300 guides in 12 languages have, and weigh the process."""
    folder = scratch / "large"
    folder.mkdir()
    with sqlite3.connect(settings.DATABASES["default"]["NAME"]) as source, sqlite3.connect(folder / "site.sqlite3") as large:
        source.backup(large)
        large.execute(_GUIDES)
        have = large.execute("SELECT count(*) FROM guides").fetchone()[0]
        for number in range(-(-PAGES // have) - 1):
            large.execute(_MORE, [f"-more-{number}", min(have, PAGES - have * (number + 1))])
        held = large.execute("SELECT count(*) FROM snapshots_snapshot WHERE br NOT NULL").fetchone()[0]
    with granian(OURS, GUIDE, own_port(), VAR_DIR=str(folder), DATABASE_URL="") as server:
        wait_until(lambda: len(os.listdir(folder / "snapshots")) >= held, 60)
        beside = f"{held} pages, PSS {server.memory('Pss'):.0f} MB"
        say(Line("memory of a reading process, 300 guides × 12 languages", server.memory("Rss"), 120, " MB", beside=beside))


def wait_until(is_so: Callable[[], bool], seconds: float) -> bool:
    """Wait until something is so, and tell whether it came to that."""
    deadline = time.monotonic() + seconds
    while not is_so():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.005)
    return True

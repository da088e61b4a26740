"""How soon a change is with readers, what it adds to publishing, what a rebuild costs, what fails when something dies."""

import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median

from django.conf import settings
from django.db import connection, transaction
from django.db.models.signals import post_save
from django.test.utils import CaptureQueriesContext

import brotli

from content.home import page_at
from goodthinking.snapshots import changes
from goodthinking.snapshots.build import Builder, due, sweep
from goodthinking.snapshots.models import Generation, Snapshot
from goodthinking.snapshots.render import render

from .processes import Server, granian
from .report import Line, Say
from .serving import GUIDE, OURS, own_port, wait_until

TIMES = 15


def referrers(title: str) -> list[str]:
    """Find the other pages that show the title of the guide."""
    rows = Snapshot.objects.exclude(br=None).exclude(path=GUIDE).values_list("path", "br")
    return [path for path, br in rows if title.encode() in brotli.decompress(bytes(br))]


def publish(words: str) -> None:
    """Publish the guide with other words in its title."""
    page = page_at(GUIDE, settings.LANGUAGE_CODE)
    page.title = words
    page.save_revision(keep_sample=True).publish()


def rebuild(say: Say) -> None:
    """Make every copy anew, against rendering the same pages once."""
    paths = list(Snapshot.objects.exclude(br=None).values_list("path", flat=True))
    ours, live = [], []
    for _ in range(3):  # the first warms both
        with transaction.atomic():
            Generation.change(hard=True)
        begun = time.process_time()
        done = Builder().finish()
        ours.append((time.process_time() - begun) / done)
        begun = time.process_time()
        for path in paths:
            render(path)
        live.append((time.process_time() - begun) / len(paths))
    beside = f"{done} pages, {min(ours) * 1000:.0f} ms of a processor each"
    say(Line("full rebuild per page against one warm live render", min(ours[1:]) / min(live[1:]), 1.2, "×", beside=beside))


def added(say: Say) -> None:
    """Weigh what we add to Wagtail's own publishing: questions, and time in what hears of it."""
    publish("Weighed 0")
    heard, whole = [], []
    on_save = changes.on_save

    def timed(**about: object) -> None:
        begun = time.process_time()
        on_save(**about)
        heard[-1] += time.process_time() - begun

    post_save.disconnect(on_save)
    post_save.connect(timed)
    try:
        for number in range(TIMES):
            heard.append(0.0)
            begun = time.process_time()
            publish(f"Weighed {number % 2}")
            whole.append(time.process_time() - begun)
    finally:
        post_save.disconnect(timed)
        post_save.connect(on_save)
    with CaptureQueriesContext(connection) as asked:
        publish("Weighed again")
        ours = [query for query in asked if "snapshots_" in query["sql"]]
        beside = f"of {len(asked)}"
    say(Line("queries added to publishing", len(ours), 6, beside=beside))
    share = median(part / (all_of_it - part) for part, all_of_it in zip(heard, whole, strict=True)) * 100
    say(Line("time added to publishing", share, 5, " %", beside=f"of {median(whole) * 1000:.0f} ms"))


@contextmanager
def building() -> Iterator[None]:
    """Make copies in a thread meanwhile, as `up` does."""
    stop = threading.Event()
    builder = threading.Thread(target=Builder().run, args=[stop], daemon=True)
    builder.start()
    try:
        yield
    finally:
        stop.set()
        builder.join()


def seen(say: Say) -> None:
    """Publish here and read in another process: how long until the new words, and whether the old ones ever come back."""
    first, later, old_after = [], [], 0
    publish("Published before")
    Builder().finish()
    others = referrers("Published before")
    with building(), granian(OURS, GUIDE, own_port()) as server:
        for number in range(5):
            words = f"Published {number}"
            publish(words)
            begun = time.monotonic()
            wait_until(_shows(server, GUIDE, words), 30)
            first.append(time.monotonic() - begun)
            while time.monotonic() - begun < first[-1] + 1:
                old_after += not _shows(server, GUIDE, words)()
            wait_until(lambda words=words: all(_shows(server, path, words)() for path in others), 90)
            later.append(time.monotonic() - begun)
            wait_until(lambda: not due().exists(), 120)
    say(Line("publish to new words in a second process, worst of 5", max(first), 1, " s"))
    say(Line("old words after that", old_after, 0))
    beside = f"{len(others)} pages"
    say(Line("publish to new words in all that refers to it, worst of 5", max(later), 60, " s", beside=beside))
    wrong = sweep()
    say(Line("copies that a sweep finds wrong after it", len(wrong), 0))


def _shows(server: Server, path: str, words: str) -> Callable[[], bool]:
    return lambda: words.encode() in server.get(path)[1]


def failures(say: Say) -> None:
    """Kill the worker, then take the database away, and count the requests that fail."""
    with granian(OURS, GUIDE, own_port(), workers=2) as server:
        stop, failed = threading.Event(), []

        def read() -> None:
            while not stop.is_set():
                failed.append(server.status() != 200)

        reader = threading.Thread(target=read, daemon=True)
        reader.start()
        kills = 2
        for _ in range(kills):
            # Granian takes two deaths within five seconds for a fault that it cannot mend, and gives up.
            time.sleep(6)
            os.kill(server.workers[-1], signal.SIGKILL)
        time.sleep(3)
        stop.set()
        reader.join()
        beside = f"{sum(failed)} of {len(failed)}, {kills} kills"
        say(Line("failed requests per killed worker", sum(failed) / kills, 1, beside=beside))
        connection.close()
        database = Path(settings.DATABASES["default"]["NAME"])
        for path in database.parent.glob(f"{database.name}*"):
            path.rename(path.with_name(f"gone-{path.name}"))
        time.sleep(3)
        paths = [path for path in (GUIDE, "/", "/urgent-support/", "/sitemap.xml") for _ in range(50)]
        lost = sum(server.status(path) != 200 for path in paths)
        say(Line("failed requests without the database", lost, 0, beside=f"of {len(paths)}"))

"""Makes the copies that are due. The table is the queue: nothing is lost with a process, and two at it do no harm."""

import logging
import threading
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import date, timedelta

from django.conf import settings
from django.core.cache import caches
from django.db import Error, connection, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.module_loading import import_string

from . import changes
from .models import Generation, Snapshot, SnapshotRead
from .reads import Read
from .render import Rendered, render

AT_A_TIME = 8
"""Pages to one transaction: about half a second of work."""

MANY = 32
"""Pages to one transaction where nobody waits for a single one."""

PAUSE = 0.2
"""Seconds between two looks at the table."""

MOMENTS = 5
"""Seconds between two looks at the clock."""

LATE = timedelta(minutes=1)
"""Without a new copy while some are due: then something is wrong."""

RETRY = 60
"""Seconds before a page is tried again that could not be rendered."""

log = logging.getLogger(__name__)


class Builder:
    """Renders and stores what is due, the most urgent first."""

    def __init__(self) -> None:
        self._known: set[str] = set()
        self._seen_changes = -1
        self._nothing_due_at: tuple[int, date] | None = None
        self._failed: dict[str, float] = {}
        self._looked = float("-inf")

    def refresh(self, limit: int = AT_A_TIME) -> int:
        """Make up to `limit` copies that are due. Returns how many were tried; 0 when nothing is due."""
        generation = Generation.now()
        moment = generation.counter, timezone.localdate()
        if moment == self._nothing_due_at and not self._failed:
            return 0
        self._plan()
        rows = list(self._due(generation, limit))
        self._nothing_due_at = None if rows else moment
        if not rows and not self._failed:
            generation.rest()
        if rows and generation.changes != self._seen_changes:
            # What this process remembers may be older than what another has just changed.
            caches["default"].clear()
            self._seen_changes = generation.changes
        made = [(row, rendered) for row in rows if (rendered := self._try(row))]
        if made and _store(made, generation):
            self._add(path for row, rendered in made for path in rendered.leads_to(row.path))
        return len(rows)

    def _due(self, generation: Generation, limit: int) -> Iterable[Snapshot]:
        """Choose rows to make: first those that are not served, then those that are older than they should be."""
        waiting = [path for path, until in self._failed.items() if until > time.monotonic()]
        rows = Snapshot.objects.exclude(path__in=waiting).only("path", "touched", "stale", "digest", "built")
        urgent = rows.filter(Q(stale=True) | Q(built__lt=generation.hard))
        if newest := list(urgent.filter(path=generation.newest, built__gt=0)):
            return newest  # alone, for somebody waits to see it
        found = list(urgent.order_by("-built", "pk")[:limit])
        if len(found) < limit:
            old = rows.filter(stale=False, built__gte=generation.hard).filter(older(generation.soft))
            found += old.order_by("built", "pk")[: limit - len(found)]
        return found

    def _plan(self) -> None:
        """Begin with the addresses that lead to all others."""
        if not self._known:
            changes.know_all()
            self._known = set(Snapshot.objects.values_list("path", flat=True))
            starts = ["/", *(f"/{code}/" for code, _name in settings.LANGUAGES if code != settings.LANGUAGE_CODE)]
            instead = [f"{start}{settings.SNAPSHOTS_INSTEAD}" for start in starts]
            self._add([*starts, *instead, "/sitemap.xml", "/robots.txt"])

    def _add(self, paths: Iterable[str]) -> None:
        new = set(paths) - self._known
        Snapshot.objects.bulk_create([Snapshot(path=path) for path in sorted(new)], ignore_conflicts=True)
        self._known |= new

    def _try(self, row: Snapshot) -> Rendered | None:
        """Render a page; None when that failed: what there was stays."""
        try:
            rendered = render(row.path)
        except Exception as error:  # noqa: BLE001 (one broken page must not keep the others waiting)
            log.warning("A page could not be rendered (%s). It is tried again.", type(error).__name__)
            rendered = None
        if rendered is None or not rendered.is_an_answer:
            self._failed[row.path] = time.monotonic() + RETRY
            return None
        self._failed.pop(row.path, None)
        return rendered

    def mind_the_clock(self) -> None:
        """Send all copies to be made again when something begins or ends by itself: see SNAPSHOTS_MOMENTS."""
        if time.monotonic() - self._looked < MOMENTS:
            return
        self._looked = time.monotonic()
        since, now = Generation.now().minded_at, timezone.now()
        if since is None or any(import_string(name)(since, now) for name in settings.SNAPSHOTS_MOMENTS):
            with transaction.atomic():
                Generation.change(hard=True)

    def run(self, stop: threading.Event) -> None:
        """Keep all copies right until told to stop. Whatever fails, such as a database that is away, is tried again."""
        last = None
        while not stop.is_set():
            try:
                self.mind_the_clock()
                done, last = self.refresh(), None
            except Exception as error:  # noqa: BLE001 (nobody else would go on)
                done, kind = 0, type(error).__name__
                if kind != last:
                    log.warning("No copies of pages can be made (%s). It is tried again.", kind)
                last = kind
                with suppress(Error):
                    connection.close()
                stop.wait(2)
            if not done:
                stop.wait(PAUSE)
        connection.close()

    def finish(self, say: Callable[[int, int], None] = lambda done, left: None) -> int:
        """Make all copies that are due. say: called with how many are done and how many are left. Returns how many."""
        self.mind_the_clock()
        done = 0
        while tried := self.refresh(MANY):
            done += tried
            say(done, due().count())
        return done


def older(soft: int) -> Q:
    """Rows made before a generation, or on another day."""
    return Q(built__lt=soft) | ~Q(built_on=timezone.localdate())


def due() -> QuerySet[Snapshot]:
    """All rows that are to be made."""
    return Snapshot.objects.filter(Q(stale=True) | older(Generation.now().soft))


def is_late() -> bool:
    """Tell whether copies are due and none has been made for a minute: nobody is at it, or it fails."""
    since, then = Generation.now().waiting_since, timezone.now() - LATE
    if since:
        return since < then and due().exists()
    # A new day is no change that anybody made.
    return Snapshot.objects.filter(built_on__lt=timezone.localdate(then)).exists()


def sweep(say: Callable[[int, int], None] = lambda done, all_of_them: None) -> list[str]:
    """Render every copy that counts as right once more and compare. Those that differ are marked to be made again.

    say: called with how many are done, and of how many. Returns the paths that differed: changes that nobody heard of.
    """
    right = Snapshot.objects.exclude(pk__in=due().values("pk")).values_list("path", "digest", "touched")
    wrong, rows = [], list(right)
    caches["default"].clear()
    for done, (path, digest, touched) in enumerate(rows, 1):
        rendered = render(path)
        if (rendered.digest if rendered.may_be_kept else "") != digest:
            with transaction.atomic():
                number = Generation.store().counter
                # Somebody may have changed it meanwhile: then nothing was missed.
                if Snapshot.objects.filter(path=path, touched=touched).update(stale=True, touched=number):
                    wrong.append(path)
        say(done, len(rows))
    return wrong


def _store(made: list[tuple[Snapshot, Rendered]], then: Generation) -> bool:
    """Store what was rendered, each copy only over the row it was rendered for.

    then: the generation before it was rendered. Returns False, and stores nothing, when something has changed since.
    """
    with transaction.atomic():
        now = Generation.store()
        if now.changes != then.changes:
            return False
        stored: dict[int, frozenset[Read]] = {}
        for row, rendered in made:
            digest = rendered.digest if rendered.may_be_kept else ""
            known = {"stale": False, "built": then.counter, "built_on": rendered.day}
            if digest == row.digest and not row.stale and row.built >= then.hard:
                body = {}
            elif digest:
                body = {"headers": rendered.headers, "br": rendered.br, "gz": rendered.gz}
            else:
                body = {"br": None, "gz": None}
            if body:
                known |= body | {"touched": now.counter, "digest": digest}
            if Snapshot.objects.filter(pk=row.pk, touched=row.touched).update(**known):
                stored[row.pk] = rendered.reads
        _note_reads(stored)
    return True


def _note_reads(stored: dict[int, frozenset[Read]]) -> None:
    """Write down what snapshots were made of. stored: their primary keys, each with its reads."""
    known: dict[int, dict[Read, int]] = {pk: {} for pk in stored}
    for pk, snapshot_id, kind, key in SnapshotRead.objects.filter(snapshot__in=stored).values_list(
        "pk", "snapshot_id", "kind", "key"
    ):
        known[snapshot_id][kind, key] = pk
    new = [(snapshot, read) for snapshot, reads in stored.items() for read in reads if read not in known[snapshot]]
    SnapshotRead.objects.bulk_create(SnapshotRead(snapshot_id=pk, kind=kind, key=key) for pk, (kind, key) in new)
    gone = [pk for snapshot, rows in known.items() for read, pk in rows.items() if read not in stored[snapshot]]
    if gone:
        SnapshotRead.objects.filter(pk__in=gone).delete()

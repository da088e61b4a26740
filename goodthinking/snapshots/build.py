"""Makes the copies that are due. The table is the queue: nothing is lost with a process, and two at it do no harm."""

import logging
import threading
import time
from collections.abc import Callable, Iterable
from datetime import date, timedelta

from django.conf import settings
from django.core.cache import caches
from django.db import DatabaseError, InterfaceError, connection, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.module_loading import import_string

import brotli

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
        self._looked = 0.0
        self._moment: object = None

    def refresh(self, limit: int = AT_A_TIME) -> int:
        """Make up to `limit` copies that are due. Returns how many were tried; 0 when nothing is due."""
        generation = Generation.now()
        moment = generation.counter, timezone.localdate()
        if moment == self._nothing_due_at and not self._failed:
            return 0
        self._plan()
        rows = list(self._due(generation, limit))
        self._nothing_due_at = None if rows else moment
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
            starts = [f"/{code}/" for code, _name in settings.LANGUAGES if code != settings.LANGUAGE_CODE]
            self._add(["/", *starts, "/sitemap.xml", "/robots.txt"])

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
        if rendered is None or rendered.status >= 500:
            self._failed[row.path] = time.monotonic() + RETRY
            return None
        self._failed.pop(row.path, None)
        return rendered

    def mind_the_clock(self) -> None:
        """Send all copies to be made again when something begins or ends by itself: see SNAPSHOTS_MOMENTS."""
        if time.monotonic() - self._looked < MOMENTS:
            return
        self._looked = time.monotonic()
        if self._moment is not None and self._moment <= timezone.now():
            with transaction.atomic():
                Generation.change(hard=True)
        upcoming = [moment for name in settings.SNAPSHOTS_MOMENTS if (moment := import_string(name)())]
        self._moment = min(upcoming, default=None)

    def run(self, stop: threading.Event) -> None:
        """Keep all copies right until told to stop. A database that is away is asked again."""
        is_away = False
        while not stop.is_set():
            try:
                self.mind_the_clock()
                done, is_away = self.refresh(), False
            except (DatabaseError, InterfaceError) as error:
                if not is_away:
                    log.warning("Snapshots wait for the database (%s).", type(error).__name__)
                connection.close()
                done, is_away = 0, True
                stop.wait(2)
            if not done:
                stop.wait(PAUSE)
        connection.close()

    def finish(self, say: Callable[[int, int], None] = lambda done, left: None) -> int:
        """Make all copies that are due. say: called with how many are done and how many are left. Returns how many."""
        done = 0
        while tried := self.refresh(MANY):
            done += tried
            say(done, due().count())
        return done


def text_of(path: str) -> str | None:
    """Give the text of the copy of a path, None where there is none."""
    row = Snapshot.objects.filter(path=path).exclude(br=None).first()
    return brotli.decompress(bytes(row.br)).decode() if row else None


def older(soft: int) -> Q:
    """Rows made before a generation, or on another day."""
    return Q(built__lt=soft) | ~Q(built_on=timezone.localdate())


def due() -> QuerySet[Snapshot]:
    """All rows that are to be made."""
    return Snapshot.objects.filter(Q(stale=True) | older(Generation.now().soft))


def is_late() -> bool:
    """Tell whether copies are due and none has been made for a minute: nobody is at it, or it fails."""
    generation, then = Generation.now(), timezone.now() - LATE
    if generation.counted_at is None or generation.counted_at > then:
        return False
    before = Q(built__lt=generation.soft) | Q(built_on__lt=timezone.localdate(then))
    return Snapshot.objects.filter(Q(stale=True) | before).exists()


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
            known = {"stale": False, "built": then.counter, "built_on": timezone.localdate()}
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

"""The copies that a serving process holds in memory, kept in step with the table by one small query now and then.

It reads the table with plain SQL, for that needs no Django application: a process that serves copies alone never loads one.
"""

import gzip
import json
import logging
import math
import threading
import time
from collections.abc import Callable, Iterable
from contextlib import suppress

from django.db import Error, connection

import brotli

from . import silence
from .disk import Copy, Disk

PAUSE = 0.2
"""Seconds between two looks, each a question for one row."""

AWAY_PAUSE = 2
"""Seconds between two tries to reach a database that is away."""

PATIENCE = 5.0
"""Seconds that a process that starts waits for a slow database before it begins from the disk, which may hold what was
withdrawn meanwhile; where there is none, it does not wait."""

SILENCE, LONG_SILENCE = 3.0, 60.0
"""Seconds without an answer after which a database counts as away: to the smallest question, and to that for all copies."""

AT_ONCE = 32
"""Copies that are put on the disk between two looks: no change waits for more."""

FROM_THE_BEGINNING = -1
"""Less than any counter."""

ALWAYS = ("Vary", "Accept-Encoding")
GENERATION = "SELECT counter, hard FROM snapshots_generation WHERE id = 1"
ROWS = "SELECT path, stale, built, digest, headers, br, touched FROM snapshots_snapshot WHERE touched > %s ORDER BY touched"
GZ = "SELECT gz FROM snapshots_snapshot WHERE path = %s AND digest = %s"

log = logging.getLogger(__name__)
Variant = tuple[list[tuple[str, str]], list[bytes], str]
"""Headers, body and ETag of one encoding."""


class Entry:
    """One answer in memory: in Brotli, and in the other encodings when somebody asks."""

    __slots__ = ("built", "digest", "headers", "path", "stale", "variants")

    def __init__(self, path: str, digest: str, headers: list[tuple[str, str]], br: bytes, built: int, stale: bool) -> None:
        self.path, self.digest, self.headers, self.built, self.stale = path, digest, headers, built, stale
        self.variants: dict[str, Variant] = {"br": self._variant("br", br)}

    def _variant(self, coding: str, body: bytes) -> Variant:
        etag = f'"{self.digest[:32]}-{coding}"'
        own = [("Content-Length", str(len(body))), ("ETag", etag), ALWAYS]
        encoding = [] if coding == "identity" else [("Content-Encoding", coding)]
        return [*self.headers, *encoding, *own], [body], etag

    def variant(self, coding: str, disk: Disk) -> Variant:
        """Give the answer in an encoding. What few ask for is not held: gzip lies on the disk, plain text is unpacked."""
        known = self.variants.get(coding)
        if known:
            return known
        plain = brotli.decompress(self.variants["br"][1][0])
        if coding == "identity":
            return self._variant(coding, plain)
        kept = disk.read(self.path)
        return self._variant(coding, kept.gz if kept and kept.digest == self.digest else gzip.compress(plain, 6, mtime=0))


class NoCopies(Error):
    """The database is there, and none of what was published: it is being restored, or another one."""


class Shelf:
    """All copies, by path: `fresh` may be served, `old` only where nothing newer can be had."""

    def __init__(self, disk: Disk, forget: Callable[[], None] = lambda: None) -> None:
        """forget: called when something changed that processes remember from page to page."""
        self.disk = disk
        self.fresh: dict[str, Entry] = {}
        self.old: dict[str, Entry] = {}
        self.is_away = False
        """Whether the database could not be reached when last asked."""
        self._forget = forget
        self._seen, self._hard = FROM_THE_BEGINNING, 0
        self._answer_by = math.inf
        self._is_sure = threading.Event()
        self._lock = threading.Lock()
        self._unsaved: list[str] = []
        self._alike: dict[tuple[str, str], tuple[str, str]] = {}

    def begin(self) -> None:
        """Take in all there is: from the database, or from the disk when that does not answer. Then follow it."""
        for task in (self._follow, self._watch):
            threading.Thread(target=task, name="snapshots", daemon=True).start()
        self._is_sure.wait(PATIENCE)
        with self._lock:
            if self.is_away or not self._is_sure.is_set():
                self._take_from_disk()

    def _take_from_disk(self) -> None:
        self.is_away = True
        for copy in self.disk:
            self.fresh[copy.path] = Entry(copy.path, copy.digest, self._headers(copy.headers), copy.br, 0, False)
        log.warning("The database is away. %d pages are served from the disk.", len(self.fresh))

    def text_of(self, path: str) -> str | None:
        """Give the text of the last copy of a path."""
        entry = self.fresh.get(path) or self.old.get(path)
        return brotli.decompress(entry.variants["br"][1][0]).decode() if entry else None

    def look(self) -> None:
        """Take in what has changed. Raises django.db.Error."""
        self._answer_by = time.monotonic() + SILENCE
        with connection.cursor() as cursor:
            cursor.execute(GENERATION)
            counter, hard = cursor.fetchone() or (0, 0)
            self._answer_by = time.monotonic() + LONG_SILENCE
            if (counter, hard) != (self._seen, self._hard):
                self._take_in(cursor, counter, hard)
            self._save(cursor)
        self._answer_by = math.inf

    def _take_in(self, cursor: object, counter: int, hard: int) -> None:
        # A database whose counter went back is another one, such as a backup: it is read from the beginning.
        after = self._seen if counter > self._seen else FROM_THE_BEGINNING
        cursor.execute(ROWS, [after])
        rows = cursor.fetchall()
        if after == FROM_THE_BEGINNING and not any(br for *_row, br, _touched in rows) and self._holds_anything():
            raise NoCopies("There are no copies in this database.")
        if hard != self._hard:
            self._forget()
        with self._lock:
            self._hard = hard
            self._unsaved += [path for path, *row in rows if self._take(path, *row)]
            if after == FROM_THE_BEGINNING:
                self._keep_only({row[0] for row in rows})
            self._sort_out()
            self._seen = max([counter, *(row[-1] for row in rows)])
            self.is_away = False
            self._is_sure.set()

    def _holds_anything(self) -> bool:
        return bool(self.fresh or self.old or self.disk)

    def _keep_only(self, paths: set[str]) -> None:
        """Forget what the database does not have."""
        for path in (self.fresh.keys() | self.old.keys()) - paths:
            self.fresh.pop(path, None)
            self.old.pop(path, None)
        self.disk.keep_only(self.fresh.keys() | self.old.keys())

    def _take(self, path: str, stale: bool, built: int, digest: str, headers: object, br: object, touched: int) -> bool:
        """Take in a row. Returns whether there is a body to keep."""
        if br is None:
            self.fresh.pop(path, None)
            self.old.pop(path, None)
            self.disk.forget(path)
            return False
        pairs = json.loads(headers) if isinstance(headers, str) else headers
        entry = Entry(path, digest, self._headers(pairs), bytes(br), built, bool(stale))
        self._place(path, entry)
        return not entry.stale

    def _place(self, path: str, entry: Entry) -> None:
        to, away = (self.old, self.fresh) if entry.stale or entry.built < self._hard else (self.fresh, self.old)
        to[path] = entry
        away.pop(path, None)

    def _sort_out(self) -> None:
        """Take out of service what was made before a change that concerns everything."""
        for path, entry in list(self.fresh.items()):
            if entry.built < self._hard:
                self._place(path, entry)

    def _headers(self, pairs: Iterable[Iterable[str]]) -> list[tuple[str, str]]:
        """Hold a header once that all pages have."""
        return [self._alike.setdefault((name, value), (name, value)) for name, value in pairs]

    def _save(self, cursor: object) -> None:
        """Put some of what is new on the disk."""
        now, self._unsaved = self._unsaved[:AT_ONCE], self._unsaved[AT_ONCE:]
        for path in now:
            entry = self.fresh.get(path)
            if entry is None or self.disk.has(path, entry.digest):
                continue
            cursor.execute(GZ, [path, entry.digest])
            if row := cursor.fetchone():
                self.disk.save(Copy(path, entry.headers, entry.variants["br"][1][0], bytes(row[0]), entry.digest))

    def _follow(self) -> None:
        last = None
        while True:
            try:
                self.look()
                self.is_away, last = False, None
            except Exception as error:  # noqa: BLE001 (nobody else would go on)
                self._lose_the_database()
                kind = type(error).__name__
                if kind != last:
                    log.warning("The table of copies cannot be read (%s).", kind)
                last = kind
            time.sleep(AWAY_PAUSE if self.is_away else PAUSE)

    def _lose_the_database(self) -> None:
        """Go on without it. What is read when it is back is read from the beginning: it may be another one by then."""
        self.is_away, self._answer_by = True, math.inf
        self._seen = FROM_THE_BEGINNING
        self._is_sure.set()
        with suppress(Error):
            connection.close()

    def _watch(self) -> None:
        """Notice a database that is there and says nothing, and let nobody of this process wait for it any longer."""
        while True:
            time.sleep(SILENCE / 3)
            if time.monotonic() > self._answer_by:
                self.is_away = True
                silence.end()

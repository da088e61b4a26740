"""The copies of one machine on its own disk, each proved whole when read: a process can start from them alone."""

import hashlib
import json
import logging
import os
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

AN_HOUR = 3600
"""Seconds after which nobody is still writing a file."""

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Copy:
    """A stored answer. digest: that of the database, which names its text."""

    path: str
    headers: list[tuple[str, str]]
    br: bytes
    gz: bytes
    digest: str

    def packed(self) -> bytes:
        """Write it as one line of JSON and the two bodies, under their SHA-256."""
        about = {"path": self.path, "headers": self.headers, "digest": self.digest, "br": len(self.br), "gz": len(self.gz)}
        content = json.dumps(about).encode() + b"\n" + self.br + self.gz
        return hashlib.sha256(content).hexdigest().encode() + b"\n" + content

    @classmethod
    def unpacked(cls, data: bytes) -> "Copy":
        """Read what `packed` wrote. Raises ValueError for anything that is not whole."""
        checksum, _line, content = data.partition(b"\n")
        if hashlib.sha256(content).hexdigest().encode() != checksum:
            raise ValueError("This copy is not whole.")
        line, _line, bodies = content.partition(b"\n")
        about = json.loads(line)
        headers = [tuple(pair) for pair in about["headers"]]
        return cls(about["path"], headers, bodies[: about["br"]], bodies[about["br"] :], about["digest"])


class Disk:
    """A folder of copies. A disk that is full or cannot be written is said once, and does without."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.is_well = True
        self._names: dict[str, str] = {}
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self._take_stock()
        except OSError as error:
            self._failed(error)

    def _take_stock(self) -> None:
        """Find what is here: of two copies of a path, which a process left that was killed, the newer."""
        for unfinished in self.folder.glob("*.new"):
            if unfinished.stat().st_mtime < time.time() - AN_HOUR:
                self._remove(unfinished.name)
        found = sorted(self.folder.glob("*.snap"), key=lambda path: path.stat().st_mtime_ns)
        for path in found:
            key = path.name.partition("-")[0]
            if older := self._names.get(key):
                self._remove(older)
            self._names[key] = path.name

    def __bool__(self) -> bool:
        """Tell whether there is anything here."""
        return bool(self._names)

    def has(self, path: str, digest: str) -> bool:
        """Tell whether this very text of a path is here, and whole."""
        return self._names.get(_key(path)) == _name(path, digest) and self.read(path) is not None

    def save(self, copy: Copy) -> None:
        """Keep a copy in the place of an older one. It is whole under its name, or not there."""
        name = _name(copy.path, copy.digest)
        new = self.folder / f"{name}.{os.getpid()}.new"
        try:
            new.write_bytes(copy.packed())
            new.replace(self.folder / name)
        except OSError as error:
            with suppress(OSError):
                new.unlink(missing_ok=True)
            self._failed(error)
            return
        self.is_well = True
        older = self._names.get(_key(copy.path))
        self._names[_key(copy.path)] = name
        if older not in {None, name}:
            self._remove(older)

    def forget(self, path: str) -> None:
        """Take the copy of a path away."""
        if name := self._names.pop(_key(path), None):
            self._remove(name)

    def keep_only(self, paths: set[str]) -> None:
        """Take all copies away but those of some paths."""
        for key in self._names.keys() - {_key(path) for path in paths}:
            self._remove(self._names.pop(key))

    def read(self, path: str) -> Copy | None:
        """Read the copy of a path; None where there is none that is whole."""
        name = self._names.get(_key(path))
        return self._read(name) if name else None

    def __iter__(self) -> Iterator[Copy]:
        for name in list(self._names.values()):
            if copy := self._read(name):
                yield copy

    def _read(self, name: str) -> Copy | None:
        try:
            return Copy.unpacked((self.folder / name).read_bytes())
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def _remove(self, name: str) -> None:
        try:
            (self.folder / name).unlink(missing_ok=True)
        except OSError as error:
            self._failed(error)

    def _failed(self, error: OSError) -> None:
        if self.is_well:
            log.warning(
                "Copies cannot be kept under %s (%s). Pages are served all the same.", self.folder.name, error.strerror
            )
        self.is_well = False


def _key(path: str) -> str:
    return hashlib.sha256(path.encode()).hexdigest()[:32]


def _name(path: str, digest: str) -> str:
    return f"{_key(path)}-{digest[:32]}.snap"

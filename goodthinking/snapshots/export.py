"""The public site as files that any static host can serve: a lifeboat for the day when nothing else stands."""

import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

from django.conf import settings
from django.contrib.staticfiles import finders
from django.http import HttpResponse

from wagtail.documents import get_document_model

import brotli

from .models import Snapshot
from .render import OK, render

MARK = ".exported-site"
"""The file that tells a folder which an export may replace."""

_LOADS = re.compile(r'\b(?:href|src)="([^"]+)"')
_SETS = re.compile(r'\bsrcset="([^"]+)"')
_DOCUMENT = re.compile(r"/documents/(\d+)/")


@dataclass
class Exported:
    """How many pages and other files were written, and which links found nothing."""

    pages: int = 0
    files: int = 0
    missing: set[str] = field(default_factory=set)


@contextmanager
def in_place_of(folder: Path) -> Iterator[Path]:
    """Give a new folder to write to, which takes the place of a former export at the end: not before it is whole.

    Raises ValueError for a folder that holds something else, OSError where none can be written.
    """
    folder = folder.resolve()
    if folder.is_file() or (folder.is_dir() and any(folder.iterdir()) and not (folder / MARK).exists()):
        raise ValueError(f"{folder} holds something else. Name a new folder, or one that an export made.")
    new, old = (folder.with_name(f".{folder.name}.{name}") for name in ("new", "old"))
    shutil.rmtree(new, ignore_errors=True)
    new.mkdir(parents=True)
    (new / MARK).write_text("The public site as files. The next export into this folder replaces it.\n")
    try:
        yield new
        if folder.exists():
            folder.rename(old)
        new.rename(folder)
    finally:
        shutil.rmtree(new, ignore_errors=True)
        shutil.rmtree(old, ignore_errors=True)


def export(folder: Path, search: Callable[[str], HttpResponse], not_found: HttpResponse) -> Exported:
    """Write every copy, what they load and what they lead to.

    search: gives the page that stands where only a running site could answer, in a language; not_found: the page for a
    wrong address. Returns what was written.
    """
    done, seen = Exported(), set()
    for path, br in Snapshot.objects.exclude(br=None).order_by("path").values_list("path", "br").iterator():
        body = brotli.decompress(bytes(br))
        _write(folder, path, body)
        done.pages += 1
        seen |= set(_loaded(path, body.decode()))
    for code, _name in settings.LANGUAGES:
        start = "/" if code == settings.LANGUAGE_CODE else f"/{code}/"
        _write(folder, f"{start}search/", search(code).content)
    _write(folder, "/404.html", not_found.content)
    waiting = sorted(seen)
    while waiting:
        path = waiting.pop()
        if not _file_of(folder, path).exists():
            new = set(_fetch(folder, path, done)) - seen
            seen |= new
            waiting += new
    return done


def _loaded(path: str, html: str) -> Iterator[str]:
    """List the paths of this site that a page leads to or loads, without their queries."""
    found = _LOADS.findall(html) + [part.split()[0] for value in _SETS.findall(html) for part in value.split(",")]
    own = urlsplit(settings.SITE_URL)
    for link in found:
        parts = urlsplit(urljoin(f"{settings.SITE_URL}{path}", unescape(link)))
        if parts[:2] == own[:2] and not parts.path.startswith(settings.EDITOR_PATH):
            yield unquote(parts.path)


def _fetch(folder: Path, path: str, done: Exported) -> Iterator[str]:
    """Copy a file to where a page expects it, or render what has no copy. Gives the paths that this leads to in turn."""
    source = _source(path)
    to = _file_of(folder, path)
    if source is not None and source.is_file():
        to.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, to)
    elif source is None and (rendered := render(path)).status == OK and rendered.body:
        _write(folder, path, rendered.body)
        if dict(rendered.headers).get("Content-Type", "").startswith("text/html"):
            yield from _loaded(path, rendered.body.decode())
    else:
        done.missing.add(path)
        return
    done.files += 1


def _source(path: str) -> Path | None:
    """Find the file behind a path: of the styles and scripts, of editors' pictures, of documents. None for no such path."""
    if path.startswith(settings.STATIC_URL):
        name = path.removeprefix(settings.STATIC_URL)
        built = Path(settings.STATIC_ROOT, name)
        return built if built.is_file() else Path(finders.find(name) or "/nowhere")
    if path.startswith(settings.MEDIA_URL):
        return Path(settings.MEDIA_ROOT, path.removeprefix(settings.MEDIA_URL))
    if found := _DOCUMENT.match(path):
        document = get_document_model().objects.filter(pk=found[1]).first()
        return Path(document.file.path) if document else Path("/nowhere")
    return None


def _file_of(folder: Path, path: str) -> Path:
    return folder / (f"{path}index.html" if path.endswith("/") else path).lstrip("/")


def _write(folder: Path, path: str, body: bytes) -> None:
    to = _file_of(folder, path)
    to.parent.mkdir(parents=True, exist_ok=True)
    to.write_bytes(body)

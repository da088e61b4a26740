"""The kit as one zip: opens from a USB stick at index.html and asks no network; the same wish gives the same bytes."""

import io
import posixpath
import re
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.files.storage import default_storage
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from content.base import BodyPage
from content.information import InformationPage

from .kit import kit
from .pages import CoursePage, TrainingIndexPage
from .plan import HANDOUTS

BEFORE_TIME = (1980, 1, 1, 0, 0, 0)
"""The earliest date a zip can hold: two kits of one wish must not differ by when they were packed."""

SCRIPTS = {"index.html": ["training-kit.js"], "help.html": ["training-kit.js"], "slides.html": ["slide-show.js"]}
_SOURCE = re.compile(r"<source\b[^>]*>\s*")
_PLAYER = re.compile(r"<(audio|video)\b.*?</\1>", re.DOTALL)
_ADDRESS = re.compile(r'\b(href|src)="(/[^"]*)"')


def archive(course: CoursePage, asked: Mapping[str, str], named: Sequence[str], request: HttpRequest) -> bytes:
    """Pack a kit.

    asked, named: see `Wish.of`; request: the visitor's, which pages are rendered for. Returns a zip file.
    """
    shown = kit(course, asked, named)
    index = TrainingIndexPage.objects.ancestor_of(course).get()
    sheets = InformationPage.objects.shown().descendant_of(index).filter(slug__in=[key for key, _words in HANDOUTS])
    parts = {
        "modules": (_("Modules, to read"), shown["wish"].modules),
        "sheets": (_("Sheets, to print or to fill in"), list(sheets)),
        "guides": (_("Guides that the session draws on"), shown["guides"]),
    }
    pages = {f"{folder}/{page.slug}.html": page for folder, (_words, found) in parts.items() for page in found}
    inside = {page.url: name for name, page in pages.items()} | {_urgent_support(course): "help.html"}
    shown |= {
        "slides": _("Slides"),
        "contents": [
            (words, [(f"{folder}/{page.slug}.html", page.title) for page in found])
            for folder, (words, found) in parts.items()
        ],
        "newest": f"{course.full_url}kit/?{shown['wish'].query}",
    }
    titles = {"index.html": course.title, "slides.html": shown["slides"], "help.html": _("Helplines")}
    html = {name: _page(name, shown | {"title": title}, request) for name, title in titles.items()}
    html |= {name: _body_page(page, shown, request) for name, page in pages.items()}
    pictures: dict[str, str] = {}
    texts = {name: offline(text, name, inside, pictures) for name, text in html.items()}
    return _packed(texts, pictures)


def offline(html: str, at: str, inside: Mapping[str, str], pictures: dict[str, str]) -> str:
    """Lead the addresses of a page into the kit, or to the site in full. Pure.

    html: a page as the site would send it; at: its name in the kit; inside: names in the kit by the site's addresses;
    pictures: filled with their names in the kit, by the site's addresses. What is played from the network is left out: its
    words stand beside it.
    """

    def led(match: re.Match) -> str:
        attribute, address = match.groups()
        path, mark, rest = address.partition("#")
        if path in inside:
            return f'{attribute}="{_from(at, inside[path])}{mark}{rest}"'
        if attribute == "src":
            name = pictures.setdefault(address, f"files/{posixpath.basename(address)}")
            return f'{attribute}="{_from(at, name)}"'
        return f'{attribute}="{settings.SITE_URL}{address}"'

    return _ADDRESS.sub(led, _PLAYER.sub("", _SOURCE.sub("", html)))


def _from(at: str, name: str) -> str:
    return posixpath.relpath(name, posixpath.dirname(at) or ".")


def _urgent_support(course: CoursePage) -> str:
    """The address of urgent support beside a course: it leads to the kit's own helplines."""
    return f"{course.url.partition('training/')[0]}urgent-support/"


def _page(name: str, shown: dict[str, object], request: HttpRequest) -> str:
    return render_to_string(f"content/kit/{name}", shown | {"scripts": SCRIPTS[name], "up": ""}, request)


def _body_page(page: BodyPage, shown: dict[str, object], request: HttpRequest) -> str:
    own = page.get_context(request) | {"title": page.title, "course": shown["course"], "up": "../"}
    own["scripts"] = ["own-words.js"] if own["is_form"] else []
    return render_to_string("content/kit/page.html", own, request)


def _packed(texts: Mapping[str, str], pictures: Mapping[str, str]) -> bytes:
    """Make the zip of pages, styles, scripts and pictures, always in the same order."""
    scripts = sorted({script for names in SCRIPTS.values() for script in names} | {"own-words.js"})
    css = settings.STYLES + "".join(_static(f"css/{name}.css").decode() for name in ["training", "slides"])
    files = {name: text.encode() for name, text in texts.items()} | {"files/kit.css": css.encode()}
    files |= {f"files/{script}": _static(f"js/{script}") for script in scripts}
    for address, name in sorted(pictures.items()):
        # A picture whose file is lost is lost here too: its words remain, and so does the kit.
        if default_storage.exists(path := address.removeprefix(settings.MEDIA_URL)):
            with default_storage.open(path) as opened:
                files[name] = opened.read()
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in files.items():
            made.writestr(zipfile.ZipInfo(name, BEFORE_TIME), content, zipfile.ZIP_DEFLATED)
    return packed.getvalue()


def _static(name: str) -> bytes:
    return Path(finders.find(name)).read_bytes()

"""Notices that copies were made by other code or with other settings than the site has now."""

import hashlib
from collections.abc import Iterable
from importlib.metadata import distributions
from pathlib import Path

from django.conf import settings
from django.db import transaction

from .models import Generation

CODE = ("goodthinking", "search", "content", "templates", "static")
SUFFIXES = {".css", ".html", ".js", ".json", ".py", ".svg", ".yaml", ".mo"}
SHOWN_SETTINGS = (
    "EDITOR_HOST",
    "LANGUAGES",
    "PRODUCTION",
    "QUICK_EXIT_URL",
    "READER_POLICY",
    "SAMPLE_CONTENT",
    "SEARCH_MODEL",
    "SITE_NAME",
    "SITE_URL",
)


def notice() -> None:
    """Compare with what the last copies were made by. New code: they are made again; new settings: none is served before."""
    code, with_settings = _digest(_code()), _digest(f"{name}={getattr(settings, name)!r}" for name in SHOWN_SETTINGS)
    with transaction.atomic():
        known = Generation.now()
        if (known.code, known.settings) == (code, with_settings):
            return
        Generation.change(soft=True, hard=known.settings != with_settings)
        Generation.objects.filter(pk=1).update(code=code, settings=with_settings)


def _code() -> Iterable[str]:
    for folder in CODE:
        for path in sorted(Path(settings.BASE_DIR, folder).rglob("*")):
            if path.suffix in SUFFIXES and path.is_file():
                yield f"{path.name} {hashlib.sha256(path.read_bytes()).hexdigest()}"
    yield from sorted(f"{each.metadata['Name']} {each.version}" for each in distributions())


def _digest(lines: Iterable[str]) -> str:
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()

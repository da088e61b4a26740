"""`manage.py bench`: what the site must reach, measured on a copy of itself beside its peers, in one run."""

import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from argparse import SUPPRESS, ArgumentParser
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from goodthinking.bench import publishing, serving
from goodthinking.bench.report import Line
from goodthinking.snapshots.build import Builder

NEEDED = {
    "wrk": "wrk",
    "nginx": "nginx-light",
    "/usr/lib/nginx/modules/ngx_http_brotli_static_module.so": "libnginx-mod-http-brotli-static",
}
"""Programs and files, and the Debian packages that hold them."""

COPY = "bench-"
"""How the name of the folder begins that holds a copy of the site."""


class Command(BaseCommand):
    help = (
        "Measures on a copy of the site, beside nginx, Django's cache, whitenoise and the site without copies. Needs SQLite."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--scratch", type=Path, help=SUPPRESS)  # how it tells itself where the copy is

    def handle(self, *args: object, scratch: Path | None, **options: object) -> None:
        if scratch is None:
            self._on_a_copy()
            return
        own = {settings.VAR_DIR, Path(settings.DATABASES["default"]["NAME"]).parent}
        if own != {scratch} or not scratch.name.startswith(COPY):
            raise CommandError("This publishes and deletes pages. Leave out --scratch, and it does so on a copy.")
        self.stdout.write("Making the copies of all pages …")
        Builder().finish()
        connection.close()
        if packages := _lacking():
            self.stdout.write(f"Not measured: requests/s and CPU beside nginx. They need: apt-get install {packages}")
        else:
            serving.throughput(self._say, scratch)
        serving.steps(self._say)
        publishing.seen(self._say)
        publishing.added(self._say)
        publishing.rebuild(self._say)
        serving.start(self._say)
        serving.memory(self._say, scratch)
        publishing.failures(self._say)
        self.stdout.write("Missed changes over 1,000 random edits: .venv/bin/pytest -m deep -k of_a_thousand")

    def _say(self, line: Line) -> None:
        self.stdout.write(str(line))
        self.stdout.flush()

    def _on_a_copy(self) -> None:
        """Run again in a folder of its own, so that nothing that is measured touches the site."""
        if connection.vendor != "sqlite":
            raise CommandError("This measures on SQLite. Unset DATABASE_URL, and run `manage.py up --prepare` first.")
        with tempfile.TemporaryDirectory(prefix=COPY) as name:
            scratch = Path(name)
            connection.ensure_connection()
            with sqlite3.connect(scratch / "site.sqlite3") as copy:
                connection.connection.backup(copy)
            for part in ("static", "media"):
                scratch.joinpath(part).symlink_to(Path(settings.VAR_DIR, part))
            own = {"VAR_DIR": name, "SITE_URL": f"http://127.0.0.1:{serving.free_port()}", "SEARCH_MODEL": "0"}
            command = [sys.executable, "manage.py", "bench", "--scratch", name]
            done = subprocess.run(command, cwd=settings.BASE_DIR, env=os.environ | own | {"DATABASE_URL": ""}, check=False)
        if done.returncode:
            raise CommandError("It could not be measured to the end.")


def _lacking() -> str:
    """Name the packages that are to be installed before everything can be measured."""
    return " ".join(package for name, package in NEEDED.items() if not (shutil.which(name) or Path(name).is_file()))

"""`manage.py load_library [FOLDER]`: files become pages."""

from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from content.library import FOLDER, LibraryError
from content.library.load import load


class Command(BaseCommand):
    help = "Loads a folder of library files as pages. Pages that an editor has changed since are left alone."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", nargs="?", type=Path, default=FOLDER, help="default: the starter library")
        parser.add_argument("--overwrite", action="store_true", help="replace pages that editors have changed since")

    def handle(self, *args: object, folder: Path, overwrite: bool, **options: object) -> None:
        if not folder.is_dir():
            raise CommandError(f"{folder} is not a folder. Name the folder that holds home.md and guides/.")
        try:
            report = load(folder, overwrite=overwrite, say=lambda line: self.stdout.write(f"  {line}"))
        except LibraryError as error:
            raise CommandError(f"Nothing was loaded. {error}") from error
        self.stdout.write(f"{len(report.loaded)} files loaded.")
        for name in report.drafts:
            self.stdout.write(f"A draft until a clinician signs it off (no sample): {name}")
        for name in report.kept:
            self.stdout.write(f"Left alone, an editor has changed it since: {name} (--overwrite replaces it)")

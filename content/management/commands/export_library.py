"""`manage.py export_library FOLDER`: pages become files."""

from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import BaseCommand

from content.library.export import export


class Command(BaseCommand):
    help = "Writes the live pages, helplines and pictures as files that load_library reads."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, help="made when it is not there; files of the same name are replaced")

    def handle(self, *args: object, folder: Path, **options: object) -> None:
        written = export(folder)
        self.stdout.write(f"{len(written)} files written to {folder}.")

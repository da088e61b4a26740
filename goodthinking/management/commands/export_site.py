"""`manage.py export_site FOLDER`: the public site as files, for any static host."""

from argparse import ArgumentParser
from functools import partial
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from goodthinking import errors
from goodthinking.snapshots import build, export


class Command(BaseCommand):
    help = "Writes the public site as files that any static host can serve, all languages and links with them."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, help="a new folder, or one that a former export made")

    def handle(self, *args: object, folder: Path, **options: object) -> None:
        try:
            export.prepare(folder)
        except (ValueError, OSError) as error:
            raise CommandError(f"Nothing was written. {error}") from error
        build.Builder().finish(lambda done, left: self.stdout.write(f"  {done} pages made, {left} to go"))
        done = export.export(folder, partial(errors.resting_in_files, copy_of=build.text_of))
        self.stdout.write(f"{done.pages} pages and {done.files} other files are in {folder}.")
        if done.missing:
            raise CommandError("These links lead nowhere:\n" + "\n".join(sorted(done.missing)))

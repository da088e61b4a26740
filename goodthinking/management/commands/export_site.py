"""`manage.py export_site FOLDER`: the public site as files, for any static host."""

from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import Error

from goodthinking import errors
from goodthinking.snapshots import build, export

UNTOUCHED = "A former export is as it was."


class Command(BaseCommand):
    help = "Writes the public site as files that any static host can serve, all languages and links with them."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, help="a new folder, or one that a former export made")

    def handle(self, *args: object, folder: Path, **options: object) -> None:
        try:
            with export.in_place_of(folder) as new:
                build.Builder().finish(lambda done, left: self.stdout.write(f"  {done} pages made, {left} to go"))
                done = export.export(new, errors.search_of_an_export, errors.page_not_found_in_an_export())
        except (ValueError, OSError) as error:
            raise CommandError(f"{error} A former export is as it was.") from error
        except Error as error:
            raise CommandError(
                f"The database does not answer ({type(error).__name__}). A former export is as it was."
            ) from error
        self.stdout.write(f"{done.pages} pages and {done.files} other files are in {folder}.")
        if done.missing:
            raise CommandError("These links lead nowhere:\n" + "\n".join(sorted(done.missing)))

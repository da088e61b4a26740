"""`manage.py search_index`: every published page is read anew for search. Publishing keeps it right by itself."""

from django.core.management.base import BaseCommand

from search import indexing, starter

WIDTH = 40


class Command(BaseCommand):
    help = "Makes the search index anew, and puts in the starter phrases of languages that have none."

    def handle(self, *args: object, **options: object) -> None:
        self.stdout.write(f"{starter.load()} groups of starter phrases put in.")
        done = indexing.rebuild(self._bar)
        self.stdout.write(f"\n{done} pages can be found.")

    def _bar(self, done: int, all_of_them: int) -> None:
        filled = WIDTH * done // all_of_them
        self.stdout.write(f"\r[{'#' * filled}{'.' * (WIDTH - filled)}] {done} of {all_of_them}", ending="")
        self.stdout.flush()

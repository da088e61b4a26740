"""`manage.py search_index`: every published page is read anew for search. Publishing keeps it right by itself."""

from django.core.management.base import BaseCommand

from search import indexing, starter, vectors

from ._progress import bar


class Command(BaseCommand):
    help = "Makes the search index anew, and puts in the starter phrases of languages that have none."

    def handle(self, *args: object, **options: object) -> None:
        self.stdout.write(f"{starter.load()} groups of starter phrases put in.")
        done = indexing.rebuild(bar(self.stdout))
        vectors.make(bar(self.stdout))
        self.stdout.write(f"{done} pages can be found.")

"""`manage.py snapshots`: makes the copies of public pages that are due; with --sweep, proves all of them."""

import signal
import threading
from argparse import ArgumentParser

from django.core.management.base import BaseCommand, CommandError
from django.db import Error, transaction

from goodthinking.snapshots import build
from goodthinking.snapshots.models import Generation, Snapshot


class Command(BaseCommand):
    help = "Makes the copies of public pages that are due. Stop it whenever you like: it goes on where it stopped."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--all", action="store_true", help="make every copy again; once begun, go on without it")
        either = parser.add_mutually_exclusive_group()
        either.add_argument("--keep-on", action="store_true", help="go on until stopped, where `up` does not serve")
        either.add_argument("--sweep", action="store_true", help="render every copy once more and name those that differ")

    def handle(self, *args: object, all: bool, keep_on: bool, sweep: bool, **options: object) -> None:
        try:
            self._make(all, keep_on, sweep)
        except Error as error:
            first_line = str(error).partition("\n")[0]
            what = f"The database cannot be used ({first_line})."
            raise CommandError(f"{what} Look at DATABASE_URL, or run `manage.py up`.") from error

    def _make(self, all: bool, keep_on: bool, sweep: bool) -> None:
        if all:
            with transaction.atomic():
                Generation.change(soft=True)
        if keep_on:
            stop = threading.Event()
            for name in (signal.SIGTERM, signal.SIGINT):
                signal.signal(name, lambda *about: stop.set())
            build.Builder().run(stop)
            return
        begun = Generation.now().counter
        build.Builder().finish(self._say)
        # By what is stored: more pages come due on the way, and an answer such as a redirect is never kept.
        made = Snapshot.objects.filter(built__gte=begun, built_on__isnull=False, br__isnull=False).count()
        self.stdout.write(f"{made} {'copy' if made == 1 else 'copies'} made, {build.due().count()} could not be.")
        if sweep:
            self._sweep()

    def _sweep(self) -> None:
        wrong = build.sweep()
        if wrong:
            raise CommandError("\n".join(["These had changed and nobody had noticed. They are made again:", *wrong]))
        self.stdout.write("Every copy is what the site would say now.")

    def _say(self, done: int, left: int) -> None:
        if done % 160 < build.MANY:
            self.stdout.write(f"  {done} done, {left} to go")
            self.stdout.flush()

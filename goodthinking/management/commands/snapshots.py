"""`manage.py snapshots`: makes the copies of public pages that are due; with --sweep, proves all of them."""

import signal
import threading
from argparse import ArgumentParser

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from goodthinking.snapshots import build
from goodthinking.snapshots.models import Generation


class Command(BaseCommand):
    help = "Makes the copies of public pages that are due. Stop it whenever you like: it goes on where it stopped."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--all", action="store_true", help="make every copy again")
        parser.add_argument("--keep-on", action="store_true", help="go on until stopped, where `up` does not serve")
        parser.add_argument("--sweep", action="store_true", help="render every copy once more and name those that differ")

    def handle(self, *args: object, all: bool, keep_on: bool, sweep: bool, **options: object) -> None:
        if all:
            with transaction.atomic():
                Generation.change(soft=True)
        if keep_on:
            stop = threading.Event()
            for name in (signal.SIGTERM, signal.SIGINT):
                signal.signal(name, lambda *about: stop.set())
            build.Builder().run(stop)
            return
        done = build.Builder().finish(self._say)
        self.stdout.write(f"{done} copies made; {build.due().count()} could not be.")
        if sweep:
            self._sweep()

    def _sweep(self) -> None:
        wrong = build.sweep()
        if wrong:
            raise CommandError("\n".join(["These had changed and nobody had noticed. They are made again:", *wrong]))
        self.stdout.write("Every copy is what the site would say now.")

    def _say(self, done: int, left: int) -> None:
        if done % 160 < build.MANY:
            self.stdout.write(f"  {done} made, {left} to go")
            self.stdout.flush()

"""`manage.py add_partner NAME --editor EMAIL`: all that a partner needs, in one go."""

from argparse import ArgumentParser

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from content.desk.partners import add_partner


class Command(BaseCommand):
    help = "Adds a partner: its page (a draft), shelf, group, collection, permissions, workflow and editors."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("name", help="the partner's name, as readers will see it")
        parser.add_argument(
            "--editor", action="append", required=True, metavar="EMAIL", help="who will write; repeat it for several"
        )
        parser.add_argument("--training", action="store_true", help="give it a shelf among the courses too")

    def handle(self, *args: object, name: str, editor: list[str], training: bool, **options: object) -> None:
        try:
            added = add_partner(name, editor, training=training)
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        self.stdout.write(f"{added.team} is there: its page is a draft, and its shelf is under Guides.")
        for email in added.known:
            self.stdout.write(f"{email} signs in as before.")
        for email, password in added.passwords.items():
            self.stdout.write(f"{email} signs in with this password, which works once and is shown only now:")
            self.stdout.write(f"  {password}")

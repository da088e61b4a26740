"""`manage.py reset_second_factor NAME`: for when nobody who could do it in /cms/ can get in."""

from argparse import ArgumentParser

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError

from goodthinking.second_factor import forget


class Command(BaseCommand):
    help = "Takes somebody's phone and recovery codes off, so that she adds a new phone when she next signs in."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("username")

    def handle(self, *args: object, username: str, **options: object) -> None:
        try:
            user = get_user_model().objects.get_by_natural_key(username)
        except get_user_model().DoesNotExist as error:
            raise CommandError(f"There is no user “{username}”.") from error
        forget(user)
        self.stdout.write(f"{username} adds a new phone at the next sign-in.")

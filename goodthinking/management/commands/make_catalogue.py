"""`manage.py make_catalogue CODE`: the catalogue of a language, begun or brought in step with the words of the site."""

from argparse import ArgumentParser

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from babel import Locale, UnknownLocaleError

from goodthinking import words


class Command(BaseCommand):
    help = "Begins the catalogue of a language, or adds what is new and drops what is gone. Without a name: all of them."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("codes", nargs="*", help="codes of languages, such as cy")

    def handle(self, *args: object, codes: list[str], **options: object) -> None:
        for code in codes or [code for code, _name in settings.LANGUAGES if code != settings.LANGUAGE_CODE]:
            try:
                Locale.parse(code, sep="-")
            except (UnknownLocaleError, ValueError) as error:
                raise CommandError(f"“{code}” is no language we know. Write its code, such as cy or pt-br.") from error
            missing = words.update(code)
            self.stdout.write(f"{code}: {len(missing)} still to be translated, in {words.path_of(code).name} of {code}")

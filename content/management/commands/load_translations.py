"""`manage.py load_translations [CODE]`: what the starter library has in other languages becomes pages."""

from argparse import ArgumentParser

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from content.library import FOLDER, LibraryError
from content.library.translations import load_translations, set_up_languages


class Command(BaseCommand):
    help = "Publishes the starter library's pages that a language has and the site has not, labelled as a machine's work."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("codes", nargs="*", help="codes of languages; default: all of the settings")

    def handle(self, *args: object, codes: list[str], **options: object) -> None:
        known = [code for code, _name in settings.LANGUAGES if code != settings.LANGUAGE_CODE]
        if unknown := set(codes) - set(known):
            raise CommandError(
                f"“{', '.join(sorted(unknown))}” is not in goodthinking/languages.py. Name one of: {', '.join(known)}."
            )
        set_up_languages()
        try:
            load_translations(FOLDER / "translations", codes or known, say=self.stdout.write)
        except LibraryError as error:
            raise CommandError(f"Nothing was loaded. {error}") from error

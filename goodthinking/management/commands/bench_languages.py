"""`manage.py bench_languages`: what pages, publishing and the report cost with 1,000 further pages in each language."""

import time
import uuid
from collections.abc import Callable

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext

from wagtail.models import Locale, Page

from content.desk.languages.report import LanguagesReport, in_figures
from content.models import GuideIndexPage, GuidePage, PageTranslation

PAGES = 1_000
GOAL = 1.2
"""Queries and time may not grow with the site; a fifth is for what a larger index costs."""

Measure = tuple[int, float]
"""Queries, and seconds of a processor."""


class Command(BaseCommand):
    help = (
        "Measures on a copy of the tree that is made and thrown away: 1,000 further pages in each language that has pages."
    )

    def handle(self, *args: object, **options: object) -> None:
        translated = GuidePage.objects.live().exclude(locale__language_code=settings.LANGUAGE_CODE).order_by("pk").first()
        indexes = list(GuideIndexPage.objects.exclude(locale__language_code=settings.LANGUAGE_CODE))
        if translated is None:
            raise CommandError("There is nothing to measure: run `manage.py up` first, so that there are translations.")
        settings.ALLOWED_HOSTS = [*settings.ALLOWED_HOSTS, "testserver"]
        try:
            with transaction.atomic():
                guide = GuidePage.objects.get(
                    translation_key=translated.translation_key, locale__language_code=settings.LANGUAGE_CODE
                )
                acts = {
                    "a page of readers": lambda: Client().get(guide.url),
                    "a translated page": lambda: Client().get(translated.url),
                    "publishing a source": lambda: publish(guide),
                    "the report, first page": report,
                }
                for act in acts.values():
                    act()
                before = {name: measured(act) for name, act in acts.items()}
                grow(indexes)
                after = {name: measured(act) for name, act in acts.items()}
                transaction.set_rollback(True)
        finally:
            self._tell(before, after, len(indexes))

    def _tell(self, before: dict[str, Measure], after: dict[str, Measure], languages: int) -> None:
        self.stdout.write(f"{languages} languages, and {PAGES} further pages in each (goal: queries × 1.0, time × {GOAL})")
        self.stdout.write(f"{'':24}{'queries':>9}{'then':>7}{'ratio':>7}{'CPU ms':>9}{'then':>8}{'ratio':>7}")
        for name, (queries, seconds) in before.items():
            more, longer = after[name]
            self.stdout.write(
                f"{name:24}{queries:>9}{more:>7}{more / queries:>7.2f}"
                f"{seconds * 1000:>9.1f}{longer * 1000:>8.1f}{longer / seconds:>7.2f}"
            )


def measured(act: Callable[[], object]) -> Measure:
    """Count the queries of an act, and take the least time of three."""
    with CaptureQueriesContext(connection) as asked:
        act()
        queries = len(asked)
    times = []
    for _ in range(3):
        start = time.process_time()
        act()
        times.append(time.process_time() - start)
    return queries, min(times)


def publish(guide: GuidePage) -> None:
    """Publish a guide as it is."""
    guide.get_latest_revision().publish(log_action=False)


def report() -> None:
    """Work out the report of languages, its figures and its first page, as an administrator sees it."""
    request = RequestFactory().get("/cms/reports/languages/")
    request.user = get_user_model().objects.filter(is_superuser=True).first()
    in_figures(request)
    view = LanguagesReport()
    view.setup(request)
    list(view.get_queryset()[:50])


def grow(indexes: list[GuideIndexPage]) -> None:
    """Put pages under the guides of each language, as rows alone: they are counted and listed, never opened."""
    kind = ContentType.objects.get_for_model(GuidePage)
    for index in indexes:
        locale = Locale.objects.get(pk=index.locale_id)
        rows = [
            Page(
                path=f"{index.path}{Page._int2str(5_000 + number).rjust(Page.steplen, '0')}",
                depth=index.depth + 1,
                title=f"Page {number}",
                draft_title=f"Page {number}",
                slug=f"page-{number}",
                url_path=f"{index.url_path}page-{number}/",
                translation_key=uuid.uuid5(uuid.NAMESPACE_URL, str(number)),
                locale=locale,
                content_type=kind,
                live=True,
            )
            for number in range(PAGES)
        ]
        made = Page.objects.bulk_create(rows)
        PageTranslation.objects.bulk_create([PageTranslation(page=page, by_machine=True) for page in made])

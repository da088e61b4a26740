"""Translating all that stands below a page: noted in the request, done page by page in a thread of its own."""

import logging
import threading
from collections.abc import Iterable
from datetime import timedelta

from django.contrib.auth.models import AbstractBaseUser
from django.db import DatabaseError, connection, transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from wagtail.models import Locale, Page
from wagtail_localize.operations import TranslationCreator

from .models import SubtreeTranslation

LEASE = timedelta(minutes=2)
"""For so long a process that works on a job keeps it without a word: a page takes a second or two in all languages."""

SHOWN = timedelta(days=1)
"""For so long the report shows a job that is done."""

log = logging.getLogger(__name__)
_work = threading.Lock()


def note(page_id: int, locales: Iterable[Locale], user: AbstractBaseUser | None) -> SubtreeTranslation:
    """Keep what is to be done, and begin once that is committed."""
    page = Page.objects.get(pk=page_id)
    job = SubtreeTranslation.objects.create(page=page, user=user, total=page.get_descendants().count())
    job.locales.set(locales)
    transaction.on_commit(wake)
    return job


def lately() -> list[SubtreeTranslation]:
    """List what is under way or was done lately, each with its codes; what was cut off goes on from here."""
    shown = SubtreeTranslation.objects.filter(Q(finished_at=None) | Q(finished_at__gt=timezone.now() - SHOWN))
    jobs = list(shown.select_related("page").prefetch_related("locales").order_by("-pk")[:10])
    for job in jobs:
        job.codes = [locale.language_code for locale in job.locales.all()]
    if any(job.finished_at is None for job in jobs):
        wake()
    return jobs


def wake() -> None:
    """Work on what waits in a thread of its own, unless one of this process is at it."""
    if not _work.locked():
        threading.Thread(target=_work_alone, name="subtree-translation", daemon=True).start()


def _work_alone() -> None:
    try:
        work()
    except DatabaseError as error:
        log.warning("Pages could not be begun in other languages (%s). It goes on later.", type(error).__name__)
    finally:
        connection.close()


def work() -> None:
    """Do what waits, job by job. A job that another process has touched lately is left to it."""
    with _work:
        for job in SubtreeTranslation.objects.filter(_free()):
            if _touched(job):
                _go_on(job)


def _free() -> Q:
    return Q(finished_at=None) & (Q(touched_at=None) | Q(touched_at__lt=timezone.now() - LEASE))


def _touched(job: SubtreeTranslation) -> bool:
    """Take a job; False when another process was quicker."""
    return bool(SubtreeTranslation.objects.filter(_free(), pk=job.pk).update(touched_at=timezone.now()))


def _go_on(job: SubtreeTranslation) -> None:
    mine, locales = SubtreeTranslation.objects.filter(pk=job.pk), list(job.locales.all())
    for child in _waiting(job):
        with transaction.atomic():
            TranslationCreator(job.user, locales).create_translations(child)
            mine.update(done=F("done") + 1, reached=child.path, touched_at=timezone.now())
    mine.update(finished_at=timezone.now())


def _waiting(job: SubtreeTranslation) -> QuerySet[Page]:
    """Pages not yet done, each after the one it stands below."""
    return job.page.get_descendants().filter(path__gt=job.reached).order_by("path")

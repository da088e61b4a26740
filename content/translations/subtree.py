"""Translating all that stands below a page: noted in the request, done page by page in a thread of its own."""

import logging
import threading
from collections.abc import Iterable
from datetime import timedelta

from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractBaseUser
from django.db import InterfaceError, OperationalError, connection, transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from wagtail.models import Locale, Page
from wagtail.permissions import page_permission_policy
from wagtail_localize.operations import TranslationCreator

from .models import SubtreeTranslation

LEASE = timedelta(minutes=2)
"""For so long a process that works on a job keeps it without a word: a page takes a second or two in all languages."""

SHOWN = timedelta(days=1)
"""For so long the report shows a job that is done."""

PAUSE = 30
"""Seconds between two looks for what another process has left half done."""

MAY_ASK = ["wagtail_localize.submit_translation"]
"""What wagtail-localize asks of whoever submits a page with all that stands below it."""

THREAD = "subtree-translation"

log = logging.getLogger(__name__)
_called = threading.Event()
_starting = threading.Lock()


def enqueue(page_id: int, locales: Iterable[Locale], user: AbstractBaseUser) -> SubtreeTranslation | None:
    """Keep what is to be done, and begin once that is committed. Returns None where nothing is to be done."""
    page, locales = Page.objects.get(pk=page_id), list(locales)
    figures = _figures(page, locales)
    if figures["done"] == figures["total"]:
        return None
    job = SubtreeTranslation.objects.create(page=page, user=user, **figures)
    job.locales.set(locales)
    transaction.on_commit(wake)
    return job


def recent(user: AbstractBaseUser) -> list[SubtreeTranslation]:
    """List what is under way or was done lately: what somebody asked for, and what is below pages that she may change."""
    hers = page_permission_policy.instances_user_has_permission_for(user, "change")
    shown = SubtreeTranslation.objects.filter(Q(finished_at=None) | Q(finished_at__gt=timezone.now() - SHOWN), total__gt=0)
    shown = shown.filter(Q(user=user) | Q(page__in=hers.order_by().values("pk")))
    return list(shown.select_related("page").prefetch_related("locales").order_by("-pk")[:10])


def wake() -> None:
    """Do what waits in a thread of its own. It stays, and takes over what another process was stopped at."""
    _called.set()
    with _starting:
        if THREAD not in {thread.name for thread in threading.enumerate()}:
            threading.Thread(target=_keep_running, name=THREAD, daemon=True).start()


def _keep_running() -> None:
    is_failing = False
    while True:
        # Before it looks: whoever calls from here on is heard when it has looked.
        _called.clear()
        try:
            try:
                run()
            finally:
                connection.close()
            is_failing = False
        except Exception as error:  # noqa: BLE001 (the text of one that got away would be printed)
            if not is_failing:
                log.warning("Pages could not be begun in other languages (%s). It goes on later.", type(error).__name__)
            is_failing = True
        _called.wait(PAUSE)


def run() -> None:
    """Do what waits, job by job. A job that another process has touched lately is left to it."""
    while job := _claim():
        _go_on(job)


def _claim() -> SubtreeTranslation | None:
    """Take the first job that nobody is at."""
    while job := SubtreeTranslation.objects.filter(_free()).first():
        job.touched_at = timezone.now()
        if SubtreeTranslation.objects.filter(_free(), pk=job.pk).update(touched_at=job.touched_at):
            return job
    return None


def _free() -> Q:
    return Q(finished_at=None) & (Q(touched_at=None) | Q(touched_at__lt=timezone.now() - LEASE))


def _go_on(job: SubtreeTranslation) -> None:
    """Begin page after page, each once. All is looked up anew each time: pages move, people leave, languages go."""
    tried: set[int] = set()
    while page := Page.objects.filter(pk=job.page_id).first():
        locales, user = list(job.locales.all()), _who_asked(job)
        child = _waiting(page, locales).exclude(pk__in=tried).first()
        figures = _figures(page, locales)
        if child is None or user is None:
            _touch(job, finished_at=timezone.now(), not_allowed=child is not None, **figures)
            return
        if not _touch(job, **figures):
            return
        tried.add(child.pk)
        _begin(child, locales, user)


def _touch(job: SubtreeTranslation, **figures: object) -> bool:
    """Say that somebody is still at a job, and how far; False when another process has taken it over, or it is gone."""
    mine = SubtreeTranslation.objects.filter(pk=job.pk, touched_at=job.touched_at)
    job.touched_at = timezone.now()
    return bool(mine.update(touched_at=job.touched_at, **figures))


def _who_asked(job: SubtreeTranslation) -> AbstractBaseUser | None:
    """Give whoever asked for a job; None when she is gone, or may not ask for it any more."""
    user = get_user_model().objects.filter(pk=job.user_id, is_active=True).first()
    return user if user and user.has_perms(MAY_ASK) else None


def _waiting(page: Page, locales: Iterable[Locale]) -> QuerySet[Page]:
    """Pages below one that are not yet begun in some language, each after the one it stands below."""
    lacks = Q(pk__in=[])
    for locale in locales:
        begun = Page.objects.filter(translation_key=OuterRef("translation_key"), locale=locale, alias_of=None)
        lacks |= ~Q(locale=locale) & ~Exists(begun)
    return page.get_descendants().filter(lacks).order_by("path")


def _figures(page: Page, locales: Iterable[Locale]) -> dict[str, int]:
    left, total = _waiting(page, locales).count(), page.get_descendants().count()
    return {"total": total, "done": max(total - left, 0)}


def _begin(page: Page, locales: Iterable[Locale], user: AbstractBaseUser) -> None:
    """Begin a page where it is missing. Elsewhere it is left alone: somebody may have written it by hand."""
    try:
        # For a page above that is not begun, wagtail-localize would put up a live copy in the site's own language.
        missing = set(_lacking(page, locales)) - set(_lacking(page.get_parent(), locales))
        with transaction.atomic():
            TranslationCreator(user, missing).create_translations(page)
    except (InterfaceError, OperationalError):
        # The database is away, and the page may be sound.
        raise
    except Exception as error:  # noqa: BLE001 (one broken page must not keep the others waiting)
        log.warning("A page could not be begun in other languages (%s). The others go on.", type(error).__name__)


def _lacking(page: Page, locales: Iterable[Locale]) -> list[Locale]:
    """Choose the languages that a page is not in yet. An alias does not count, as in wagtail-localize's own form."""
    begun = Page.objects.filter(translation_key=page.translation_key, alias_of=None).values_list("locale_id", flat=True)
    return [locale for locale in locales if locale.pk not in set(begun)]

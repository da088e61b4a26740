"""Hears what changes, and marks in the same transaction the copies that are no longer right.

Three nets, from fine to coarse: a copy that loaded the changed row is stale at once; a change that could make a page
appear or vanish somewhere sends all copies to be made again in the background; what moves addresses, and the few things
that settings name, takes all copies out of service until they are made again.
"""

import hashlib
import json
from functools import cache

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models, transaction
from django.db.models.signals import m2m_changed, post_delete, post_save
from django.dispatch import receiver
from modelcluster.fields import ParentalKey

from wagtail.models import Page
from wagtail.signals import post_page_move

from .models import LONGEST, Generation, PageState, Snapshot, SnapshotRead
from .reads import PAGE, kind_of

BOOKKEEPING = {
    "comments",
    "draft_title",
    "first_published_at",
    "has_unpublished_changes",
    "last_published_at",
    "latest_revision",
    "latest_revision_created_at",
    "live_revision",
    "locked",
    "locked_at",
    "locked_by",
    "numchild",
    "pk",
    "wagtail_admin_comments",
}
"""Fields of a page that its readers do not see, or that change whenever it is published."""

NAMES = {"title", "slug", "url_path", "path"}
"""Words by which pages are sorted and found. Of other words it matters for a list only whether there are any."""


@cache
def _is_part_of_a_page(model: type[models.Model]) -> bool:
    """Tell whether a row is saved with its page and never alone."""
    parents = [field.remote_field.model for field in model._meta.fields if isinstance(field, ParentalKey)]
    return any(issubclass(parent, Page) for parent in parents)


@receiver(post_save)
def on_save(
    sender: type[models.Model], instance: models.Model, update_fields: set[str] | None = None, **kwargs: object
) -> None:
    """Hear of a row that was made or changed."""
    if not issubclass(sender, Page):
        _row_changed(sender, instance)
    elif update_fields is None or not set(update_fields) <= BOOKKEEPING:
        _page_changed(instance)


@receiver(post_delete)
def on_delete(sender: type[models.Model], instance: models.Model, **kwargs: object) -> None:
    """Hear of a row that is gone."""
    if not issubclass(sender, Page):
        _row_changed(sender, instance)
    else:
        _withdraw(instance)


@receiver(m2m_changed)
def on_relation(sender: type[models.Model], instance: models.Model, action: str, **kwargs: object) -> None:
    """Hear of rows that were tied or untied. Pages tie theirs when they are saved."""
    if action.startswith("post_") and not isinstance(instance, Page):
        _row_changed(type(instance), instance)


@receiver(post_page_move)
def on_move(**kwargs: object) -> None:
    """Hear of pages that have new addresses, and of others that lead to them."""
    with transaction.atomic(savepoint=False):
        Generation.change(hard=True)


def _row_changed(model: type[models.Model], row: models.Model) -> None:
    kind = kind_of(model)
    if kind is None or _is_part_of_a_page(model):
        return
    with transaction.atomic(savepoint=False):
        listed = kind not in settings.SNAPSHOTS_NEVER_LISTED
        number = Generation.change(soft=listed, hard=kind in settings.SNAPSHOTS_AT_ONCE)
        if isinstance(row.pk, int):
            _mark(SnapshotRead.objects.filter(kind=kind, key=row.pk), number)


def _page_changed(page: Page) -> None:
    if type(page) is Page:
        # Timetables and bulk actions save pages without their own fields, and without what decides on their address.
        page = page.specific
    known = PageState.objects.filter(pk=page.pk).first()
    if not page.live:
        # One that was live may be in the hands of whoever makes its first copy: nothing says yet that it was read.
        if known or SnapshotRead.objects.filter(kind=PAGE, key=page.pk).exists():
            _withdraw(page)
        return
    digest = listed_as(page)
    with transaction.atomic(savepoint=False):
        moved = known is not None and known.place != page.url_path
        new = known is None or known.digest != digest
        number = Generation.change(soft=new, hard=moved, newest=_path_of(page))
        if new or moved:
            state = PageState(pk=page.pk, digest=digest, place=page.url_path)
            PageState.objects.bulk_create(
                [state], update_conflicts=True, unique_fields=["page_id"], update_fields=["digest", "place"]
            )
        # Its translations too: they name each other, and may show parts of their source.
        alike = Page.objects.filter(translation_key=page.translation_key).order_by().values("pk")
        _mark(SnapshotRead.objects.filter(kind=PAGE, key__in=alike), number)


def know_all() -> None:
    """Note how those live pages are listed of which that is not known, after an upgrade or an import by other ways."""
    unknown = Page.objects.live().filter(depth__gt=1).exclude(pk__in=PageState.objects.values("pk"))
    states = [PageState(pk=page.pk, digest=listed_as(page), place=page.url_path) for page in unknown.specific()]
    PageState.objects.bulk_create(states, ignore_conflicts=True)


def _withdraw(page: Page) -> None:
    """Take a page's copies away, and those of what hangs below it: they are shown to nobody, whatever else fails."""
    path = _path_of(page)
    with transaction.atomic(savepoint=False):
        number = Generation.change(soft=True)
        reads = SnapshotRead.objects.filter(kind=PAGE, key=page.pk)
        _mark(reads, number)
        if path:
            own = Snapshot.objects.filter(path__startswith=path, pk__in=reads.values("snapshot"))
            own.update(br=None, gz=None, digest="")
        PageState.objects.filter(pk=page.pk).delete()


def _path_of(page: Page) -> str:
    parts = page.specific_deferred.get_url_parts()
    path = (parts[2] or "") if parts else ""
    return path if len(path) <= LONGEST else ""


def _mark(reads: models.QuerySet[SnapshotRead], number: int) -> None:
    Snapshot.objects.filter(pk__in=reads.values("snapshot")).update(stale=True, touched=number)


def listed_as(page: Page) -> str:
    """Sum up what of a page decides where it is listed: its names, relations and switches; of other words, whether there
    are any. Returns a SHA-256 in hexadecimal."""
    data = page.serializable_data()
    summed = {name: _summed(page, name, value) for name, value in data.items() if name not in BOOKKEEPING}
    return hashlib.sha256(json.dumps(summed, sort_keys=True, cls=DjangoJSONEncoder).encode()).hexdigest()


def _summed(page: Page, name: str, value: object) -> object:
    if isinstance(value, list):
        # Rows of the page itself: their own keys are not known before they are saved.
        return [{key: part for key, part in row.items() if key != "pk"} if isinstance(row, dict) else row for row in value]
    field = page._meta.get_field(name)
    if isinstance(field, models.BooleanField) or name in NAMES:
        return value
    return bool(value) if isinstance(value, str) or not field.editable else value

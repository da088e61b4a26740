"""What a page is made of: the rows that were loaded while it was rendered, noted without asking any page to say so."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache

from django.conf import settings
from django.db.models import Model
from django.db.models.signals import post_init

from wagtail.models import Page

Read = tuple[str, int]
"""Kind and primary key."""

PAGE = "page"
UNSEEN = {
    *(
        "admin",
        "auth",
        "contenttypes",
        "django_tasks",
        "migrations",
        "otp_static",
        "otp_totp",
        "sessions",
        "snapshots",
        "taggit",
    ),
    *("wagtail_localize", "wagtailadmin", "wagtailembeds", "wagtailredirects", "wagtailsearch", "wagtailusers"),
}
"""Apps of which no reader ever sees anything; the site's own models stand in SNAPSHOTS_IGNORE."""

SEEN_OF_WAGTAIL = {"wagtailcore.locale", "wagtailcore.site"}
"""What readers see of wagtailcore beside pages."""

_reading: ContextVar[set[Read] | None] = ContextVar("reading", default=None)


@cache
def kind_of(model: type[Model]) -> str | None:
    """Name the kind of a row: `page` for every page, else the model's label; None for what no reader ever sees."""
    if issubclass(model, Page):
        return PAGE
    app, label = model._meta.app_label, model._meta.label_lower
    # Models of migrations are made while our own tables may not be there yet.
    hidden = app in UNSEEN or model.__module__ == "__fake__" or {app, label} & set(settings.SNAPSHOTS_IGNORE)
    return None if hidden or (app == "wagtailcore" and label not in SEEN_OF_WAGTAIL) else label


def _note(sender: type[Model], instance: Model, **kwargs: object) -> None:
    reading = _reading.get()
    if reading is not None and (kind := kind_of(sender)) and isinstance(instance.pk, int):
        reading.add((kind, instance.pk))


@contextmanager
def noted() -> Iterator[set[Read]]:
    """Collect the rows that are loaded inside, in this thread."""
    post_init.connect(_note, dispatch_uid="snapshots.reads")
    token = _reading.set(set())
    try:
        yield _reading.get()
    finally:
        _reading.reset(token)

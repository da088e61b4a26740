"""What changed between two versions of a page, in words: for whoever has to judge it without reading all of it again."""

from datetime import date

from django.db import models
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from modelcluster.fields import ParentalKey
from modelcluster.models import get_all_child_relations

from wagtail.models import Page

from .bodies import stream_changes
from .words import Change, added_and_taken_out, became

OF_EVERY_PAGE = {"title", "slug", "seo_title", "search_description", "show_in_menus"}
"""What an editor writes among the many fields that Wagtail gives a page."""


def in_words(old: Page, new: Page) -> list[Change]:
    """Say what an editor changed between two versions of a page, in the order of its fields; nothing when nothing did.

    old, new: the same page, live or from `Revision.as_object()`. Dates of publishing, locks and the like are left out.
    """
    changes: list[Change] = []
    for field in (*new._meta.concrete_fields, *new._meta.many_to_many):
        if not field.editable or field.auto_created or (field.model is Page and field.name not in OF_EVERY_PAGE):
            continue
        where = capfirst(str(field.verbose_name))
        if field.many_to_many:
            changes += added_and_taken_out(where, _names(old, field.name), _names(new, field.name))
        elif hasattr(field, "stream_block"):
            changes += stream_changes(where, getattr(old, field.name), getattr(new, field.name))
        else:
            changes += became(where, _in_words(old, field), _in_words(new, field))
    for relation in get_all_child_relations(type(new)):
        if not relation.related_model.__module__.startswith("wagtail."):
            name, where = relation.get_accessor_name(), capfirst(str(relation.related_model._meta.verbose_name))
            changes += added_and_taken_out(where, _rows(old, name), _rows(new, name), in_order=True)
    return changes


def _names(page: Page, relation: str) -> list[str]:
    return sorted(str(other) for other in getattr(page, relation).all())


def _rows(page: Page, relation: str) -> list[str]:
    """The rows of an inline relation, each as the words of its fields."""
    rows = []
    for row in getattr(page, relation).all():
        fields = [
            field
            for field in row._meta.concrete_fields
            if field.editable and not field.auto_created and not isinstance(field, ParentalKey)
        ]
        rows.append(", ".join(filter(None, (_in_words(row, field) for field in fields))))
    return rows


def _in_words(instance: models.Model, field: models.Field) -> str:
    value = field.value_from_object(instance)
    if value in (None, ""):
        return ""
    if field.is_relation:
        other = field.related_model._base_manager.filter(**{field.target_field.name: value}).first()
        return str(other or _("something that is gone"))
    if field.choices:
        return str(dict(field.flatchoices).get(value, value))
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, date):
        return date_format(value, "j F Y")
    return str(value)


__all__ = ["Change", "in_words"]

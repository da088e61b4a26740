"""What makes two versions of a page the same: everything a person reads in it, and nothing of when or how it was saved."""

import hashlib
import json

from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Model
from modelcluster.fields import ParentalManyToManyField

from wagtail.fields import StreamField
from wagtail.models import COMMENTS_RELATION_NAME, Page

UNREAD = {
    # Which page it is, where it stands, and how it was saved.
    *("pk", "locale", "translation_key", "slug"),
    *("path", "depth", "numchild", "url_path", "content_type", "owner", "draft_title", "alias_of", "subscribers"),
    *("live", "has_unpublished_changes", "first_published_at", "last_published_at", "go_live_at", "expire_at", "expired"),
    *("locked", "locked_at", "locked_by", "latest_revision", "latest_revision_created_at", "live_revision"),
    *("sample", "reading_minutes", "reading_age", COMMENTS_RELATION_NAME),
    # What a sign-off itself writes.
    *("last_reviewed", "next_review", "signed_off_by"),
}
"""Fields that may change without anybody having to read the page again."""


def fingerprint(page: Page) -> str:
    """Give a page's content as a hash: the same for a draft, for the page it becomes, and for no other text.

    page: specific, saved or not. Returns 64 hexadecimal digits (SHA-256).
    """
    said = {name: _of_field(page, name, value) for name, value in page.serializable_data().items() if name not in UNREAD}
    return hashlib.sha256(json.dumps(_filled(said), sort_keys=True, cls=DjangoJSONEncoder).encode()).hexdigest()


def _of_field(page: Page, name: str, value: object) -> object:
    field = next((field for field in page._meta.get_fields() if field.name == name), None)
    if isinstance(field, StreamField):
        return field.stream_block.get_prep_value(getattr(page, name))
    if isinstance(field, ParentalManyToManyField):
        return sorted(value)
    if isinstance(value, list):
        return [_of_child(field.related_model, child) for child in value]
    return value


def _of_child(model: type[Model], child: dict) -> dict:
    """Leave out the keys of a row, which it has only once it is published."""
    keys = {"pk", *(field.name for field in model._meta.fields if field.primary_key or field.name == "page")}
    return {name: value for name, value in child.items() if name not in keys}


def _filled(value: object) -> object:
    """Leave out what is empty, so that a field that a block gains later changes nothing."""
    if isinstance(value, dict):
        inner = {name: _filled(part) for name, part in value.items()}
        return {name: part for name, part in inner.items() if part not in (None, "", False, [], {})}
    if isinstance(value, list):
        return [_filled(part) for part in value]
    return value

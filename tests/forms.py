"""Fills in a form of the desk as a browser would: with what it shows."""

from collections.abc import Iterator
from html.parser import HTMLParser

from django.test import Client
from django.urls import reverse

from wagtail import blocks
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.test.utils.form_data import rich_text


class _Fields(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: dict[str, str | list[str]] = {}
        self.select = self.area = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        name = given.get("name") or ""
        if tag == "input" and name and given.get("type") not in {"submit", "file", "button"}:
            if given.get("type") not in {"checkbox", "radio"}:
                self.found[name] = given.get("value") or ""
            elif "checked" in given:
                self._add(name, given.get("value") or "on")
        elif tag == "select":
            self.select = name
        elif tag == "option" and self.select and "selected" in given:
            self._add(self.select, given.get("value") or "")
        elif tag == "textarea" and name:
            self.area, self.found[name] = name, ""

    def handle_data(self, data: str) -> None:
        if self.area:
            self.found[self.area] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "select":
            self.select = ""
        elif tag == "textarea":
            self.area = ""

    def _add(self, name: str, value: str) -> None:
        before = self.found.get(name, [])
        self.found[name] = [*(before if isinstance(before, list) else [before]), value]


def fields(html: str) -> dict[str, str | list[str]]:
    """List what a page's forms would send, by name. Scripts draw StreamFields: see `edit_form`."""
    parser = _Fields()
    parser.feed(html)
    return parser.found


def _of_block(block: blocks.Block, value: object, name: str) -> Iterator[tuple[str, str]]:
    """Give a block's part of a form, as the script that draws it would send it."""
    if isinstance(block, blocks.StreamBlock | blocks.ListBlock):
        is_list = isinstance(block, blocks.ListBlock)
        children = value.bound_blocks if is_list else value
        yield f"{name}-count", str(len(children))
        for place, child in enumerate(children):
            yield f"{name}-{place}-deleted", ""
            yield f"{name}-{place}-order", str(place)
            yield f"{name}-{place}-id", child.id or ""
            if not is_list:
                yield f"{name}-{place}-type", child.block_type
            yield from _of_block(child.block, child.value, f"{name}-{place}-value")
    elif isinstance(block, blocks.StructBlock):
        for key, child in block.child_blocks.items():
            yield from _of_block(child, value.get(key), f"{name}-{key}")
    elif isinstance(block, blocks.RichTextBlock):
        yield name, rich_text(value.source, features=block.features)
    elif not (isinstance(block, blocks.BooleanBlock) and not value):
        prepared = block.value_for_form(value)
        yield name, str(getattr(prepared, "pk", prepared) if prepared is not None else "")


def edit_form(editor: Client, page: Page) -> dict[str, str | list[str]]:
    """Open the edit form of a page and give what it would send as it stands."""
    sent = fields(editor.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode())
    draft = page.specific.get_latest_revision_as_object()
    for field in draft._meta.fields:
        if isinstance(field, StreamField) and f"{field.name}-count" not in sent:
            sent |= dict(_of_block(field.stream_block, getattr(draft, field.name), field.name))
    return sent

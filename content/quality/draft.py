"""A page as the checks see it: walked once, each part with its place in words for the editor."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from html import unescape

from django.conf import settings
from django.db.models import CharField, TextField
from django.utils.html import strip_tags
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from wagtail.blocks import Block, CharBlock, ChoiceBlock, ListBlock, RichTextBlock, StreamValue, TextBlock
from wagtail.fields import StreamField
from wagtail.images.blocks import ImageBlock

from content.base import BasePage
from content.blocks.links import LinkBlock
from content.blocks.media import DownloadBlock
from content.blocks.prepare import walk
from content.blocks.text import AnchorBlock

NOT_READ = {"slug", "also_searched_as"}
"""Fields that no reader reads: an address, and the words of people who search, who may call themselves what they like."""

BULLET = "• "
"""Stands before each item of a list in plain words."""

_LINK = re.compile(r"<a\b([^>]*)>(.*?)</a>", re.DOTALL)
_ATTRIBUTE = re.compile(r"""([a-z]+)=["']([^"']*)["']""")
_ITEM = re.compile(r"<li\b[^>]*>")
_END_OF_LINE = re.compile(r"</(?:p|li|h\d|blockquote)>|<(?:br|hr)\s*/?>")


@dataclass(frozen=True)
class Part:
    """One value of a page: of a field, or of a block inside a field, however deep.

    field: the model's field. where: its place in words. kind: the block's definition, None for a field's own value.
    block: the id of the block in the field, if it has one. block_type: that block's name on the menu.
    name: what the value is called inside that block, such as `transcript` or `dont`. words: what a reader reads of it.
    """

    field: str
    where: str
    value: object
    kind: Block | None = None
    block: str = ""
    block_type: str = ""
    name: str = ""
    words: str = ""


@dataclass(frozen=True)
class Link:
    """One link: its words, and where it leads.

    kind: `page` or `document` for what Wagtail keeps by its key, else empty. key: that key. href: an address.
    """

    words: str
    kind: str = ""
    key: int = 0
    href: str = ""


class Draft:
    """A page to check: saved or not, or an older version of it. It is left as it is."""

    def __init__(self, page: BasePage) -> None:
        self.page = page

    @cached_property
    def language(self) -> str:
        """Its language, whichever country speaks it: `en` for `en-gb`. That of the source for a page which has none yet."""
        code = self.page.locale.language_code if self.page.locale_id else settings.LANGUAGE_CODE
        return code.partition("-")[0]

    @cached_property
    def parts(self) -> list[Part]:
        """Everything in it, in the order of the form."""
        return [part for name in fields_of(type(self.page)) for part in self._parts_of(name)]

    @cached_property
    def spoken(self) -> list[Part]:
        """Those parts that have words."""
        return [part for part in self.parts if part.words]

    def has(self, field: str) -> bool:
        """Tell whether pages of its kind have a field, and editors see it."""
        return field in fields_of(type(self.page))

    def where(self, field: str) -> str:
        """Name a field as the form does."""
        return capfirst(self.page._meta.get_field(field).verbose_name)

    def _parts_of(self, name: str) -> Iterator[Part]:
        field, value = self.page._meta.get_field(name), getattr(self.page, name)
        if isinstance(field, StreamField):
            yield from _parts_of_stream(name, self.where(name), value)
        elif isinstance(field, CharField | TextField) and not field.choices and name not in NOT_READ:
            yield Part(name, self.where(name), value, words=value or "")


def _parts_of_stream(name: str, label: str, stream: StreamValue) -> Iterator[Part]:
    for number, child in enumerate(stream, start=1):
        place = {"block": capfirst(child.block.label), "number": number, "field": label}
        where = _("%(block)s, part %(number)d of “%(field)s”") % place
        listed = ""
        for kind, value in walk(child.block, child.value):
            if isinstance(kind, ListBlock):
                listed = kind.name or listed
            # An item of a list has no name of its own: it goes by that of the list.
            yield Part(
                name, where, value, kind, child.id or "", child.block_type, kind.name or listed, words_of(kind, value)
            )


@cache
def fields_of(model: type[BasePage]) -> dict[str, int]:
    """List the fields that editors see on the form of a kind of page, each with its place in the order of the form."""
    shown = dict.fromkeys(model.get_edit_handler().get_form_options().get("fields", []))
    own = {field.name for field in model._meta.get_fields() if field.concrete}
    return {name: place for place, name in enumerate(name for name in shown if name in own)}


def words_of(kind: Block, value: object) -> str:
    """Give what a reader reads of a value itself, without what is inside it.

    kind: its block definition. Returns plain text, a line for each paragraph, items of lists after a bullet.
    """
    if isinstance(kind, RichTextBlock):
        return plain(value.source) if value else ""
    if isinstance(kind, ImageBlock):
        return (value and value.contextual_alt_text) or ""
    if isinstance(kind, CharBlock | TextBlock) and not isinstance(kind, AnchorBlock | ChoiceBlock):
        # A default may be a lazy translation.
        return str(value or "")
    return ""


def plain(html: str) -> str:
    """Turn rich text as it is stored into plain text, a line for each paragraph, items of lists after a bullet."""
    lines = _END_OF_LINE.sub("\n", _ITEM.sub(BULLET, html))
    return unescape(strip_tags(lines)).strip()


def links_in(part: Part) -> Iterator[Link]:
    """List the links of one part: those in rich text, a link block, a download."""
    if isinstance(part.kind, RichTextBlock) and part.value:
        for attributes, inside in _LINK.findall(part.value.source):
            given = dict(_ATTRIBUTE.findall(attributes))
            key = int(given["id"]) if given.get("id", "").isdecimal() else 0
            yield Link(plain(inside), given.get("linktype", ""), key, unescape(given.get("href", "")))
    elif isinstance(part.kind, LinkBlock):
        page = part.value.get("page")
        yield Link(part.value.get("text") or "", "page" if page else "", page.pk if page else 0, part.value.get("url") or "")
    elif isinstance(part.kind, DownloadBlock):
        yield Link(part.value.get("title") or "", "document")

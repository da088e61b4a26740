"""Fetches what a body refers to in a fixed number of queries, however many blocks it has."""

import re
from collections.abc import Callable, Iterator

from django.db.models import prefetch_related_objects
from django.utils.html import escape

from wagtail.blocks import (
    Block,
    ListBlock,
    RichTextBlock,
    StreamBlock,
    StreamValue,
    StructBlock,
)
from wagtail.images.blocks import ImageBlock
from wagtail.images.models import AbstractImage
from wagtail.models import Page
from wagtail.rich_text import RichText

from .help import HelplinesBlock
from .links import LinkBlock, LinkValue

Linkable = Callable[[set[int]], dict[int, Page]]

_PAGE_LINK = re.compile(r'<a\b(?=[^>]*\blinktype="page")[^>]*\bid="(\d+)"[^>]*>')
_LINK_OUT = re.compile(r'<a href=(?="https?://)')


def walk(block: Block, value: object) -> Iterator[tuple[Block, object]]:
    """Go through a block and all blocks inside it.

    block: a block definition; value: its value. Yields each definition with its own value, outermost first.
    """
    yield block, value
    if value is None or isinstance(block, ImageBlock):
        return
    if isinstance(block, StreamBlock):
        for child in value:
            yield from walk(child.block, child.value)
    elif isinstance(block, StructBlock):
        for name, child_block in block.child_blocks.items():
            yield from walk(child_block, value.get(name))
    elif isinstance(block, ListBlock):
        for item in value:
            yield from walk(block.child_block, item)


def prepare(body: StreamValue, lead: AbstractImage | None, linkable: Linkable) -> StreamValue:
    """Copy a body for rendering, with links, helplines and pictures fetched.

    body: as the page holds it; it is left as it is. lead: the picture at the top, fetched with the others.
    linkable: gives those of some pages that a reader may see. Returns a body that renders with no further query.
    """
    copy = body.stream_block.to_python(body.stream_block.get_prep_value(body))
    found = list(walk(copy.stream_block, copy))
    texts = [value for block, value in found if isinstance(block, RichTextBlock) and value]
    links = [value for block, value in found if isinstance(block, LinkBlock) and value.get("page")]
    helplines = [line for block, value in found if isinstance(block, HelplinesBlock) for line in value.get("helplines")]
    pictures = [value for block, value in found if isinstance(block, ImageBlock) and value]
    _resolve_links(texts, links, linkable)
    prefetch_related_objects([line for line in helplines if line], "ways")
    prefetch_related_objects([*pictures, lead] if lead else pictures, "renditions")
    return copy


def _resolve_links(texts: list[RichText], links: list[LinkValue], linkable: Linkable) -> None:
    ids = {int(pk) for text in texts for pk in _PAGE_LINK.findall(text.source)} | {link["page"].pk for link in links}
    pages = linkable(ids) if ids else {}
    for link in links:
        link["page"] = pages.get(link["page"].pk)
    for text in texts:
        inside = _PAGE_LINK.sub(lambda match: _opening_tag(pages.get(int(match[1]))), text.source)
        text.source = _LINK_OUT.sub('<a rel="noreferrer" href=', inside)


def _opening_tag(page: Page | None) -> str:
    return f'<a href="{escape(page.specific_deferred.url)}">' if page else "<a>"

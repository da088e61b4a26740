"""Fetches what a body refers to in a fixed number of queries, however many blocks of however many kinds it has."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator

from django.db.models import Model, prefetch_related_objects
from django.utils.html import escape

from wagtail.blocks import (
    Block,
    ChooserBlock,
    ListBlock,
    PageChooserBlock,
    RichTextBlock,
    StreamBlock,
    StreamValue,
    StructBlock,
)
from wagtail.coreutils import resolve_model_string
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageBlock
from wagtail.models import Page
from wagtail.snippets.blocks import SnippetChooserBlock

from content.media import CustomImage, prepare_pictures

Linkable = Callable[[set[int]], dict[int, Page]]
Found = dict[type[Model], dict[int, Model]]

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


def prepare(body: StreamValue, lead: CustomImage | None, linkable: Linkable) -> StreamValue:
    """Copy a body for rendering, with pages, helplines, documents and pictures fetched.

    body: as the page holds it; it is left as it is. lead: the picture at the top, fetched with the others.
    linkable: gives those of some pages that a reader may see; references to others are empty in the copy.
    Returns a body that renders with no further query.
    """
    block = body.stream_block
    wanted: dict[type[Model], set[int]] = defaultdict(set)
    stored = block.get_prep_value(body)
    copy = block.to_python(_without_references(block, stored, wanted))
    texts = [value for kind, value in walk(block, copy) if isinstance(kind, RichTextBlock) and value]
    wanted[Page] |= {int(pk) for text in texts for pk in _PAGE_LINK.findall(text.source)}
    found: Found = {model: model.objects.in_bulk(ids) for model, ids in wanted.items() if ids and model is not Page}
    found[Page] = linkable(wanted[Page]) if wanted[Page] else {}
    _put_references(block, stored, copy, found)
    for text in texts:
        inside = _PAGE_LINK.sub(lambda match: _opening_tag(found[Page].get(int(match[1]))), text.source)
        text.source = _LINK_OUT.sub('<a rel="noreferrer" href=', inside)
    for snippets in (rows for model, rows in found.items() if hasattr(model, "ways")):
        prefetch_related_objects(list(snippets.values()), "ways")
    prepare_pictures([*pictures_in(copy), *([lead] if lead else [])])
    return copy


def pictures_in(body: StreamValue) -> list[CustomImage]:
    """List the pictures of a body."""
    return [value for kind, value in walk(body.stream_block, body) if isinstance(kind, ImageBlock) and value]


def _model(block: ChooserBlock) -> type[Model]:
    return Page if isinstance(block, PageChooserBlock) else resolve_model_string(block.target_model)


def _is_reference(block: Block) -> bool:
    return isinstance(block, PageChooserBlock | SnippetChooserBlock | DocumentChooserBlock)


def _without_references(block: Block, stored: object, wanted: dict[type[Model], set[int]]) -> object:
    """Empty the references of a stored value, noting what they point to: Wagtail would fetch them kind by kind."""
    if stored is None:
        return None
    if _is_reference(block):
        wanted[_model(block)].add(stored)
        return None
    if isinstance(block, StreamBlock):
        return [
            item | {"value": _without_references(block.child_blocks[item["type"]], item["value"], wanted)} for item in stored
        ]
    if isinstance(block, StructBlock) and not isinstance(block, ImageBlock):
        # A field that came after a page was last saved is not there: its default is for the block to give.
        there = {name: child for name, child in block.child_blocks.items() if name in stored}
        return stored | {name: _without_references(child, stored[name], wanted) for name, child in there.items()}
    if isinstance(block, ListBlock):
        return [item | {"value": _without_references(block.child_block, item["value"], wanted)} for item in stored]
    return stored


def _put_references(block: Block, stored: object, value: object, found: Found) -> None:
    """Put what was fetched where the references stood, going through the stored value and its copy side by side."""
    if stored is None or isinstance(block, ImageBlock):
        return
    if isinstance(block, StreamBlock):
        for item, child in zip(stored, value, strict=True):
            _put_references(child.block, item["value"], child.value, found)
    elif isinstance(block, StructBlock):
        for name, child in block.child_blocks.items():
            if _is_reference(child):
                value[name] = found.get(_model(child), {}).get(stored.get(name))
            else:
                _put_references(child, stored.get(name), value.get(name), found)
    elif isinstance(block, ListBlock):
        for place, item in enumerate(stored):
            if _is_reference(block.child_block):
                value[place] = found.get(_model(block.child_block), {}).get(item["value"])
            else:
                _put_references(block.child_block, item["value"], value[place], found)


def _opening_tag(page: Page | None) -> str:
    return f'<a href="{escape(page.specific_deferred.url)}">' if page else "<a>"

"""Block values as Wagtail stores them to plain ones as a person writes them, and back."""

from typing import Protocol

from wagtail.blocks import Block, ListBlock, PageChooserBlock, RichTextBlock, StreamBlock, StructBlock
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock
from wagtail.snippets.blocks import SnippetChooserBlock

from . import LibraryError, richtext


class References(richtext.Pages, Protocol):
    """What knows pages by address, helplines by key, pictures and files by name."""

    def helpline_pk(self, key: str) -> int: ...

    def helpline_key(self, pk: int) -> str: ...

    def picture_pk(self, name: str) -> int: ...

    def picture_name(self, pk: int) -> str: ...

    def file_pk(self, name: str) -> int: ...

    def file_name(self, pk: int) -> str: ...


def to_plain(block: Block, stored: object, references: References) -> object:
    """Turn a stored value into a plain one; what is empty is left out of mappings."""
    if stored is None:
        return None
    if isinstance(block, RichTextBlock):
        return richtext.to_markdown(stored, references)
    if isinstance(block, PageChooserBlock):
        return references.page_path(stored)
    if isinstance(block, SnippetChooserBlock):
        return references.helpline_key(stored)
    if isinstance(block, ImageChooserBlock):
        return references.picture_name(stored)
    if isinstance(block, DocumentChooserBlock):
        return references.file_name(stored)
    if isinstance(block, ListBlock):
        return [to_plain(block.child_block, item["value"], references) for item in stored]
    if isinstance(block, StreamBlock):
        return [_stream_item(block, item, references) for item in stored]
    if isinstance(block, StructBlock):
        plain = {name: to_plain(child, stored.get(name), references) for name, child in block.child_blocks.items()}
        return {name: value for name, value in plain.items() if value not in (None, "", [], {}, False)}
    return stored


def _stream_item(block: StreamBlock, item: dict, references: References) -> object:
    plain = to_plain(block.child_blocks[item["type"]], item["value"], references)
    return plain if len(block.child_blocks) == 1 else {item["type"]: plain}


def from_plain(block: Block, plain: object, references: References) -> object:
    """Turn a plain value into one to store. Raises LibraryError for names and references that are not there."""
    if plain is None:
        return block.get_prep_value(block.get_default())
    if isinstance(block, RichTextBlock):
        return richtext.to_html(str(plain).strip(), references)
    if isinstance(block, PageChooserBlock):
        return references.page_pk(str(plain))
    if isinstance(block, SnippetChooserBlock):
        return references.helpline_pk(str(plain))
    if isinstance(block, ImageChooserBlock):
        return references.picture_pk(str(plain))
    if isinstance(block, DocumentChooserBlock):
        return references.file_pk(str(plain))
    if isinstance(block, ListBlock):
        return [from_plain(block.child_block, item, references) for item in _as(list, plain)]
    if isinstance(block, StreamBlock):
        return [_from_stream_item(block, item, references) for item in _as(list, plain)]
    if isinstance(block, StructBlock):
        given = _as(dict, plain)
        if unknown := set(given) - set(block.child_blocks):
            known = ", ".join(block.child_blocks)
            raise LibraryError(f"“{', '.join(sorted(unknown))}” is not known here. Write one of: {known}.")
        return {name: from_plain(child, given.get(name), references) for name, child in block.child_blocks.items()}
    return plain


def _from_stream_item(block: StreamBlock, item: object, references: References) -> dict:
    if len(block.child_blocks) == 1:
        kind, plain = next(iter(block.child_blocks)), item
    else:
        kind, plain = next(iter(_as(dict, item).items()))
    if kind not in block.child_blocks:
        raise LibraryError(f"“{kind}” is no block here. Write one of: {', '.join(block.child_blocks)}.")
    return {"type": kind, "value": from_plain(block.child_blocks[kind], plain, references)}


def _as(kind: type, plain: object) -> object:
    if not isinstance(plain, kind):
        word = "a list, one item a line after a dash" if kind is list else "`name: value`, one a line"
        raise LibraryError(f"“{str(plain)[:40]}” should be {word}.")
    return plain

"""Two bodies, and how they differ block by block. Blocks and list items are followed by their ids, wherever they move."""

import difflib
import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from html import unescape

from django.core.serializers.json import DjangoJSONEncoder
from django.utils.translation import gettext as _

from wagtail import blocks
from wagtail.images.blocks import ImageBlock

from .words import Change, became

_LINK = re.compile(r"<a\b([^>]*)>(.*?)</a>", re.DOTALL)
_TARGET = re.compile(r'\b(?:href|id)="([^"]*)"')


@dataclass(frozen=True, eq=False)
class Item:
    """A block in a body, or an item in a list: its id, its definition, its value, and its place, counted from 1."""

    id: str | None
    block: blocks.Block
    value: object
    place: int

    @property
    def words(self) -> str:
        return said(self.block, self.value)


Name = Callable[[Item], str]


def stream_changes(where: str, old: blocks.StreamValue, new: blocks.StreamValue) -> list[Change]:
    """Say how a body differs from what it was.

    where: the name of the field that holds it.
    """
    return _inside(where, new.stream_block, old, new)


def said(block: blocks.Block, value: object) -> str:
    """Give the words of a value, as far as it has any; of a link also where it leads."""
    if value in (None, ""):
        return ""
    if isinstance(block, blocks.RichTextBlock):
        return _plain(value.source)
    if isinstance(block, ImageBlock):
        return ", ".join(filter(None, [str(value), value.contextual_alt_text]))
    if isinstance(block, blocks.StructBlock):
        return "; ".join(filter(None, (said(child, value.get(name)) for name, child in block.child_blocks.items())))
    if isinstance(block, blocks.StreamBlock | blocks.ListBlock):
        return ", ".join(filter(None, (item.words for item in _items_of(block, value))))
    if isinstance(block, blocks.BooleanBlock):
        return _("yes") if value else _("no")
    if isinstance(block, blocks.ChoiceBlock):
        return str(dict(block.field.choices).get(value, value))
    return str(value)


def _plain(source: str) -> str:
    with_targets = _LINK.sub(lambda link: f"{link[2]} ({' '.join(_TARGET.findall(link[1]))})", source)
    lines = re.sub(r"</(?:p|li)>|<br\s*/?>", "\n", with_targets)
    return unescape(re.sub(r"<[^>]*>", "", lines)).strip()


def _content(block: blocks.Block, value: object) -> str:
    """All that is stored of a value, but for the ids of its parts, which say nothing."""
    return json.dumps(_without_ids(block.get_prep_value(value)), cls=DjangoJSONEncoder, sort_keys=True)


def _without_ids(stored: object) -> object:
    if isinstance(stored, dict):
        is_item = {"type", "value"} <= set(stored) <= {"type", "value", "id"}
        return {name: _without_ids(value) for name, value in stored.items() if not (is_item and name == "id")}
    return [_without_ids(value) for value in stored] if isinstance(stored, list) else stored


def _inside(where: str, block: blocks.Block, old: object, new: object) -> list[Change]:
    """Compare two values of one block, in as small parts as it has."""
    if _content(block, old) == _content(block, new):
        return []
    changes: list[Change] = []
    if isinstance(block, blocks.StreamBlock):
        changes = _items(_items_of(block, old), _items_of(block, new), lambda item: _part(where, item))
    elif isinstance(block, blocks.ListBlock):
        changes = _items(
            _items_of(block, old), _items_of(block, new), lambda item: f"{where} – {item.block.label} {item.place}"
        )
    elif isinstance(block, blocks.StructBlock) and not isinstance(block, ImageBlock):
        for name, child in block.child_blocks.items():
            changes += _inside(f"{where} – {child.label}", child, old.get(name), new.get(name))
    else:
        changes = became(where, said(block, old), said(block, new))
    if changes:
        return changes
    before, after = said(block, old), said(block, new)
    sentence = _("%(where)s: the words are the same; how they look or where a choice leads is not.") % {"where": where}
    return [Change(where, before, after, sentence)]


def _part(where: str, item: Item) -> str:
    return _("%(where)s, part %(place)d (%(kind)s)") % {"where": where, "place": item.place, "kind": item.block.label}


def _items_of(block: blocks.StreamBlock | blocks.ListBlock, value: object) -> list[Item]:
    children = value.bound_blocks if isinstance(block, blocks.ListBlock) else value or []
    return [Item(child.id, child.block, child.value, place) for place, child in enumerate(children, 1)]


def _items(old: list[Item], new: list[Item], name: Name) -> list[Change]:
    before = _partners(old, new)
    known = set(before.values())
    changes = [
        Change(
            name(item), item.words, "", _("%(where)s was taken out: “%(said)s”.") % {"where": name(item), "said": item.words}
        )
        for item in old
        if item not in known
    ]
    moved = _moved(before)
    for item in new:
        where = name(item)
        said_here = {"where": where, "said": item.words}
        if item not in before:
            changes.append(Change(where, "", item.words, _("%(where)s was added: “%(said)s”.") % said_here))
            continue
        if item in moved:
            stood = _("%(where)s stood at place %(place)d before: “%(said)s”.")
            sentence = stood % (said_here | {"place": before[item].place})
            changes.append(Change(where, str(before[item].place), str(item.place), sentence))
        changes += _inside(where, item.block, before[item].value, item.value)
    return changes


def _partners(old: list[Item], new: list[Item]) -> dict[Item, Item]:
    """Find what each new item was: the old one with its id, or else one that is left over and holds the same."""
    by_id = {(item.id, item.block.name): item for item in old if item.id}
    partners = {item: by_id[key] for item in new if (key := (item.id, item.block.name)) in by_id}
    taken = set(partners.values())
    left = [item for item in old if item not in taken]
    for item in new:
        if item in partners:
            continue
        same = next((other for other in left if _same(other, item)), None)
        if same:
            partners[item] = same
            left.remove(same)
    return {item: partners[item] for item in new if item in partners}


def _same(one: Item, other: Item) -> bool:
    return one.block.name == other.block.name and _content(one.block, one.value) == _content(other.block, other.value)


def _moved(before: dict[Item, Item]) -> set[Item]:
    """Find the fewest items that must have moved; what only made room for others has not."""
    places = [partner.place for partner in before.values()]
    stayed: set[int] = set()
    for match in difflib.SequenceMatcher(None, sorted(places), places, autojunk=False).get_matching_blocks():
        stayed |= set(places[match.b : match.b + match.size])
    return {item for item, partner in before.items() if partner.place not in stayed}

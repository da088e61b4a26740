"""The parts of a page, by which one sees what has changed in its source since it was translated. Pure.

A part is a field, or one block of a body: wagtail-localize gives a translated block the id of its source.
"""

import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass

SAFETY_FIELDS = {"content_note"}
SAFETY_BLOCKS = {"helplines", "service_cards", "what_happens", "content_note"}
"""Blocks that say whom to call, or warn of what is ahead."""

_MONTH = "January|February|March|April|June|July|August|September|October|November|December"
_SAFETY = re.compile(
    rf"\b(?:999|111|112|116 ?123|A&E|A&amp;E|emergenc(?:y|ies)|urgent support|danger(?:ous)?|overdose|not safe|stay safe"
    rf"|(?:{_MONTH})\b|20\d\d|do not stop)\b"
)
"""What a part says that a reader must not have out of date: where to get help, a danger, a date. Words of the source."""

Item = dict[str, object]
"""A block as it is stored: its type, value and id."""


@dataclass(frozen=True)
class Part:
    """What is kept of a part of the source: a digest of what it said, and whether somebody's safety may hang on it."""

    digest: str
    safety: bool

    @classmethod
    def of(cls, kind: str, value: object) -> "Part":
        """Sum up a part. kind: name of its field, or type of its block; value: as it is stored."""
        said = json.dumps(value, sort_keys=True, default=str)
        is_warning = kind == "callout" and isinstance(value, dict) and value.get("kind") == "warning"
        safety = is_warning or kind in SAFETY_BLOCKS | SAFETY_FIELDS or any(map(_SAFETY.search, _texts(value)))
        return cls(hashlib.sha256(said.encode()).hexdigest()[:16], safety)


@dataclass(frozen=True)
class Behind:
    """A part in which the source has moved on. how: changed, added or removed."""

    name: str
    how: str
    safety: bool


def compare(then: dict[str, Part], now: dict[str, Part]) -> list[Behind]:
    """List what has changed in a source since it was translated, in its order; what is gone comes last."""
    found = []
    for name, part in now.items():
        before = then.get(name)
        if before is None:
            found.append(Behind(name, "added", part.safety))
        elif before.digest != part.digest:
            found.append(Behind(name, "changed", part.safety or before.safety))
    return found + [Behind(name, "removed", part.safety) for name, part in then.items() if name not in now]


def with_source(items: list[Item], source: list[Item], behind: dict[str, str]) -> tuple[list[Item], set[str]]:
    """Put what is behind and matters for safety back in the words of the source, in its place.

    items, source: the blocks of a translation and of its source today; behind: ids of blocks of the source with how each
    has changed, for those that matter. Returns the blocks to show, and the ids of those that are in the source's language.
    """
    fresh = {item["id"]: item for item in source}
    shown = [fresh.get(item["id"], item) if behind.get(item["id"]) == "changed" else item for item in items]
    shown = [item for item in shown if behind.get(item["id"]) != "removed"]
    here = {item["id"] for item in shown}
    before = None
    for item in source:
        if behind.get(item["id"]) == "added" and item["id"] not in here:
            place = next(
                (place + 1 for place, other in enumerate(shown) if other["id"] == before), 0 if not before else len(shown)
            )
            shown.insert(place, item)
            here.add(item["id"])
        if item["id"] in here:
            before = item["id"]
    return shown, {name for name, how in behind.items() if how != "removed" and name in fresh}


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(inner)

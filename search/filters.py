"""How a reader narrows the answers: by plain links, kept nowhere."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import ClassVar
from urllib.parse import urlencode

from django.utils.translation import gettext_lazy as _

from .service import Hit

SERVICE = "service"
KINDS = {
    "guide": _("Guides"),
    "topic": _("Topics"),
    "training": _("Training"),
    "audio": _("To listen to"),
    SERVICE: _("Services to call or write to"),
    "urgent-support": _("Urgent support"),
    "page": _("About this site"),
}

Option = tuple[str, int, str, bool]
"""A label, how many answers it leaves, its address, and whether it is chosen now."""


@dataclass(frozen=True)
class Filters:
    """What the answers are narrowed to."""

    kind: str = ""
    topic: str = ""
    audience: str = ""
    language: str = ""

    NAMES: ClassVar[dict[str, object]] = {
        "kind": _("Kind"),
        "topic": _("Topic"),
        "audience": _("For whom"),
        "language": _("Language"),
    }

    @classmethod
    def of(cls, asked: Mapping[str, str]) -> "Filters":
        """Read them from an address's parameters."""
        return cls(**{name: asked.get(name, "")[:80] for name in cls.NAMES})

    def __bool__(self) -> bool:
        return any(asdict(self).values())

    def keep(self, hits: list[Hit]) -> list[Hit]:
        """Keep the answers that fit."""
        return [
            hit for hit in hits if all(not wanted or wanted in _values(hit, name) for name, wanted in asdict(self).items())
        ]

    def options(
        self, hits: list[Hit], labels: Mapping[str, str], query: Mapping[str, str], services: int = 0
    ) -> list[tuple[str, list[Option]]]:
        """List for each kind of filter its name and its options.

        hits: all answers; labels: what topics, audiences and languages are called; query: the address's other parameters;
        services: how many services were found, which are no pages.
        An option's count is what it leaves together with the other filters.
        """
        counted = {
            name: Counter(value for hit in self._without(name, hits) for value in _values(hit, name)) for name in self.NAMES
        }
        if services:
            counted["kind"][SERVICE] = services
        if len(counted["language"]) < 2:
            del counted["language"]
        return [(str(self.NAMES[name]), self._options(name, counts, labels, query)) for name, counts in counted.items()]

    def _without(self, name: str, hits: list[Hit]) -> list[Hit]:
        return replace(self, **{name: ""}).keep(hits)

    def _options(self, name: str, counts: Counter, labels: Mapping[str, str], query: Mapping[str, str]) -> list[Option]:
        chosen = getattr(self, name)
        found = []
        for value, count in counts.most_common():
            label = KINDS[value] if name == "kind" else labels.get(value)
            if label:
                wanted = asdict(replace(self, **{name: "" if value == chosen else value}))
                address = urlencode({**query, **{key: word for key, word in wanted.items() if word}})
                found.append((str(label), count, f"?{address}", value == chosen))
        return found


def _values(hit: Hit, name: str) -> list[str]:
    return {"kind": hit.kinds, "topic": hit.topics, "audience": hit.audiences, "language": [hit.language]}[name]

"""How a reader narrows the answers: by plain links, kept nowhere."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import ClassVar
from urllib.parse import urlencode

from django.utils.translation import gettext_lazy as _

from .service import Hit

KINDS = {"guide": _("Guides"), "topic": _("Topics"), "urgent-support": _("Urgent support"), "page": _("About this site")}

Option = tuple[str, int, str, bool]
"""A label, how many answers it leaves, its address, and whether it is chosen now."""


@dataclass(frozen=True)
class Filters:
    """What the answers are narrowed to."""

    kind: str = ""
    topic: str = ""
    audience: str = ""

    NAMES: ClassVar[dict[str, object]] = {"kind": _("Kind"), "topic": _("Topic"), "audience": _("For whom")}

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
        self, hits: list[Hit], labels: Mapping[str, str], query: Mapping[str, str]
    ) -> list[tuple[str, list[Option]]]:
        """List for each kind of filter its name and its options.

        hits: all answers; labels: what topics and audiences are called, by slug; query: the address's other parameters.
        An option's count is what it leaves together with the other filters.
        """
        return [(str(self.NAMES[name]), self._options(name, hits, labels, query)) for name in self.NAMES]

    def _options(self, name: str, hits: list[Hit], labels: Mapping[str, str], query: Mapping[str, str]) -> list[Option]:
        left = replace(self, **{name: ""}).keep(hits)
        counts = Counter(value for hit in left for value in _values(hit, name))
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
    return {"kind": [hit.kind], "topic": hit.topics, "audience": hit.audiences}[name]

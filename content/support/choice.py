"""How a reader narrows the list of services: by plain links, kept nowhere."""

from dataclasses import dataclass, replace
from typing import ClassVar
from urllib.parse import urlencode

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from .helplines import Helpline, HelplineWay


@dataclass(frozen=True)
class Choice:
    """What a reader has narrowed the list of services to, by plain links: a need, a way of contact, a group of people."""

    need: str = ""
    way: str = ""
    group: str = ""

    KINDS: ClassVar[dict[str, type[models.TextChoices]]] = {
        "need": Helpline.Need,
        "way": HelplineWay.Kind,
        "group": Helpline.Group,
    }

    @classmethod
    def of(cls, request: HttpRequest) -> "Choice":
        """Read it from an address; words that mean nothing here are passed over."""
        asked = {name: request.GET.get(name, "") for name in cls.KINDS}
        return cls(**{name: value for name, value in asked.items() if value in cls.KINDS[name].values})

    def __bool__(self) -> bool:
        return bool(self.need or self.way or self.group)

    def keeps(self, helpline: Helpline) -> bool:
        """Tell whether a helpline is left when the list is narrowed so; one for anyone is for every group."""
        return (
            self.need in {"", helpline.need}
            and self.group in {"", helpline.group, *([self.group] if helpline.group == Helpline.Group.ANYONE else [])}
            and (not self.way or any(way.kind == self.way for way in helpline.ways.all()))
        )

    def links(self, helplines: list[Helpline]) -> list[tuple[str, list[tuple[str, str, bool]]]]:
        """List for each kind of choice its name and its options: label, address, and whether it is chosen now."""
        names = {"need": _("What you need"), "way": _("How to reach them"), "group": _("Who it is for")}
        present = {
            "need": {helpline.need for helpline in helplines},
            "way": {way.kind for helpline in helplines for way in helpline.ways.all()},
            "group": {helpline.group for helpline in helplines},
        }
        return [
            (names[name], [self._option(name, value, label) for value, label in kind.choices if value in present[name]])
            for name, kind in self.KINDS.items()
        ]

    def _option(self, name: str, value: str, label: str) -> tuple[str, str, bool]:
        chosen = getattr(self, name) == value
        wanted = replace(self, **{name: "" if chosen else value})
        query = urlencode({kind: word for kind in self.KINDS if (word := getattr(wanted, kind))})
        return label, f"?{query}#services" if query else "?#services", chosen

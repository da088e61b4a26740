"""The kit of a session: what a trainer wishes for, and the run sheet that comes of it. Nothing of it is kept."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import time

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from content import timing
from content.base import linkable
from content.blocks.prepare import prepare

from .pages import CoursePage, ModulePage
from .plan import StepValue

LENGTHS = (30, 60, 90, 120)
MODES = {
    "room": gettext_lazy("In a room with a screen"),
    "no-projector": gettext_lazy("In a room without a screen"),
    "online": gettext_lazy("In a video call"),
}
DAY = 24 * 60


@dataclass(frozen=True)
class Wish:
    """What a trainer wishes for, and what cannot be had of it, in sentences."""

    modules: list[ModulePage]
    length: int = 30
    start: str = "10:00"
    mode: str = "room"
    refusals: list[str] = field(default_factory=list)

    @classmethod
    def of(cls, asked: Mapping[str, str], named: Sequence[str], modules: Sequence[ModulePage]) -> "Wish":
        """Read a wish from an address's parameters; what makes no sense gets a sentence and a usual value.

        asked: length, start and mode; named: slugs of modules, or several parted by commas; modules: the course's.
        """
        slugs = {slug for part in named for slug in part[:2000].split(",") if slug}
        chosen = [module for module in modules if module.slug in slugs]
        refusals = []
        if slugs - {module.slug for module in modules}:
            refusals.append(_("One of the modules is not in this course. Tick the ones you want."))
        length = asked.get("own") or asked.get("length") or str(cls.length)
        if not (length.isascii() and length.isdigit() and len(length) < 5 and 0 < int(length) <= timing.LONGEST_SESSION):
            refusals.append(
                _("Write the length as minutes, from 1 to %(most)s. For example: 45.") % {"most": timing.LONGEST_SESSION}
            )
            length = str(cls.length)
        start = asked.get("start") or cls.start
        try:
            start = time.fromisoformat(start).strftime("%H:%M")
        except ValueError:
            refusals.append(_("Write the time it begins as hours and minutes. For example: 18:30."))
            start = cls.start
        mode = asked.get("mode") or cls.mode
        if mode not in MODES:
            refusals.append(_("Choose a room with a screen, a room without one, or a video call."))
            mode = cls.mode
        return cls(chosen or list(modules[:1]), int(length), start, mode, refusals)


@dataclass(frozen=True)
class Row:
    """A line of the run sheet: when, how long, and what; no step for the minutes to spare."""

    clock: str
    minutes: int
    step: StepValue | None = None
    module: ModulePage | None = None


def run_sheet(wish: Wish) -> tuple[list[Row], list[str]]:
    """Make the run sheet of a wish.

    Modules after the first have no welcome of their own, and those before the last no close. Returns its lines, which add up
    to the wished length, and why it cannot be made, in sentences: one of the two is empty.
    """
    steps = [
        (module, child.value)
        for number, module in enumerate(wish.modules)
        for child in prepare(module.plan, None, linkable)
        if not (child.value["kind"] == "welcome" and number)
        and not (child.value["kind"] == "close" and number < len(wish.modules) - 1)
    ]
    if not steps:
        return [], [_("This has no session plan yet. Choose another module.")]
    try:
        timed, spare = timing.fit([step.timing for _module, step in steps], wish.length)
    except timing.TooShort as error:
        said = ngettext(
            "This needs at least %(least)s minute. Choose a longer session, or fewer modules.",
            "This needs at least %(least)s minutes. Choose a longer session, or fewer modules.",
            error.shortest,
        )
        return [], [said % {"least": error.shortest}]
    rows = [Row(_clock(wish, one.begins), one.minutes, steps[one.place][1], steps[one.place][0]) for one in timed]
    if spare:
        rows.append(Row(_clock(wish, wish.length - spare), spare))
    return rows, []


def kit(course: CoursePage, asked: Mapping[str, str], named: Sequence[str]) -> dict[str, object]:
    """Give everything that a kit's page shows.

    asked, named: see `Wish.of`.
    """
    modules = list(course.modules)
    wish = Wish.of(asked, named, modules)
    rows, refusals = run_sheet(wish)
    handouts = {key: words for row in rows if row.step for key, words in row.step.handouts_with_keys}
    return {
        "course": course,
        "modules": modules,
        "wish": wish,
        "rows": rows,
        "refusals": [*wish.refusals, *refusals],
        "ends": _clock(wish, wish.length),
        "lengths": LENGTHS,
        "modes": MODES,
        "handouts": handouts,
    }


def _clock(wish: Wish, minutes: int) -> str:
    begins = time.fromisoformat(wish.start)
    total = (begins.hour * 60 + begins.minute + minutes) % DAY
    return f"{total // 60:02}:{total % 60:02}"

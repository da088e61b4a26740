"""The kit of a session: what a trainer wishes for, and the run sheet that comes of it. Nothing of it is kept."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import time
from urllib.parse import urlencode

from django.conf import settings
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from content import timing
from content.base import linkable
from content.blocks.prepare import prepare
from content.guides.pages import GuidePage
from content.support.helplines import Helpline

from .pages import CoursePage, ModulePage
from .plan import StepValue

LENGTHS = (30, 60, 90, 120)
MODES = {
    "room": gettext_lazy("In a room with a screen"),
    "no-projector": gettext_lazy("In a room without a screen"),
    "online": gettext_lazy("In a video call"),
}
DAY = 24 * 60
MOST_TYPED = 40
"""Letters of a wish that made no sense which are shown again: nobody writes longer minutes or times."""


@dataclass(frozen=True)
class Wish:
    """What a trainer wishes for, and what cannot be had of it: in sentences, and as it was typed, to be mended."""

    modules: list[ModulePage]
    length: int = 30
    start: str = "10:00"
    mode: str = "room"
    refusals: list[str] = field(default_factory=list)
    typed: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, asked: Mapping[str, str], named: Sequence[str], modules: Sequence[ModulePage]) -> "Wish":
        """Read a wish from an address's parameters; what makes no sense gets a sentence and a usual value.

        asked: length, start and mode; named: slugs of modules, or several parted by commas; modules: the course's.
        """
        slugs = {slug for part in named for slug in part[:2000].split(",") if slug}
        chosen = [module for module in modules if module.slug in slugs]
        refusals, typed = [], {}
        if slugs - {module.slug for module in modules}:
            refusals.append(_("One of the modules is not in this course. Tick the ones you want."))
        length = asked.get("own") or asked.get("length") or str(cls.length)
        if not (length.isascii() and length.isdigit() and len(length) < 5 and 0 < int(length) <= timing.LONGEST_SESSION):
            refusals.append(
                _("Write the length as minutes, from 1 to %(most)s. For example: 45.") % {"most": timing.LONGEST_SESSION}
            )
            typed["own"] = length[:MOST_TYPED]
            length = str(cls.length)
        start = asked.get("start") or cls.start
        try:
            start = time.fromisoformat(start).strftime("%H:%M")
        except ValueError:
            refusals.append(_("Write the time it begins as hours and minutes. For example: 18:30."))
            typed["start"] = start[:MOST_TYPED]
            start = cls.start
        mode = asked.get("mode") or cls.mode
        if mode not in MODES:
            refusals.append(_("Choose a room with a screen, a room without one, or a video call."))
            mode = cls.mode
        return cls(chosen or list(modules[:1]), int(length), start, mode, refusals, typed)

    @property
    def query(self) -> str:
        """The wish as an address's parameters, always in the same order."""
        modules = ",".join(module.slug for module in self.modules)
        return urlencode({"modules": modules, "length": self.length, "start": self.start, "mode": self.mode}, safe=",:")


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
    if untimed := [step for _module, step in steps if step.timing is None]:
        said = _("The step “%(step)s” has no minutes that make sense. Leave its module out, or tell its editors.")
        return [], [said % {"step": untimed[0]["title"]}]
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
    steps = [row.step for row in rows if row.step]
    guides = _guides(steps)
    helplines = _helplines(steps)
    dates = [page.next_review for page in [*wish.modules, *guides]] + [line.check_again_by for line in helplines]
    return {
        "course": course,
        "modules": modules,
        "wish": wish,
        "rows": rows,
        "refusals": [*wish.refusals, *refusals],
        "ends": _clock(wish, wish.length),
        "lengths": sorted({*LENGTHS, wish.length}),
        "modes": MODES,
        "kit_languages": languages(course),
        "handouts": {key: words for step in steps for key, words in step.handouts_with_keys},
        "guides": guides,
        "helplines": helplines,
        "has_slides": any(step["slides"] for step in steps),
        "use_until": min((date for date in dates if date), default=None),
    }


def languages(course: CoursePage) -> dict[str, str]:
    """List the languages in which a reader may have a course: their codes with their names."""
    codes = course.get_translations(inclusive=True).filter(pk__in=CoursePage.objects.shown())
    there = set(codes.values_list("locale__language_code", flat=True))
    return {code: name for code, name in settings.LANGUAGES if code in there}


def _guides(steps: Sequence[StepValue]) -> list[GuidePage]:
    """The guides that steps draw on, each once, in their order."""
    keys = list(dict.fromkeys(guide.pk for step in steps for guide in step["guides"] if guide))
    found = GuidePage.objects.shown().in_bulk(keys)
    return [found[key] for key in keys if key in found]


def _helplines(steps: Sequence[StepValue]) -> list[Helpline]:
    """The first calls, then the helplines that steps draw on, each once."""
    drawn = {line.pk for step in steps for line in step["helplines"] if line}
    wanted = Helpline.objects.shown().filter(Q(is_first_call=True) | Q(pk__in=drawn))
    return list(wanted.order_by("-is_first_call", "position").prefetch_related("ways"))


def _clock(wish: Wish, minutes: int) -> str:
    begins = time.fromisoformat(wish.start)
    total = (begins.hour * 60 + begins.minute + minutes) % DAY
    return f"{total // 60:02}:{total % 60:02}"

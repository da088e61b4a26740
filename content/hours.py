"""Opening hours written so that a person can read them and a program can reckon with them. Pure: no Django.

`24/7`, `unknown`, or rules parted by semicolons: `Mon-Fri 09:00-17:00, 18:00-20:00; Sat 10:00-12:00`.
A span may run past midnight (`Mon-Sun 17:00-00:00`, `Fri 22:00-04:00`). A last rule may say what happens on bank holidays:
`bank holidays closed` or `bank holidays 10:00-16:00`; without one they are days like others.
"""

import re
from dataclasses import dataclass

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MINUTES_A_DAY = 24 * 60
EXAMPLE = "24/7, unknown, or for example: Mon-Fri 09:00-17:00; Sat 10:00-12:00"

Span = tuple[int, int]
"""Start and end in minutes after midnight of the day it starts; an end at or before the start is on the next day."""

_TIME = re.compile(r"^([01]?\d|2[0-4])[:.]([0-5]\d)$")
_HOLIDAYS = re.compile(r"^bank holidays?\b:?(.*)$", re.IGNORECASE)
_DAY = re.compile(
    r"^(mon(?:day)?|tue(?:s(?:day)?)?|wed(?:nesday)?|thu(?:r(?:s(?:day)?)?)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?)$"
)


@dataclass(frozen=True)
class OpeningHours:
    """A week of opening hours: always open, unknown, or spans for each day from Monday, and for bank holidays."""

    week: tuple[tuple[Span, ...], ...] = ((),) * 7
    always: bool = False
    known: bool = True
    holidays: tuple[Span, ...] | None = None
    """Spans on bank holidays: none when closed, None when a bank holiday is a day like others."""

    def __str__(self) -> str:
        if self.always:
            return "24/7"
        if not self.known:
            return "unknown"
        rules = [f"{_days(days)} {_clocks(spans)}" for days, spans in self.groups()]
        if self.holidays is not None:
            rules.append(f"bank holidays {_clocks(self.holidays) or 'closed'}")
        return "; ".join(rules)

    def groups(self) -> list[tuple[tuple[int, int], tuple[Span, ...]]]:
        """List runs of days with the same hours: first and last day (0 is Monday) and their spans; not the closed days."""
        runs: list[tuple[tuple[int, int], tuple[Span, ...]]] = []
        for day, spans in enumerate(self.week):
            if not spans:
                continue
            if runs and runs[-1][1] == spans and runs[-1][0][1] == day - 1:
                runs[-1] = ((runs[-1][0][0], day), spans)
            else:
                runs.append(((day, day), spans))
        return runs


def parse(text: str) -> OpeningHours:
    """Read opening hours from text.

    text: in the form this module's first lines show; capitals, spaces and long dashes do not matter.
    Raises ValueError with a sentence that says what to write instead.
    """
    plain = re.sub(r"\s*(?:[–—-]|\bto\b)\s*", "-", re.sub(r"\s+", " ", text.strip()))
    plain = re.sub(r" and ", ",", re.sub(r"(?i)every day", "Mon-Sun", plain))
    if plain == "24/7":
        return OpeningHours(always=True)
    if plain.lower() in {"unknown", ""}:
        return OpeningHours(known=False)
    week: list[tuple[Span, ...]] = [()] * 7
    holidays: tuple[Span, ...] | None = None
    rules = [part.strip() for part in plain.split(";") if part.strip()]
    if not rules:
        raise ValueError(f"“{text}” names no days. Write {EXAMPLE}.")
    for rule in rules:
        on_holidays = _HOLIDAYS.match(rule)
        if on_holidays and on_holidays[1].strip().lower() == "closed":
            holidays = ()
            continue
        first_digit = re.search(r"\d", rule)
        if not first_digit:
            raise ValueError(f"“{rule}” has no times. Write {EXAMPLE}.")
        days, times = rule[: first_digit.start()].strip(" ,:"), rule[first_digit.start() :]
        spans = tuple(_span(part, rule) for part in times.split(",") if part.strip())
        if on_holidays:
            holidays = spans
            continue
        for day in _which_days(days, rule):
            if week[day]:
                raise ValueError(f"{DAYS[day]} is named twice. Put all its times in one rule, parted by commas.")
            week[day] = spans
    return OpeningHours(week=tuple(week), holidays=holidays)


def _which_days(text: str, rule: str) -> list[int]:
    found: list[int] = []
    for part in text.split(","):
        ends = [_DAY.match(name.strip().lower()) for name in part.split("-")]
        if not 1 <= len(ends) <= 2 or not all(ends):
            raise ValueError(f"“{rule}” does not begin with days. Write {EXAMPLE}.")
        first, last = (DAYS.index(end[1][:3].title()) for end in (ends[0], ends[-1]) if end)
        found += range(first, last + 1) if first <= last else [*range(first, 7), *range(last + 1)]
    return found


def _span(text: str, rule: str) -> Span:
    ends = [_TIME.match(end.strip()) for end in text.split("-")]
    if len(ends) != 2 or not all(ends):
        raise ValueError(f"“{rule}” has a time that cannot be read. Write {EXAMPLE}.")
    start, end = (int(found[1]) * 60 + int(found[2]) for found in ends if found)
    if start >= MINUTES_A_DAY or end > MINUTES_A_DAY:
        raise ValueError(f"“{rule}” has a time past midnight. Write times from 00:00 to 24:00.")
    return start, end % MINUTES_A_DAY


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"


def _clocks(spans: tuple[Span, ...]) -> str:
    return ", ".join(f"{_clock(start)}-{_clock(end)}" for start, end in spans)


def _days(run: tuple[int, int]) -> str:
    first, last = run
    return DAYS[first] if first == last else f"{DAYS[first]}-{DAYS[last]}"

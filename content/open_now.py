"""Whether a service is open, for any moment: open now, until when, opens next. Pure: no Django.

Times are those of a wall clock in London; sums are done in UTC, so that nights when the clocks change come out right.
static/js/open-now.js does the same on the reader's device.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from .hours import OpeningHours

LONDON = ZoneInfo("Europe/London")
LOOK_AHEAD = 15
"""Days: a weekly service that bank holidays close twice in a row is found within them."""


@dataclass(frozen=True)
class Status:
    """Whether a service is open at a moment. All times are aware, in London time.

    open: None when the hours are unknown; closes_at: None when closed, unknown or always open; opens_at: None when open, or
    when nothing opens within fifteen days.
    """

    open: bool | None
    closes_at: datetime | None = None
    opens_at: datetime | None = None


def status(hours: OpeningHours, moment: datetime, holidays: Collection[date]) -> Status:
    """Tell whether a service is open at a moment, until when, or when it opens next.

    hours: its week; moment: aware, in any zone; holidays: the bank holidays around the moment.
    """
    if hours.always:
        return Status(open=True)
    if not hours.known:
        return Status(open=None)
    now = moment.astimezone(UTC)
    for start, end in _stretches(hours, moment.astimezone(LONDON).date(), holidays):
        if end <= now:
            continue
        if start <= now:
            return Status(open=True, closes_at=end.astimezone(LONDON))
        return Status(open=False, opens_at=start.astimezone(LONDON))
    return Status(open=False)


def _stretches(hours: OpeningHours, today: date, holidays: Collection[date]) -> Iterator[tuple[datetime, datetime]]:
    """Give the stretches of being open from yesterday on, in order, those that touch or overlap joined, in UTC."""
    found = sorted(
        (_instant(day, start), _instant(day if end > start else day + timedelta(days=1), end))
        for day in (today + timedelta(days=offset) for offset in range(-1, LOOK_AHEAD))
        for start, end in _spans(hours, day, holidays)
    )
    pending: tuple[datetime, datetime] | None = None
    for start, end in found:
        if pending and start <= pending[1]:
            pending = pending[0], max(end, pending[1])
            continue
        if pending:
            yield pending
        pending = start, end
    if pending:
        yield pending


def _spans(hours: OpeningHours, day: date, holidays: Collection[date]) -> tuple[tuple[int, int], ...]:
    if hours.holidays is not None and day in holidays:
        return hours.holidays
    return hours.week[day.weekday()]


def _instant(day: date, minutes: int) -> datetime:
    return datetime.combine(day, time(minutes // 60, minutes % 60), LONDON).astimezone(UTC)

"""Open now, until when, opens next: right at any moment, on the nights when the clocks change, and on bank holidays."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content import bank_holidays
from content.hours import MINUTES_A_DAY, OpeningHours, parse
from content.open_now import LONDON, Status, status

minutes = st.integers(0, MINUTES_A_DAY - 1)
spans = st.lists(st.tuples(minutes, minutes).filter(lambda span: span[0] != span[1]), max_size=2).map(tuple)
weeks = st.builds(OpeningHours, week=st.lists(spans, min_size=7, max_size=7).map(tuple), holidays=st.none() | spans)
moments = st.datetimes(
    datetime(2026, 1, 1), datetime(2028, 12, 1), timezones=st.sampled_from([UTC, LONDON, ZoneInfo("Asia/Dhaka")])
)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=LONDON)


def asked(hours: str, moment: str) -> Status:
    return status(parse(hours), at(moment), bank_holidays.DATES)


@pytest.mark.parametrize(
    ("hours", "moment", "expected"),
    [
        ("24/7", "2026-11-24T03:00", Status(open=True)),
        ("unknown", "2026-11-24T03:00", Status(open=None)),
        ("Mon-Fri 09:00-17:00", "2026-11-24T09:00", Status(open=True, closes_at=at("2026-11-24T17:00"))),
        ("Mon-Fri 09:00-17:00", "2026-11-24T17:00", Status(open=False, opens_at=at("2026-11-25T09:00"))),
        ("Mon-Fri 09:00-17:00", "2026-11-27T18:00", Status(open=False, opens_at=at("2026-11-30T09:00"))),
        ("Mon-Sun 17:00-00:00", "2026-11-24T23:59", Status(open=True, closes_at=at("2026-11-25T00:00"))),
        ("Fri 22:00-04:00", "2026-11-28T03:59", Status(open=True, closes_at=at("2026-11-28T04:00"))),
        ("Fri 22:00-00:00; Sat 00:00-06:00", "2026-11-27T23:00", Status(open=True, closes_at=at("2026-11-28T06:00"))),
        ("Mon-Fri 09:00-12:00, 13:00-17:00", "2026-11-24T12:30", Status(open=False, opens_at=at("2026-11-24T13:00"))),
        (
            "Mon-Fri 09:00-17:00; bank holidays closed",
            "2026-12-25T10:00",
            Status(open=False, opens_at=at("2026-12-29T09:00")),
        ),
        ("Mon-Fri 09:00-17:00", "2026-12-25T10:00", Status(open=True, closes_at=at("2026-12-25T17:00"))),
        (
            "Mon-Fri 09:00-17:00; bank holidays 10:00-12:00",
            "2026-12-25T11:00",
            Status(open=True, closes_at=at("2026-12-25T12:00")),
        ),
    ],
)
def test_a_service_is_open_when_its_hours_say_so(hours: str, moment: str, expected: Status) -> None:
    assert asked(hours, moment) == expected


def test_a_night_on_which_the_clocks_go_back_is_an_hour_longer() -> None:
    opened, closes = at("2026-10-24T22:00"), asked("Sat 22:00-04:00", "2026-10-24T23:00").closes_at
    assert closes.astimezone(UTC) - opened.astimezone(UTC) == timedelta(hours=7)


def test_a_night_on_which_the_clocks_go_forward_is_an_hour_shorter() -> None:
    opened, closes = at("2026-03-28T22:00"), asked("Sat 22:00-04:00", "2026-03-28T23:00").closes_at
    assert closes.astimezone(UTC) - opened.astimezone(UTC) == timedelta(hours=5)


@given(weeks, moments)
def test_the_answer_holds_until_the_time_it_names_and_changes_then(hours: OpeningHours, moment: datetime) -> None:
    now = status(hours, moment, bank_holidays.DATES)
    change = now.closes_at or now.opens_at
    if change is None:
        assert now.open is False
        return
    assert change > moment
    just_before = change.astimezone(UTC) - timedelta(seconds=1)
    if just_before >= moment:
        assert status(hours, just_before, bank_holidays.DATES).open is now.open
    assert status(hours, change, bank_holidays.DATES).open is not now.open or (
        now.open and change.astimezone(UTC) > moment + timedelta(days=13)
    )


@given(weeks, moments)
def test_the_zone_the_question_comes_in_makes_no_difference(hours: OpeningHours, moment: datetime) -> None:
    assert status(hours, moment, bank_holidays.DATES) == status(hours, moment.astimezone(UTC), bank_holidays.DATES)


def test_bank_holidays_warn_before_they_run_out() -> None:
    assert not bank_holidays.run_out_soon(date(2026, 11, 24))
    assert bank_holidays.run_out_soon(date(2028, 10, 1))
    assert bank_holidays.run_out_soon(date(2030, 1, 1))
    assert bank_holidays.coming(date(2026, 12, 1)) == [date(2026, 12, 25), date(2026, 12, 28), date(2027, 1, 1)]


def test_every_year_known_has_its_eight_bank_holidays_on_weekdays() -> None:
    for year in range(2026, bank_holidays.KNOWN_UNTIL.year + 1):
        days = [day for day in bank_holidays.DATES if day.year == year]
        assert len(days) == 8
        assert all(day.weekday() < 5 for day in days)

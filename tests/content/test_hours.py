"""Opening hours survive being written and read, and what cannot be read is answered with what to write."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.hours import DAYS, MINUTES_A_DAY, OpeningHours, parse

MINUTES = st.integers(0, MINUTES_A_DAY - 1)
SPANS = st.lists(st.tuples(MINUTES, MINUTES), min_size=1, max_size=3, unique=True).map(tuple)
# Drawn from few different days, so that runs of equal days come up often.
WEEKS = st.lists(SPANS, min_size=1, max_size=3).flatmap(
    lambda few: st.tuples(*[st.sampled_from([(), *few])] * 7).filter(any)
)
HOURS = st.one_of(
    WEEKS.map(lambda week: OpeningHours(week=week)),
    st.just(OpeningHours(always=True)),
    st.just(OpeningHours(known=False)),
)
NINE_TO_FIVE = (9 * 60, 17 * 60)


@given(HOURS)
def test_hours_read_back_as_they_were_written(hours: OpeningHours) -> None:
    assert parse(str(hours)) == hours


@given(WEEKS)
def test_groups_name_every_open_day_once_with_its_own_hours(week: tuple) -> None:
    groups = OpeningHours(week=week).groups()
    shown = {day: spans for (first, last), spans in groups for day in range(first, last + 1)}
    assert shown == {day: spans for day, spans in enumerate(week) if spans}


@pytest.mark.parametrize(
    "text",
    [
        "Mon-Fri 9:00-17:00",
        "mon-fri 09:00-17:00",
        "MON – FRI 9.00 — 17.00",
        "  Mon - Fri   9:00 -17:00  ;",
        "Monday-Friday 09:00-17:00",
        "Mon, Tue, Wed, Thu, Fri 09:00-17:00",
        "Mon-Thu 9:00-17:00; Fri 9:00-17:00",
    ],
)
def test_working_hours_are_understood_however_they_are_typed(text: str) -> None:
    assert str(parse(text)) == "Mon-Fri 09:00-17:00"


@pytest.mark.parametrize("space", ["\u00a0", "\t", "\u202f"], ids=["no-break", "tab", "narrow no-break"])
def test_a_pasted_space_is_a_space(space: str) -> None:
    assert str(parse(f"Mon-Fri{space}9:00-17:00")) == "Mon-Fri 09:00-17:00"


@pytest.mark.parametrize("text", ["24/7", " 24/7 "])
def test_a_line_that_never_closes_is_always_open(text: str) -> None:
    assert parse(text) == OpeningHours(always=True)
    assert str(parse(text)) == "24/7"


@pytest.mark.parametrize("text", ["unknown", "Unknown", "", "   "])
def test_hours_nobody_knows_are_unknown_and_not_closed(text: str) -> None:
    assert parse(text) == OpeningHours(known=False)
    assert str(parse(text)) == "unknown"


def test_an_evening_until_midnight_may_end_at_24_or_at_0() -> None:
    assert parse("Mon 17:00-24:00") == parse("Mon 17:00-00:00")
    assert parse("Mon 17:00-24:00").week[0] == ((17 * 60, 0),)


def test_a_night_that_runs_past_midnight_belongs_to_the_day_it_starts() -> None:
    hours = parse("Fri 22:00-04:00")
    assert hours.week[4] == ((22 * 60, 4 * 60),)
    assert hours.week[5] == ()


def test_a_break_at_lunch_gives_two_spans() -> None:
    assert parse("Tue 9:00-12:00, 13:00-17:00").week[1] == ((540, 720), (780, 1020))


def test_days_may_run_over_the_weekend() -> None:
    assert [bool(day) for day in parse("Sat-Mon 9:00-17:00").week] == [True, *[False] * 4, True, True]


def test_groups_join_days_in_a_row_and_skip_closed_ones() -> None:
    hours = parse("Mon-Tue 9:00-17:00; Thu 9:00-17:00; Fri 10:00-12:00")
    assert hours.groups() == [((0, 1), (NINE_TO_FIVE,)), ((3, 3), (NINE_TO_FIVE,)), ((4, 4), ((600, 720),))]


@pytest.mark.parametrize(
    "text",
    [
        "Closed",
        "Mon-Fri",
        "9:00-17:00",
        "Mon 9-5",
        "Mon 9:00",
        "Mon 9:00-",
        "Mon 9:00-12:00-17:00",
        "Mon 25:00-26:00",
        "Mon 9:60-10:00",
        "Xyz 9:00-17:00",
        "Mon-Wed-Fri 9:00-17:00",
        "Mon,, Tue 9:00-17:00",
        "24/7; Mon 9:00-17:00",
    ],
)
def test_hours_that_cannot_be_read_are_answered_with_an_example(text: str) -> None:
    with pytest.raises(ValueError, match=r"Write 24/7, unknown, or for example: Mon-Fri") as caught:
        parse(text)
    assert text.split(";")[0] in str(caught.value)


@pytest.mark.parametrize("text", ["Mon 9:00-24:30", "Mon 24:00-09:00"])
def test_a_time_past_midnight_is_answered_with_the_times_there_are(text: str) -> None:
    with pytest.raises(ValueError, match=r"Write times from 00:00 to 24:00"):
        parse(text)


@pytest.mark.parametrize("text", ["Mon 9:00-10:00; Mon 11:00-12:00", "Mon-Wed 9:00-10:00; Tue 9:00-10:00"])
def test_a_day_named_twice_is_to_be_put_in_one_rule(text: str) -> None:
    with pytest.raises(ValueError, match=r"(Mon|Tue) is named twice\. Put all its times in one rule"):
        parse(text)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("Monday to Friday 9:00-17:00", "Mon-Fri 09:00-17:00"),
        ("Mon to Fri 9:00-17:00", "Mon-Fri 09:00-17:00"),
        ("Mon and Tue 9:00-17:00", "Mon-Tue 09:00-17:00"),
        ("Mon Tue 9:00-17:00", "Mon-Tue 09:00-17:00"),
    ],
)
def test_no_day_is_quietly_dropped(text: str, meant: str) -> None:
    with suppress(ValueError):
        assert str(parse(text)) == meant


def test_semicolons_alone_are_no_hours() -> None:
    with suppress(ValueError):
        assert not parse(";").known


PIECES = st.sampled_from([*DAYS, "to", "24/7", "9:00-17:00", " ", *"0123456789:.;,-–²٣"])


@given(st.one_of(st.text(), st.lists(PIECES).map("".join)))
def test_any_text_is_read_or_refused(text: str) -> None:
    with suppress(ValueError):
        assert len(parse(text).week) == len(DAYS)

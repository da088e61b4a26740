"""A re-timed session adds up to the minute, keeps what it must, and drops the rest in a sensible order."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.timing import LEAVING, LONGEST_SESSION, Step, TooShort, fit, shortest, usual


@st.composite
def step(draw: st.DrawFn) -> Step:
    first, second, third = sorted(draw(st.tuples(*[st.integers(1, 40)] * 3)))
    return Step(draw(st.sampled_from(LEAVING)), first, second, third, draw(st.booleans()))


STEPS = st.lists(step(), min_size=1, max_size=12)
LENGTHS = st.integers(1, LONGEST_SESSION)


@given(STEPS, LENGTHS)
def test_steps_and_spare_minutes_add_up_to_the_length(steps: list[Step], length: int) -> None:
    if length < shortest(steps):
        with pytest.raises(TooShort) as refused:
            fit(steps, length)
        assert refused.value.shortest == shortest(steps)
        assert fit(steps, refused.value.shortest)
        return
    timed, spare = fit(steps, length)
    assert sum(one.minutes for one in timed) + spare == length
    clock = 0
    for one in timed:
        assert one.begins == clock
        assert steps[one.place].shortest <= one.minutes <= steps[one.place].longest
        clock += one.minutes
    assert not spare or all(one.minutes == steps[one.place].longest for one in timed)
    assert [one.place for one in timed] == sorted({one.place for one in timed})


@given(STEPS, LENGTHS, LENGTHS)
def test_essential_steps_stay_and_a_longer_session_drops_nothing_that_a_shorter_one_keeps(
    steps: list[Step], first: int, second: int
) -> None:
    short, long = sorted((max(first, shortest(steps), 1), max(second, shortest(steps), 1)))
    kept_short, kept_long = ({one.place for one in fit(steps, length)[0]} for length in (short, long))
    assert {place for place, one in enumerate(steps) if one.essential} <= kept_short <= kept_long


@given(STEPS)
def test_at_its_usual_length_every_step_takes_its_usual_time(steps: list[Step]) -> None:
    timed, spare = fit(steps, usual(steps)) if usual(steps) <= LONGEST_SESSION else ([], 0)
    assert spare == 0
    assert all(one.minutes == steps[one.place].usual for one in timed)


def test_listening_leaves_before_doing_and_the_later_before_the_earlier() -> None:
    kinds = ["welcome", "input", "practice", "input", "close"]
    steps = [Step(kind, 5, 10, 15, essential=kind in {"welcome", "close"}) for kind in kinds]
    assert [kinds[one.place] for one in fit(steps, 15)[0]] == ["welcome", "practice", "close"]
    assert [one.place for one in fit(steps, 20)[0]] == [0, 1, 2, 4]


@pytest.mark.parametrize("length", [0, -5, LONGEST_SESSION + 1, 10**12])
def test_a_length_that_no_session_has_is_refused(length: int) -> None:
    with pytest.raises(ValueError, match="minutes"):
        fit([Step("input", 1, 2, 3)], length)

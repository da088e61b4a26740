"""Re-times a session: its steps fill a wished length to the minute. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

LEAVING = ("input", "discussion", "activity", "practice", "pause", "welcome", "close")
"""Kinds in the order in which optional steps leave: listening before doing, for adults learn by doing; pauses late."""

LONGEST_SESSION = 8 * 60
"""Minutes. A working day: nobody should ask more of a room."""


@dataclass(frozen=True)
class Step:
    """A step of a session: its kind, its minutes, and whether the session is safe and whole without it."""

    kind: str
    shortest: int
    usual: int
    longest: int
    essential: bool = False


@dataclass(frozen=True)
class Timed:
    """A step in a session: which of the steps it is, when it begins in minutes from the start, and how long it takes."""

    place: int
    begins: int
    minutes: int


class TooShort(ValueError):
    """The wished length is shorter than the essential steps need; `shortest` says how many minutes they do."""

    def __init__(self, shortest: int) -> None:
        super().__init__(f"the essential steps need {shortest} minutes")
        self.shortest = shortest


def shortest(steps: Sequence[Step]) -> int:
    """Minutes that the essential steps need at the least."""
    return sum(step.shortest for step in steps if step.essential)


def usual(steps: Sequence[Step]) -> int:
    """Minutes that all steps usually take."""
    return sum(step.usual for step in steps)


def fit(steps: Sequence[Step], length: int) -> tuple[list[Timed], int]:
    """Fill a length with steps.

    steps: in their order; length: minutes. Essential steps stay; optional ones leave while the shortest minutes of all do
    not fit: by `LEAVING`, the later of a kind first. Each step gets at least its shortest minutes, then up to its usual
    ones, then up to its longest. Returns the steps that stay, and the minutes to spare when even the longest do not fill
    the length: together they add up to it. Raises TooShort, and ValueError for a length that no session has.
    """
    if not 0 < length <= LONGEST_SESSION:
        raise ValueError(f"a session takes 1 to {LONGEST_SESSION} minutes")
    if length < shortest(steps):
        raise TooShort(shortest(steps))
    staying = list(range(len(steps)))
    leaving = sorted(
        (place for place in staying if not steps[place].essential),
        key=lambda place: (LEAVING.index(steps[place].kind), -place),
    )
    while sum(steps[place].shortest for place in staying) > length:
        staying.remove(leaving.pop(0))
    kept = [steps[place] for place in staying]
    minutes = [step.shortest for step in kept]
    for goal in ([step.usual for step in kept], [step.longest for step in kept]):
        minutes = _towards(minutes, goal, length - sum(minutes))
    begins = [sum(minutes[:number]) for number in range(len(minutes))]
    return [Timed(*timed) for timed in zip(staying, begins, minutes, strict=True)], length - sum(minutes)


def _towards(minutes: list[int], goal: list[int], extra: int) -> list[int]:
    """Share extra minutes by the room that each step has up to its goal, in whole minutes (largest remainder method)."""
    room = [most - now for now, most in zip(minutes, goal, strict=True)]
    extra = min(extra, sum(room))
    if not extra:
        return minutes
    shares = [divmod(one * extra, sum(room)) for one in room]
    given = [whole for whole, _rest in shares]
    by_rest = sorted(range(len(room)), key=lambda place: (-shares[place][1], place))
    for place in by_rest[: extra - sum(given)]:
        given[place] += 1
    return [now + more for now, more in zip(minutes, given, strict=True)]

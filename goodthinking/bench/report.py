"""The lines that a benchmark prints."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Line:
    """One figure beside its goal. goal: the most it may be, or with `at_least` the least."""

    name: str
    value: float
    goal: float | None = None
    unit: str = ""
    at_least: bool = False
    beside: str = ""

    @property
    def is_reached(self) -> bool:
        """Tell whether the goal is reached; a figure without one always is."""
        return self.goal is None or (self.value >= self.goal if self.at_least else self.value <= self.goal)

    def __str__(self) -> str:
        sign = "≥" if self.at_least else "≤"
        goal = f"{sign} {self.goal:g}{self.unit}" if self.goal is not None else ""
        said = "" if self.goal is None else "reached" if self.is_reached else "MISSED"
        return f"{self.name:58} {self.value:>10.4g}{self.unit:4} {goal:>10} {said:8} {self.beside}".rstrip()


Say = Callable[[Line], None]

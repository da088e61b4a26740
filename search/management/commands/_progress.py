"""A bar that shows how far a command is."""

from collections.abc import Callable
from typing import TextIO

WIDTH = 40


def bar(out: TextIO) -> Callable[[int, int], None]:
    """Give what draws the bar, for whoever says how many things are done, and of how many."""

    def draw(done: int, all_of_them: int) -> None:
        filled = WIDTH * done // all_of_them
        end = "\n" if done == all_of_them else ""
        out.write(f"\r[{'#' * filled}{'.' * (WIDTH - filled)}] {done} of {all_of_them}{end}", ending="")
        out.flush()

    return draw

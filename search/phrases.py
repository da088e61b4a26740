"""What people say, and what our pages say for it. Pure."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

LONGEST_RUN = 6
"""Words of the longest phrase that is looked for."""


class Phrases:
    """Phrases that people say, by their stems, each with the stems of our words."""

    def __init__(self, pairs: Iterable[tuple[list[str], list[str]]] = ()) -> None:
        """pairs: the stems of what people say, and those of what we say."""
        self._ours: dict[str, set[str]] = defaultdict(set)
        for theirs, ours in pairs:
            self._ours[" ".join(theirs)] |= set(ours)

    def meant(self, runs: Iterable[str]) -> dict[str, int]:
        """Give our stems for a query's runs of stems, each with the words of the longest phrase that led to it."""
        found: dict[str, int] = {}
        for run in runs:
            for ours in self._ours.get(run, ()):
                found[ours] = max(found.get(ours, 0), 1 + run.count(" "))
        return found


def runs(stems: list[str]) -> Iterator[str]:
    """List every run of up to six stems of a query, and all of it: a page's whole title may be longer."""
    if len(stems) > LONGEST_RUN:
        yield " ".join(stems)
    for start in range(len(stems)):
        for end in range(start + 1, min(start + LONGEST_RUN, len(stems)) + 1):
            yield " ".join(stems[start:end])

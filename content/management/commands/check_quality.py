"""`manage.py check_quality`: what is to be mended on live pages, and what the checks cost."""

import time
from collections import Counter
from collections.abc import Callable
from itertools import chain
from statistics import median

from django.core.management.base import BaseCommand

from wagtail.models import Page

from content import reading
from content.base import BasePage
from content.models import GuidePage
from content.quality.draft import Draft
from content.quality.run import CHECKS, findings

WORDS = 1_500
"""Words of the guide that is timed: nearly twice our longest."""

GOAL = 200
"""Milliseconds of a processor for all checks of that guide, so that an editor who saves does not notice them."""

TIMES = 5


class Command(BaseCommand):
    help = "Runs every check of content/quality/ over the live pages, and times them on a long guide."

    def handle(self, *args: object, **options: object) -> None:
        pages = [page for page in Page.objects.live().specific() if isinstance(page, BasePage)]
        found = [(page, finding) for page in pages for finding in findings(page)]
        blocking = [(page, finding) for page, finding in found if finding.blocks]
        self.stdout.write(f"Live pages: {len(pages)}; findings that block: {len(blocking)}")
        for page, finding in blocking:
            self.stdout.write(f"  {page.slug} · {finding.where} · {finding.check}: {finding.why} {finding.mend}")
        warnings = Counter(finding.check for _page, finding in found if not finding.blocks)
        blocks = Counter(finding.check for _page, finding in blocking)
        self.stdout.write(f"\n{'':18}{'blocks':>8}{'warns':>8}{'ms of CPU':>12}")
        costs = self._costs()
        for name, cost in costs.items():
            counts = f"{blocks[name]:>8}{warnings[name]:>8}" if name in CHECKS else " " * 16
            self.stdout.write(f"{name:18}{counts}{cost:>12.1f}")
        if costs:
            total = sum(costs.values())
            said = "met" if total <= GOAL else "MISSED"
            self.stdout.write(
                f"A guide of {WORDS:,} words: {total:.0f} ms, goal {GOAL} ms, ratio {total / GOAL:.2f}: {said}"
            )

    def _costs(self) -> dict[str, float]:
        """The usual cost of each check in milliseconds, reading the page's blocks first; none where there is no guide."""
        parts = _long_body()
        runs: list[dict[str, float]] = []
        for _time in range(TIMES if parts else 0):
            page = GuidePage(title="A long guide")
            page.body = page.body.stream_block.to_python(parts)
            draft = Draft(page)
            runs.append({"(reading)": _cost(lambda draft=draft: draft.spoken)})
            runs[-1] |= {name: _cost(lambda check=check, draft=draft: list(check(draft))) for name, check in CHECKS.items()}
        return {name: median(run[name] for run in runs) for name in runs[0]} if runs else {}


def _cost(work: Callable[[], object]) -> float:
    began = time.process_time()
    work()
    return (time.process_time() - began) * 1000


def _long_body() -> list[dict]:
    """Put bodies of live guides together, as they are stored, until there are enough words."""
    parts: list[dict] = []
    words = 0
    for guide in GuidePage.objects.live().order_by("pk"):
        for child, spoken in zip(guide.body.raw_data, guide.body, strict=True):
            if words >= WORDS:
                return parts
            text = chain.from_iterable(map(reading.words, spoken.block.get_searchable_content(spoken.value)))
            words += len(list(text))
            parts.append(child)
    return parts

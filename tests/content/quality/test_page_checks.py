"""What a page as a whole must have before readers meet it."""

import pytest

from content.quality.finding import Finding
from content.quality.run import blocking, findings
from tests import build

pytestmark = pytest.mark.django_db


def found(page: object, check: str) -> list[Finding]:
    """What one check says of a page."""
    return [finding for finding in findings(page) if finding.check == check]


def test_a_guide_that_names_no_source_cannot_go_live() -> None:
    guide = build.guide("No source")
    (finding,) = found(guide, "sources")
    assert finding.blocks
    assert finding in blocking(guide)
    assert (finding.field, finding.where) == ("sources", "Sources")
    guide.sources = [("source", {"title": "Sleep problems", "publisher": "NHS", "url": ""})]
    assert found(guide, "sources") == []

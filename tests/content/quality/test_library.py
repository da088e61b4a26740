"""What the checks say of everything that ships: nothing that blocks, and few false alarms."""

from io import StringIO

from django.core.management import call_command

from wagtail.models import Page

import pytest

from content.base import BasePage
from content.models import GuidePage
from content.quality.run import CHECKS, findings
from tests import build

TRUE_OF_SAMPLES = {"review_date", "helplines", "co_creation"}
"""Nobody has reviewed them or called their helplines, and few have a made-up record of taking part."""

pytestmark = pytest.mark.django_db


def test_nothing_that_ships_is_kept_from_going_live_and_nothing_cries_wolf() -> None:
    pages = [page for page in Page.objects.live().specific() if isinstance(page, BasePage)]
    assert len(pages) > 100
    said = [(page.slug, finding) for page in pages for finding in findings(page)]
    assert [(slug, finding) for slug, finding in said if finding.blocks] == []
    assert [(slug, finding) for slug, finding in said if finding.check not in TRUE_OF_SAMPLES] == []


def test_the_command_lists_what_is_found_and_what_it_costs() -> None:
    page = GuidePage.objects.get(slug="exam-stress")
    page.summary = "He committed suicide."
    build.publish_anyway(page)
    out = StringIO()
    call_command("check_quality", stdout=out)
    lines = out.getvalue().splitlines()
    assert "  exam-stress · Summary · unsafe_words: “committed suicide”" in out.getvalue()
    assert {line.split()[0] for line in lines if line.split()[1:2] and line.split()[0] in CHECKS} == set(CHECKS)
    assert "ms, goal 200 ms, ratio" in lines[-1]

"""Page weights keep within their goals: bytes and requests are counted, not timed."""

import re

from django.core.management import call_command

import pytest

from content.models import GuidePage


def test_every_page_keeps_within_its_goals(db: None, capsys: pytest.CaptureFixture) -> None:
    call_command("weigh_pages")
    out = capsys.readouterr().out
    assert int(re.match(r"(\d+) pages", out)[1]) > GuidePage.objects.live().count()
    rows = re.findall(r"^(HTML and styles|scripts|first visit|requests).*?(\d\.\d\d).*?(\d\.\d\d)  /", out, re.MULTILINE)
    assert [name for name, _median, _worst in rows] == ["HTML and styles", "scripts", "first visit", "requests"]
    assert all(0 < float(median) <= 1 and 0 < float(worst) <= 1 for _name, median, worst in rows), out

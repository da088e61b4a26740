"""Days and times are written as each language writes them, in figures that one can dial."""

from datetime import date

from django.conf import settings

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content import local_forms

CODES = [code for code, _name in settings.LANGUAGES]


@pytest.mark.parametrize(
    ("code", "written"),
    [("en-gb", "24 November 2026"), ("pl", "24 listopada 2026"), ("pt", "24 de novembro de 2026"), ("ur", "24 نومبر، 2026")],
)
def test_a_day_is_written_as_its_language_does(code: str, written: str) -> None:
    assert local_forms.day(date(2026, 11, 24), code) == written


def test_english_times_are_those_of_gov_uk_and_others_those_of_their_language() -> None:
    assert [local_forms.clock(at, "en-gb") for at in [0, 540, 720, 1050, 1440]] == [
        "midnight",
        "9am",
        "midday",
        "5.30pm",
        "midnight",
    ]
    assert local_forms.span(540, 1020, "en-gb") == "9am to 5pm"
    assert local_forms.span(540, 1020, "pl") == "09:00–17:00"
    assert local_forms.days(0, 4, "en-gb") == "Monday to Friday"
    assert local_forms.days(0, 4, "pl") == "poniedziałek–piątek"
    assert local_forms.english_name("bn") == "Bengali"


@given(st.sampled_from(CODES), st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.integers(0, 1440))
def test_figures_are_0_to_9_in_every_language(code: str, day: date, minutes: int) -> None:
    written = local_forms.day(day, code) + local_forms.month(day, code) + local_forms.clock(minutes, code)
    assert str(day.year) in written
    assert all(sign.isascii() for sign in written if sign.isdigit())

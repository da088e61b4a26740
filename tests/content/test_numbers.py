"""Telephone numbers and text codes are found where they stand, and other numbers are left in peace."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.numbers import find_numbers


@pytest.mark.parametrize(
    "number",
    [
        "020 7946 0018",
        "02079460018",
        "0117 496 0018",
        "0117-496-0018",
        "0117\u2011496\u20110018",
        "0117.496.0018",
        "0117\u00a0496\u00a00018",
        "07700 900123",
        "07700900123",
        "0800 1111",
        "08001111",
        "0808 808 4994",
        "0300 123 3393",
        "116 123",
        "116123",
        "116\u00a0123",
        "116-123",
        "+44 20 7946 0018",
        "+442079460018",
        "+44 (0)20 7946 0018",
        "+44 7700 900123",
        "+1 202 555 0123",
    ],
)
@pytest.mark.parametrize("sentence", ["Call {}.", "{}", "Free: {}, all day", "Ring ({}).", "Ring\n{}\n"])
def test_a_telephone_number_is_found_however_it_is_written(number: str, sentence: str) -> None:
    assert find_numbers(sentence.format(number)) == [number]


@pytest.mark.parametrize("number", ["(020) 7946 0018", "(0117) 496 0018"])
def test_an_area_code_in_brackets_is_found(number: str) -> None:
    (found,) = find_numbers(f"Call {number} now.")
    assert re.sub(r"\D", "", found) == re.sub(r"\D", "", number)


@pytest.mark.parametrize(
    "sentence",
    [
        "text SHOUT to 85258",
        "Text SHOUT to 85258.",
        "Text “SHOUT” to 85258, day or night.",
        "You can text the word SHOUT to 85258",
        "TEXT 85258",
        "Get help by texting SHOUT to 85258.",
    ],
)
def test_a_text_code_is_found(sentence: str) -> None:
    assert find_numbers(sentence) == ["85258"]


def test_numbers_are_listed_in_order_and_each_once() -> None:
    text = "Call 116 123 or 0800 1111. Text SHOUT to 85258. Again: 116 123."
    assert find_numbers(text) == ["116 123", "0800 1111", "85258"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Call 999 if someone is in danger.",
        "Call 111 and choose option 2.",
        "If you cannot speak, press 55.",
        "In 1999 and again in 2026.",
        "Between 2019-2024 it rose.",
        "Last read on 24 November 2026 by two people.",
        "24/11/2026",
        "01/02/2026",
        "2026-11-24",
        "01.02.2026",
        "It costs £1,000 or £0.99, not $12,000,000.",
        "About 50% of 1,000 people, or 0.05%.",
        "9,000,000 people live here.",
        "Ages 10-12 and 0-18.",
        "Breathe in for 4, hold for 7, out for 8.",
        "Open 09:00-17:00, and 24/7 online.",
        "Open 09.00–17.00 on weekdays.",
        "See NICE guideline CG113, NG225 and QS189.",
        "It helps (doi 10.1016/j.jml.2019.104047).",
        "It helps: https://doi.org/10.1192/bjp.bp.112.119867.",
        "It helps, doi:10.1037/0033-2909.133.4.694.",
        "It helps, doi 10.1001/jama.2018.0123456.",
        "ISBN 978-0-306-40615-7",
        "The year 85258 is far away.",
    ],
)
def test_a_number_nobody_can_call_is_left_in_peace(text: str) -> None:
    assert find_numbers(text) == []


@given(
    digits=st.text(alphabet="0123456789", min_size=10, max_size=10),
    gaps=st.lists(st.sampled_from(["", " "]), min_size=10, max_size=10),
    sentence=st.sampled_from(["Call {} now.", "{}", "It is ({}).", "Ring: {}, any time", "“{}”"]),
)
def test_eleven_digits_are_found_with_any_spaces(digits: str, gaps: list[str], sentence: str) -> None:
    number = "0" + "".join(gap + digit for gap, digit in zip(gaps, digits, strict=True))
    assert find_numbers(sentence.format(number)) == [number]


@given(st.one_of(st.text(), st.text(alphabet="0123456789 +()-.–text\u00a0")))
def test_whatever_is_found_stands_in_the_text(text: str) -> None:
    assert all(found in text for found in find_numbers(text))

"""Slips are mended; names, numbers, and words that are words stay."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.engine import dictionary
from search.spelling import SHORT_FORMS, Speller, written_out

OURS = ["insomnia", "bullying", "gcse", "sertraline", "anxiety"]


@pytest.fixture(scope="module")
def speller() -> Speller:
    return Speller(dictionary("en"), OURS)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("panik attak", "panic attack"),
        ("cant slep", "cant sleep"),
        ("insomia", "insomnia"),
        ("anxeity", "anxiety"),
        ("beign bullyed", "being bullied"),
        ("my freind is in truble", "my friend is in trouble"),
        ("u r so mean 2 me", "you are so mean to me"),
        ("ppl at skool", "people at school"),
    ],
)
def test_what_was_meant_is_found(speller: Speller, typed: str, meant: str) -> None:
    assert " ".join(speller.correct(typed.split())) == meant


@pytest.mark.parametrize(
    "typed",
    ["not good enough", "never again", "gcse", "sertraline", "111", "0800", "kms", "zoe", "ঘুম", "xqzvwk", "dont", "cant"],
)
def test_what_is_right_or_cannot_be_guessed_stays(speller: Speller, typed: str) -> None:
    assert " ".join(speller.correct(typed.split())) == typed


@given(st.lists(st.text(alphabet="abcdefghijklmnopqrstuvwxyz0123456789éß", min_size=1, max_size=30), max_size=12))
def test_correcting_never_loses_a_word_and_settles(words: list[str]) -> None:
    small = Speller({"sleep": 9000, "panic": 9000, "attack": 9000, "school": 9000}, OURS)
    once = small.correct(words)
    assert len(once) >= len(words)
    assert small.correct(small.correct(once)) == small.correct(once)


def test_short_forms_are_written_out_and_are_no_correction() -> None:
    assert written_out("i cant w8 4 u") == "i cant w8 for you"
    assert all(word == word.lower() for word in SHORT_FORMS)

"""Reading time and reading age are what a person would expect of a text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.reading import reading_age, reading_minutes, sentences, syllables, words

EASY = (
    "You are not alone. Sit down in a safe place. Breathe in and count to four. Now breathe out. "
    "Do this again. You may feel calm soon. If you do not, talk to a friend. They can help you."
)
HARD = (
    "Although several studies suggest that talking therapy improves sleep, the evidence remains uncertain, "
    "because participants were rarely followed for longer than a few months. Most of the available trials "
    "relied on questionnaires, which people may complete differently when they are tired or distressed."
)
SYLLABLES = {
    1: "a the sleep night feel breathe breath make made stress stressed talk talked helped called school "
    "friend friends hour hours place change changed voice nurse house times loved moved tired safe "
    "health phone text break dream don’t",
    2: "feeling breathing people little table simple able wanted needed worry worried exam exams teacher "
    "student doctor minute quiet diet being doing going seeing trying crying create question patient "
    "mental places changes voices wishes watches ready slowly gentle trouble message helpline self-help "
    "sadness listened happened",
    3: "family together tomorrow yesterday created video radio area idea hospital medicine depression "
    "emotion everyone services exercise internet telephone attention understand already remember "
    "violence bullying thirty-one",
    4: "anxiety emergency information medication emotional everything understanding society psychology",
    5: "university psychological",
    6: "responsibility",
}


TABLE = [(count, word) for count, row in SYLLABLES.items() for word in row.split()]


@pytest.mark.parametrize(("count", "word"), TABLE)
def test_common_words_have_the_syllables_one_hears(count: int, word: str) -> None:
    assert syllables(word) == count


def test_capitals_do_not_change_how_a_word_sounds() -> None:
    assert syllables("FAMILY") == syllables("Family") == 3


@pytest.mark.parametrize(
    ("count", "minutes"), [(0, 1), (1, 1), (199, 1), (200, 1), (201, 2), (400, 2), (401, 3), (2000, 10)]
)
def test_reading_takes_a_minute_for_every_two_hundred_words(count: int, minutes: int) -> None:
    assert reading_minutes("word " * count) == minutes


def test_an_easy_text_is_for_children_and_a_hard_one_for_graduates() -> None:
    assert 5 <= reading_age(EASY) < 9
    assert 14 < reading_age(HARD) < 25


def test_longer_sentences_make_a_text_harder() -> None:
    assert reading_age(EASY.replace(".", ",")) > reading_age(EASY)


@pytest.mark.parametrize("text", ["", "   ", "\n", "… !", "—"])
def test_a_text_without_words_has_no_reading_age(text: str) -> None:
    assert reading_age(text) == 0.0
    assert sentences(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One. Two! Three? Four…", ["One", "Two", "Three", "Four"]),
        ("A heading\nA line.\n\nAnother", ["A heading", "A line", "Another"]),
        ("It rose by 3.5 points. Good.", ["It rose by 3.5 points", "Good"]),
        ("“Stop.” She did.", ["“Stop", "” She did"]),
    ],
)
def test_sentences_end_where_a_reader_pauses(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


def test_an_apostrophe_or_a_hyphen_does_not_cut_a_word() -> None:
    assert words("Don’t skip self-help, it's 24 pages") == [
        "Don’t",
        "skip",
        "self-help",
        "it's",
        "24",
        "pages",
    ]


@given(st.text())
def test_every_word_has_a_syllable(word: str) -> None:
    assert syllables(word) >= 1


@given(st.one_of(st.text(), st.text(alphabet="ab'’-_.!?… \n\r\"”")))
def test_cutting_into_sentences_loses_no_word(text: str) -> None:
    assert words(" ".join(sentences(text))) == words(text)


@given(st.one_of(st.text(), st.lists(st.sampled_from(HARD.split())).map(" ".join)))
def test_reading_age_is_none_or_that_of_a_child_at_least(text: str) -> None:
    age = reading_age(text)
    assert age >= 5.0 if words(text) else age == 0.0

"""No translation changes a number: figures are compared whatever script they are written in."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.translations.figures import changed, figures

WORDS = st.text(alphabet="abc ąşع ", max_size=8)


@pytest.mark.parametrize(
    ("source", "translation", "differ"),
    [
        ("Call 999 first.", "اتصل بـ 999 أولا.", []),
        ("Call 999 first.", "اتصل بـ 99 أولا.", ["99", "999"]),
        ("Call 111, option 2", "111, opcja 2", []),
        ("Call 111, option 2", "111, opcja 3", ["2", "3"]),
        ("Call 111, option 2", "opcja 2", ["111"]),
        ("Do it 3 times", "৩ বার করুন", []),
        ("Two minutes", "2 minuty", ["2"]),
        ('See <a id="a1">this</a> &#39;page&#39;', 'Zob. <a id="a1">to</a>', []),
        ("%(minutes)s minutes", "%(minutes)s minut", []),
    ],
)
def test_figures_that_were_lost_changed_or_made_up_are_named(source: str, translation: str, differ: list[str]) -> None:
    assert changed(source, translation) == differ


@given(st.lists(st.integers(0, 9999), max_size=5), st.lists(WORDS, min_size=6, max_size=6))
def test_the_same_figures_in_other_words_and_another_order_are_the_same(numbers: list[int], words: list[str]) -> None:
    source = " ".join(f"{word} {number} " for word, number in zip(words, numbers, strict=False))
    translation = " ".join(f"{number} {word}" for word, number in zip(words, reversed(numbers), strict=False))
    assert changed(source, translation) == []


@given(st.lists(st.integers(0, 9999), min_size=1, max_size=5), st.integers(0, 4), st.integers(1, 9999))
def test_one_wrong_figure_is_always_found(numbers: list[int], place: int, wrong: int) -> None:
    place %= len(numbers)
    if numbers[place] == wrong:
        wrong += 10_000
    spoilt = [*numbers[:place], wrong, *numbers[place + 1 :]]
    assert changed(" ".join(map(str, numbers)), " ".join(map(str, spoilt)))


def test_figures_of_other_scripts_count_as_0_to_9() -> None:
    assert figures("٩٩٩ ৯৯৯ 999") == {"999": 3}

"""Whatever is typed becomes plain words."""

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from search.text import LONGEST, clean, stem, stems, telling

ODD = st.one_of(st.text(max_size=600), st.text(alphabet="ab'’_*\"():^-+~&|\\/ \n\t\0%AND OR NOT NEAR", max_size=300))


@given(ODD)
@example("x" * 5000)
@example(("a" * 199 + " ") * 2)
@example("İstanbul’da uyuyamıyorum")
@example("ﷺ" * 300)
@example("हिन्दी में मदद")
@example("__init__ _ __")
@example("ᄀ'ᅡ")
@example("\ud800")
def test_whatever_is_typed_becomes_plain_words(text: str) -> None:
    plain = clean(text)
    assert {unicodedata.category(sign)[0] for sign in plain.replace(" ", "")} <= set("LMN"), "letters, their marks, digits"
    assert plain == " ".join(plain.split())
    assert plain == plain.lower()
    assert len(plain) <= LONGEST
    assert clean(plain) == plain


@given(ODD)
def test_telling_words_are_words_of_the_query(text: str) -> None:
    words = clean(text).split()
    assert set(telling(words)) <= set(words)
    assert bool(telling(words)) == bool(words)


def test_little_words_count_only_when_there_are_no_others() -> None:
    assert telling(["how", "do", "i", "get", "to", "sleep"]) == ["sleep"]
    assert telling(["who", "am", "i"]) == ["who", "am", "i"]


@pytest.mark.parametrize("text", ["Can’t sleep?", "can't  SLEEP!", "cant_sleep", "“cant” (sleep)", "ｃａｎｔ sleep"])
def test_one_question_is_one_query_however_it_is_typed(text: str) -> None:
    assert clean(text) == "cant sleep"


def test_endings_are_one_in_languages_that_have_a_stemmer_and_stay_in_others() -> None:
    assert stem("bullied", "en-gb") == stem("bullying", "en-gb") == stem("bully", "en")
    assert stems("uyuyamıyorum", "tr") != ["uyuyamıyorum"]
    assert stem("ঘুম", "bn") == "ঘুম"

"""Each language finds the same help from a reader's own words, and hears a cry for help."""

from pathlib import Path

import pytest
import yaml

from content.library import FOLDER
from content.library.translations import load_translations
from goodthinking import languages
from search.engine import Engine
from search.service import answer
from search.text import clean

HERE = Path(__file__).parent
CODES = [code for code, _name in languages.LANGUAGES if code != languages.SOURCE]
GOOD = 0.85
"""The share of questions whose help stands among the first three answers."""


def examples(code: str, kind: str) -> list[str]:
    return yaml.safe_load((HERE / "cries" / f"{code}.yaml").read_text("utf-8"))[kind]


def is_a_cry(text: str, code: str) -> bool:
    return Engine(code).is_urgent(clean(text), clean(text))


@pytest.mark.parametrize("code", CODES)
def test_a_cry_for_help_is_heard_in_each_language_whatever_the_page(code: str) -> None:
    cries = examples(code, "cries")
    assert len(cries) >= 25
    assert [text for text in cries if not is_a_cry(text, code)] == []
    assert [text for text in cries if not is_a_cry(text, languages.SOURCE)] == []


@pytest.mark.parametrize("code", CODES)
def test_grief_exams_and_figures_of_speech_are_no_cry_for_help_in_any_language(code: str) -> None:
    innocent = examples(code, "innocent")
    assert len(innocent) >= 15
    assert [text for text in innocent if is_a_cry(text, code)] == []


@pytest.mark.parametrize("code", CODES)
def test_a_reader_finds_the_same_help_from_her_own_words(code: str, db: None) -> None:
    assert load_translations(FOLDER / "translations", [code])[code] >= 20
    asked = [line.split("\t") for line in (HERE / "questions" / f"{code}.tsv").read_text("utf-8").splitlines() if line]
    missed = [
        question
        for question, slug in asked
        if not any(f"/{slug}/" in hit.url and hit.language == code for hit in answer(question, code).hits[:3])
    ]
    assert len(asked) >= 14
    assert len(missed) <= (1 - GOOD) * len(asked), missed


def test_an_english_page_hears_a_cry_in_another_language(db: None) -> None:
    assert answer(examples(CODES[0], "cries")[0], "en-gb").urgent

"""With the search model a page is found by what it means; without it, or when it is slow or broken, by its words alone."""

import functools
import logging
import threading
from pathlib import Path

from django.core.management import CommandError, call_command

import pytest

from content.models import GuidePage
from goodthinking.management.commands.up import Command as Up
from search import sentences, vectors
from search.management.commands import search_model
from search.models import SearchDocument, SearchVectors
from search.service import answer
from tests import build

needs_model = pytest.mark.skipif(
    sentences.place() is None, reason="the search model is not here: run manage.py search_model"
)
FEW = ["sleep", "bullying", "money-worry", "grief", "panic", "work-stress"]
WITHOUT_OUR_WORDS = "tossing and turning until dawn"


@pytest.fixture
def model(db: None, settings: object, monkeypatch: pytest.MonkeyPatch) -> None:
    """The real model over six guides; each text is read once in all tests."""
    settings.SEARCH_MODEL = True
    monkeypatch.setattr(vectors, "BUDGET", 30)
    monkeypatch.setattr(vectors, "wake", lambda: None)
    monkeypatch.setattr(vectors, "_model", _remembering)
    SearchDocument.objects.exclude(page__slug__in=FEW).delete()
    vectors.make()


@functools.cache
def _remembering() -> sentences.SentenceModel:
    real = sentences.SentenceModel(sentences.place())
    real.encode = functools.cache(real.encode)
    return real


@needs_model
def test_sentences_that_mean_the_like_are_near(db: None) -> None:
    encode = _remembering().encode
    asked = encode("i keep waking up at night")
    assert asked @ asked == pytest.approx(1, abs=1e-5)
    assert asked @ encode("insomnia") > asked @ encode("my manager shouts at me") + 0.1
    assert encode("word " * 2000).shape == (384,)
    assert encode("").shape == (384,)


@needs_model
def test_a_guide_is_found_by_what_it_means(model: None, settings: object) -> None:
    found = answer(WITHOUT_OUR_WORDS)
    assert found.engine == "hybrid"
    assert found.hits[0].url == "/guides/sleep/"
    settings.SEARCH_MODEL = False
    assert answer(WITHOUT_OUR_WORDS).engine == "lexical"


@needs_model
def test_words_alone_answer_until_every_page_has_its_vectors(model: None) -> None:
    SearchVectors.objects.filter(document__page__slug="grief").delete()
    SearchDocument.objects.filter(page__slug="grief").update(stamp=1)
    assert answer("sleep").engine == "lexical"
    vectors.make()
    assert answer("sleep").engine == "hybrid"


@needs_model
def test_a_new_guide_waits_for_its_vectors_and_a_mere_move_makes_none(model: None, monkeypatch: pytest.MonkeyPatch) -> None:
    guide = build.guide("Feeding the ducks")
    assert list(vectors.behind().values_list("pk", flat=True)) == [guide.pk]
    assert answer("feeding the ducks").hits[0].pk == guide.pk, "its words are found at once"
    vectors.make()
    SearchDocument.objects.filter(pk=guide.pk).update(stamp=7)
    monkeypatch.setattr(vectors, "_model", lambda: pytest.fail("the same text was read again"))
    assert vectors.make() == 1
    assert not vectors.behind().exists()


@needs_model
def test_vectors_go_with_their_page(model: None) -> None:
    guide = GuidePage.objects.get(slug="grief")
    guide.unpublish()
    assert not SearchVectors.objects.filter(pk=guide.pk).exists()


@needs_model
def test_a_slow_model_is_not_waited_for(model: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vectors, "BUDGET", 0)
    found = answer("cant sleep")
    assert found.engine == "lexical"
    assert found.hits


@needs_model
def test_a_broken_model_is_told_without_the_readers_words(
    model: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    def broken() -> sentences.SentenceModel:
        (tmp_path / "tokenizer.json").write_text("{}")
        return sentences.SentenceModel(tmp_path)

    monkeypatch.setattr(vectors, "_model", broken)
    with caplog.at_level(logging.WARNING):
        assert answer("cant sleep tonight").engine == "lexical"
    assert "The search model cannot be read" in caplog.text
    assert "tonight" not in caplog.text


def test_vectors_that_cannot_be_made_are_not_tried_at_every_search(
    settings: object, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    settings.SEARCH_MODEL = True
    tries, rested = [], threading.Event()

    def broken() -> int:
        tries.append(1)
        raise OSError("a disk that is full")

    def rest(seconds: float) -> None:
        assert seconds == vectors.REST
        for _search in range(5):
            vectors.wake()
        rested.set()

    monkeypatch.setattr(vectors, "knows", lambda language: True)
    monkeypatch.setattr(vectors, "make", broken)
    monkeypatch.setattr(vectors.time, "sleep", rest)
    vectors.wake()
    assert rested.wait(5)
    assert len(tries) == 1
    assert "disk" not in caplog.text


@needs_model
def test_what_has_nothing_to_do_with_us_gets_the_topics_to_choose_from(model: None) -> None:
    assert answer("zzyzx cheap flights lisbon zzyzx").is_fallback or answer("football scores").is_fallback


@needs_model
@pytest.mark.deep
def test_with_all_pages_the_model_loses_nothing_that_words_find(db: None, settings: object, monkeypatch: object) -> None:
    monkeypatch.setattr(vectors, "BUDGET", 30)
    monkeypatch.setattr(vectors, "wake", lambda: None)
    settings.SEARCH_MODEL = True
    vectors.make()
    asked = {
        "cant sleep mind racing": "sleep",
        "kids at school r being horrible": "bullying",
        "panic attak": "anxiety",
        "my nan died and i feel numb": "bereavement",
        "skint and the rent is due": "money",
        "boss is on my case": "work",
    }
    for text, topic in asked.items():
        found = answer(text)
        assert found.engine == "hybrid"
        assert any(topic in hit.topics for hit in found.hits[:3]), text


def test_without_the_model_nothing_is_made_and_everything_works(
    db: None, settings: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.SEARCH_MODEL = True
    monkeypatch.setattr(sentences, "place", lambda: None)
    assert vectors.make() == 0
    vectors.wake()
    found = answer("cant sleep")
    assert (found.engine, found.hits[0].url) == ("lexical", "/topics/sleep/")


def test_other_languages_are_left_to_their_words(settings: object) -> None:
    settings.SEARCH_MODEL = True
    assert not vectors.knows("ar")
    assert not vectors.knows("bn")


@pytest.mark.parametrize("command", [["false"], ["no-such-installer"]])
def test_a_model_that_cannot_be_had_stops_nothing(
    db: None, settings: object, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture, command: list[str]
) -> None:
    settings.SEARCH_MODEL = True
    nowhere = functools.cache(lambda: None)
    monkeypatch.setattr(sentences, "place", nowhere)
    monkeypatch.setattr(search_model, "_installer", lambda: command)
    with pytest.raises(CommandError, match="Search works without it"):
        call_command("search_model")
    Up()._search_model()
    assert "Search works without it" in capsys.readouterr().out


def test_the_model_is_not_got_when_it_is_switched_off(settings: object) -> None:
    settings.SEARCH_MODEL = False
    with pytest.raises(CommandError, match="SEARCH_MODEL is 0"):
        call_command("search_model")

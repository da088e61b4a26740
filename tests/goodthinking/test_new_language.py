"""A thirteenth language takes two files: a line in languages.py and a catalogue, as the README's recipe says."""

import re
from pathlib import Path

from django.conf import settings
from django.core.management import CommandError, call_command
from django.test import Client, override_settings
from django.utils.translation import trans_real

import pytest

from content.library.translations import set_up_languages
from content.models import HomePage
from goodthinking import words
from goodthinking.catalogues import compile_catalogues
from tests import languages

WELSH = ("cy", "Cymraeg")


@pytest.fixture
def welsh(tmp_path: Path, db: None, capsys: pytest.CaptureFixture) -> object:
    """Add the line, and a catalogue begun by the command and filled in."""
    with override_settings(LOCALE_PATHS=[tmp_path]):
        call_command("make_catalogue", "cy")
        assert f"cy: {len(words.words_for_readers())} still to be translated" in capsys.readouterr().out
        path = words.path_of("cy")
        filled = re.sub(
            r'msgid "(Topics|Languages|Search)"\nmsgstr ""', r'msgid "\1"\nmsgstr "Cymraeg \1"', path.read_text()
        )
        path.write_text(filled)
        assert compile_catalogues(tmp_path) == ["cy"]
        more = [*settings.LANGUAGES, WELSH]
        with override_settings(LANGUAGES=more, WAGTAIL_CONTENT_LANGUAGES=more):
            trans_real._translations.pop("cy", None)
            yield next(locale for locale in set_up_languages() if locale.language_code == "cy")
    trans_real._translations.pop("cy", None)


def test_a_new_language_speaks_as_soon_as_its_first_page_is_live(welsh: object, visitor: Client) -> None:
    assert visitor.get("/cy/").status_code == 404
    assert "Cymraeg Topics" in visitor.get("/cy/search/").content.decode()
    languages.published(HomePage.objects.get(locale__language_code="en-gb"), welsh)
    html = visitor.get("/cy/").content.decode()
    assert '<html lang="cy" dir="ltr">' in html
    assert "Cymraeg Topics" in html
    switch = '<a href="/cy/" hreflang="cy" lang="cy" dir="ltr">Cymraeg</a>'
    assert switch in visitor.get("/guides/sleep/").content.decode()
    assert visitor.get("/CY/").headers["Location"] == "/cy/"


def test_a_catalogue_keeps_what_is_translated_when_it_is_brought_in_step(welsh: object) -> None:
    before = words.path_of("cy").read_text()
    words.update("cy")
    assert words.path_of("cy").read_text() == before
    assert "Cymraeg Topics" in before


def test_a_code_that_is_no_language_is_named(db: None) -> None:
    with pytest.raises(CommandError, match="“zzz-nowhere” is no language we know"):
        call_command("make_catalogue", "zzz-nowhere")


@pytest.mark.parametrize("code", [code for code, _name in settings.LANGUAGES if code != settings.LANGUAGE_CODE])
def test_a_catalogue_has_every_word_that_readers_meet(code: str) -> None:
    catalogue = words.read(code)
    known = {(message.context, message.id if isinstance(message.id, str) else message.id[0]) for message in catalogue}
    assert {(context, said) for context, said, _plural in words.words_for_readers()} - known == set()
    assert words.untranslated(catalogue) == []


@pytest.mark.parametrize("code", [code for code, _name in settings.LANGUAGES if code != settings.LANGUAGE_CODE])
def test_a_catalogue_keeps_the_blanks_of_each_sentence(code: str) -> None:
    blank = re.compile(r"%\(\w+\)s|</?\w+>")
    for message in words.read(code):
        if not message.id:
            continue
        asked = message.id if isinstance(message.id, str) else message.id[-1]
        given = message.string if isinstance(message.string, str) else message.string[-1]
        assert sorted(blank.findall(asked)) == sorted(blank.findall(given)), asked


def test_readers_words_are_found_and_what_only_editors_see_is_not() -> None:
    found = {said for _context, said, _plural in words.words_for_readers()}
    assert {"Leave now", "Try this now · %(minutes)s minute", "Open all day and night", "Life in danger"} <= found
    assert "If a life is in danger now" in found
    assert not {"Unverified sample", "Own section only", "Rapid response", "Write an email address.", "Callout"} & found

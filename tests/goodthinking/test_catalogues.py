"""Translated words are compiled when they are new, left when they are not, and a broken file is named."""

import gettext
import os
from pathlib import Path

import pytest

from goodthinking.catalogues import CatalogueError, compile_catalogues

HEAD = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n'
GOOD = (
    HEAD
    + '"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n\n'
    + 'msgid "Leave this site"\nmsgstr "Gadael y wefan hon â chlic"\n\n'
    + 'msgid "%(n)d minute"\nmsgid_plural "%(n)d minutes"\n'
    + 'msgstr[0] "%(n)d munud"\nmsgstr[1] "%(n)d o funudau"\n'
)
LONG_AGO = 1_000_000_000


def _po(locale: Path, language: str = "cy", content: str = GOOD) -> Path:
    path = locale / language / "LC_MESSAGES" / "django.po"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content, encoding="utf-8")
    return path


def _words(po: Path) -> gettext.GNUTranslations:
    with po.with_suffix(".mo").open("rb") as opened:
        return gettext.GNUTranslations(opened)


def test_a_catalogue_is_compiled_to_words_gettext_can_read(tmp_path: Path) -> None:
    po = _po(tmp_path)
    assert compile_catalogues(tmp_path) == ["cy"]
    assert _words(po).gettext("Leave this site") == "Gadael y wefan hon â chlic"
    assert _words(po).ngettext("%(n)d minute", "%(n)d minutes", 5) == "%(n)d o funudau"


def test_every_language_is_compiled_in_order(tmp_path: Path) -> None:
    for language in ("pl", "ar", "cy"):
        _po(tmp_path, language)
    assert compile_catalogues(tmp_path) == ["ar", "cy", "pl"]


def test_a_second_run_has_nothing_to_do(tmp_path: Path) -> None:
    _po(tmp_path)
    compile_catalogues(tmp_path)
    assert compile_catalogues(tmp_path) == []


def test_a_catalogue_changed_since_is_compiled_again(tmp_path: Path) -> None:
    po = _po(tmp_path)
    compile_catalogues(tmp_path)
    os.utime(po.with_suffix(".mo"), (LONG_AGO, LONG_AGO))
    _po(tmp_path, content=HEAD + '\nmsgid "Leave this site"\nmsgstr "Gadael"\n')
    assert compile_catalogues(tmp_path) == ["cy"]
    assert _words(po).gettext("Leave this site") == "Gadael"


@pytest.mark.parametrize(
    "content",
    [
        pytest.param("hello there\n", id="no catalogue at all"),
        pytest.param(HEAD + '\nmsgid "Leave"\n', id="no translation"),
        pytest.param(HEAD + '\nmsgid "Leave"\nmsgstr "Gadael\n', id="a quote that is not closed"),
        pytest.param(HEAD + '\nmsgid "Leave"\nmsgstr Gadael\n', id="no quotes"),
        pytest.param(HEAD.replace("utf-8", "utf-ate"), id="an unknown encoding"),
        pytest.param(HEAD + '"Plural-Forms: nplurals=two; plural=0;\\n"\n', id="wrong plural forms"),
        pytest.param(HEAD + '"PO-Revision-Date: yesterday\\n"\n', id="a date that is no date"),
    ],
)
def test_a_broken_catalogue_is_named_and_leaves_nothing_behind(tmp_path: Path, content: str) -> None:
    po = _po(tmp_path, "pl", content)
    with pytest.raises(CatalogueError, match=r"django\.po of pl cannot be read: ."):
        compile_catalogues(tmp_path)
    assert not po.with_suffix(".mo").exists()


def test_a_catalogue_in_another_encoding_is_named(tmp_path: Path) -> None:
    _po(tmp_path, "cy").write_bytes(GOOD.encode("latin-1"))
    with pytest.raises(CatalogueError, match=r"django\.po of cy cannot be read: ."):
        compile_catalogues(tmp_path)


def test_a_site_without_translations_has_nothing_to_compile(tmp_path: Path) -> None:
    assert compile_catalogues(tmp_path / "nowhere") == []
    assert compile_catalogues(tmp_path) == []

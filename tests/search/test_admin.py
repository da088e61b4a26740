"""Editors own the list of what people say."""

from django.test import Client
from django.urls import reverse

from search.models import SearchPhrase
from search.service import answer


def test_an_editor_adds_a_phrase_and_it_works_at_once(editor: Client) -> None:
    add = reverse(SearchPhrase.snippet_viewset.get_url_name("add"))
    words = {"language": "en-gb", "we_say": "sleep insomnia", "people_say": "Can’t nod off!\n\ncounting goats"}
    assert editor.post(add, words).status_code == 302
    phrase = SearchPhrase.objects.get(people_say__contains="goats")
    assert phrase.phrases == ["cant nod off", "counting goats"]
    assert answer("i cant nod off").hits[0].topics[:1] == ["sleep"] or "sleep" in answer("i cant nod off").hits[0].topics


def test_what_can_never_match_is_refused_in_words_that_help_and_nothing_is_lost(editor: Client) -> None:
    add = reverse(SearchPhrase.snippet_viewset.get_url_name("add"))
    html = editor.post(add, {"language": "en-gb", "we_say": "???", "people_say": "tossing and turning"}).content.decode()
    assert "Write words: letters, not signs alone." in html
    assert "tossing and turning" in html
    html = editor.post(add, {"language": "en-gb", "we_say": "sleep", "people_say": "…\n!!!"}).content.decode()
    assert "Write at least one phrase, in letters." in html


def test_the_starter_list_has_no_phrase_twice_and_none_that_is_a_little_word(db: None) -> None:
    said = [phrase for row in SearchPhrase.objects.all() for phrase in row.phrases]
    assert len(said) > 2000
    assert len(said) == len(set(said))
    assert not set(said) & {"help", "bad", "sad", "not good", "i", "me"}

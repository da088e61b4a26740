"""Replacing a wording touches nothing but the words: no half words, no markup, no address."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content import wording

OTHER = st.text(st.sampled_from("abcdefghij ,.!?’\n"), max_size=20)
"""Text in which the old words below cannot stand: it lacks their letters."""
OLD, NEW = "committed suicide", "took their own life"


@pytest.mark.parametrize(
    ("text", "then"),
    [
        ("He committed suicide.", "He took their own life."),
        ("Committed suicide? COMMITTED SUICIDE!", "Took their own life? TOOK THEIR OWN LIFE!"),
        ("committed\u00a0suicide and committed\nsuicide", "took their own life and took their own life"),
        ("recommitted suicides", "recommitted suicides"),
        ("committed suicidestory, xcommitted suicide", "committed suicidestory, xcommitted suicide"),
        ("(committed suicide)-committed suicide", "(took their own life)-took their own life"),
    ],
)
def test_whole_words_are_replaced_in_their_own_case(text: str, then: str) -> None:
    assert wording.replace(text, OLD, NEW) == then


def test_a_straight_apostrophe_finds_a_curly_one_and_signs_are_no_pattern() -> None:
    assert wording.replace("I don’t know.", "don't know", "am not sure") == "I am not sure."
    assert wording.replace("A&E (or a.e.)", "A&E", "an emergency department") == "an emergency department (or a.e.)"
    assert wording.replace("It is a.e. not abe.", "a.e.", "A&E") == "It is A&E not abe."
    assert wording.replace("Ask the NHS", "NHS", r"\1 health service") == r"Ask the \1 health service"


@given(st.lists(OTHER, min_size=1, max_size=5))
def test_nothing_but_the_words_changes(parts: list[str]) -> None:
    assert wording.replace(f" {OLD} ".join(parts), OLD, NEW) == f" {NEW} ".join(parts)


@given(st.lists(OTHER | st.just(OLD), max_size=6).map(" ".join))
def test_done_twice_is_as_done_once(text: str) -> None:
    once = wording.replace(text, OLD, NEW)
    assert wording.replace(once, OLD, NEW) == once
    assert list(wording.sentences(once, OLD)) == []


TAGS = [
    "<p>",
    "</p>",
    '<a linktype="page" id="7">',
    '<a href="https://committed suicide.example/?a=1&amp;b=2">',
    "</a>",
    "<br/>",
]
TAGS += ['<embed alt="a > committed suicide" embedtype="image" id="3"/>', "<b>", "</b>"]
RICH_TEXT = st.lists(
    st.sampled_from(TAGS) | st.just(OLD) | OTHER | st.sampled_from(["&amp;", "&lt;3", "&nbsp;"]), max_size=12
)


@given(RICH_TEXT.map("".join))
def test_tags_addresses_and_references_stay_as_they_are(html: str) -> None:
    then = wording.replace_in_html(html, OLD, NEW)
    assert wording._TAG.findall(then) == wording._TAG.findall(html)
    assert wording.texts_of(then) == [wording.replace(text, OLD, NEW) for text in wording.texts_of(html)]
    assert OLD not in wording.texts_of(then)


@given(RICH_TEXT.map("".join))
def test_rich_text_without_the_words_is_the_same_to_the_letter(html: str) -> None:
    assert wording.replace_in_html(html, "quite other words", NEW) == html


def test_signs_in_rich_text_are_written_as_they_must_be() -> None:
    assert wording.replace_in_html("<p>Go to A&amp;E now</p>", "A&E", "R&D <x>") == "<p>Go to R&amp;D &lt;x&gt; now</p>"
    assert wording.replace_in_html("<p>Tom &amp; amp</p>", "amp", "lamp") == "<p>Tom &amp; lamp</p>"


def test_a_sentence_shows_the_words_with_what_stands_around_them() -> None:
    text = "First one. A man committed suicide here. He COMMITTED SUICIDE."
    found = list(wording.sentences(text, OLD))
    assert found == [("A man ", "committed suicide", " here."), ("He ", "COMMITTED SUICIDE", ".")]
    assert all(re.sub(r"\s+", " ", "".join(parts)) in text for parts in found)

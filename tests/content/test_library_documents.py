"""A library file reads back as it was written, and a mistake in one is answered with its file and line."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.library import LibraryError
from content.library.documents import Document, Part, read, write

WORDS = "sleep night you can’t breathe – slowly, “again” *now* [link](/a/) 24/7 żółć ليل a{b} :: it:"
LINE = st.lists(st.sampled_from(WORDS.split()), min_size=1, max_size=5).map(" ".join)
LINES = st.lists(LINE, min_size=1, max_size=3).map("\n".join)
PARAGRAPH = st.lists(LINES, min_size=1, max_size=3).map("\n\n".join)
HEADING = st.fixed_dictionaries(
    {"text": LINE, "level": st.sampled_from(["2", "3"])},
    optional={"anchor": st.from_regex(r"[a-z0-9][a-z0-9-]{0,9}", fullmatch=True)},
)

ANY_LINE = st.text(st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"]), max_size=30)
TRICKY = st.sampled_from(["", "yes", "1", "null", "2026-11-24", ":::", "---", "# a", "- a"])
ANY_TEXT = st.one_of(ANY_LINE, LINE, TRICKY)
TEXT = st.one_of(ANY_TEXT, st.tuples(ANY_TEXT, ANY_TEXT, LINE).map("\n".join))
NAME = st.from_regex(r"[a-z][a-z_]{0,9}", fullmatch=True)
VALUE = st.recursive(
    st.one_of(TEXT, st.booleans(), st.integers(), st.none()),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(NAME, inner, max_size=3)),
    max_leaves=6,
)
MAPPING = st.dictionaries(NAME, VALUE, max_size=4)

PART = st.one_of(
    st.builds(Part, st.just("paragraph"), PARAGRAPH),
    st.builds(Part, st.just("heading"), HEADING),
    st.builds(Part, st.sampled_from(["callout", "steps"]), MAPPING),
)


def _apart(parts: list[Part]) -> list[Part]:
    """Leave out a paragraph after a paragraph: in Markdown the two are one text."""
    return [
        part
        for before, part in zip([None, *parts], parts, strict=False)
        if part.kind != "paragraph" or before is None or before.kind != "paragraph"
    ]


DOCUMENTS = st.builds(Document, MAPPING, st.lists(PART, max_size=6).map(_apart))


def _said(document: Document) -> tuple[dict[str, object], list[tuple[str, object]]]:
    return document.meta, [(part.kind, part.value) for part in document.parts]


@given(DOCUMENTS)
def test_a_document_reads_back_as_it_was_written(document: Document) -> None:
    assert _said(read(write(document), "sleep.md")) == _said(document)


@pytest.mark.parametrize(
    ("meta", "part"),
    [
        pytest.param({"text": "One\nTwo\n"}, Part("paragraph", "x"), id="a last line break in the details"),
        pytest.param({}, Part("callout", {"text": "One\nTwo\n"}), id="a last line break in a block"),
        pytest.param({"text": "One\u2028two"}, Part("paragraph", "x"), id="a separator in the details"),
        pytest.param({}, Part("callout", {"text": "One\u2028two\nthree"}), id="a separator in a block"),
        pytest.param({}, Part("paragraph", "One\u2028two"), id="a separator in a paragraph"),
    ],
)
def test_an_unusual_line_break_is_kept(meta: dict[str, object], part: Part) -> None:
    document = Document(meta, [part])
    assert _said(read(write(document), "sleep.md")) == _said(document)


FILE = """---
title: Sleep
tags:
- night
---

First words
on two lines.

And a second paragraph.

## Tonight {#tonight}

### Before bed
::: callout
text: |-
  Call **116 123**.

  :::
items:
- one
- title: two
:::
Last words.
"""


def test_a_file_is_cut_into_its_parts_and_each_knows_its_line() -> None:
    document = read(FILE, "sleep.md")
    assert document.meta == {"title": "Sleep", "tags": ["night"]}
    assert document.parts == [
        Part("paragraph", "First words\non two lines.\n\nAnd a second paragraph.", 7),
        Part("heading", {"text": "Tonight", "level": "2", "anchor": "tonight"}, 12),
        Part("heading", {"text": "Before bed", "level": "3"}, 14),
        Part("callout", {"text": "Call **116 123**.\n\n:::", "items": ["one", {"title": "two"}]}, 15),
        Part("paragraph", "Last words.", 24),
    ]


def test_a_file_saved_on_windows_reads_the_same() -> None:
    assert read(FILE.replace("\n", "\r\n"), "sleep.md") == read(FILE, "sleep.md")


def test_a_file_is_written_as_a_person_would_write_it() -> None:
    parts = [
        Part("heading", {"text": "Tonight", "level": "3", "anchor": "tonight"}),
        Part("callout", {"text": "Żółć\nand more", "items": ["one"]}),
        Part("paragraph", "Words."),
    ]
    assert write(Document({"title": "Sleep"}, parts)) == (
        "---\ntitle: Sleep\n---\n\n### Tonight {#tonight}\n\n"
        "::: callout\ntext: |-\n  Żółć\n  and more\nitems:\n- one\n:::\n\nWords.\n"
    )


HEAD = "---\ntitle: Sleep\n---\n"


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        pytest.param("", 1, "three dashes", id="an empty file"),
        pytest.param("title: Sleep\n", 1, "three dashes", id="no dashes"),
        pytest.param("---\ntitle: Sleep\n", 1, "three dashes", id="dashes only once"),
        pytest.param("---\ntitle: Sleep\nmore: a: b\n---\n", 3, "quotes", id="a colon in the details"),
        pytest.param("---\n- title\n---\n", 2, "`name: value`", id="a list for details"),
        pytest.param("---\npublished: 2026-13-45\n---\n", 2, "", id="no such date in the details"),
        pytest.param(f"{HEAD}\nWords.\n\n::: callout\ntext: a\n", 7, "three colons", id="a block not closed"),
        pytest.param(f"{HEAD}\n::: steps\ntext: a\nmore: b: c\n:::\n", 7, "quotes", id="a colon in a block"),
        pytest.param(f"{HEAD}\n::: steps\ntext: a\nmore\nlast: b\n:::\n", 7, "", id="a line without a colon"),
        pytest.param(f"{HEAD}\n::: callout\njust words\n:::\n", 6, "`name: value`", id="a block of words"),
        pytest.param(f"{HEAD}\n::: callout\ndate: 2026-13-45\n:::\n", 6, "", id="no such date in a block"),
        pytest.param(f"{HEAD}\nWords.\n:::\n", 6, "`::: callout`", id="a block closed but not begun"),
        pytest.param(f"{HEAD}\n::: two words\n:::\n", 5, "`::: callout`", id="a block with two names"),
        pytest.param(f"{HEAD}\n:::: callout\n", 5, "`::: callout`", id="four colons"),
    ],
)
def test_a_mistake_is_answered_with_file_and_line(text: str, line: int, says: str) -> None:
    with pytest.raises(LibraryError) as caught:
        read(text, "guides/sleep.md")
    assert str(caught.value).startswith(f"guides/sleep.md:{line}: ")
    assert says in str(caught.value)

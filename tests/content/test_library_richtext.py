"""Rich text becomes Markdown and Markdown rich text, and nothing a person wrote changes on the way."""

from html import escape
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.library.richtext import to_html, to_markdown


class UnknownPage(Exception):
    """What the pages below raise for a page they do not have."""


class FakePages:
    """Three pages."""

    paths = {3: "/", 7: "/guides/sleep/", 12: "/topics/anxiety/"}

    def page_pk(self, path: str) -> int:
        """Find a page by address."""
        found = [pk for pk, known in self.paths.items() if known == path]
        if not found:
            raise UnknownPage(path)
        return found[0]

    def page_path(self, pk: int) -> str:
        """Find a page by number."""
        if pk not in self.paths:
            raise UnknownPage(pk)
        return self.paths[pk]


PAGES = FakePages()

Run = tuple[str, str]
"""What a run of words is (plain, b, i, or where it leads to) and the words."""
Block = tuple[str, list[list[Run]]]
"""A p with one line, or a ul or ol with one line for each item."""

PLAIN = "sleep night you can’t breathe slowly, again. “now” żółć ليل 24/7 (yes) fine! what? half–half 10 a-b"
# What means something in Markdown, in html or in a library file, and here is only itself.
LITERAL = r"* ** _ __ [ ] [x](y) ![x] \ \\ ` ``` # ## 1. 1) 12. - + --- > < & &amp; <b> *a* _a_ a_b C:\x !"
LEADS_TO = ["/", "/guides/sleep/", "https://example.org/a_b?c=1&d=2", "mailto:help@example.org", "tel:116123"]


def _blocks(words: str) -> st.SearchStrategy[list[Block]]:
    text = st.lists(st.sampled_from(words.split()), min_size=1, max_size=4).map(" ".join)
    run = st.tuples(st.sampled_from(["plain", "b", "i", *LEADS_TO]), text)
    line = st.lists(run, min_size=1, max_size=4)
    block = st.one_of(
        st.tuples(st.just("p"), st.lists(line, min_size=1, max_size=1)),
        st.tuples(st.sampled_from(["ul", "ol"]), st.lists(line, min_size=1, max_size=3)),
    )
    # Two lists of one kind in a row are one list, in the editor as in Markdown.
    return st.lists(block, min_size=1, max_size=4).filter(
        lambda blocks: all(one[0] == "p" or one[0] != next_one[0] for one, next_one in pairwise(blocks))
    )


def _html_run(run: Run) -> str:
    kind, text = run[0], escape(run[1], quote=False)
    if kind == "plain":
        return text
    if kind in {"b", "i"}:
        return f"<{kind}>{text}</{kind}>"
    if kind.startswith("/"):
        return f'<a id="{PAGES.page_pk(kind)}" linktype="page">{text}</a>'
    return f'<a href="{escape(kind)}">{text}</a>'


def _html(blocks: list[Block]) -> str:
    written = ""
    for kind, lines in blocks:
        inner = [" ".join(map(_html_run, line)) for line in lines]
        items = "".join(f"<li>{item}</li>" for item in inner)
        written += f"<p>{inner[0]}</p>" if kind == "p" else f"<{kind}>{items}</{kind}>"
    return written


def _markdown_run(run: Run) -> str:
    kind, text = run
    signs = {"plain": "", "b": "**", "i": "*"}
    return f"{signs[kind]}{text}{signs[kind]}" if kind in signs else f"[{text}]({kind})"


def _markdown(blocks: list[Block]) -> str:
    written = []
    for kind, lines in blocks:
        inner = [" ".join(map(_markdown_run, line)) for line in lines]
        marks = {"p": "", "ul": "- "}
        written.append("\n".join(f"{marks.get(kind, f'{n}. ')}{item}" for n, item in enumerate(inner, 1)))
    return "\n\n".join(written)


@given(_blocks(PLAIN))
def test_rich_text_and_markdown_say_the_same(blocks: list[Block]) -> None:
    assert to_html(_markdown(blocks), PAGES) == _html(blocks)
    assert to_markdown(_html(blocks), PAGES) == _markdown(blocks)


@given(_blocks(f"{PLAIN} {LITERAL}"))
def test_signs_that_mean_something_in_markdown_come_back_as_themselves(blocks: list[Block]) -> None:
    assert to_html(to_markdown(_html(blocks), PAGES), PAGES) == _html(blocks)


@pytest.mark.parametrize(
    ("markdown", "html"),
    [
        ("", ""),
        ("One.\n\nTwo.", "<p>One.</p><p>Two.</p>"),
        ("**Call** and *breathe*.", "<p><b>Call</b> and <i>breathe</i>.</p>"),
        ("One line\\\nand another", "<p>One line<br/>and another</p>"),
        ("- a\n- **b**", "<ul><li>a</li><li><b>b</b></li></ul>"),
        ("1. a\n2. b", "<ol><li>a</li><li>b</li></ol>"),
        ("Do this:\n\n- a\n\nThen rest.", "<p>Do this:</p><ul><li>a</li></ul><p>Then rest.</p>"),
        ("[Sleep](/guides/sleep/)", '<p><a id="7" linktype="page">Sleep</a></p>'),
        ("[**Out**](https://example.org/)", '<p><a href="https://example.org/"><b>Out</b></a></p>'),
        ("“It’s” <b>5 > 3 & 2", "<p>“It’s” &lt;b&gt;5 &gt; 3 &amp; 2</p>"),
        ("snake\\_case \\[x\\] \\*y\\* C:\\\\new", "<p>snake_case [x] *y* C:\\new</p>"),
    ],
)
def test_markdown_gives_this_rich_text_and_rich_text_gives_it_back(markdown: str, html: str) -> None:
    assert to_html(markdown, PAGES) == html
    assert to_markdown(html, PAGES) == markdown


@pytest.mark.parametrize(
    ("markdown", "html"),
    [
        ("__Call__ _now_", "<p><b>Call</b> <i>now</i></p>"),
        ("Do this:\n- a\n\n- b", "<p>Do this:</p><ul><li>a</li><li>b</li></ul>"),
        ("* a\n* b", "<ul><li>a</li><li>b</li></ul>"),
        ("caf&eacute;", "<p>café</p>"),
    ],
)
def test_other_ways_to_write_the_same_are_understood(markdown: str, html: str) -> None:
    assert to_html(markdown, PAGES) == html


@pytest.mark.parametrize(
    ("markdown", "html"),
    [("one\ntwo", "<p>one two</p>"), ("- one\n  two", "<ul><li>one two</li></ul>")],
)
def test_a_line_broken_in_the_editor_does_not_glue_two_words_together(markdown: str, html: str) -> None:
    assert to_html(markdown, PAGES) == html


def test_a_link_as_the_editor_stores_it_becomes_an_address() -> None:
    assert to_markdown('<p data-block-key="x1"><a linktype="page" id="12">Anxiety</a></p>', PAGES) == (
        "[Anxiety](/topics/anxiety/)"
    )


@pytest.mark.parametrize(
    "html",
    [
        pytest.param("<p>1. Breathe</p>", id="a number and a dot"),
        pytest.param("<p>1) Breathe</p>", id="a number and a bracket"),
        pytest.param("<p>1.</p>", id="nothing but a number and a dot"),
        pytest.param("<p># 5</p>", id="a hash"),
        pytest.param("<p>- five</p>", id="a dash"),
        pytest.param("<p>-</p>", id="nothing but a dash"),
        pytest.param("<p>+ five</p>", id="a plus"),
        pytest.param("<ul><li>2. Breathe</li></ul>", id="a number in a list"),
        pytest.param("<p>a <b>b</b> - c</p>", id="a dash after bold"),
        pytest.param("<p>a<br/>1. b</p>", id="a number on the second line"),
        pytest.param("<p>write &amp;amp; here</p>", id="an entity as text"),
        pytest.param('<p><a href="https://a.org">https://a.org</a></p>', id="an address as link text"),
        pytest.param('<p><a href="https://example.org/a)b">x</a></p>', id="a bracket in an address"),
    ],
)
def test_rich_text_comes_back_as_it_was(html: str) -> None:
    assert to_html(to_markdown(html, PAGES), PAGES) == html


def test_a_link_to_a_page_that_is_not_there_is_refused_both_ways() -> None:
    with pytest.raises(UnknownPage, match="/guides/gone/"):
        to_html("See [this](/guides/gone/).", PAGES)
    with pytest.raises(UnknownPage, match="99"):
        to_markdown('<p><a linktype="page" id="99">this</a></p>', PAGES)

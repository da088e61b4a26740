"""What has changed in a source since it was translated is found, and what matters for safety is shown in its words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.translations.parts import Behind, Part, compare, with_source

IDS = st.lists(st.sampled_from("abcdefgh"), unique=True, max_size=8)


def block(name: str, words: str = "") -> dict:
    return {"type": "paragraph", "value": words or f"English {name}", "id": name}


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("helplines", {"title": "Talk to someone", "helplines": [3]}),
        ("content_note", {"note": "The next part speaks of a death."}),
        ("callout", {"kind": "warning", "title": "Take care", "text": "x"}),
        ("paragraph", "<p>If they are badly hurt, call 999.</p>"),
        ("paragraph", "<p>If you do not feel safe, go to urgent support now.</p>"),
        ("paragraph", "<p>From 1 March the number changes.</p>"),
        ("steps", {"steps": [{"title": "Go to A&E", "text": ""}]}),
    ],
)
def test_what_says_whom_to_call_warns_or_names_a_day_is_a_matter_of_safety(kind: str, value: object) -> None:
    assert Part.of(kind, value).safety


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("paragraph", "<p>Many people lie awake before an exam.</p>"),
        ("callout", {"kind": "tip", "title": "Start small", "text": "<p>Two minutes.</p>"}),
        ("heading", {"text": "Tonight", "anchor": "tonight"}),
        ("title", "Sleep"),
    ],
)
def test_other_parts_may_wait_for_their_translator(kind: str, value: object) -> None:
    assert not Part.of(kind, value).safety


def test_each_change_is_named_with_what_it_was() -> None:
    then = {"title": Part("1", False), "body.a": Part("2", False), "body.b": Part("3", True)}
    now = {"title": Part("1", False), "body.a": Part("9", True), "body.c": Part("4", False)}
    assert compare(then, now) == [
        Behind("body.a", "changed", True),
        Behind("body.c", "added", False),
        Behind("body.b", "removed", True),
    ]
    assert compare(now, now) == []


def test_a_warning_that_was_removed_goes_and_a_new_one_stands_where_it_stands_in_the_source() -> None:
    mine = [block("a", "عربي"), block("b", "عربي"), block("c", "عربي")]
    source = [block("a"), block("new"), block("c", "Newest words")]
    shown, in_source = with_source(mine, source, {"b": "removed", "new": "added", "c": "changed"})
    assert [(item["id"], item["value"]) for item in shown] == [("a", "عربي"), ("new", "English new"), ("c", "Newest words")]
    assert in_source == {"new", "c"}


@given(IDS, IDS, st.sets(st.sampled_from("abcdefgh")))
def test_nothing_stands_twice_and_nothing_that_matters_is_lost(mine: list[str], source: list[str], urgent: set[str]) -> None:
    behind = {}
    for name in urgent:
        if name in source:
            behind[name] = "changed" if name in mine else "added"
        elif name in mine:
            behind[name] = "removed"
    shown, in_source = with_source([block(name, "mine") for name in mine], [block(name) for name in source], behind)
    names = [item["id"] for item in shown]
    assert len(names) == len(set(names))
    assert {item["id"] for item in shown if item["value"] != "mine"} == in_source
    assert in_source == {name for name, how in behind.items() if how != "removed"}
    assert [name for name in names if name in mine] == [name for name in mine if behind.get(name) != "removed"]

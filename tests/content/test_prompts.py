"""What a starting point asks its writer never passes for a guide's own words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.models import GuidePage
from content.prompts import unanswered
from content.quality.draft import Draft
from content.quality.prompts import check
from tests import build

WORDS = st.text(st.characters(codec="utf-8", exclude_characters="[]<>&\n", exclude_categories=["Cc", "Cs"]), max_size=60)


@given(WORDS, WORDS, WORDS)
def test_a_prompt_is_found_wherever_it_stands(before: str, asked: str, after: str) -> None:
    assert unanswered(f"{before}[Write: {asked}]{after}") == [" ".join(asked.split())]


@given(WORDS)
def test_an_answered_text_has_none(words: str) -> None:
    assert unanswered(words) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("<p>[Write: what <b>the reader</b> feels &amp; fears.] It eases.</p>", ["what the reader feels & fears."]),
        ("<ul><li>[Write: one.]</li><li>[write: two.]</li></ul>", ["one.", "two."]),
        ("<p>[Write: an end that was deleted</p><p>The next.</p>", ["an end that was deleted"]),
        ("<p>[ Write:what]</p>", ["what"]),
        ("Write: a letter. [sic]", []),
    ],
)
def test_prompts_are_found_in_rich_text_and_when_half_deleted(text: str, found: list[str]) -> None:
    assert unanswered(text) == found


def left_to_write(page: GuidePage) -> list[str]:
    return [finding.why.partition("“")[2].rstrip("”") for finding in check(Draft(page))]


def test_a_page_lists_what_is_left_to_write_in_fields_and_blocks(db: None) -> None:
    page = build.guide(
        "Half done",
        live=False,
        summary="[Write: one line.]",
        content_note="Ready.",
        body=[("try_this", {"title": "Breathe", "minutes": 2, "steps": ["Sit.", "[Write: a step.]"]})],
        sources=[("source", {"title": "[Write: a title]", "publisher": "NHS"})],
    )
    assert left_to_write(page) == ["one line.", "a step.", "a title"]
    assert all(finding.blocks for finding in check(Draft(page)))


def test_no_guide_that_readers_have_holds_a_prompt(db: None) -> None:
    assert [page.slug for page in GuidePage.objects.live() if left_to_write(page)] == []

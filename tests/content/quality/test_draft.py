"""A page as the checks see it."""

from wagtail import blocks
from wagtail.images.blocks import ImageBlock

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from content.blocks import BodyBlock
from content.models import GuidePage, ModulePage
from content.quality.draft import BULLET, Draft, Link, links_in, plain
from content.quality.run import findings
from content.training.plan import PlanBlock

WORDS = st.sampled_from(
    ["", "Sleep", "It’s your fault.", "“Cheer up”", "He committed suicide.", "ليل", "\x00 <b>", "a" * 300]
)
RICH = st.sampled_from(
    [
        "",
        "<p>Sleep.</p>",
        "<p>One</p><ul><li>two</li><li>three</li></ul>",
        '<p><a href="#x">here</a> <a linktype="page" id="abc">there</a> <a>nowhere</a></p>',
        "<p>not <b>closed",
    ]
)


def values(block: blocks.Block) -> st.SearchStrategy:
    """Anything that a block may hold as it is stored, references that point to nothing included."""
    if isinstance(block, ImageBlock | blocks.ChooserBlock):
        return st.none()
    if isinstance(block, blocks.StreamBlock):
        kinds = [st.fixed_dictionaries({"type": st.just(n), "value": values(b)}) for n, b in block.child_blocks.items()]
        return st.lists(st.one_of(kinds), max_size=5)
    if isinstance(block, blocks.StructBlock):
        return st.fixed_dictionaries({}, optional={name: values(child) for name, child in block.child_blocks.items()})
    if isinstance(block, blocks.ListBlock):
        return st.lists(values(block.child_block), max_size=3)
    if isinstance(block, blocks.RichTextBlock):
        return RICH
    if isinstance(block, blocks.BooleanBlock):
        return st.booleans()
    if isinstance(block, blocks.IntegerBlock):
        return st.one_of(st.none(), st.integers(-1, 100))
    if isinstance(block, blocks.ChoiceBlock):
        return st.sampled_from([key for key, _label in block._constructor_kwargs["choices"]])
    return WORDS


@pytest.mark.django_db
@settings(max_examples=150, deadline=None)
@given(body=values(BodyBlock()), plan=values(PlanBlock()), hard=st.booleans())
def test_no_body_is_too_odd_to_be_checked(body: list, plan: list, hard: bool) -> None:
    for page in [GuidePage(title="A", is_sensitive=hard, body=body), ModulePage(title="B", body=body, plan=plan)]:
        # Read once, so that what was missing has its default.
        assert all(child.value is not None for child in page.body)
        before = page.body.stream_block.get_prep_value(page.body)
        found = findings(page)
        assert page.body.stream_block.get_prep_value(page.body) == before, "it is left as it is"
        assert [finding.blocks for finding in found] == sorted((finding.blocks for finding in found), reverse=True)
        assert all(finding.where and finding.why and finding.mend for finding in found)
        assert all(finding.field in {field.name for field in page._meta.get_fields()} for finding in found)


def test_each_part_has_its_place_in_words_and_the_words_that_a_reader_reads() -> None:
    body = [
        ("paragraph", "<p>First &amp; last</p><ul><li>two</li></ul>"),
        ("do_dont", {"title": "Talking", "do": ["Ask"], "dont": ["Push"]}),
    ]
    spoken = [part for part in Draft(GuidePage(title="A guide", body=body)).spoken if part.field == "body"]
    assert [(part.where, part.name, part.words) for part in spoken] == [
        ("Words, part 1 of “Body”", "paragraph", f"First & last\n{BULLET}two"),
        ("Do and don’t, part 2 of “Body”", "title", "Talking"),
        ("Do and don’t, part 2 of “Body”", "do", "Ask"),
        ("Do and don’t, part 2 of “Body”", "dont", "Push"),
    ]


def test_words_that_people_search_for_are_not_read_as_the_guides_own() -> None:
    draft = Draft(GuidePage(title="A", slug="psycho", also_searched_as="am i a psycho"))
    assert [part.words for part in draft.spoken] == ["A"]


def test_links_are_found_with_their_words_and_where_they_lead() -> None:
    html = '<p><a linktype="page" id="7">Sleep <b>well</b></a>, <a href="https://x.uk/?a=1&amp;b=2">NHS</a></p>'
    links = {"title": "More", "links": [{"text": "Debt", "url": "https://debt.uk/", "page": None}]}
    draft = Draft(GuidePage(title="A", body=[("paragraph", html), ("links", links)]))
    assert [link for part in draft.parts for link in links_in(part)] == [
        Link("Sleep well", "page", 7),
        Link("NHS", href="https://x.uk/?a=1&b=2"),
        Link("Debt", href="https://debt.uk/"),
    ]


def test_rich_text_becomes_lines() -> None:
    assert plain("<p>One<br/>two</p><ol><li>three</li></ol>") == f"One\ntwo\n{BULLET}three"

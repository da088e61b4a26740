"""The blocks of a body: each is complete, keeps numbers out of its text, leads somewhere, and cannot carry script."""

import json
import re
from html import unescape
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils.html import strip_tags

from wagtail import blocks
from wagtail.admin.icons import get_icons
from wagtail.models import Page
from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield

import pytest

from content.blocks import BodyBlock
from content.blocks.links import LinkBlock
from content.blocks.prepare import walk
from content.blocks.text import FEATURES
from content.models import CustomImage, GuidePage, Helpline, HomePage
from tests import build

NUMBER = "0117 496 0018"
BLOCKS = BodyBlock().child_blocks
TEMPLATES = settings.BASE_DIR / "templates"

each_block = pytest.mark.parametrize("name", BLOCKS)


def texts(block: blocks.Block, value: object) -> list[str]:
    """List what a reader should find of a block: each line of text in it, without markup."""
    found = [part for kind, part in walk(block, value) if isinstance(kind, blocks.CharBlock | blocks.RichTextBlock) and part]
    return [line for part in found for line in plain(getattr(part, "source", part)).split("\n") if line]


def plain(html: str) -> str:
    return unescape(strip_tags(html.replace("</p>", "\n")))


def checked(*stored: tuple[str, object]) -> list:
    """Give a body to the editor's checks."""
    body = BodyBlock()
    return list(body.clean(body.to_python([{"type": kind, "value": value} for kind, value in stored])))


def refusals(*stored: tuple[str, object]) -> dict[int, str]:
    """List what the editor's checks say, by the place of the block."""
    with pytest.raises(ValidationError) as caught:
        checked(*stored)
    return {place: " ".join(ValidationError(error).messages) for place, error in caught.value.block_errors.items()}


def test_every_block_has_its_template_and_every_template_its_block() -> None:
    assert {block.meta.template for block in BLOCKS.values()} == {f"blocks/{name}.html" for name in BLOCKS}
    assert {path.stem for path in (TEMPLATES / "blocks").iterdir()} == set(BLOCKS)


@each_block
def test_an_editor_sees_what_a_block_is_for(name: str) -> None:
    block = BLOCKS[name]
    assert str(block.meta.description).endswith(".")
    assert f'id="icon-{block.meta.icon}"' in get_icons()
    assert block.meta.icon != blocks.Block._meta_class.icon
    assert hasattr(block.meta, "preview_value")
    assert block.is_previewable


@each_block
def test_a_block_shows_everything_of_its_preview(name: str, db: None) -> None:
    block = BLOCKS[name]
    value = block.get_preview_value()
    shown = plain(block.render(value))
    assert texts(block, value)
    for text in texts(block, value):
        assert text in shown


@each_block
def test_an_editor_can_look_at_a_block_before_choosing_it(name: str, editor: Client) -> None:
    block = GuidePage._meta.get_field("body").stream_block.child_blocks[name]
    response = editor.get(reverse("wagtailadmin_block_preview"), {"id": block.definition_prefix})
    assert response.status_code == 200
    assert texts(block, block.get_preview_value())[0] in plain(response.content.decode())


@each_block
def test_a_block_has_its_part_in_the_style_sheet(name: str) -> None:
    rules = Path(settings.BASE_DIR / "static/css/blocks.css").read_text()
    assert re.search(rf"^\.(?:{name}|{name.replace('_', '-')})\b[^}}]*\{{[^}}]+\}}", rules, re.MULTILINE)


def test_a_page_of_every_block_shows_all_of_it_and_no_loose_code(visitor: Client) -> None:
    previews = {name: block.get_preview_value() for name, block in BLOCKS.items()}
    guide = build.guide("Every block", body=list(previews.items()))
    html = visitor.get(guide.url).content.decode()
    shown = plain(html)
    for name, block in BLOCKS.items():
        for text in texts(block, previews[name]):
            assert text in shown, name
    assert not re.search(r"\{\{|\{%|\bNone\b|Value\(", html)


WORDS_WITH_A_NUMBER = [
    ("paragraph", f"<p>Call {NUMBER} now.</p>"),
    ("paragraph", f"<ul><li>Listen.</li><li>Call {NUMBER}</li></ul>"),
    ("heading", {"text": f"Ring {NUMBER}", "level": "2", "anchor": "ring"}),
    ("try_this", {"title": f"Ring {NUMBER}", "minutes": 1, "steps": ["Breathe."], "after": ""}),
    ("try_this", {"title": "Breathe", "minutes": 1, "steps": ["In.", f"Ring {NUMBER}."], "after": ""}),
    ("try_this", {"title": "Breathe", "minutes": 1, "steps": ["In."], "after": f"<p>Ring {NUMBER}.</p>"}),
    ("steps", {"title": f"Ring {NUMBER}", "steps": [{"title": "One", "text": ""}, {"title": "Two", "text": ""}]}),
    ("steps", {"title": "Do", "steps": [{"title": "One", "text": ""}, {"title": f"Ring {NUMBER}", "text": ""}]}),
    ("steps", {"title": "Do", "steps": [{"title": "One", "text": f"<p>{NUMBER}</p>"}, {"title": "Two", "text": ""}]}),
    ("callout", {"kind": "tip", "title": f"Ring {NUMBER}", "text": "<p>Any time.</p>"}),
    ("callout", {"kind": "tip", "title": "Ring", "text": f"<p>Any time: {NUMBER}.</p>"}),
    ("expander", {"title": f"Who is {NUMBER}?", "text": "<p>A friend.</p>"}),
    ("expander", {"title": "Who can I ring?", "text": f"<p>Ring {NUMBER}.</p>"}),
    ("links", {"title": f"Ring {NUMBER}", "links": [{"text": "NHS", "page": None, "url": "https://www.nhs.uk/"}]}),
    ("links", {"title": "More", "links": [{"text": f"Ring {NUMBER}", "page": None, "url": "https://www.nhs.uk/"}]}),
]


@pytest.mark.parametrize(("name", "value"), WORDS_WITH_A_NUMBER)
def test_a_telephone_number_in_a_text_is_refused_by_name(name: str, value: object) -> None:
    said = refusals(("paragraph", "<p>Hello.</p>"), (name, value))
    assert list(said) == [1]
    assert f"“{NUMBER}” looks like a telephone number" in said[1]


def test_a_telephone_number_above_helplines_is_refused(db: None) -> None:
    keys = list(Helpline.objects.values_list("pk", flat=True)[:1])
    for words in [{"title": f"Ring {NUMBER}", "intro": ""}, {"title": "Ring", "intro": f"Or {NUMBER}."}]:
        assert NUMBER in refusals(("helplines", words | {"helplines": keys}))[0]


def test_a_telephone_number_under_a_picture_is_refused(db: None) -> None:
    image = {"image": CustomImage.objects.first().pk, "alt_text": "A poster.", "decorative": False}
    assert NUMBER in refusals(("picture", {"image": image, "caption": f"Ring {NUMBER}."}))[0]
    assert NUMBER in refusals(("picture", {"image": image | {"alt_text": f"Ring {NUMBER}."}, "caption": ""}))[0]


def test_a_telephone_number_broken_by_bold_letters_is_refused() -> None:
    assert "looks like a telephone number" in refusals(("paragraph", "<p>Call 0117 <b>496 0018</b>.</p>"))[0]


def test_a_telephone_number_behind_a_link_is_refused() -> None:
    assert "01174960018" in refusals(("paragraph", '<p><a href="tel:01174960018">Ring us</a></p>'))[0]


def test_a_number_to_text_is_refused() -> None:
    assert "“85258”" in refusals(("callout", {"kind": "tip", "title": "Text", "text": "<p>Text SHOUT to 85258.</p>"}))[0]


def test_999_and_111_may_stand_in_a_text() -> None:
    assert checked(
        ("paragraph", "<p>Call 999 if a life is in danger, or 111 and choose option 2.</p>"),
        ("try_this", {"title": "Ring 111", "minutes": 1, "steps": ["Call 999.", "Call 111."], "after": ""}),
    )


def test_numbers_in_neighbouring_texts_are_not_taken_for_one() -> None:
    steps = ["Count down from 10 to 0", "1234 breaths", "567 steps"]
    assert checked(("try_this", {"title": "Count", "minutes": 1, "steps": steps, "after": ""}))


def heading(text: str, level: str = "2", anchor: str = "") -> tuple[str, dict]:
    return "heading", {"text": text, "level": level, "anchor": anchor}


def test_a_smaller_heading_needs_a_main_one_above_it() -> None:
    said = refusals(("paragraph", "<p>Hello.</p>"), heading("Small", "3"), heading("Main"))
    assert said == {1: "Put a main heading before the first smaller one."}
    assert checked(heading("Main"), heading("Small", "3"))


def test_two_headings_cannot_have_one_link_name() -> None:
    said = refusals(heading("Tonight"), heading("Later"), heading("Tonight!"))
    assert list(said) == [2]
    assert "same link name" in said[2]
    assert checked(heading("Tonight"), heading("Tonight", anchor="tonight-again"))


def test_a_link_name_is_made_from_the_heading_when_there_is_none() -> None:
    (made,) = checked(heading("What helps, tonight?"))
    assert made.value["anchor"] == "what-helps-tonight"
    assert 'id="what-helps-tonight"' in made.render()


def test_a_link_name_stays_when_the_heading_changes() -> None:
    (changed,) = checked(heading("Something else", anchor="tonight"))
    assert changed.value["anchor"] == "tonight"
    assert 'id="tonight"' in changed.render()


def test_a_link_name_has_only_what_an_address_can_have() -> None:
    (made,) = checked(heading("Tonight", anchor='To "Night" &'))
    assert made.value["anchor"] == "to-night"
    assert "plain letters" in str(link_name_error(heading("眠り")))


def link_name_error(stored: tuple[str, object]) -> ValidationError:
    with pytest.raises(ValidationError) as caught:
        checked(stored)
    return caught.value.block_errors[0].block_errors["anchor"]


@pytest.mark.parametrize("both", [True, False], ids=["both", "neither"])
def test_a_link_leads_to_a_page_or_to_an_address_and_not_to_both(both: bool, db: None) -> None:
    link = LinkBlock()
    page, url = (GuidePage.objects.first().pk, "https://www.nhs.uk/") if both else (None, "")
    with pytest.raises(ValidationError) as caught:
        link.clean(link.to_python({"text": "Words", "page": page, "url": url}))
    assert "one of the two" in str(caught.value.block_errors["page"])


def test_a_link_to_either_is_accepted(db: None) -> None:
    link, guide = LinkBlock(), GuidePage.objects.get(slug="sleep")
    ours = link.clean(link.to_python({"text": "Words", "page": guide.pk, "url": ""}))
    theirs = link.clean(link.to_python({"text": "Words", "page": None, "url": "https://www.nhs.uk/"}))
    assert (ours.href, ours.is_external) == ("/guides/sleep/", False)
    assert (theirs.href, theirs.is_external) == ("https://www.nhs.uk/", True)


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "tel:01174960018", "nhs"])
def test_a_link_that_is_no_web_address_is_refused(url: str) -> None:
    link = LinkBlock()
    with pytest.raises(ValidationError):
        link.clean(link.to_python({"text": "Words", "page": None, "url": url}))


def pointing_at(page: Page) -> list[tuple[str, object]]:
    """A body that links to a page in both ways there are."""
    return [
        ("links", {"title": "More", "links": [{"text": "In a list", "page": page, "url": ""}]}),
        ("paragraph", f'<p>See <a linktype="page" id="{page.pk}">in a text</a>.</p>'),
    ]


@pytest.mark.parametrize("place", [0, 1], ids=["a list of links", "a text"])
def test_a_link_to_a_published_page_leads_there(place: int, visitor: Client) -> None:
    guide = build.guide("Pointing", body=[pointing_at(GuidePage.objects.get(slug="exam-stress"))[place]])
    assert '<a href="/guides/exam-stress/">in a' in visitor.get(guide.url).content.decode().lower()


@pytest.mark.parametrize("place", [0, 1], ids=["a list of links", "a text"])
def test_a_link_to_an_unpublished_page_is_not_shown_as_a_link(place: int, visitor: Client) -> None:
    draft = build.guide("Not ready", live=False)
    guide = build.guide("Pointing", body=[pointing_at(draft)[place]])
    assert "/guides/not-ready/" not in visitor.get(guide.url).content.decode()


@pytest.mark.parametrize("place", [0, 1], ids=["a list of links", "a text"])
def test_a_link_to_a_hidden_sample_is_not_shown_as_a_link(place: int, visitor: Client, settings: object) -> None:
    settings.SAMPLE_CONTENT = False
    guide = build.guide("Pointing", body=[pointing_at(GuidePage.objects.get(slug="bullying"))[place]])
    assert "/guides/bullying/" not in visitor.get(guide.url).content.decode()


@pytest.mark.parametrize("place", [0, 1], ids=["a list of links", "a text"])
def test_a_link_to_a_deleted_page_breaks_nothing(place: int, visitor: Client) -> None:
    gone = build.guide("Soon gone")
    guide = build.guide("Pointing", body=[pointing_at(gone)[place]])
    GuidePage.objects.get(pk=gone.pk).delete()
    response = visitor.get(guide.url)
    assert response.status_code == 200
    assert "/guides/soon-gone/" not in response.content.decode()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("links", {"title": "More", "links": [{"text": "NHS", "page": None, "url": "https://www.nhs.uk/x/"}]}),
        ("paragraph", '<p><a href="https://www.nhs.uk/x/">NHS</a></p>'),
        ("callout", {"kind": "tip", "title": "More", "text": '<p><a href="https://www.nhs.uk/x/">NHS</a></p>'}),
    ],
)
def test_a_link_to_another_site_says_not_where_the_reader_comes_from(name: str, value: object, visitor: Client) -> None:
    guide = build.guide("Pointing", body=[(name, value)])
    (link,) = re.findall(r'<a [^>]*href="https://www\.nhs\.uk/x/"[^>]*>', visitor.get(guide.url).content.decode())
    assert 'rel="noreferrer"' in link


def typed(text: str, **link: str) -> str:
    """What the rich text editor sends for one line, all of it a link when there is one."""
    entities = {"0": {"type": "LINK", "mutability": "MUTABLE", "data": link}} if link else {}
    ranges = [{"key": 0, "offset": 0, "length": len(text)}] if link else []
    line = {"key": "a", "type": "unstyled", "depth": 0, "text": text, "inlineStyleRanges": [], "entityRanges": ranges}
    return json.dumps({"entityMap": entities, "blocks": [line]})


def published(editor: Client, visitor: Client, *words: str) -> str:
    """Send an editor's form for a new page of words, and give the page that a reader then sees."""
    body = streamfield([("paragraph", text) for text in words])
    sent = {"title": "Words", "slug": "words", "body": body, "comments": inline_formset([]), "action-publish": "1"}
    address = reverse("wagtailadmin_pages:add", args=["content", "informationpage", HomePage.objects.get().pk])
    assert editor.post(address, nested_form_data(sent)).status_code == 302
    return visitor.get("/words/").content.decode()


def test_script_typed_into_a_text_is_shown_as_it_was_typed(editor: Client, visitor: Client) -> None:
    html = published(editor, visitor, typed("<script>alert(1)</script><img src=x onerror=alert(1)>"))
    assert "&lt;script&gt;alert(1)&lt;/script&gt;&lt;img" in html
    assert "<script>alert" not in html
    assert "<img src=x" not in html


@pytest.mark.parametrize(
    "address",
    ["javascript:alert(1)", "JaVaScRiPt:alert(1)", " javascript:alert(1)", "java\tscript:alert(1)", "data:text/html,x"],
)
def test_a_link_that_runs_script_leads_nowhere(address: str, editor: Client, visitor: Client) -> None:
    html = published(editor, visitor, typed("Tap here", url=address))
    assert "Tap here" in html
    assert not re.search(r"""href=["']?\s*(?:java\s*script|data):""", html, re.IGNORECASE)


def test_a_link_keeps_nothing_but_its_address(editor: Client, visitor: Client) -> None:
    html = published(editor, visitor, typed("Tap here", url="https://www.nhs.uk/", onclick="alert(1)", style="color:red"))
    assert re.search(r'<a [^>]*href="https://www\.nhs\.uk/"', html)
    assert "alert(1)" not in html
    assert "color:red" not in html


def test_a_link_address_cannot_break_out_of_its_quotes(editor: Client, visitor: Client) -> None:
    html = published(editor, visitor, typed("Tap here", url='https://www.nhs.uk/"onclick="alert(1)'))
    assert not re.search(r'"\s*onclick=', html)


def test_markup_the_editor_does_not_offer_is_dropped(editor: Client, visitor: Client) -> None:
    line = json.loads(typed("Look"))
    embed = {"type": "EMBED", "mutability": "IMMUTABLE", "data": {"url": "https://evil.example/", "embedType": "video"}}
    picture = {"type": "IMAGE", "mutability": "IMMUTABLE", "data": {"id": "1", "src": "https://evil.example/x.png"}}
    for number, entity in enumerate([embed, picture]):
        line["entityMap"][str(number)] = entity
        line["blocks"].append(
            {"key": f"b{number}", "type": "atomic", "depth": 0, "text": " ", "inlineStyleRanges": []}
            | {"entityRanges": [{"key": number, "offset": 0, "length": 1}]}
        )
    html = published(editor, visitor, json.dumps(line))
    assert "Look" in html
    assert "evil.example" not in html


def test_rich_text_offers_the_same_few_things_everywhere() -> None:
    everywhere = [
        block
        for name, top in BLOCKS.items()
        for block, _value in walk(top, top.normalize(top.get_default()))
        if isinstance(block, blocks.RichTextBlock)
    ]
    assert len(everywhere) >= 4
    assert {tuple(block.features) for block in everywhere} == {tuple(FEATURES)}


def test_an_editor_is_told_of_the_number_and_keeps_the_words(editor: Client) -> None:
    sent = {
        "title": "Words",
        "slug": "words",
        "body": streamfield([("paragraph", typed(f"Ring {NUMBER} tonight"))]),
        "comments": inline_formset([]),
    }
    address = reverse("wagtailadmin_pages:add", args=["content", "informationpage", HomePage.objects.get().pk])
    html = unescape(editor.post(address, nested_form_data(sent)).content.decode())
    assert rf"\u201c{NUMBER}\u201d looks like a telephone number" in html
    assert f"Ring {NUMBER} tonight" in html

"""Where the links of a body lead, and that nothing in a text can run."""

import json
import re
from html import unescape

from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from wagtail import blocks
from wagtail.models import Page
from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield

import pytest

from content.blocks import BodyBlock
from content.blocks.links import LinkBlock
from content.blocks.prepare import walk
from content.blocks.text import FEATURES
from content.models import GuidePage, HomePage, InformationPage
from tests import build

NUMBER = "0117 496 0018"
BLOCKS = BodyBlock().child_blocks


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
    build.publish_anyway(InformationPage.objects.get(slug="words"))
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

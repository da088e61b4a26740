"""The style guide shows all there is, to editors only."""

import re

from django.conf import settings
from django.test import Client

from content.blocks import BodyBlock, VersionBlock
from content.style_guide import ARABIC, PARTS

FRAMES = {
    # What frames every page, or stands in another part.
    "body",
    "feed_link",
    "footer",
    "helpline_status",
    "masthead",
    "picture",
    "sharing_card",
    "urgent_bar",
    "way",
    "way_link",
}


def test_every_block_and_every_part_is_shown(editor: Client) -> None:
    html = editor.get("/cms/style-guide/").content.decode()
    assert re.findall(r'data-block="(\w+)"', html) == list(VersionBlock().child_blocks | BodyBlock().child_blocks)
    assert re.findall(r'data-part="(\w+)"', html) == list(PARTS)
    parts = {path.stem for path in (settings.BASE_DIR / "templates" / "parts").glob("*.html")}
    assert parts == set(PARTS) | FRAMES
    for section in re.split(r"<section class=\"wide\" data-", html)[1:]:
        shown = section.partition("</h2>")[2]
        assert "<img" in shown or len(re.sub(r"<[^>]+>|\s", "", shown)) > 3, section[:60]


def test_a_visitor_is_sent_to_the_sign_in(visitor: Client) -> None:
    response = visitor.get("/cms/style-guide/")
    assert response.status_code == 302
    assert "/cms/login/" in response["Location"]


def test_arabic_sample_text_runs_from_right_to_left(editor: Client) -> None:
    html = editor.get("/cms/style-guide/?language=ar").content.decode()
    assert '<html lang="ar" dir="rtl">' in html
    assert html.count(ARABIC.partition(".")[0]) > 20
    assert 'href="tel:' in html, "numbers stay numbers"


def test_the_way_to_it_stands_under_help(editor: Client) -> None:
    assert "/cms/style-guide/" in editor.get("/cms/").content.decode()

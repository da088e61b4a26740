"""Every block of a body is complete: template, preview, description, style."""

import re
from html import unescape
from pathlib import Path

from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils.html import strip_tags

from wagtail import blocks
from wagtail.admin.icons import get_icons

import pytest

from content.blocks import BodyBlock, VersionBlock
from content.blocks.prepare import walk
from content.models import GuidePage, GuideVersionPage
from tests import build

BLOCKS = BodyBlock().child_blocks | VersionBlock().child_blocks
TEMPLATES = settings.BASE_DIR / "templates"

each_block = pytest.mark.parametrize("name", BLOCKS)


def texts(block: blocks.Block, value: object) -> list[str]:
    """List what a reader should find of a block: each line of text in it, without markup."""
    found = [part for kind, part in walk(block, value) if isinstance(kind, blocks.CharBlock | blocks.RichTextBlock) and part]
    return [line for part in found for line in plain(getattr(part, "source", part)).split("\n") if line]


def plain(html: str) -> str:
    return unescape(strip_tags(html.replace("</p>", "\n")))


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
    model = GuidePage if name in BodyBlock().child_blocks else GuideVersionPage
    block = model._meta.get_field("body").stream_block.child_blocks[name]
    response = editor.get(reverse("wagtailadmin_block_preview"), {"id": block.definition_prefix})
    assert response.status_code == 200
    assert texts(block, block.get_preview_value())[0] in plain(response.content.decode())


@each_block
def test_a_block_has_its_part_in_the_style_sheet(name: str) -> None:
    rules = Path(settings.BASE_DIR / "static/css/blocks.css").read_text()
    assert re.search(rf"^\.(?:{name}|{name.replace('_', '-')})\b[^}}]*\{{[^}}]+\}}", rules, re.MULTILINE)


def test_a_page_of_every_block_shows_all_of_it_and_no_loose_code(visitor: Client) -> None:
    blocks = BodyBlock().child_blocks
    previews = {name: block.get_preview_value() for name, block in blocks.items()}
    guide = build.guide("Every block", body=list(previews.items()), live=False)
    build.publish_anyway(guide)
    html = visitor.get(guide.url).content.decode()
    shown = plain(html)
    for name, block in blocks.items():
        for text in texts(block, previews[name]):
            assert text in shown, name
    assert not re.search(r"\{\{|\{%|\bNone\b|Value\(", html)

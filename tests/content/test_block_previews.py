"""An editor who chooses a block sees first what it looks like."""

import re

from django.conf import settings
from django.test import Client

import pytest

from content.blocks import BodyBlock
from content.models import GuidePage

BLOCKS = GuidePage._meta.get_field("body").stream_block.child_blocks


@pytest.mark.parametrize("name", list(BodyBlock().child_blocks))
def test_a_block_is_previewed_in_our_own_styles_and_nothing_is_refused(editor: Client, name: str) -> None:
    block = BLOCKS[name]
    response = editor.get("/cms/block-preview/", {"id": block.definition_prefix})
    html = response.content.decode()
    assert response.status_code == 200
    assert f"<style>{settings.STYLES}</style>" in html
    assert "'unsafe-inline'" in response["Content-Security-Policy"].partition("style-src")[2].partition(";")[0]
    assert response["X-Frame-Options"] == "SAMEORIGIN"
    shown = html.partition('<div class="page">')[2].partition("</main>")[0]
    assert len(shown) > 40
    assert not re.search(r'\b(?:src|srcset)="(?:https?:)?//', html), "nothing is loaded from elsewhere"


def test_the_editor_is_told_that_each_block_can_be_previewed() -> None:
    assert [name for name, block in BLOCKS.items() if not block.is_previewable or not block.get_description()] == []

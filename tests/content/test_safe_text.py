"""What editors type or paste can carry no script and no frame: neither into the database nor onto a page."""

import json
import re

from django.test import Client

from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter
from wagtail.embeds.finders import get_finders
from wagtail.embeds.models import Embed
from wagtail.rich_text import expand_db_html
from wagtail.test.utils.form_data import querydict_from_html

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st

from content.blocks.media import VideoBlock
from content.blocks.text import FEATURES
from content.models import GuidePage
from tests import build

EVIL = [
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "java\tscript:alert(1)",
    " javascript:alert(1)",
    "\x01javascript:alert(1)",
    "java\nscript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "vbscript:msgbox(1)",
    "blob:https://elsewhere.example/1",
    "file:///etc/passwd",
]
TAGS = [
    "<script>alert(1)</script>",
    '<img src="x" onerror="alert(1)">',
    '<svg onload="alert(1)"><a xlink:href="javascript:alert(1)"><text>x</text></a></svg>',
    '<iframe src="https://www.youtube.com/embed/x"></iframe>',
    '<style>@import "https://elsewhere.example/"</style>',
    '<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=alert(1)&gt;">',
]
SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)
UNSAFE = (
    "javascript:",
    "vbscript:",
    "data:",
    "<script>",
    "onerror=",
    "onload=",
    "<svg",
    "<iframe",
    "<math",
    "blob:",
    "file:",
)


def typed(text: str, *, link: str | None = None, kind: str = "LINK", **more: object) -> str:
    """Write what Draftail sends for a paragraph, one of whose words may be a link or another entity."""
    ranges = [{"key": 0, "offset": 0, "length": len(text)}] if link is not None else []
    entities = {"0": {"type": kind, "mutability": "MUTABLE", "data": {"url": link, **more}}} if link is not None else {}
    block = {"key": "a", "text": text, "type": "unstyled", "depth": 0, "inlineStyleRanges": [], "entityRanges": ranges}
    return json.dumps({"blocks": [block], "entityMap": entities})


def kept(contentstate: str) -> str:
    """Give what the database keeps of it."""
    return ContentstateConverter(FEATURES).to_database_format(contentstate)


def save(editor: Client, *paragraphs: str) -> GuidePage:
    """Do what the edit form does: fill it in, save a draft. paragraphs: as Draftail sends them."""
    guide = build.guide("What was typed")
    address = f"/cms/pages/{guide.pk}/edit/"
    opened = editor.get(address)
    assert opened.status_code == 200, opened["Location"]
    form = querydict_from_html(opened.content.decode(), form_id="page-edit-form").dict()
    streams = [field.name for field in GuidePage._meta.get_fields() if hasattr(field, "stream_block")]
    form |= {f"{name}-count": "0" for name in streams} | {"body-count": str(len(paragraphs))}
    for place, paragraph in enumerate(paragraphs):
        prefix = f"body-{place}"
        form |= {f"{prefix}-deleted": "", f"{prefix}-order": str(place), f"{prefix}-type": "paragraph", f"{prefix}-id": ""}
        form[f"{prefix}-value"] = paragraph
    answer = editor.post(address, form)
    assert answer.status_code == 302, answer.context and answer.context["form"].errors
    guide.refresh_from_db()
    build.publish_anyway(guide.get_latest_revision_as_object())
    return GuidePage.objects.get(pk=guide.pk)


def test_what_an_editor_saves_holds_no_script_and_shows_none(editor: Client, visitor: Client) -> None:
    guide = save(editor, *(typed("A link", link=link) for link in EVIL), *(typed(tag) for tag in TAGS))
    stored = [str(block.value.source) for block in guide.body]
    assert len(stored) == len(EVIL) + len(TAGS)
    for text in stored[: len(EVIL)]:
        assert "A link" in text
        assert not any(sign in text.lower() for sign in UNSAFE), text
    html = visitor.get(guide.url).content.decode()
    shown = html[html.index("A link") : html.rindex("&lt;math&gt;")]
    assert not any(f"<{tag}" in shown.lower() for tag in ("script", "svg", "iframe", "math", "img", "style"))
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in shown, "what looks like code is shown as it was typed"
    assert not [link["href"] for link in BeautifulSoup(shown, "html.parser").find_all("a", href=SCHEME)]


@pytest.mark.parametrize("link", ["https://www.nhs.uk/", "mailto:jo@example.org", "#tonight"])
def test_an_honest_link_stays(link: str) -> None:
    assert f'href="{link}"' in kept(typed("A link", link=link))


@pytest.mark.parametrize("kind", ["EMBED", "IMAGE", "DOCUMENT", "SCRIPT"])
def test_what_the_menu_does_not_offer_cannot_be_sent_past_it(kind: str) -> None:
    found = kept(typed("A film", link="https://www.youtube.com/watch?v=1", kind=kind, html="<script>alert(1)</script>"))
    assert "<embed" not in found
    assert "youtube" not in found
    assert "script" not in found


@given(st.text(min_size=1, max_size=40), st.text(max_size=40))
def test_no_text_and_no_link_becomes_a_tag_or_an_attribute(text: str, link: str) -> None:
    found = BeautifulSoup(expand_db_html(kept(typed(text, link=link))), "html.parser")
    assert {tag.name for tag in found.find_all(True)} <= {"p", "a", "br"}
    for tag in found.find_all(True):
        assert set(tag.attrs) <= {"href", "data-block-key"}
        scheme = SCHEME.match(re.sub(r"[\s\x00-\x1f]", "", tag.get("href", "")))
        assert scheme is None or scheme[1].lower() in {"http", "https", "ftp", "mailto", "tel"}


def test_an_embed_is_refused_in_a_sentence_and_nothing_is_fetched(editor: Client) -> None:
    assert "cannot be shown here" in str(VideoBlock().meta.description), "said where a film is added"
    assert get_finders() == []
    for address in ["https://www.youtube.com/watch?v=dQw4w9WgXcQ", "https://vimeo.com/1", "http://127.0.0.1:1/"]:
        answer = editor.post("/cms/embeds/chooser/upload/", {"embed-chooser-url": address})
        assert answer.status_code == 200
        assert "Cannot find an embed for this URL" in answer.json()["html"]
    assert not Embed.objects.exists()


def test_a_stored_embed_shows_nothing(db: None) -> None:
    shown = expand_db_html('<p>Before</p><embed embedtype="media" url="https://www.youtube.com/watch?v=1"/><p>After</p>')
    assert "youtube" not in shown
    assert "<iframe" not in shown


@pytest.mark.parametrize("address", ["javascript:alert(1)", "data:text/html,x", "vbscript:x"])
def test_a_link_in_a_list_of_links_is_an_address_on_the_web(address: str) -> None:
    links = [{"text": "A link", "page": None, "url": address}]
    assert set(build.refusals(("links", {"title": "More", "links": links}))) == {0}
    web = [{"text": "A link", "page": None, "url": "https://www.nhs.uk/"}]
    assert build.checked(("links", {"title": "More", "links": web})), "it is the address that is refused"


def test_nothing_that_stands_in_a_preview_can_run(editor: Client) -> None:
    guide = GuidePage.objects.get(slug="sleep")
    policy = editor.get(f"/cms/pages/{guide.pk}/view_draft/")["Content-Security-Policy"]
    rules = dict(part.strip().split(" ", 1) for part in policy.split(";") if " " in part.strip())
    assert rules["script-src"] == "'self'"
    assert rules["script-src-attr"] == "'none'"
    assert rules["object-src"] == "'none'"

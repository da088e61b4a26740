"""What each block of a body must have: words for pictures, a transcript, links that lead somewhere."""

from django.core.files.base import ContentFile

import pytest

from content.models import CustomDocument, CustomImage, GuidePage
from content.quality.finding import Finding
from content.quality.run import findings
from tests import build

MISSING = 10**8


def found(check: str, *body: tuple[str, object], **fields: object) -> list[Finding]:
    """What one check says of a guide with such a body."""
    return [finding for finding in findings(GuidePage(title="A", body=list(body), **fields)) if finding.check == check]


def stored(check: str, *body: dict) -> list[Finding]:
    """The same for a body as it comes from the database, where references may have died."""
    page = GuidePage(title="A")
    page.body = page.body.stream_block.to_python(list(body))
    return [finding for finding in findings(page) if finding.check == check]


def text(html: str) -> tuple[str, str]:
    return ("paragraph", f"<p>{html}</p>")


def heading(words: str, level: str = "2") -> tuple[str, dict]:
    return ("heading", {"text": words, "level": level, "anchor": ""})


def test_headings_begin_at_the_top_and_say_something() -> None:
    assert found("heading_order", heading("One"), heading("Two", "3"), heading("Three", "3"), heading("Four")) == []
    (first,) = found("heading_order", heading("One", "3"), heading("Two"))
    assert first.blocks
    assert "stands first" in first.why
    (empty,) = found("heading_order", heading(" "))
    assert empty.blocks
    (jump,) = found("heading_order", heading("One"), heading("Two", "4"))
    assert not jump.blocks


@pytest.mark.parametrize(
    "words", ["here", "Click here", "read more", "Find out more", "this page", "https://nhs.uk/x", "www.x.uk", ""]
)
def test_a_link_that_says_nothing_is_named(words: str) -> None:
    (finding,) = found("link_text", text(f'See <a href="https://nhs.uk/">{words}</a>.'))
    assert not finding.blocks
    (listed,) = found("link_text", ("links", {"title": "More", "links": [{"text": words or ".", "url": "https://nhs.uk/"}]}))
    assert listed.where == "Links, part 1 of “Body”"


@pytest.mark.parametrize("words", ["Read more about sleep", "How sleep works", "NHS", "More help with money"])
def test_a_link_that_says_where_it_leads_is_fine(words: str) -> None:
    assert found("link_text", text(f'<a href="https://nhs.uk/">{words}</a>')) == []


def test_a_film_needs_captions_and_both_need_every_word() -> None:
    bare = {"title": "A", "file": None, "transcript": "<p> </p>"}
    assert [finding.blocks for finding in found("transcripts", ("audio", bare))] == [True]
    whys = [finding.why for finding in found("transcripts", ("video", bare | {"captions": None}))]
    assert whys == [
        "Readers who cannot hear it, or cannot play it, get nothing.",
        "Readers who cannot hear see a film without words.",
    ]
    assert found("transcripts", ("audio", bare | {"transcript": "<p>Breathe.</p>"})) == []


@pytest.mark.django_db
def test_a_film_with_captions_and_a_transcript_is_fine() -> None:
    captions = CustomDocument.objects.create(title="Captions", file=ContentFile(b"WEBVTT", name="captions.vtt"))
    film = {"title": "A", "file": None, "captions": captions, "transcript": "<p>Breathe.</p>"}
    assert found("transcripts", ("video", film)) == []


@pytest.mark.django_db
def test_a_picture_says_in_words_what_it_shows() -> None:
    image = CustomImage.objects.first()

    def picture(alt: str, decorative: bool = False) -> dict:
        return {"type": "picture", "value": {"image": {"image": image.pk, "alt_text": alt, "decorative": decorative}}}

    assert [finding.blocks for finding in stored("alt_text", picture(""))] == [True]
    assert "IMG_1234" in stored("alt_text", picture("IMG_1234"))[0].why
    assert "lamp.png" in stored("alt_text", picture("lamp.png"))[0].why
    assert stored("alt_text", picture("A lamp in a window")) == []
    assert stored("alt_text", picture("", decorative=True)) == []


@pytest.mark.django_db
def test_a_picture_at_the_top_may_be_decoration() -> None:
    image = CustomImage.objects.first()
    assert [finding.blocks for finding in found("alt_text", picture=image)] == [False]
    assert found("alt_text", picture=image, picture_alt="A lamp in a window") == []
    assert found("alt_text") == []


@pytest.mark.django_db
def test_a_link_in_text_leads_to_something_that_is_there() -> None:
    live, draft = build.guide("Live"), build.guide("Draft", live=False)
    document = CustomDocument.objects.create(title="A file", file=ContentFile(b"Words", name="words.txt"))
    assert found("broken_links", text(f'<a linktype="page" id="{live.pk}">Live</a> <a href="https://x.uk/">X</a>')) == []
    assert found("broken_links", text(f'<a linktype="document" id="{document.pk}">File</a>')) == []
    (unpublished,) = found("broken_links", text(f'<a linktype="page" id="{draft.pk}">Draft</a>'))
    assert not unpublished.blocks
    for dead in [f'linktype="page" id="{MISSING}"', f'linktype="document" id="{MISSING}"', "", 'linktype="page" id="x"']:
        (finding,) = found("broken_links", text(f"<a {dead}>Gone</a>"))
        assert finding.blocks
        assert finding.why == "“Gone” leads nowhere."


def test_a_link_within_the_page_leads_to_a_heading() -> None:
    link = text('<a href="#tonight">Tonight</a>')
    skip = ("content_note", {"note": "Hard.", "skip_to": "tonight", "skip_words": "Skip"})
    assert [finding.blocks for finding in found("broken_links", link, skip)] == [False, False]
    assert found("broken_links", link, skip, heading("Tonight")) == []


@pytest.mark.django_db
def test_a_block_leads_to_something_that_is_there() -> None:
    live, draft = build.guide("Live"), build.guide("Draft", live=False)

    def blocks_of(kind: str, value: dict) -> list[bool]:
        return [finding.blocks for finding in stored("broken_links", {"type": kind, "value": value})]

    assert blocks_of("qr_code", {"page": live.pk, "caption": "A"}) == []
    assert blocks_of("qr_code", {"page": draft.pk, "caption": "A"}) == [False]
    assert blocks_of("qr_code", {"page": MISSING, "caption": "A"}) == [True]
    assert blocks_of("related_guides", {"title": "A", "guides": [live.pk, MISSING]}) == [True]
    assert blocks_of("helplines", {"title": "A", "helplines": [MISSING]}) == [True]
    assert blocks_of("download", {"title": "A", "file": MISSING}) == [True]
    assert blocks_of("picture", {"image": {"image": MISSING, "alt_text": "A", "decorative": False}}) == [True]
    assert blocks_of("links", {"title": "A", "links": [{"text": "A", "page": MISSING, "url": ""}]}) == [True]
    assert blocks_of("links", {"title": "A", "links": [{"text": "A", "page": None, "url": "https://x.uk/"}]}) == []

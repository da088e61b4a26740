"""Answers that are files."""

from pathlib import Path

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import DatabaseError
from django.test import Client

import pytest

from content.models import CustomDocument, GuidePage
from goodthinking import files


def test_robots_are_led_to_the_pages_and_away_from_the_editor(visitor: Client) -> None:
    text = visitor.get("/robots.txt").content.decode()
    assert "Disallow: /cms/" in text
    assert "/sitemap.xml" in text


def test_the_sitemap_holds_each_guide_once_and_no_shelf(visitor: Client) -> None:
    text = visitor.get("/sitemap.xml").content.decode()
    for guide in GuidePage.objects.live():
        assert text.count(f"<loc>http://testserver/guides/{guide.slug}/</loc>") == 1
    assert "shelf" not in text


def test_the_icon_is_the_same_neutral_one_everywhere(visitor: Client) -> None:
    assert visitor.get("/favicon.ico")["Location"].endswith("icons/icon.svg")


def put(name: str, content: bytes) -> Path:
    path = Path(settings.MEDIA_ROOT) / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


def test_only_pictures_are_served_from_the_media_folder(visitor: Client) -> None:
    put("images/lamp.png", b"\x89PNG")
    response = visitor.get("/media/images/lamp.png")
    assert response["Content-Type"] == "image/png"
    assert "immutable" in response["Cache-Control"]
    for name in ["images/page.html", "images/drawing.svg", "documents/secret.png", "images/run.js"]:
        put(name, b"<script>alert(1)</script>")
        assert visitor.get(f"/media/{name}").status_code == 404, name


def test_a_document_is_handed_over_as_a_file_and_never_opened_as_a_page(visitor: Client) -> None:
    document = CustomDocument(title="Plan", file=ContentFile(b"<script>alert(1)</script>", name="plan.html"))
    document.save()
    response = visitor.get(document.url)
    assert response.status_code == 200
    assert response["Content-Disposition"].startswith("attachment")
    assert response["Content-Security-Policy"] == "default-src 'none'"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert not response.cookies


LETTERS = bytes(range(256)) * 600


@pytest.fixture
def sound(db: None) -> CustomDocument:
    document = CustomDocument(title="A calm voice", file=ContentFile(LETTERS, name="voice.mp3"))
    document.save()
    return document


@pytest.mark.parametrize(
    ("asked", "first", "last"),
    [
        ("bytes=0-1", 0, 1),
        ("bytes=0-", 0, len(LETTERS) - 1),
        ("bytes=100-70000", 100, 70000),
        ("bytes=-10", len(LETTERS) - 10, len(LETTERS) - 1),
        ("bytes=-9999999999", 0, len(LETTERS) - 1),
        ("bytes=5-9999999999", 5, len(LETTERS) - 1),
    ],
)
def test_a_player_gets_the_part_it_asks_for(
    visitor: Client, sound: CustomDocument, asked: str, first: int, last: int
) -> None:
    response = visitor.get(sound.url, headers={"Range": asked})
    assert response.status_code == 206
    assert b"".join(response.streaming_content) == LETTERS[first : last + 1]
    assert response["Content-Range"] == f"bytes {first}-{last}/{len(LETTERS)}"
    assert response["Content-Length"] == str(last - first + 1)


@pytest.mark.parametrize("asked", ["", "bytes=-", "bytes=a-b", "lines=1-2", "bytes=1-2,5-6"])
def test_a_part_that_makes_no_sense_gives_the_whole_file(visitor: Client, sound: CustomDocument, asked: str) -> None:
    response = visitor.get(sound.url, headers={"Range": asked})
    assert response.status_code == 200
    assert response["Accept-Ranges"] == "bytes"
    assert b"".join(response.streaming_content) == LETTERS


@pytest.mark.parametrize("asked", [f"bytes={len(LETTERS)}-", "bytes=9-3", "bytes=-0"])
def test_a_part_beyond_the_file_is_refused_with_its_size(visitor: Client, sound: CustomDocument, asked: str) -> None:
    response = visitor.get(sound.url, headers={"Range": asked})
    assert response.status_code == 416
    assert response["Content-Range"] == f"bytes */{len(LETTERS)}"


def test_a_part_on_a_condition_is_given_whole(visitor: Client, sound: CustomDocument) -> None:
    response = visitor.get(sound.url, headers={"Range": "bytes=0-1", "If-Range": '"of an older file"'})
    assert response.status_code == 200


def test_a_document_is_still_handed_over_when_the_database_is_away(
    sound: CustomDocument, visitor: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*args: object) -> None:
        raise DatabaseError("away")

    monkeypatch.setattr(files, "serve_document", away)
    response = visitor.get(sound.url)
    assert b"".join(response.streaming_content) == LETTERS
    assert response["Content-Disposition"].startswith("attachment")
    for name in ("nothing.mp3", "secret.html", "..%2fsecret_key", ""):
        assert visitor.get(f"/documents/1/{name}").status_code == 404, name

"""A guide can be had easy to read and in British Sign Language, and each leads to the other."""

import re

from django.core.files.base import ContentFile
from django.test import Client

from wagtail.models import Locale

import pytest

from content.models import CustomDocument, CustomImage, GuidePage, GuideVersionPage
from content.quality.run import findings
from tests import build, languages

EASY = "/guides/loneliness/easy-read/"


def idea(*lines: str) -> tuple[str, object]:
    picture = CustomImage.objects.first()
    picture.contextual_alt_text, picture.decorative = "A bed under a window.", False
    return "idea", {"picture": picture, "lines": list(lines)}


@pytest.fixture
def easy(db: None) -> GuideVersionPage:
    guide = GuidePage.objects.get(slug="loneliness", locale__language_code="en-gb")
    return build.page(
        GuideVersionPage, guide, "Sleep: easy read", sample=True, body=[idea("Sleep can be hard.", "That is okay.")]
    )


def read(visitor: Client, address: str) -> str:
    answer = visitor.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def test_a_guide_and_its_easy_read_version_lead_to_each_other(easy: GuideVersionPage, visitor: Client) -> None:
    assert easy.url == EASY
    assert re.search(
        rf'<a class="button" href="{EASY}">The easy read version of this guide</a>', read(visitor, "/guides/loneliness/")
    )
    html = read(visitor, EASY)
    assert re.search(r'<a href="/guides/loneliness/">The full guide: ', html)
    assert "Sleep can be hard." in html
    assert "<h1>Sleep: easy read</h1>" in html
    assert "Sample guide." in html


def test_the_switch_of_a_guide_offers_easy_read_in_each_language_that_has_it(
    easy: GuideVersionPage, arabic: Locale, visitor: Client
) -> None:
    languages.guide_in(arabic, "loneliness")
    assert f'<a href="{EASY}" hreflang="en-gb">English: Easy read</a>' in read(visitor, "/ar/guides/loneliness/")
    assert "العربية: " not in read(visitor, "/guides/loneliness/")
    languages.published(easy, arabic)
    assert f'<a href="/ar{EASY}" hreflang="ar">العربية: Easy read</a>' in read(visitor, "/guides/loneliness/")
    assert f'href="/ar{EASY}" hreflang="ar"' in read(visitor, EASY)
    assert "مترجم Sleep can be hard." in read(visitor, f"/ar{EASY}")


def test_many_guides_have_a_version_of_the_same_name_and_each_its_own(easy: GuideVersionPage, visitor: Client) -> None:
    other = GuidePage.objects.get(slug="anxiety")
    build.page(GuideVersionPage, other, "Worry: easy read", sample=True, body=[idea("Worry is common.")])
    assert "Worry is common." in read(visitor, "/guides/anxiety/easy-read/")
    assert "Worry is common." not in read(visitor, EASY)
    assert visitor.get("/guides/panic/easy-read/").status_code == 404
    assert visitor.get("/guides/loneliness/bsl/").status_code == 404


def test_a_version_in_sign_language_shows_a_film_with_captions_and_its_words(db: None, visitor: Client) -> None:
    guide = GuidePage.objects.get(slug="loneliness", locale__language_code="en-gb")
    files = {"file": "film.mp4", "captions": "film.vtt"}
    made = {name: CustomDocument.objects.create(title=file, file=ContentFile(b"a", file)) for name, file in files.items()}
    film = ("video", {"title": "Sleep", "transcript": "<p>What is signed.</p>", **made})
    page = build.page(GuideVersionPage, guide, "Sleep in BSL", kind="bsl", sample=True, body=[film], live=False)
    build.publish_anyway(page, keep_sample=True)
    html = read(visitor, "/guides/loneliness/bsl/")
    assert "<video" in html
    assert "<track" in html
    assert "Watch this guide in British Sign Language" in read(visitor, "/guides/loneliness/")


def test_easy_read_that_is_not_easy_is_said_to_be_hard(easy: GuideVersionPage) -> None:
    hard = "Unfortunately, considerable physiological arousal complicates everything"
    easy.body = [idea(f"{hard} {number}."[:90]) for number in "abcdefghijklmnop"]
    assert "reading_age" in {finding.check for finding in findings(easy)}


def test_a_version_keeps_the_name_of_its_kind_whatever_is_typed(easy: GuideVersionPage) -> None:
    easy.slug = "something-else"
    build.publish(easy, keep_sample=True)
    assert easy.slug == "easy-read"

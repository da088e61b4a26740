"""Signposts: for every guide something to say in half a minute, a card and a poster."""

import re
from html import unescape

from django.core.exceptions import ValidationError
from django.test import Client

import pytest

from content.models import GuidePage
from content.reading import words
from tests import build

HALF_A_MINUTE = 80
"""Words: people speak about 150 to 160 a minute (research/mission.md, row 18: half a minute)."""


def test_every_guide_has_words_of_its_own_that_take_half_a_minute(db: None) -> None:
    for guide in GuidePage.objects.live():
        assert guide.ask, guide.slug
        assert guide.assist, guide.slug
        assert guide.act, guide.slug
        assert len(words(" ".join(guide.script.values()))) <= HALF_A_MINUTE, guide.slug
        assert guide.ask.endswith("?"), guide.slug


def test_every_guides_sheet_has_the_words_the_card_and_a_poster_to_scan(visitor: Client) -> None:
    for guide in GuidePage.objects.live():
        html = unescape(visitor.get(f"/guides/{guide.slug}/card/").content.decode())
        assert all(f"<q>{sentence}</q>" in html for sentence in guide.script.values()), guide.slug
        assert html.count('aria-label="QR code of this page’s address"') == 2, guide.slug
        assert 'class="pocket-card"' in html
        assert re.search(r'class="poster__address" dir="ltr">http://testserver/guides/', html)


def test_a_guide_without_words_of_its_own_gets_usual_ones(visitor: Client) -> None:
    guide = build.guide("Lanternfish", summary="They glow.")
    html = unescape(visitor.get(f"/guides/{guide.slug}/card/").content.decode())
    for said in ["How are things with you these days?", "They glow.", "There is a page called “Lanternfish”."]:
        assert said in html
    guide.is_sensitive = True
    assert guide.script["act"].startswith("If you are not safe, let’s get help now.")


def test_no_number_can_be_learnt_by_heart(db: None) -> None:
    guide = GuidePage.objects.get(slug="sleep")
    guide.act = "Call 0800 123 4567 with me."
    with pytest.raises(ValidationError, match="looks like a telephone number"):
        guide.full_clean()


def test_all_of_them_are_listed_for_trainers(visitor: Client) -> None:
    html = visitor.get("/training/signposts/").content.decode()
    assert all(f'href="/guides/{slug}/card/"' in html for slug in GuidePage.objects.live().values_list("slug", flat=True))
    assert 'href="/training/signposts/"' in visitor.get("/training/").content.decode()

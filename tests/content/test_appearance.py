"""An editor sees a page as readers do: by night, by day and on paper."""

import re

from django.conf import settings
from django.test import Client

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.appearance import as_seen
from content.base import BasePage
from content.models import GuidePage, PartnerShelf
from tests import build

NIGHT, DAY = "@media (prefers-color-scheme: dark) {a}", "@media (prefers-color-scheme: light) {b}"
ON_PAPER = "@media print {c}"
PAGE = f'<meta name="color-scheme" content="dark light">:root{{color-scheme:dark light}}{NIGHT}{DAY}{ON_PAPER}'


@pytest.mark.parametrize(
    ("mode", "night", "day", "paper", "scheme"),
    [
        ("dark", "(min-width: 0)", "(max-width: 0)", "print", "dark"),
        ("light", "(max-width: 0)", "(min-width: 0)", "print", "light"),
        ("print", "(max-width: 0)", "(min-width: 0)", "all", "light"),
    ],
)
def test_one_look_always_holds_and_the_other_never(mode: str, night: str, day: str, paper: str, scheme: str) -> None:
    assert as_seen(PAGE, mode) == (
        f'<meta name="color-scheme" content="{scheme}">:root{{color-scheme:{scheme}}}'
        f"@media {night} {{a}}@media {day} {{b}}@media {paper} {{c}}"
    )


@given(st.text(), st.sampled_from(["", "tablet", "x"]))
def test_a_look_nobody_knows_leaves_the_page_as_it_is(html: str, mode: str) -> None:
    assert as_seen(html + PAGE, mode) == html + PAGE


@given(st.text(st.characters(exclude_characters="(@")), st.sampled_from(["light", "dark", "print"]))
def test_the_words_of_a_page_stay_as_they_are(html: str, mode: str) -> None:
    assert as_seen(html, mode) == html.replace("color-scheme:dark light", "") or "color-scheme" in html


@pytest.mark.parametrize("mode", ["light", "dark", "print"])
def test_the_preview_of_a_guide_asks_the_device_nothing(editor: Client, mode: str) -> None:
    guide = GuidePage.objects.get(slug="sleep")
    html = editor.get(f"/cms/pages/{guide.pk}/view_draft/?mode={mode}").content.decode()
    assert "prefers-color-scheme" not in html
    assert ("@media print" in html) == (mode != "print")
    assert guide.title in html
    styles = re.search(r"<style>(.*?)</style>", html, re.DOTALL)[1]
    assert styles.count("{") == settings.STYLES.count("{")


def test_the_usual_preview_is_what_readers_get(editor: Client) -> None:
    guide = GuidePage.objects.get(slug="sleep")
    assert f"<style>{settings.STYLES}</style>" in editor.get(f"/cms/pages/{guide.pk}/view_draft/").content.decode()


def test_the_editor_offers_every_look_and_every_width(editor: Client) -> None:
    html = editor.get(f"/cms/pages/{GuidePage.objects.get(slug='sleep').pk}/edit/").content.decode()
    for label in ["As my device is set", "By day (light)", "By night (dark)", "On paper"]:
        assert label in html
    assert re.findall(r'data-device-width="(\d+)"', html) == ["375", "768", "1280"]


def test_a_shelf_has_no_preview(db: None) -> None:
    assert not PartnerShelf.preview_modes
    assert len(BasePage.preview_modes) == 4
    assert not build.shelf("nightlight-london").is_previewable()

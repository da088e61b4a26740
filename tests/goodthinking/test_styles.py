"""The styles inside each page."""

from pathlib import Path

from django.conf import settings

from hypothesis import given
from hypothesis import strategies as st

from goodthinking.styles import ORDER, csp_source, sheet

CSS = Path(settings.BASE_DIR / "static" / "css")


def test_the_sheet_holds_every_rule_of_the_four_files_in_their_order() -> None:
    text = sheet(CSS)
    places = [text.index(rule) for rule in [":root{", "body{", ".urgent-bar{", ".try-this{"]]
    assert places == sorted(places)
    assert text.count("{") == text.count("}") == sum((CSS / f"{name}.css").read_text().count("{") for name in ORDER)
    assert "/*" not in text
    assert "</" not in text


def test_the_sheet_is_smaller_than_its_files() -> None:
    assert len(sheet(CSS)) < sum((CSS / f"{name}.css").stat().st_size for name in ORDER)


@given(st.text())
def test_another_text_has_another_name_in_the_policy(text: str) -> None:
    source = csp_source(text)
    assert source.startswith("'sha256-")
    assert source.endswith("='")
    assert source != csp_source(f"{text}x")


def test_nothing_in_the_styles_is_younger_than_2020_without_being_an_extra() -> None:
    text = sheet(CSS)
    for young in ["@layer", "@container", ":has(", ":is(", ":where(", "color-mix(", "oklch(", "@scope", "&"]:
        assert young not in text, young

"""Everybody can use every page: checked by axe, at phone and desk width, by day and by night."""

import re
import urllib.request

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

from goodthinking import languages
from tests.running import Site

LEVELS = ["wcag2a", "wcag2aa", "wcag2aaa", "wcag21a", "wcag21aa", "wcag21aaa", "wcag22aa", "wcag22aaa", "best-practice"]
RULES = {"runOnly": {"type": "tag", "values": LEVELS}, "rules": {"color-contrast-enhanced": {"enabled": True}}}
QUICK = [
    "/",
    "/topics/sleep/",
    "/guides/exam-stress/",
    "/urgent-support/",
    "/guides/exam-stress/card/",
    "/training/wellbeing-at-work/kit/",
    "/training/wellbeing-at-work/kit/slides/",
    "/training/sheets/wellness-plan/",
    "/training/signposts/",
    "/search/?q=sleep",
    "/search/?q=zzzz",
    "/nowhere/",
]
KINDS = ["/", "/urgent-support/", "/guides/exam-stress/", "/topics/sleep/", "/training/wellbeing-at-work/noticing-stress/"]
OTHERS = [code for code, _name in languages.LANGUAGES if code != languages.SOURCE]
TOO_WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


def findings(browser: Browser, site: Site, addresses: list[str], width: int, scheme: str) -> list[str]:
    """Open pages and list what axe finds, and any page that must be scrolled sideways."""
    context = browser.new_context(base_url=site.address, viewport={"width": width, "height": 800}, color_scheme=scheme)
    page, found = context.new_page(), []
    for address in addresses:
        page.goto(address)
        if page.evaluate(TOO_WIDE) > 0:
            found.append(f"{address}: wider than {width} px")
        for violation in Axe().run(page, options=RULES).response["violations"]:
            found.append(f"{address}: {violation['id']}: {violation['nodes'][0]['target']}")
    context.close()
    return found


@pytest.mark.parametrize(("width", "scheme"), [(320, "dark"), (1280, "light")])
def test_nothing_stands_in_the_way_on_the_kinds_of_page(browser: Browser, running: Site, width: int, scheme: str) -> None:
    assert findings(browser, running, QUICK, width, scheme) == []


@pytest.mark.deep
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 768, 1280])
def test_nothing_stands_in_the_way_on_any_page(browser: Browser, running: Site, width: int, scheme: str) -> None:
    with urllib.request.urlopen(f"{running.address}/sitemap.xml") as answer:
        addresses = re.findall(rf"<loc>{running.address}([^<]+)</loc>", answer.read().decode())
    # Each language has the same kinds of page: one of each kind is opened in each.
    kinds = [address for code in OTHERS for address in addresses if address in {f"/{code}{kind}" for kind in KINDS}]
    ours = [address for address in addresses if address.split("/")[1] not in OTHERS]
    assert len(ours) > 25
    assert len(kinds) == len(KINDS) * len(OTHERS)
    assert findings(browser, running, [*ours, *kinds], width, scheme) == []

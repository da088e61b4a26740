"""The face, as it is used: by thumb, by keyboard, on paper, from right to left, at any size and contrast."""

import re

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.browser.conftest import sign_in
from tests.browser.test_accessibility import RULES, TOO_WIDE, Axe
from tests.running import Site

KINDS = [
    "/",
    "/topics/",
    "/topics/sleep/",
    "/guides/bullying/",
    "/urgent-support/",
    "/partners/nightlight-london/",
    "/search/",
]
SMALL = """() => [...document.querySelectorAll('a, button, summary, input')].filter((one) => {
    const box = one.getBoundingClientRect();
    if (!box.width || one.classList.contains('skip-link')) return false;
    // A link within a sentence has the size of its line (WCAG 2.5.5, exception "inline").
    const around = one.parentElement.cloneNode(true);
    around.querySelectorAll('a, button').forEach((link) => link.remove());
    if (one.matches('a') && getComputedStyle(one).display === 'inline' && around.textContent.trim().length > 3) return false;
    return box.height < 43.5 || box.width < 43.5;
}).map((one) => one.outerHTML.slice(0, 90))"""
SHIFTS = """() => new Promise((done) => {
    let sum = 0;
    new PerformanceObserver((list) => { for (const shift of list.getEntries()) sum += shift.value; })
        .observe({ type: 'layout-shift', buffered: true });
    setTimeout(() => done(sum), 400);
})"""
SPACING = "* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }"
CLIPPED = """() => [...document.querySelectorAll('main *')].filter((one) => getComputedStyle(one).overflow === 'hidden'
    && one.scrollWidth > one.clientWidth + 1).map((one) => one.className)"""


def opened(browser: Browser, site: Site, **wishes: object) -> Page:
    return browser.new_context(base_url=site.address, **wishes).new_page()


@pytest.mark.parametrize("address", KINDS)
def test_a_thumb_hits_what_it_aims_at(browser: Browser, running: Site, address: str) -> None:
    page = opened(browser, running, viewport={"width": 360, "height": 740})
    page.goto(address)
    assert page.evaluate(SMALL) == []
    page.context.close()


@pytest.mark.parametrize("address", KINDS)
def test_nothing_moves_while_a_page_comes_in(browser: Browser, running: Site, address: str) -> None:
    page = opened(browser, running, viewport={"width": 390, "height": 844})
    page.goto(address, wait_until="networkidle")
    assert page.evaluate(SHIFTS) < 0.01
    page.context.close()


@pytest.mark.parametrize("address", KINDS)
def test_wider_spacing_of_text_hides_nothing(browser: Browser, running: Site, address: str) -> None:
    page = opened(browser, running, viewport={"width": 320, "height": 640}, bypass_csp=True)
    page.goto(address)
    page.add_style_tag(content=SPACING)
    assert page.evaluate(TOO_WIDE) <= 0
    assert page.evaluate(CLIPPED) == []
    page.context.close()


def test_urgent_support_stays_in_reach_and_hides_nothing_that_has_the_focus(browser: Browser, running: Site) -> None:
    page = opened(browser, running, viewport={"width": 390, "height": 844})
    page.goto("/guides/bullying/")
    assert page.evaluate("(scrollTo({ top: 3000, behavior: 'instant' }), scrollY)") > 1000
    bar = page.locator(".urgent-bar").bounding_box()
    assert bar["y"] == 0
    for _ in range(12):
        page.keyboard.press("Shift+Tab")
        top = page.evaluate("document.activeElement.getBoundingClientRect().bottom")
        inside = page.evaluate("document.activeElement.closest('.urgent-bar, header, .skip-link') !== null")
        assert inside or top > bar["height"]
    page.context.close()


def test_high_contrast_keeps_the_edges_of_what_can_be_pressed(browser: Browser, running: Site) -> None:
    page = opened(browser, running, forced_colors="active")
    page.goto("/")
    for part in [".sayings a", ".search-form button", ".search-form input"]:
        assert page.locator(part).first.evaluate("one => parseFloat(getComputedStyle(one).borderTopWidth)") >= 1, part
    page.context.close()


def test_the_breathing_circle_moves_only_where_motion_is_welcome(browser: Browser, running: Site) -> None:
    for wish, name in [("reduce", "none"), ("no-preference", "breathe")]:
        page = opened(browser, running, reduced_motion=wish)
        page.goto("/guides/panic/")
        moving = page.locator(".breathing__circle").first.evaluate("one => getComputedStyle(one).animationName")
        assert moving == name
        page.context.close()


def test_a_printed_guide_has_its_text_its_numbers_its_code_and_no_buttons(context: BrowserContext) -> None:
    page = context.new_page()
    page.goto("/guides/bullying/")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    for part in [".urgent-bar", ".masthead__nav", ".share__ways", ".lead-picture", ".next-steps"]:
        assert not page.locator(part).first.is_visible(), part
    for part in ["h1", ".try-this", ".helpline__name", ".way__link", ".share__code", ".share__address"]:
        assert page.locator(part).first.is_visible(), part
    assert page.locator("details:not([open])").count() == 0
    white = "rgb(255, 255, 255)"
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == white


def test_the_link_is_copied_and_nothing_else_is_done(context: BrowserContext) -> None:
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page, asked = context.new_page(), []
    page.goto("/guides/bullying/", wait_until="networkidle")
    page.on("request", lambda request: asked.append(request.url))
    page.get_by_role("button", name="Copy the link").click()
    page.get_by_text("Copied").wait_for()
    assert page.evaluate("navigator.clipboard.readText()").endswith("/guides/bullying/")
    assert asked == []


def test_without_scripts_there_is_no_dead_button_but_an_address_and_a_card(browser: Browser, running: Site) -> None:
    page = opened(browser, running, java_script_enabled=False)
    page.goto("/guides/bullying/")
    assert page.locator("button:visible").count() == 0
    assert page.locator(".share__address").text_content().endswith("/guides/bullying/")
    page.get_by_role("link", name="Card, words and poster").click()
    assert page.url.endswith("/guides/bullying/card/")
    page.context.close()


@pytest.mark.parametrize("width", [320, 1280])
def test_every_block_stands_from_right_to_left(browser: Browser, running: Site, width: int) -> None:
    page = opened(browser, running, viewport={"width": width, "height": 900}, reduced_motion="reduce")
    sign_in(page, running)
    page.goto("/cms/style-guide/?language=ar")
    assert page.evaluate(TOO_WIDE) <= 0
    number, words = (page.locator(part).first.bounding_box() for part in (".try-this li", ".try-this"))
    assert number["x"] + number["width"] > words["x"] + words["width"] / 2
    found = {violation["id"] for violation in Axe().run(page, options=RULES).response["violations"]}
    # Samples stand side by side that a page would not have twice.
    assert found - {"heading-order", "landmark-unique", "identical-links-same-purpose", "page-has-heading-one"} == set()
    page.context.close()


def test_the_styles_inside_the_page_are_taken(context: BrowserContext) -> None:
    page = context.new_page()
    page.goto("/nowhere/")
    assert re.match(r"rgb", page.locator(".urgent-bar").evaluate("one => getComputedStyle(one).backgroundColor"))
    assert page.locator(".urgent-bar").evaluate("one => getComputedStyle(one).display") == "flex"


def test_the_search_box_is_completed_on_the_device_and_tells_nobody_what_is_typed(context: BrowserContext) -> None:
    page, asked = context.new_page(), []
    page.goto("/", wait_until="networkidle")
    page.on("request", lambda request: asked.append(request.url))
    box = page.get_by_label("Or say it in your own words")
    box.focus()
    # A locator, as the site's policy forbids the eval that waiting for an expression needs.
    page.locator("#titles option").nth(90).wait_for(state="attached")
    assert box.get_attribute("list") == "titles"
    box.press_sequentially("zqcanary sle")
    assert [url for url in asked if "canary" in url or "sle" in url.rpartition("/")[2]] == []
    assert len(asked) == 1
    titles = page.evaluate("[...document.querySelectorAll('#titles option')].map((option) => option.value)")
    assert "Awake at 3 am" in titles
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/?q=*")


def test_a_cry_for_help_is_answered_with_people_to_call_that_can_be_tapped(browser: Browser, running: Site) -> None:
    page = opened(browser, running, viewport={"width": 390, "height": 844})
    page.goto("/search/?q=i+dont+want+to+be+here+anymore")
    panel = page.get_by_role("region", name="You can talk to someone now")
    first = panel.get_by_role("link", name="Call 999").bounding_box()
    assert first["height"] >= 44
    assert first["y"] < 844, "within the first screen"
    assert page.locator(".answers .card__link").count() > 3
    assert {violation["id"] for violation in Axe().run(page, options=RULES).response["violations"]} == set()
    page.context.close()

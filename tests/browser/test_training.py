"""A trainer with a browser: slides in two windows, a kit from a stick, sheets on paper, a form that is nobody's."""

import io
import re
import urllib.request
import zipfile
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.test_accessibility import RULES, TOO_WIDE
from tests.browser.test_reader import STORED
from tests.running import Site

KIT = "/training/wellbeing-at-work/kit/"
SHEETS = {
    "group-agreement": 1,
    "safe-disclosure": 1,
    "wellness-plan": 2,
    "evaluation": 1,
    "follow-up-letter": 1,
    "poster": 1,
    "pocket-card": 1,
}


def count(page: Page) -> str:
    return page.locator(".slides__count").inner_text()


def test_the_keyboard_turns_the_slides_and_escape_ends_them(context: BrowserContext) -> None:
    page = context.new_page()
    page.goto(f"{KIT}slides/")
    page.get_by_role("button", name="Show the slides").press("Enter")
    last = page.locator(".slide").count()
    for key, at in [("ArrowRight", 2), ("PageDown", 3), (" ", 4), ("ArrowLeft", 3), ("End", last), ("ArrowRight", last)]:
        page.keyboard.press(key)
        assert count(page) == f"{at} / {last}", key
        expect(page.locator(".slide.is-current")).to_be_focused()
    assert page.locator(".slide:visible").count() == 1
    assert page.locator(".notes:visible").count() == 0
    page.keyboard.press("Escape")
    assert page.locator("h1").is_visible()
    expect(page.get_by_role("button", name="Show the slides")).to_be_focused()


def test_a_swipe_turns_the_slides(browser: Browser, running: Site) -> None:
    context = browser.new_context(base_url=running.address, viewport={"width": 390, "height": 800}, has_touch=True)
    page = context.new_page()
    page.goto(f"{KIT}slides/")
    page.get_by_role("button", name="Show the slides").tap()
    touch = """(x) => { for (const [kind, at] of [["touchstart", 300], ["touchend", x]]) {
        const target = document.querySelector(".slide.is-current");
        const touch = new Touch({ identifier: 1, target, clientX: at, clientY: 300 });
        touch.target.dispatchEvent(new TouchEvent(kind, { changedTouches: [touch], bubbles: true })); } }"""
    page.evaluate(touch, 100)
    assert count(page).startswith("2 /")
    page.evaluate(touch, 500)
    assert count(page).startswith("1 /")
    context.close()


def test_every_slide_fits_the_screen_whole(browser: Browser, running: Site) -> None:
    context = browser.new_context(base_url=running.address, viewport={"width": 1280, "height": 720})
    page = context.new_page()
    for course in ("wellbeing-at-work", "making-every-contact-count"):
        page.goto(f"/training/{course}/kit/")
        modules = ",".join(box.get_attribute("value") for box in page.get_by_role("checkbox").all())
        page.goto(f"/training/{course}/kit/slides/?modules={modules}&length=240")
        page.get_by_role("button", name="Show the slides").click()
        too_tall = []
        for place in range(page.locator(".slide").count()):
            if page.evaluate("document.documentElement.scrollHeight") > 720:
                too_tall.append(place + 1)
            page.keyboard.press("ArrowRight")
        assert too_tall == [], course
    context.close()


def test_the_presenters_window_turns_with_the_show_and_has_the_words_and_a_clock(context: BrowserContext) -> None:
    page = context.new_page()
    page.goto(f"{KIT}slides/")
    with context.expect_page() as opened:
        page.get_by_role("button", name="Open the presenter’s window").click()
    presenter = opened.value
    presenter.get_by_role("button", name="Next").click()
    expect(page.locator(".slides__count")).to_have_text(re.compile(r"^2 /"))
    page.keyboard.press("ArrowRight")
    expect(presenter.locator(".slides__count")).to_have_text(re.compile(r"^3 /"))
    assert presenter.locator(".notes:visible").count() == 1
    assert presenter.locator(".slide.is-next").is_visible()
    assert page.locator(".notes:visible").count() == 0
    presenter.get_by_role("button", name="Start the clock").click()
    expect(presenter.get_by_role("timer")).to_have_text(re.compile(r"^0:0[1-9] · 0:0[1-9] / \d+:00$"))
    assert {violation["id"] for violation in Axe().run(presenter, options=RULES).response["violations"]} == set()
    with presenter.expect_event("close"):
        # A moment later, for the key would still be on its way when the window is gone.
        presenter.evaluate("setTimeout(() => document.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape' })), 100)")
    assert not page.is_closed()


def test_without_scripts_the_slides_are_a_page_to_read(browser: Browser, running: Site) -> None:
    context = browser.new_context(base_url=running.address, java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{KIT}slides/")
    assert page.locator(".slide:visible").count() > 5
    assert page.locator(".notes:visible").count() > 3
    assert page.get_by_role("button", name="Show the slides").count() == 0
    context.close()


@pytest.fixture(scope="module")
def stick(running: Site, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A kit of two modules, unpacked as on a USB stick."""
    folder = tmp_path_factory.mktemp("stick")
    address = f"{running.address}/training/wellbeing-at-work/kit.zip?modules=noticing-stress,after-loss-or-crisis&length=60"
    with urllib.request.urlopen(address) as answer, zipfile.ZipFile(io.BytesIO(answer.read())) as packed:
        packed.extractall(folder)
    return folder


def test_a_kit_works_from_a_stick_with_no_network(browser: Browser, stick: Path) -> None:
    context = browser.new_context(offline=True, viewport={"width": 320, "height": 700})
    page, asked, errors = context.new_page(), [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("pageerror", lambda error: errors.append(str(error)))
    for file in sorted(stick.rglob("*.html")):
        page.goto(file.as_uri())
        assert page.evaluate(TOO_WIDE) <= 0, file.name
        violations = Axe().run(page, options=RULES).response["violations"]
        assert [(violation["id"], violation["nodes"][0]["target"]) for violation in violations] == [], file.name
    assert [url for url in asked if not url.startswith("file:")] == []
    assert errors == []
    page.goto((stick / "index.html").as_uri())
    page.get_by_role("link", name="Slides, with a presenter").click()
    with context.expect_page() as opened:
        page.get_by_role("button", name="Open the presenter’s window").click()
    expect(opened.value.locator(".slides__count")).to_have_text(re.compile(r"^1 /"))
    opened.value.keyboard.press("ArrowRight")
    expect(page.locator(".slides__count")).to_have_text(re.compile(r"^2 /"))
    context.close()


def test_a_kit_that_has_lain_too_long_says_so_on_the_day_it_is_opened(browser: Browser, stick: Path) -> None:
    index = stick / "help.html"
    before = index.read_text("utf-8")
    warning = '<use-until data-date="2027-01-09"><p class="refusal" role="alert" hidden>Out of date.</p></use-until>'
    index.write_text(before.replace("<h1>", f"{warning}<h1>", 1), "utf-8")
    context = browser.new_context()
    page = context.new_page()
    for day, warned in [("2027-01-09T12:00:00", False), ("2027-01-10T08:00:00", True)]:
        page.clock.set_fixed_time(day)
        page.goto(index.as_uri())
        assert page.get_by_role("alert").is_visible() is warned, day
    index.write_text(before, "utf-8")
    context.close()


def test_the_run_sheet_is_printed_with_every_step_unfolded(context: BrowserContext) -> None:
    page = context.new_page()
    page.goto(KIT)
    page.evaluate("window.print = () => dispatchEvent(new Event('beforeprint'))")
    page.get_by_role("button", name="Print the run sheet").click()
    assert page.locator(".session__step:not([open])").count() == 0


@pytest.mark.parametrize("sheet", SHEETS)
def test_a_sheet_fits_on_paper(context: BrowserContext, sheet: str) -> None:
    page = context.new_page()
    page.goto(f"/training/sheets/{sheet}/")
    printed = page.pdf(format="A4", prefer_css_page_size=True)
    assert len(re.findall(rb"/Type /Page\b", printed)) == SHEETS[sheet]


def test_a_plan_is_filled_in_on_the_device_and_is_nobody_elses(context: BrowserContext) -> None:
    page, asked = context.new_page(), []
    page.goto("/training/sheets/wellness-plan/", wait_until="networkidle")
    page.on("request", lambda request: asked.append(request.url))
    field = page.get_by_label("Good days at work have")
    field.fill("a walk by the canal")
    with page.expect_download() as saved:
        page.get_by_role("button", name="Save it on this device").click()
    text = Path(saved.value.path()).read_text("utf-8")
    assert "a walk by the canal" in text
    assert "Good days at work have" in text
    assert [url for url in asked if not url.startswith("blob:")] == []
    assert page.evaluate(STORED) == [""]
    page.goto("/urgent-support/")
    page.go_back()
    assert page.get_by_label("Good days at work have").input_value() == ""

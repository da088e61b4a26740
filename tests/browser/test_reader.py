"""What a reader's browser does with the site: keeps nothing, asks nobody else, and lets her leave."""

import re

import pytest
from playwright.sync_api import BrowserContext, Page, Request

from tests.running import Site

ADDRESSES = [
    "/",
    "/topics/",
    "/topics/sleep/",
    "/guides/",
    "/guides/bullying/",
    "/urgent-support/",
    "/training/wellbeing-at-work/kit/",
    "/training/wellbeing-at-work/kit/slides/",
    "/training/sheets/wellness-plan/",
    "/search/?q=sleep",
    "/nowhere/",
]
STORED = """async () => [
    document.cookie, ...Object.keys(localStorage), ...Object.keys(sessionStorage),
    ...(await indexedDB.databases()).map((d) => d.name), ...(window.caches ? await caches.keys() : []),
    ...(await navigator.serviceWorker.getRegistrations()).map((r) => r.scope),
]"""


def test_nothing_is_kept_nobody_else_is_asked_and_nothing_is_refused(context: BrowserContext, running: Site) -> None:
    page, asked, complaints = context.new_page(), [], []
    page.on("request", lambda request: asked.append(request))
    page.on("console", lambda message: complaints.append(message.text) if message.type in {"error", "warning"} else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    for address in ADDRESSES:
        page.goto(address)
        page.wait_for_load_state("networkidle")
        assert page.evaluate(STORED) == [""], address
    assert context.cookies() == []
    assert {elsewhere(request, running) for request in asked} == {None}
    assert [complaint for complaint in complaints if "404 (Not Found)" not in complaint] == []


def elsewhere(request: Request, running: Site) -> str | None:
    return None if request.url.startswith(running.address) else request.url


def test_a_search_leaks_to_no_later_request(context: BrowserContext) -> None:
    page, referrers = context.new_page(), []
    page.on("request", lambda request: referrers.append(request.headers.get("referer")))
    page.goto("/")
    page.get_by_label("Or say it in your own words").fill("i cannot sleep")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/?q=*")
    page.locator("main .card__link").first.click()
    page.wait_for_load_state()
    assert set(referrers) == {None}


def open_home_then_guide(context: BrowserContext) -> Page:
    page = context.new_page()
    page.goto("/")
    page.goto("/guides/bullying/")
    return page


def test_leave_now_replaces_the_page_so_that_back_does_not_return_to_it(context: BrowserContext) -> None:
    page = open_home_then_guide(context)
    page.get_by_role("link", name="Leave now").click()
    page.wait_for_url("https://www.bbc.co.uk/weather")
    page.go_back()
    assert page.url.endswith("/"), "Back skips the guide that was left"
    assert "/guides/" not in page.url


def test_three_presses_of_shift_leave_too_and_two_do_not(context: BrowserContext) -> None:
    page = open_home_then_guide(context)
    page.keyboard.press("Shift")
    page.keyboard.press("Shift")
    page.keyboard.press("a")
    page.keyboard.press("Shift")
    assert "/guides/bullying/" in page.url
    page.keyboard.press("Shift")
    page.keyboard.press("Shift")
    page.wait_for_url("https://www.bbc.co.uk/weather")


def test_leave_now_is_a_plain_link_without_scripts(browser: object, running: Site) -> None:
    context = browser.new_context(base_url=running.address, java_script_enabled=False)
    page = context.new_page()
    page.goto("/guides/bullying/")
    link = page.get_by_role("link", name="Leave now")
    assert link.get_attribute("href") == "https://www.bbc.co.uk/weather"
    assert "noreferrer" in link.get_attribute("rel")
    context.close()


def test_help_can_be_found_without_scripts_from_the_first_page(browser: object, running: Site) -> None:
    context = browser.new_context(
        base_url=running.address, java_script_enabled=False, viewport={"width": 360, "height": 740}
    )
    page = context.new_page()
    page.goto("/")
    page.get_by_role("link", name="Exams are getting to me").click()
    page.locator("main .card__link").first.click()
    assert re.search(r"/guides/exam-stress", page.url)
    page.get_by_role("link", name="Search", exact=True).click()
    page.get_by_label("Say it in your own words").fill("sleep")
    page.get_by_role("button", name="Find help").click()
    page.locator("main .card__link").first.click()
    assert page.locator("h1").count() == 1
    page.get_by_role("link", name="Need help now? Urgent support").click()
    assert page.locator('a[href="tel:116123"]').first.is_visible()
    context.close()


def test_the_first_tab_offers_a_way_past_the_top(context: BrowserContext) -> None:
    page = context.new_page()
    page.goto("/guides/sleep/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the page"
    assert page.evaluate("document.activeElement.getBoundingClientRect().top") >= 0
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_follows_the_devices_wish_for_light_or_dark(browser: object, running: Site, scheme: str) -> None:
    context = browser.new_context(base_url=running.address, color_scheme=scheme)
    page = context.new_page()
    page.goto("/")
    red = int(re.search(r"\d+", page.evaluate("getComputedStyle(document.body).backgroundColor"))[0])
    assert (red > 200) == (scheme == "light")
    context.close()

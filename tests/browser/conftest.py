"""A real Chromium in front of the real site; skipped, with the reason, where there is none."""

import base64
import shutil
from collections.abc import Iterator

import pytest
import time_machine
from django_otp.oath import TOTP
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.running import Site

CHROMIUM = next(filter(None, map(shutil.which, ["chromium", "chromium-browser", "google-chrome"])), None)
QUIET = [
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
QUICK_EXIT = "https://www.bbc.co.uk/**"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = [item for item in items if "tests/browser" in item.path.as_posix()]
    for item in here:
        item.add_marker(pytest.mark.browser)
        if CHROMIUM is None:
            item.add_marker(pytest.mark.skip(reason="no Chromium on this machine: apt-get install chromium"))


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, chromium_sandbox=False, args=QUIET)
        yield browser
        browser.close()


@pytest.fixture
def context(browser: Browser, running: Site) -> Iterator[BrowserContext]:
    """A reader's browser. The page that quick exit leads to is answered here, for tests reach no other host."""
    context = browser.new_context(base_url=running.address)
    context.set_default_timeout(15_000)
    context.route(QUICK_EXIT, lambda route: route.fulfill(body="<title>Weather</title>", content_type="text/html"))
    yield context
    context.close()


def sign_in(page: Page, site: Site, then: str = "/cms/") -> None:
    """Sign in as the first editor does: with a phone that is added the first time, later with a recovery code."""
    page.goto(then)
    page.locator("#id_username").fill("editor")
    page.locator("#id_password").fill(site.password)
    page.keyboard.press("Enter")
    page.locator("#id_code").wait_for()
    if site.recovery_codes:
        page.locator("#id_code").fill(site.recovery_codes.pop())
        page.keyboard.press("Enter")
    else:
        phone = TOTP(base64.b32decode(page.locator(".desk-key").inner_text().replace(" ", "")))
        phone.time = time_machine.escape_hatch.time.time()  # the site's clock goes on
        page.locator("#id_code").fill(f"{phone.token():06}")
        page.keyboard.press("Enter")
        page.locator(".desk-codes").wait_for()
        site.recovery_codes = page.locator(".desk-codes code").all_inner_texts()
        page.get_by_role("link", name="Go on").click()
    page.wait_for_url(f"{site.address}{then}")

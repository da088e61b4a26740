"""What an editor's browser does: signs in, edits and previews with nothing refused and nobody else asked."""

from playwright.sync_api import Browser, BrowserContext

from tests.browser.conftest import sign_in
from tests.browser.test_accessibility import RULES, TOO_WIDE, Axe
from tests.running import Site


def test_an_editor_signs_in_and_edits_with_nothing_refused_and_nobody_else_asked(
    context: BrowserContext, running: Site
) -> None:
    page, complaints, asked = context.new_page(), [], []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("request", lambda request: asked.append(request.url))
    sign_in(page, running)
    page.get_by_role("heading", name="A Light On").wait_for()
    for address in ["/cms/images/", "/cms/images/add/", "/cms/reports/site-history/", "/cms/snippets/content/helpline/"]:
        page.goto(address)
        page.wait_for_load_state("networkidle")
    page.get_by_role("link", name="Samaritans").first.click()
    page.wait_for_load_state("networkidle")
    assert page.get_by_label("Hours").first.input_value() == "24/7"
    page.goto("/cms/pages/search/?q=Awake")
    page.get_by_role("link", name="Awake").first.click()
    page.wait_for_load_state("networkidle")
    page.get_by_role("button", name="Toggle preview").click()
    preview = page.frame_locator("iframe").first
    preview.locator(".sample-notice, .page__summary").first.wait_for()
    assert complaints == []
    assert [url for url in asked if not url.startswith((running.address, "data:", "blob:"))] == []
    assert {cookie["path"] for cookie in context.cookies()} == {"/cms/"}


def test_an_editor_who_was_signed_out_while_writing_is_told_before_she_loses_a_word(
    context: BrowserContext, running: Site
) -> None:
    page = context.new_page()
    sign_in(page, running)
    page.goto("/cms/pages/search/?q=Awake")
    page.get_by_role("link", name="Awake").first.click()
    title = page.locator("#id_title")
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(3000)  # Wagtail looks for changes from two seconds after the page has opened
    title.fill("Awake at 3 am, again")
    page.get_by_text("Saved", exact=True).first.wait_for()
    context.clear_cookies(name="sessionid")
    title.fill("Awake at 3 am, and again")
    page.get_by_text("You are signed out, so what you type now is not saved").wait_for()
    assert title.input_value() == "Awake at 3 am, and again"
    page.on("dialog", lambda asked: asked.accept())
    sign_in(page, running)
    page.goto("/cms/pages/search/?q=Awake")
    page.get_by_role("link", name="Awake").first.click()
    assert page.locator("#id_title").input_value() == "Awake at 3 am, again"


def test_the_pages_of_the_second_factor_are_plain_to_everybody(browser: Browser, running: Site) -> None:
    context = browser.new_context(base_url=running.address, viewport={"width": 320, "height": 800})
    page = context.new_page()
    sign_in(page, running)
    page.goto("/cms/second-factor/")
    assert page.evaluate(TOO_WIDE) <= 0
    # Wagtail's own colours of buttons reach contrast AA; AAA is what readers get.
    found = {violation["id"] for violation in Axe().run(page, options=RULES).response["violations"]}
    assert found - {"color-contrast-enhanced"} == set()
    context.close()

"""What an editor's browser does: signs in, edits and previews with nothing refused and nobody else asked."""

from playwright.sync_api import BrowserContext

from tests.browser.conftest import sign_in
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

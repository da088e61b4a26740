"""An editor's day at the desk, from a shape to a link for the board, with nothing refused and no other host asked."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import sign_in
from tests.running import Site


@pytest.fixture
def desk(context: BrowserContext, running: Site) -> Iterator[Page]:
    """The desk of a signed-in editor. Whatever a browser complains of, or asks another host for, fails the test."""
    page, complaints, asked = context.new_page(), [], []
    context.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    sign_in(page, running)
    page.get_by_role("heading", name="A Light On").wait_for()
    yield page
    assert complaints == []
    assert [url for url in asked if not url.startswith((f"{running.address}/", "data:", "blob:"))] == []


def begin(desk: Page, title: str) -> None:
    """Be welcomed, choose a shape on the first shelf, and come to its draft."""
    desk.get_by_role("link", name="Write your first guide").click()
    desk.get_by_label("A feeling that won’t leave").check()
    desk.get_by_label("Title").fill(title)
    desk.get_by_role("button", name="Begin", exact=True).click()
    expect(desk.locator("#id_title")).to_have_value(title)


def test_from_a_shape_to_a_link_for_the_board(desk: Page, context: BrowserContext, running: Site) -> None:
    begin(desk, "When it will not lift")
    expect(desk.get_by_text("[Write: what this feeling is like, in two short sentences").first).to_be_visible()

    desk.get_by_role("button", name="Toggle preview").click()
    preview = desk.frame_locator("#w-preview-iframe")
    preview.get_by_role("heading", name="What keeps it going").first.wait_for()
    for mode, ground in [("dark", "rgb(16, 22, 31)"), ("light", "rgb(251, 247, 239)"), ("print", "rgb(255, 255, 255)")]:
        desk.locator("#id_preview_mode").select_option(mode)
        expect(desk.frame_locator("#w-preview-iframe").locator("body")).to_have_css("background-color", ground)
    desk.get_by_role("radio", name="Preview in desktop size").check(force=True)

    desk.get_by_role("tab", name="Promote").click()
    desk.get_by_role("button", name="Choose an image").first.click()
    desk.get_by_role("dialog").get_by_role("tab", name="Search").wait_for()
    desk.get_by_role("dialog").get_by_role("button", name="Close").click()

    desk.get_by_role("tab", name="Content").click()
    desk.get_by_role("button", name="Insert a block").first.click()
    desk.locator("[class*='combobox__option-row']", has_text="Callout").get_by_role("button").click()
    desk.frame_locator(".w-combobox-preview iframe").get_by_text("Two minutes is enough").wait_for()
    desk.keyboard.press("Escape")

    desk.goto(re.sub(r"/pages/(\d+)/edit/.*", r"/preview-links/\1/", desk.url))
    desk.get_by_role("button", name="Make a link").click()
    address = desk.locator("#new-address").inner_text()
    board = context.browser.new_context()
    shown = board.new_page()
    shown.goto(address)
    shown.get_by_text("This is a draft.").wait_for()
    assert shown.get_by_role("heading", name="When it will not lift").count() == 1
    assert board.cookies() == []
    board.close()


def test_the_dashboard_and_the_lists_ask_nobody_else(desk: Page) -> None:
    for address in ["/cms/", "/cms/pages/", "/cms/images/", "/cms/documents/", "/cms/style-guide/"]:
        desk.goto(address)
        desk.wait_for_load_state("networkidle")

"""What editors see of what is to be mended: beside the page they edit, and in a report of the pages that are theirs."""

import csv
import re
from datetime import date

from django.contrib.auth.models import Group, Permission, User
from django.test import Client

from wagtail.models import GroupPagePermission, Page
from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield

import pytest

from content.desk import quality
from content.models import CustomImage, GuideIndexPage, GuidePage, HomePage, PartnerShelf
from tests import build

PANEL = re.compile(r'data-side-panel="quality".*?</aside>|data-side-panel="quality".*?data-side-panel="', re.DOTALL)


def panel(client: Client, page: Page) -> str:
    """The words beside the editor of a page."""
    html = client.get(f"/cms/pages/{page.pk}/edit/").content.decode()
    return PANEL.search(html)[0]


def faulty(title: str = "Faulty", **fields: object) -> GuidePage:
    body = [("paragraph", "<p>He committed suicide. The mentally ill need help.</p>")]
    bare = {"sources": [], "interests": "", "next_review": None, "live": False}
    guide = build.guide(title, **bare | {"body": body, "picture_alt": "IMG_1.png"} | fields)
    guide.save_revision()
    return guide


def clean(**fields: object) -> GuidePage:
    return build.guide(
        "Clean",
        interests="Nobody gains.",
        next_review=date(2027, 6, 1),
        sources=[("source", {"title": "Sleep problems", "publisher": "NHS", "url": ""})],
        co_creation=[("taking_part", {"who": "pupils", "when": "2026", "paid": "paid", "what_changed": "Much."})],
        **fields,
    )


def partner_editor(shelf: PartnerShelf) -> Client:
    """The browser of somebody who may edit the pages of one shelf, and nothing else."""
    group = Group.objects.create(name="Partner editors: one")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    change = Permission.objects.get(content_type__app_label="wagtailcore", codename="change_page")
    GroupPagePermission.objects.create(group=group, page=shelf, permission=change)
    user = User.objects.create_user("partner", password="correct horse battery")
    user.groups.add(group)
    client = Client()
    client.force_login(user)
    return client


def test_what_keeps_a_page_from_going_live_stands_first_beside_its_editor(editor: Client) -> None:
    guide = faulty()
    words = panel(editor, guide)
    assert words.index("Before it can go live (3)") < words.index("committed suicide") < words.index("Better still")
    assert "The mentally ill" in words.split("Better still")[1]
    assert "To mend it:" in words
    assert "as it was last saved" in words
    html = editor.get(f"/cms/pages/{guide.pk}/edit/").content.decode()
    toggle = html.split('data-side-panel-toggle="quality"')[1].split("</button>")[0]
    assert re.search(r"counter [^>]*>\s*3\s*<", toggle)


def test_each_finding_leads_to_its_place_in_the_form(editor: Client) -> None:
    guide = faulty(picture=CustomImage.objects.first())
    html = editor.get(f"/cms/pages/{guide.pk}/edit/").content.decode()
    places = re.findall(r'href="#([^"]+)"', PANEL.search(html)[0])
    block = f"block-{guide.body[0].id}-section"
    assert places.count(block) == 2, "in the text"
    assert guide.body[0].id in html
    sections = {place for place in places if place != block}
    assert {f"panel-child-{tab}-section" for tab in ["content-interests", "content-sources", "promote-picture"]} <= sections
    assert all(f'id="{place}"' in html for place in sections)


def test_the_panel_speaks_of_what_was_saved_and_not_of_what_was_typed(editor: Client) -> None:
    guide = clean()
    guide.interests = ""
    guide.save_revision()
    assert "whether anybody gains" in panel(editor, guide)
    streams = {name: streamfield([]) for name in ["body", "co_creation", "sources"]}
    rows = {name: inline_formset([]) for name in ["credits", "related_picks", "comments"]}
    typed = {"title": "", "slug": "clean", "interests": "Nobody gains."} | streams | rows
    html = editor.post(f"/cms/pages/{guide.pk}/edit/", nested_form_data(typed)).content.decode()
    assert "Nobody gains." in html, "it is not lost"
    assert "whether anybody gains" in PANEL.search(html)[0]


def test_a_page_with_nothing_to_mend_says_so(editor: Client) -> None:
    words = panel(editor, clean())
    assert "Nothing to mend." in words
    assert "Before it can go live" not in words


@pytest.mark.parametrize("model", [HomePage, GuideIndexPage, PartnerShelf])
def test_every_page_has_the_panel(editor: Client, model: type[Page]) -> None:
    assert "as it was last saved" in panel(editor, model.objects.first())


def test_a_new_page_says_when_the_panel_will_speak(editor: Client) -> None:
    index = GuideIndexPage.objects.get()
    html = editor.get(f"/cms/pages/add/content/guidepage/{index.pk}/?start=empty").content.decode()
    assert "Save this page once as a draft." in PANEL.search(html)[0]


def rows(client: Client, query: str = "") -> dict[str, list[str]]:
    """The report as a spreadsheet: its rows by title."""
    response = client.get(f"/cms/reports/quality/?export=csv&{query}")
    table = list(csv.reader(b"".join(response.streaming_content).decode().splitlines()))
    assert table[0] == ["Page", "Shelf", "Keeps it from going live", "Better mended", "First"]
    return {row[0]: row[1:] for row in table[1:]}


def test_the_report_shows_the_last_saved_draft_of_each_page_first_edited_last(editor: Client) -> None:
    guide = faulty(under=build.shelf("nightlight-london"))
    html = editor.get("/cms/reports/quality/").content.decode()
    assert html.index("Faulty") < html.index("Page 1 of")
    assert f'href="/cms/pages/{guide.pk}/edit/"' in html
    row = rows(editor)["Faulty"]
    assert row[:3] == [guide.get_parent().title, "3", "3"]
    assert row[3].startswith("Words, part 1 of “Body”: “committed suicide”")
    guide.body = []
    guide.save_revision()
    assert rows(editor)["Faulty"][1] == "2"


def test_the_report_is_narrowed_to_what_one_check_found(editor: Client) -> None:
    faulty()
    clean()
    assert {"Faulty", "Clean"} <= set(rows(editor))
    assert list(rows(editor, "check=unsafe_words")) == ["Faulty"]
    assert rows(editor, "check=unsafe_words")["Faulty"][1:3] == ["1", "1"]
    assert "Found by" in editor.get("/cms/reports/quality/").content.decode()
    assert len(rows(editor, "check=nonsense")) == len(rows(editor))


def test_the_report_checks_only_the_pages_that_it_shows(editor: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    checked: list[int] = []
    monkeypatch.setattr(quality, "check_saved", lambda page: checked.append(page.pk) or [])
    for address in ["?", "?p=2", "?check=sources", "?export=csv", "?export=xlsx"]:
        checked.clear()
        editor.get(f"/cms/reports/quality/{address}")
        assert len(set(checked)) == len(checked) == 50, address
    editor.get("/cms/reports/quality/results/?p=3")
    assert len(checked) > 50


def test_a_partner_editor_sees_her_own_pages_only(db: None) -> None:
    own, other = build.shelf("nightlight-london"), PartnerShelf.objects.exclude(partner__slug="nightlight-london").first()
    mine, theirs = faulty("Mine", under=own), faulty("Theirs", under=other)
    client = partner_editor(own)
    shown = rows(client)
    assert "Mine" in shown
    assert "Theirs" not in shown
    assert {row[0] for row in shown.values()} == {own.title}
    assert "committed suicide" in panel(client, mine)
    assert client.get(f"/cms/pages/{theirs.pk}/edit/").status_code == 302
    assert "/cms/reports/quality/" in client.get("/cms/").content.decode()


def test_somebody_who_edits_no_page_has_no_report(db: None) -> None:
    group = Group.objects.create(name="Helpline keepers only")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    user = User.objects.create_user("keeper", password="correct horse battery")
    user.groups.add(group)
    client = Client()
    client.force_login(user)
    assert client.get("/cms/reports/quality/").status_code == 302
    assert "/cms/reports/quality/" not in client.get("/cms/").content.decode()


def test_the_panel_of_a_new_page_speaks_once_it_is_first_saved(editor: Client) -> None:
    html = editor.get(f"/cms/pages/{faulty().pk}/edit/?_w_hydrate_create_view=1").content.decode()
    replaced = html.split("""data-w-teleport-target-value="[data-side-panel='quality']\"""")[1].split("</template>")[0]
    assert "committed suicide" in replaced

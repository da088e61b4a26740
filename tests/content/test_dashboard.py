"""The first page of the desk says what waits, what is begun, and how to begin."""

import re

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.test import Client

from wagtail.models import GroupApprovalTask, Page, Workflow, WorkflowTask
from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield

from content.models import GuidePage, TopicIndexPage
from tests import build


def home(client: Client) -> str:
    return client.get("/cms/").content.decode()


def user(name: str = "amina") -> object:
    return get_user_model().objects.get(username=name)


def test_a_partner_editor_with_no_pages_is_shown_how_to_begin(db: None) -> None:
    shelf = build.shelf("nightlight-london")
    html = home(build.partner_editor(shelf))
    assert "Good that you are here" in html
    assert f'href="/cms/guides/start/{shelf.pk}/"' in html
    assert "My drafts" not in html


def test_her_draft_takes_the_place_of_the_welcome(db: None) -> None:
    shelf = build.shelf("nightlight-london")
    amina = build.partner_editor(shelf)
    amina.post(f"/cms/guides/start/{shelf.pk}/", {"shape": "a-feeling", "title": "When it will not lift"})
    html = home(amina)
    assert "Good that you are here" not in html
    assert "My drafts" in html
    assert "When it will not lift" in html


def test_my_drafts_are_what_i_changed_last_and_readers_do_not_have_yet(db: None) -> None:
    shelf = build.shelf("nightlight-london")
    amina, ben = build.partner_editor(shelf), build.partner_editor(shelf, name="ben")
    for title, who in [("Of Amina", user("amina")), ("Of Ben", user("ben"))]:
        build.guide(title, under=shelf, live=False).save_revision(user=who)
    build.guide("Published", under=shelf).save_revision(user=user("amina")).publish()
    changed = build.guide("Changed again", under=shelf)
    changed.summary = "New."
    changed.save_revision(user=user("amina"))
    html = home(amina)
    assert all(title in html for title in ["Of Amina", "Changed again", f"/cms/what-changed/{changed.pk}/"])
    assert not any(title in html for title in ["Of Ben", "Published</a>"])
    assert "Of Ben" in home(ben)


def test_nobody_is_welcomed_to_write_where_she_may_not(db: None) -> None:
    assert "Good that you are here" not in home(build.partner_editor(TopicIndexPage.objects.get()))


def test_what_waits_for_me_comes_before_my_own_drafts(db: None) -> None:
    shelf = build.shelf("nightlight-london")
    amina = build.partner_editor(shelf)
    group = Group.objects.get(name="Editors of amina")
    task = GroupApprovalTask.objects.create(name="Read by a colleague")
    task.groups.add(group)
    workflow = Workflow.objects.create(name="Review")
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=1)
    waiting = build.guide("Please read", under=shelf, live=False)
    waiting.save_revision()
    workflow.start(GuidePage.objects.get(pk=waiting.pk), None)
    build.guide("My own", under=shelf, live=False).save_revision(user=user())
    html = home(amina)
    assert html.index("Please read") < html.index("My drafts")
    assert html.index("Awaiting your review") < html.index("My drafts")


def test_an_editor_of_two_shelves_is_not_told_how_much_others_write(db: None) -> None:
    shelves = [build.shelf("nightlight-london"), build.shelf("lantern-youth-project")]
    html = home(build.partner_editor(*shelves))
    own = sum(Page.objects.descendant_of(shelf, inclusive=True).count() for shelf in shelves)
    assert int(re.search(r"(\d+)\s+Pages", html)[1]) == own
    assert own < Page.objects.count() / 2


def test_what_a_draft_changes_is_told_to_those_who_may_see_its_versions(db: None) -> None:
    shelf = build.shelf("nightlight-london")
    amina, other = build.partner_editor(shelf), build.partner_editor(build.shelf("lantern-youth-project"), name="ben")
    page = build.guide("Dreams", under=shelf)
    address = f"/cms/what-changed/{page.pk}/"
    assert "Nothing: the newest draft says what readers have." in amina.get(address).content.decode()
    page.title = "Dreams & nightmares"
    page.save_revision()
    html = amina.get(address).content.decode()
    assert "Title: “Dreams” became “Dreams &amp; nightmares”." in html
    assert address in amina.get(f"/cms/pages/{page.pk}/edit/").content.decode()
    assert other.get(address)["Location"] == "/cms/"
    new = build.guide("New", under=shelf, live=False)
    assert "Readers do not have this page yet" in amina.get(f"/cms/what-changed/{new.pk}/").content.decode()


def test_an_editor_leaves_a_comment_for_a_colleague(db: None) -> None:
    shelf = build.shelf("nightlight-london")
    amina = build.partner_editor(shelf)
    page = build.guide("To discuss", under=shelf, live=False)
    page.save_revision()
    comment = {"text": "Is this true at night too?", "contentpath": "summary", "position": "", "deleted": "", "resolved": ""}
    lists = {name: inline_formset([]) for name in ["credits", "related_picks"]}
    empty = {name: streamfield([]) for name in ["body", "sources", "co_creation"]}
    replies = {"replies": inline_formset([])}
    sent = nested_form_data(
        empty | lists | {"title": "To discuss", "slug": "to-discuss", "comments": inline_formset([comment | replies])}
    )
    response = amina.post(f"/cms/pages/{page.pk}/edit/", sent)
    assert response.status_code == 302, response.context["form"].errors
    [made] = page.wagtail_admin_comments.all()
    assert (made.text, made.user, made.contentpath) == ("Is this true at night too?", user(), "summary")
    assert "Is this true at night too?" in amina.get(f"/cms/pages/{page.pk}/edit/").content.decode()

"""Sign-off: the workflow of two people, and a clinician without an account who reads exactly one version."""

from datetime import timedelta

from django.test import Client
from django.urls import reverse

from wagtail.models import PageLogEntry, WorkflowState

import pytest
import time_machine

from content import roles
from content.approvals.models import Approval, SignOffLink
from content.approvals.tasks import WORKFLOW
from content.models import GuidePage, HomePage, InformationPage
from tests import build
from tests.conftest import NOW

ANSWER = {"role": "Consultant psychologist", "registration": "HCPC", "comment": "", "answer": "sign"}


def signed_in(name: str, *groups: str) -> Client:
    return build.signed_in(build.user(name, *groups))


@pytest.fixture
def desk(db: None) -> Client:
    """A London editor's browser."""
    build.user("london", roles.LONDON_EDITORS).user_permissions.add(*admin_access())
    return signed_in("london", roles.LONDON_EDITORS)


def admin_access() -> list:
    from django.contrib.auth.models import Group, Permission

    from wagtail.models import GroupPagePermission, Page

    group = Group.objects.get(name=roles.LONDON_EDITORS)
    GroupPagePermission.objects.get_or_create(
        group=group, page=Page.get_first_root_node(), permission=Permission.objects.get(codename="change_page")
    )
    return [Permission.objects.get(codename="access_admin")]


@pytest.fixture
def submitted(db: None) -> GuidePage:
    """A guide that its author has submitted."""
    author = build.user("author")
    guide = build.guide("Lanternfish", live=False, content_note="Deep water.")
    guide.save_revision(user=author)
    guide.get_workflow().start(guide, author)
    return GuidePage.objects.get(pk=guide.pk)


def approve_editorially(guide: GuidePage, name: str = "second") -> None:
    state = guide.current_workflow_task_state
    state.task.specific.on_action(state, build.user(name, roles.LONDON_EDITORS), "approve", role="Editor")


def ask(desk: Client, guide: GuidePage) -> str:
    """Ask for sign-off as the desk does, and give the path of the link."""
    sent = {"ask": "link", "invited": "Dr A, the clinic"}
    response = desk.post(reverse("sign_off", args=[guide.pk]), sent)
    assert response.context["made"], response.content.decode()
    return response.context["made"].removeprefix("http://testserver")


def test_every_page_goes_through_the_editorial_check_and_then_to_a_clinician(submitted: GuidePage) -> None:
    assert submitted.get_workflow().name == WORKFLOW
    assert str(submitted.current_workflow_task.name) == "Editorial check"
    approve_editorially(submitted)
    submitted = GuidePage.objects.get(pk=submitted.pk)
    assert str(submitted.current_workflow_task.name) == "Clinical sign-off"
    assert not submitted.live
    state = submitted.current_workflow_task_state
    clinician = build.user("clinician", roles.CLINICAL_REVIEWERS)
    state.task.specific.on_action(state, clinician, "approve", role="Psychologist", registration="HCPC")
    guide = GuidePage.objects.get(pk=submitted.pk)
    assert (guide.live, guide.signed_off_by) == (True, "Psychologist")


def test_an_author_is_not_even_offered_to_approve_her_own_version(submitted: GuidePage) -> None:
    author = build.user("author", roles.LONDON_EDITORS)
    offered = {name for name, _label, _modal in submitted.current_workflow_task.get_actions(submitted, author)}
    assert offered == {"reject"}


def test_a_plain_page_skips_the_clinician(db: None) -> None:
    page = build.page(InformationPage, HomePage.objects.get(), "About us", live=False)
    page.save_revision(user=build.user("author"))
    page.get_workflow().start(page, build.user("author"))
    page = InformationPage.objects.get(pk=page.pk)
    approve_editorially(page)
    assert InformationPage.objects.get(pk=page.pk).live


def test_an_edit_after_the_editorial_check_begins_anew(submitted: GuidePage) -> None:
    approve_editorially(submitted)
    guide = GuidePage.objects.get(pk=submitted.pk)
    guide.interests = "Somebody gains."
    guide.save_revision(user=build.user("author"))
    state = GuidePage.objects.get(pk=guide.pk).current_workflow_task_state
    clinician = build.user("clinician", roles.CLINICAL_REVIEWERS)
    state.task.specific.on_action(state, clinician, "approve", role="Psychologist", registration="HCPC")
    guide = GuidePage.objects.get(pk=guide.pk)
    assert not guide.live
    assert str(guide.current_workflow_task.name) == "Editorial check"


def test_a_reviewer_who_only_commented_is_no_author_and_nothing_begins_anew(submitted: GuidePage) -> None:
    approve_editorially(submitted)
    clinician = build.user("clinician", roles.CLINICAL_REVIEWERS)
    # Wagtail saves a version with each comment.
    GuidePage.objects.get(pk=submitted.pk).get_latest_revision_as_object().save_revision(user=clinician)
    state = GuidePage.objects.get(pk=submitted.pk).current_workflow_task_state
    state.task.specific.on_action(state, clinician, "approve", role="Psychologist", registration="HCPC")
    assert GuidePage.objects.get(pk=submitted.pk).live


def test_the_desk_makes_a_link_that_is_shown_once_and_kept_nowhere(desk: Client, submitted: GuidePage) -> None:
    approve_editorially(submitted)
    token = ask(desk, submitted).rstrip("/").rpartition("/")[2]
    link = SignOffLink.objects.get()
    assert len(token) >= 43
    assert token not in {str(value) for value in link.__dict__.values()}
    assert token not in desk.get(reverse("sign_off", args=[submitted.pk])).content.decode()
    assert token not in str(list(PageLogEntry.objects.values_list("data", flat=True)))
    assert link.expires_at - link.made_at == timedelta(days=14)


def test_no_link_is_made_before_the_editorial_check(desk: Client, submitted: GuidePage) -> None:
    response = desk.post(reverse("sign_off", args=[submitted.pk]), {"ask": "link", "invited": "Dr A"})
    assert not response.context["made"]
    assert not SignOffLink.objects.exists()


def test_an_author_cannot_ask_a_clinician_of_her_choice(submitted: GuidePage) -> None:
    approve_editorially(submitted)
    admin_access()
    author = build.user("author", roles.LONDON_EDITORS)
    from django.contrib.auth.models import Permission

    author.user_permissions.add(Permission.objects.get(codename="access_admin"))
    response = signed_in("author", roles.LONDON_EDITORS).post(
        reverse("sign_off", args=[submitted.pk]), {"ask": "link", "invited": "Myself"}
    )
    assert not response.context["made"]
    assert "You wrote part of this version" in response.content.decode()


def test_a_clinician_reads_the_version_and_signs_it_off_without_an_account(
    desk: Client, submitted: GuidePage, client: Client, visitor: Client
) -> None:
    approve_editorially(submitted)
    address = ask(desk, submitted)
    html = client.get(address).content.decode()
    assert "For your sign-off: Lanternfish" in html
    assert "No clinician has signed off a version of this page before." in html
    assert "<h1>Lanternfish</h1>" in client.get(f"{address}version/").content.decode()
    thanks = client.post(address, ANSWER).content.decode()
    assert "Thank you. You have signed it off." in thanks
    guide = GuidePage.objects.get(pk=submitted.pk)
    assert (guide.live, guide.signed_off_by) == (True, "Consultant psychologist")
    assert guide.workflow_states.get().status == WorkflowState.STATUS_APPROVED
    html = visitor.get(guide.url).content.decode()
    assert "Consultant psychologist" in html
    assert "HCPC" not in html
    assert "Dr A" not in html


def test_a_link_works_once(desk: Client, submitted: GuidePage, client: Client) -> None:
    approve_editorially(submitted)
    address = ask(desk, submitted)
    client.post(address, ANSWER)
    for again in (client.get(address), client.post(address, ANSWER), client.get(f"{address}version/")):
        assert again.status_code == 404
        assert "This link does not work any more" in again.content.decode()
    assert Approval.objects.filter(kind="clinical", page=submitted).count() == 1


def test_a_link_dies_after_14_days(desk: Client, submitted: GuidePage, client: Client) -> None:
    approve_editorially(submitted)
    address = ask(desk, submitted)
    with time_machine.travel(NOW + timedelta(days=13, hours=23), tick=False):
        assert client.get(address).status_code == 200
    with time_machine.travel(NOW + timedelta(days=14, minutes=1), tick=False):
        assert client.get(address).status_code == 404
        assert client.post(address, ANSWER).status_code == 404


def test_any_edit_voids_a_link(desk: Client, submitted: GuidePage, client: Client) -> None:
    approve_editorially(submitted)
    address = ask(desk, submitted)
    guide = GuidePage.objects.get(pk=submitted.pk).get_latest_revision_as_object()
    guide.summary = "Something that nobody has read"
    guide.save_revision(user=build.user("author"))
    assert client.get(address).status_code == 404
    assert client.post(address, ANSWER).status_code == 404
    assert not Approval.objects.filter(kind="clinical").exists()


def test_a_clinician_sees_what_changed_since_the_last_signed_version(desk: Client, client: Client) -> None:
    guide = build.guide("Lanternfish")
    guide.summary = "They glow to be found."
    guide.save_revision(user=build.user("author"))
    guide.get_workflow().start(guide, build.user("author"))
    approve_editorially(GuidePage.objects.get(pk=guide.pk))
    html = client.get(ask(desk, guide)).content.decode()
    assert "Since it was last signed off, on 24 November 2026:" in html
    assert "They glow to be found." in html


def test_a_clinician_sends_it_back_with_a_comment(desk: Client, submitted: GuidePage, client: Client) -> None:
    approve_editorially(submitted)
    address = ask(desk, submitted)
    assert "Say what should change" in client.post(address, {"answer": "send-back", "comment": ""}).content.decode()
    assert client.get(address).status_code == 200, "an empty answer does not use the link up"
    client.post(address, {"answer": "send-back", "comment": "The second tip could harm."})
    guide = GuidePage.objects.get(pk=submitted.pk)
    assert guide.workflow_states.get().status == WorkflowState.STATUS_NEEDS_CHANGES
    assert guide.workflow_states.get().current_task_state.comment == "The second tip could harm."
    assert not guide.live


def test_an_answer_without_a_role_says_what_is_missing_and_keeps_the_link(
    desk: Client, submitted: GuidePage, client: Client
) -> None:
    approve_editorially(submitted)
    address = ask(desk, submitted)
    html = client.post(address, ANSWER | {"role": ""}).content.decode()
    assert "Write your role" in html
    assert 'value="HCPC"' in html
    assert client.get(address).status_code == 200


@pytest.mark.parametrize("token", ["x", "a" * 43, "%00", "x" * 900, "../admin"])
def test_a_token_that_nobody_gave_opens_nothing(client: Client, db: None, token: str) -> None:
    assert client.get(f"/cms/sign-off/{token}/").status_code in {400, 404, 302}
    assert "For your sign-off" not in client.get(f"/cms/sign-off/{token}/").content.decode()


def test_a_link_asks_to_be_kept_and_found_nowhere(desk: Client, submitted: GuidePage, client: Client) -> None:
    approve_editorially(submitted)
    address = ask(desk, submitted)
    for page in (address, f"{address}version/"):
        response = client.get(page)
        assert "no-store" in response.headers["Cache-Control"]
        assert "noindex" in response.headers["X-Robots-Tag"]
        assert "sessionid" not in response.cookies


def test_an_answer_needs_the_form_it_came_with(desk: Client, submitted: GuidePage) -> None:
    approve_editorially(submitted)
    forged = Client(enforce_csrf_checks=True)
    assert forged.post(ask(desk, submitted), ANSWER).status_code == 403
    assert not Approval.objects.filter(kind="clinical").exists()


def test_an_administrator_publishes_in_an_emergency_and_it_is_reported(editor: Client, submitted: GuidePage) -> None:
    address = reverse("sign_off", args=[submitted.pk])
    html = editor.post(address, {"ask": "emergency", "comment": "now"}).content.decode()
    assert "Say in a sentence why it cannot wait." in html
    assert not GuidePage.objects.get(pk=submitted.pk).live
    editor.post(address, {"ask": "emergency", "comment": "The live text names a dead number."})
    assert GuidePage.objects.get(pk=submitted.pk).live
    assert PageLogEntry.objects.filter(action="content.emergency", page_id=submitted.pk).exists()
    report = editor.get(reverse("sign_off_report")).content.decode()
    assert "Published in an emergency" in report
    assert "The live text names a dead number." in report


def test_a_london_editor_cannot_publish_in_an_emergency(desk: Client, submitted: GuidePage) -> None:
    sent = {"ask": "emergency", "comment": "The live text names a dead number."}
    html = desk.post(reverse("sign_off", args=[submitted.pk]), sent).content.decode()
    assert "Publish without sign-off" not in html
    assert not GuidePage.objects.get(pk=submitted.pk).live


def test_the_form_of_a_page_leads_to_its_approvals(editor: Client, submitted: GuidePage) -> None:
    html = editor.get(reverse("wagtailadmin_pages:edit", args=[submitted.pk])).content.decode()
    assert reverse("sign_off", args=[submitted.pk]) in html

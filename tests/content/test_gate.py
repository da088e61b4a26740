"""Nothing goes live that could hurt somebody, or that nobody else has read: whichever road it takes."""

from collections.abc import Callable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from wagtail.models import Locale, Page, PageLogEntry
from wagtail_localize.models import Translation, TranslationSource
from wagtail_localize.operations import translate_object

import pytest
import time_machine

from content import roles
from content.approvals.models import Approval
from content.gate import NotReady
from content.models import GuidePage, Helpline, HomePage, InformationPage
from tests import build
from tests.forms import edit_form

LATER = datetime(2026, 12, 24, 3, 0, tzinfo=ZoneInfo("Europe/London"))


def saved(guide: Page) -> None:
    guide.live = True
    guide.save()


def saved_as_a_plain_page(guide: Page) -> None:
    page = Page.objects.get(pk=guide.pk)
    page.live = True
    page.save()


def published(guide: Page) -> None:
    guide.save_revision().publish()


def published_by_its_own_action(guide: Page) -> None:
    guide.publish(guide.save_revision())


def scheduled(guide: Page) -> None:
    guide.go_live_at = LATER
    guide.save_revision().publish()
    call_command("publish_scheduled")


def approved_and_scheduled_by_hand(guide: Page) -> None:
    revision = guide.save_revision()
    revision.approved_go_live_at = LATER
    revision.save()


def added(guide: Page) -> None:
    twin = GuidePage(title="Twin", slug="twin", live=True, topics=guide.topics.all())
    GuidePage.objects.get(pk=guide.pk).get_parent().add_child(instance=twin)


def updated_in_bulk(guide: Page) -> None:
    GuidePage.objects.filter(pk=guide.pk).update(live=True)


CODE = [
    saved,
    saved_as_a_plain_page,
    published,
    published_by_its_own_action,
    scheduled,
    approved_and_scheduled_by_hand,
    added,
    updated_in_bulk,
]


@pytest.fixture
def draft(db: None) -> GuidePage:
    """A guide that nobody but its author has read."""
    return build.guide("Lanternfish", live=False)


@pytest.mark.parametrize("road", CODE)
def test_no_road_in_code_leads_an_unread_guide_to_readers(draft: GuidePage, road: Callable, visitor: Client) -> None:
    with pytest.raises((NotReady, ValueError)):
        road(draft)
    assert not GuidePage.objects.filter(title__in=["Lanternfish", "Twin"], live=True).exists()
    assert not GuidePage.objects.get(pk=draft.pk).revisions.exclude(approved_go_live_at=None).exists()
    assert visitor.get("/guides/lanternfish/").status_code == 404


def test_a_copy_that_stays_live_is_refused(db: None) -> None:
    guide = build.guide("Lanternfish")
    with pytest.raises(NotReady):
        guide.copy(update_attrs={"slug": "twin"}, keep_live=True)
    assert not GuidePage.objects.filter(slug="twin").exists()


def test_a_translation_is_not_published_by_a_machine(arabic: Locale, django_capture_on_commit_callbacks: Callable) -> None:
    home = HomePage.objects.get()
    translate_object(home, [arabic])
    source = TranslationSource.objects.get_for_instance(home)
    with pytest.raises(NotReady), django_capture_on_commit_callbacks(execute=True):
        Translation.objects.get(source=source, target_locale=arabic).save_target(publish=True)
    assert not HomePage.objects.filter(locale=arabic, live=True).exists()


def test_the_publish_button_says_in_words_what_is_missing_and_keeps_the_draft(editor: Client, draft: GuidePage) -> None:
    address = reverse("wagtailadmin_pages:edit", args=[draft.pk])
    sent = edit_form(editor, draft) | {"title": "Lanternfish at night", "action-publish": "action-publish"}
    html = editor.post(address, sent, follow=True).content.decode()
    assert "is not live yet. Your draft is saved." in html
    assert "A second person has not read this version yet." in html
    assert "A clinician has not signed off this version yet." in html
    guide = GuidePage.objects.get(pk=draft.pk)
    assert not guide.live
    assert guide.get_latest_revision_as_object().title == "Lanternfish at night"


def test_a_new_page_that_may_not_go_live_is_kept_as_a_draft(editor: Client) -> None:
    home = HomePage.objects.get()
    sent = {"title": "About us", "slug": "about-us", "body-count": "0", "action-publish": "action-publish"}
    sent |= {f"comments-{name}": "0" for name in ["TOTAL_FORMS", "INITIAL_FORMS", "MIN_NUM_FORMS", "MAX_NUM_FORMS"]}
    address = reverse("wagtailadmin_pages:add", args=["content", "informationpage", home.pk])
    html = editor.post(address, sent, follow=True).content.decode()
    assert "“About us” is not live yet. Your draft is saved." in html
    assert not InformationPage.objects.get(slug="about-us").live


def test_a_schedule_is_refused_when_it_is_set(editor: Client, draft: GuidePage) -> None:
    sent = edit_form(editor, draft) | {"go_live_at": "2026-12-24 03:00", "action-publish": "action-publish"}
    html = editor.post(reverse("wagtailadmin_pages:edit", args=[draft.pk]), sent, follow=True).content.decode()
    assert "A second person has not read this version yet." in html
    assert not GuidePage.objects.get(pk=draft.pk).revisions.exclude(approved_go_live_at=None).exists()


def test_publishing_many_at_once_publishes_none_that_is_not_ready(editor: Client, draft: GuidePage) -> None:
    ready = build.guide("Ready")
    ready.unpublish()
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    html = editor.post(f"{address}?id={draft.pk}&id={ready.pk}", {"include_descendants": ""}, follow=True).content.decode()
    assert "“Lanternfish” is not live yet." in html
    assert not GuidePage.objects.get(pk=draft.pk).live


def test_an_old_version_that_nobody_approved_cannot_be_published_again(db: None) -> None:
    guide = build.guide("First", live=False)
    old = guide.save_revision()
    guide.title = "Second"
    build.publish(guide)
    with pytest.raises(NotReady):
        old.publish()
    assert GuidePage.objects.get(pk=guide.pk).title == "Second"


def test_a_version_that_both_have_approved_goes_live_with_who_signed_it_off(draft: GuidePage, visitor: Client) -> None:
    revision = draft.save_revision()
    build.approve(revision, "editorial")
    with pytest.raises(NotReady, match="A clinician has not signed off"):
        revision.publish()
    build.approve(revision, "clinical")
    revision.publish()
    guide = GuidePage.objects.get(pk=draft.pk)
    assert (guide.live, guide.signed_off_by, str(guide.last_reviewed)) == (True, "Psychologist", "2026-11-24")
    assert visitor.get(guide.url).status_code == 200


def test_any_edit_after_an_approval_asks_for_a_new_one(draft: GuidePage) -> None:
    build.approve(draft.save_revision())
    draft.interests = "Nobody gains, or loses."
    with pytest.raises(NotReady):
        draft.save_revision().publish()


def test_a_live_page_can_be_moved_and_saved_but_not_changed_behind_the_desk(db: None) -> None:
    guide = build.guide("Lanternfish")
    guide.move(build.shelf("nightlight-london"), pos="last-child")
    guide = GuidePage.objects.get(pk=guide.pk)
    guide.save()
    guide.title = "Anglerfish"
    with pytest.raises(NotReady):
        guide.save()


def test_a_page_that_is_no_guide_needs_a_second_person_and_no_clinician(db: None) -> None:
    page = build.page(InformationPage, HomePage.objects.get(), "About us", live=False)
    revision = page.save_revision()
    with pytest.raises(NotReady, match="A second person") as refused:
        revision.publish()
    assert refused.value.missing == ["editorial"]
    build.approve(revision, "editorial")
    revision.publish()
    assert InformationPage.objects.get(pk=page.pk).live


def test_a_schedule_that_may_no_longer_go_live_keeps_no_other_waiting(db: None) -> None:
    helplines = [Helpline.objects.get(key="the-mix")]
    held, goes = (
        build.guide(title, live=False, body=[("helplines", {"title": "Call", "intro": "", "helplines": helplines[:number]})])
        for title, number in [("Held", 1), ("Goes", 0)]
    )
    for hour, guide in enumerate([held, goes]):
        guide.go_live_at = LATER + timedelta(hours=hour)
        revision = guide.save_revision()
        build.approve(revision)
        revision.publish()
    Approval.objects.filter(page=held).delete()
    with time_machine.travel(LATER + timedelta(days=1)):
        call_command("publish_scheduled")
    assert GuidePage.objects.get(pk=goes.pk).live
    assert not GuidePage.objects.get(pk=held.pk).live
    assert PageLogEntry.objects.get(page_id=held.pk, action="content.held_back").data["why"]


def test_an_administrator_can_publish_in_an_emergency_with_a_reason(draft: GuidePage) -> None:
    revision = draft.save_revision()
    administrator = build.user("admin", roles.ADMINISTRATORS)
    with pytest.raises(ValidationError, match="why it cannot wait"):
        Approval.objects.create_for(revision, "emergency", user=administrator, role="Administrator", comment="now")
    Approval.objects.create_for(
        revision, "emergency", user=administrator, role="Administrator", comment="The old text names a dead number."
    )
    revision.publish()
    guide = GuidePage.objects.get(pk=draft.pk)
    assert guide.live
    assert guide.signed_off_by == ""


def test_an_alias_shows_what_its_source_shows(db: None) -> None:
    guide = build.guide("Lanternfish")
    alias = guide.create_alias(update_slug="mirror")
    assert alias.live
    guide.title = "Anglerfish"
    build.publish(guide)
    alias.refresh_from_db()
    assert alias.title == "Anglerfish"

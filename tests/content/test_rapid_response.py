"""Rapid response: within a minute a notice stands above topics or a page is down; with a reason, an end and a log."""

import re
from datetime import date, timedelta
from html import unescape

from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone

from wagtail.models import GroupApprovalTask, Page, Workflow, WorkflowTask

import pytest
import time_machine

from content import roles
from content.models import GuidePage, Hold, HomePage, Notice, TopicPage
from tests import build
from tests.conftest import NOW
from tests.content.test_pages import MOST_QUERIES, queries
from tests.people import signed_in

HOME = "/cms/rapid-response/"
SAID = "There was a fire in Barking last night. If you were there, you are not alone."


@pytest.fixture
def london(db: None) -> Client:
    return signed_in(roles.LONDON_EDITORS, edits=HomePage.objects.get(locale__language_code="en-gb"))


def words(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", unescape(html)))


def read(client: Client, address: str) -> str:
    return words(client.get(address).content.decode())


def put_up(client: Client, *topics: str, **fields: object) -> str:
    sent = {
        "text": SAID,
        "topics": list(TopicPage.objects.filter(slug__in=topics).values_list("pk", flat=True)),
        "expires": timezone.localtime(timezone.now() + timedelta(days=7)).strftime("%Y-%m-%d %H:%M"),
        "reason": "Fire in Barking",
    }
    return client.post(f"{HOME}notices/new/", sent | fields, follow=True).content.decode()


def test_a_notice_stands_above_its_topics_and_their_guides_and_nowhere_else(london: Client, visitor: Client) -> None:
    put_up(london, "trauma")
    guide = GuidePage.objects.live().filter(topics__slug="trauma").first()
    elsewhere = GuidePage.objects.live().exclude(topics__slug="trauma").first()
    for address in ["/topics/trauma/", guide.url]:
        html = visitor.get(address).content.decode()
        assert re.search(r'role="note"><p><strong>24 November 2026</strong> <span lang="en-gb"', html), address
        assert html.index(SAID) < html.index("<h1>"), "above the title"
    for address in ["/topics/sleep/", elsewhere.url, "/", "/urgent-support/"]:
        assert SAID not in visitor.get(address).content.decode(), address


def test_a_notice_without_topics_stands_above_all_of_them(london: Client, visitor: Client) -> None:
    put_up(london)
    assert SAID in visitor.get("/topics/sleep/").content.decode()
    assert SAID in visitor.get("/guides/exam-stress/").content.decode()


def test_a_notice_ends_by_itself_and_does_not_begin_early(db: None, visitor: Client) -> None:
    now = timezone.now()
    Notice.objects.create(text="It is over.", reason="x", starts=now - timedelta(days=2), expires=now)
    Notice.objects.create(text="It comes.", reason="x", starts=now + timedelta(hours=1), expires=now + timedelta(days=1))
    html = visitor.get("/topics/sleep/").content.decode()
    assert "It is over." not in html
    assert "It comes." not in html


@pytest.mark.parametrize("address", ["/topics/trauma/", "/guides/trauma/"])
def test_notices_cost_a_reader_no_question_however_many_they_are(london: Client, visitor: Client, address: str) -> None:
    none = queries(visitor, address)
    for _number in range(3):
        put_up(london, "trauma", "sleep")
    assert queries(visitor, address) == none <= MOST_QUERIES
    assert visitor.get(address).content.decode().count(SAID) == 3


def test_a_notice_put_up_in_another_process_shows_within_seconds(visitor: Client) -> None:
    assert SAID not in visitor.get("/topics/sleep/").content.decode()
    # No signal, as when another process did it.
    Notice.objects.bulk_create([Notice(text=SAID, reason="x")])
    with time_machine.travel(NOW + timedelta(seconds=6), tick=False):
        assert SAID in visitor.get("/topics/sleep/").content.decode()


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"text": "Call 0800 1111 now."}, "“0800 1111” looks like a telephone number. Say “urgent support” instead"),
        ({"expires": "2026-11-23 10:00"}, "Choose a time after the notice starts."),
        ({"expires": "2027-01-24 10:00"}, "Choose a time within 30 days."),
        ({"reason": ""}, "This field is required."),
        ({"expires": ""}, "This field is required."),
        ({"text": "x" * 301}, "at most 300"),
    ],
)
def test_a_notice_without_end_or_reason_or_with_a_number_is_refused(london: Client, fields: dict, said: str) -> None:
    html = put_up(london, "trauma", **fields)
    assert said in words(html)
    assert "Fire in Barking" in html or "reason" in fields, "nothing is lost"
    assert not Notice.objects.exists()


def test_a_notice_asks_for_four_things_and_ends_in_a_week_unless_told(london: Client) -> None:
    html = london.get(f"{HOME}notices/new/").content.decode()
    assert set(re.findall(r'<(?:input|textarea)[^>]* name="(\w+)"', html)) >= {"text", "topics", "expires", "reason"}
    assert 'value="2026-12-01 03:00"' in html
    assert html.count('name="topics"') == TopicPage.objects.filter(locale__language_code="en-gb").count()


def test_one_click_ends_a_notice(london: Client, visitor: Client) -> None:
    put_up(london)
    assert SAID in read(london, HOME)
    london.post(f"{HOME}notices/end/{Notice.objects.get().pk}/")
    assert SAID not in visitor.get("/topics/sleep/").content.decode()
    assert SAID not in read(london, HOME)
    assert "Notice ended" in read(london, f"{HOME}log/")


def hold(client: Client, page: Page, **fields: object) -> str:
    sent = {"page": page.pk, "reason": "A reader was hurt", "until": "2026-12-01"} | fields
    return words(client.post(f"{HOME}hold/", sent, follow=True).content.decode())


def test_a_held_page_is_down_at_once_and_locked(london: Client, visitor: Client) -> None:
    guide = GuidePage.objects.get(slug="panic")
    assert "taken down and locked" in hold(london, guide)
    assert visitor.get("/guides/panic/").status_code == 404
    assert "/guides/panic/" not in visitor.get("/sitemap.xml").content.decode()
    assert 'href="/guides/panic/"' not in visitor.get("/search/?q=panic").content.decode()
    held = Page.objects.get(pk=guide.pk)
    assert (held.live, held.locked, held.locked_by.groups.get().name) == (False, True, roles.LONDON_EDITORS)
    assert "A reader was hurt" in read(london, HOME)


def test_whoever_opens_a_held_page_reads_why(london: Client) -> None:
    guide = GuidePage.objects.get(slug="panic")
    partner = signed_in(roles.PARTNER_EDITORS.format(partner="x"), edits=guide.get_parent())
    hold(london, guide)
    assert "until 1 December 2026: A reader was hurt" in read(partner, f"/cms/pages/{guide.pk}/edit/")
    assert "was locked" in read(partner, f"/cms/pages/{guide.pk}/edit/")


def test_a_page_is_held_in_all_its_languages(london: Client) -> None:
    guide = GuidePage.objects.get(slug="panic")
    for translation in guide.get_translations():
        translation.save_revision().publish()
    hold(london, guide)
    assert not guide.get_translations(inclusive=True).live().exists()
    assert Hold.objects.count() == guide.get_translations(inclusive=True).count()


def test_a_hold_cancels_what_would_publish_the_page_by_itself(london: Client, editor: Client) -> None:
    guide = GuidePage.objects.get(slug="panic")
    workflow, task = Workflow.objects.create(name="Sign-off"), GroupApprovalTask.objects.create(name="Read it")
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    revision = guide.save_revision(keep_sample=True, approved_go_live_at=timezone.now() + timedelta(hours=1))
    workflow.start(guide, user=None)
    hold(london, guide)
    revision.refresh_from_db()
    assert revision.approved_go_live_at is None
    assert GuidePage.objects.get(slug="panic").current_workflow_state is None


def test_a_hold_that_has_run_out_waits_for_a_decision_and_never_goes_live_by_itself(london: Client, visitor: Client) -> None:
    guide = GuidePage.objects.get(slug="panic")
    hold(london, guide)
    assert "Hold has run out" not in read(london, HOME)
    Hold.objects.update(until=date(2026, 11, 23))
    assert "Hold has run out: decide" in read(london, HOME)
    assert visitor.get("/guides/panic/").status_code == 404


def test_a_released_page_stays_down_until_it_is_published(london: Client, visitor: Client) -> None:
    guide = GuidePage.objects.get(slug="panic")
    hold(london, guide)
    assert "Released. It stays down until it is published." in words(
        london.post(f"{HOME}release/{guide.pk}/", follow=True).content.decode()
    )
    assert visitor.get("/guides/panic/").status_code == 404
    assert not Page.objects.get(pk=guide.pk).locked
    assert "A reader was hurt" not in read(london, HOME)
    build.publish(GuidePage.objects.get(pk=guide.pk))
    assert visitor.get("/guides/panic/").status_code == 200


@pytest.mark.parametrize(
    ("slug", "fields", "said"),
    [
        ("urgent-support", {}, "Readers must always find urgent support."),
        ("guides", {}, "Other pages stand below this one."),
        ("panic", {"until": "2026-11-23"}, "Choose today or a later day."),
        ("panic", {"reason": ""}, "This field is required."),
    ],
)
def test_what_must_not_be_held_is_refused_in_words(london: Client, slug: str, fields: dict, said: str) -> None:
    page = Page.objects.get(slug=slug, locale__language_code="en-gb")
    assert said in hold(london, page, **fields)
    assert Page.objects.get(pk=page.pk).live


def test_the_way_to_hold_a_page_is_on_the_page_itself(london: Client) -> None:
    guide = GuidePage.objects.get(slug="panic")
    way = f'href="{HOME}hold/?page={guide.pk}"'
    assert way in london.get(f"/cms/pages/{guide.pk}/edit/").content.decode()
    assert f'value="{guide.pk}"' in london.get(f"{HOME}hold/?page={guide.pk}").content.decode()
    for nonsense in ["999999", "abc", ""]:
        assert london.get(f"{HOME}hold/?page={nonsense}").status_code == 200
    partner = signed_in(roles.PARTNER_EDITORS.format(partner="x"), edits=guide.get_parent())
    assert way not in partner.get(f"/cms/pages/{guide.pk}/edit/").content.decode()


def test_the_log_says_what_was_done_by_whom_why_and_until_when(london: Client) -> None:
    put_up(london, "trauma")
    hold(london, GuidePage.objects.get(slug="panic"))
    log = read(london, f"{HOME}log/")
    trauma = TopicPage.objects.get(slug="trauma").title
    assert f"Notice above {trauma} until 1 December 2026. Why: Fire in Barking" in log
    assert "Taken down and held until 1 December 2026. Why: A reader was hurt" in log
    assert log.count(f"{roles.LONDON_EDITORS} 0") >= 2, "the test's user is called so"
    lines = b"".join(london.get(f"{HOME}log/?export=csv").streaming_content).decode().splitlines()
    assert len(lines) == 3


def test_only_london_editors_may_act_at_once(db: None, visitor: Client, editor: Client) -> None:
    guide = GuidePage.objects.get(slug="panic")
    partner = signed_in(roles.PARTNER_EDITORS.format(partner="x"), edits=HomePage.objects.get(locale__language_code="en-gb"))
    notice = Notice.objects.create(text=SAID, reason="x")
    for address in ["", "hold/", "wording/", "log/", "notices/", "notices/new/", f"notices/edit/{notice.pk}/"]:
        assert partner.get(f"{HOME}{address}").status_code == 302, address
        assert visitor.get(f"{HOME}{address}").status_code == 302, address
        assert editor.get(f"{HOME}{address}").status_code == 200, address
    hold(partner, guide)
    put_up(partner, "sleep")
    partner.post(f"{HOME}notices/end/{notice.pk}/")
    partner.post(f"{HOME}release/{guide.pk}/")
    assert Page.objects.get(pk=guide.pk).live
    assert Notice.objects.not_over().get() == notice
    assert "Rapid response" not in partner.get("/cms/").content.decode()
    assert "Rapid response" in editor.get("/cms/").content.decode()


def test_a_link_that_somebody_is_sent_does_nothing(london: Client) -> None:
    notice = Notice.objects.create(text=SAID, reason="x")
    assert london.get(f"{HOME}notices/end/{notice.pk}/").status_code == 405
    assert london.get(f"{HOME}release/1/").status_code == 405
    forged = Client(enforce_csrf_checks=True)
    forged.cookies = london.cookies
    assert forged.post(f"{HOME}notices/end/{notice.pk}/").status_code == 403
    assert Notice.objects.not_over().exists()


def test_what_was_said_stays_on_record(editor: Client) -> None:
    notice = Notice.objects.create(text=SAID, reason="x")
    assert editor.post(f"{HOME}notices/delete/{notice.pk}/").status_code == 302
    assert Notice.objects.exists()


def test_a_notice_cannot_be_stored_with_a_number_by_another_road(db: None) -> None:
    with pytest.raises(ValidationError, match="looks like a telephone number"):
        Notice(text="Ring 020 7946 0000.", reason="x").full_clean()

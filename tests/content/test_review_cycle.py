"""The review cycle: a next date is filled in and never too late; what is due shows whose it is; readers are told."""

from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content import review_cycle, roles
from content.models import GuidePage, Helpline, ModulePage
from tests import build
from tests.content.test_pages import queries
from tests.people import signed_in

REPORT = "/cms/reports/due/"


@pytest.mark.parametrize(
    ("last", "hard", "then"),
    [
        (date(2026, 1, 5), False, date(2028, 1, 5)),
        (date(2026, 1, 5), True, date(2027, 1, 5)),
        (date(2024, 2, 29), False, date(2026, 2, 28)),
        (date(2028, 2, 29), True, date(2029, 2, 28)),
    ],
)
def test_a_page_is_read_again_after_two_years_and_a_hard_subject_after_one(last: date, hard: bool, then: date) -> None:
    assert review_cycle.next_review(last, hard=hard) == then


@given(st.dates(date(1970, 1, 1), date(9000, 1, 1)))
def test_a_hard_subject_always_comes_first_and_a_helpline_before_both(last: date) -> None:
    hard, other = review_cycle.next_review(last, hard=True), review_cycle.next_review(last, hard=False)
    assert last < review_cycle.next_check(last) < hard < other <= last + timedelta(days=731)


def helplines() -> list[tuple[str, dict]]:
    chosen = list(Helpline.objects.filter(key="childline"))
    return [("helplines", {"title": "Call", "intro": "", "helplines": chosen})]


def test_a_sign_off_fills_in_the_next_review_and_puts_none_off(db: None) -> None:
    assert build.guide("Plain", next_review=None).next_review == date(2028, 11, 24)
    assert build.guide("Sooner", next_review=date(2027, 1, 1)).next_review == date(2027, 1, 1)
    assert build.guide("Hard", next_review=None, is_sensitive=True, body=helplines()).next_review == date(2027, 11, 24)


@pytest.mark.parametrize(
    ("hard", "said"),
    [
        (True, "A hard subject is read again within a year: choose 1 March 2027 or earlier"),
        (False, "A page is read again within two years: choose 1 March 2028 or earlier"),
    ],
)
def test_a_page_cannot_put_its_review_off(db: None, hard: bool, said: str) -> None:
    guide = build.guide("Later", is_sensitive=hard, body=helplines())
    guide.last_reviewed, guide.next_review = date(2026, 3, 1), date(2028, 3, 2)
    with pytest.raises(ValidationError, match=said):
        guide.full_clean()
    guide.next_review = date(2026, 9, 1)
    guide.full_clean()
    assert guide.next_review == date(2026, 9, 1), "earlier is always allowed"


def test_a_helpline_is_checked_again_within_90_days(db: None) -> None:
    helpline = Helpline.objects.get(key="childline")
    helpline.checked_on, helpline.checked_by = date(2026, 11, 1), "Helpline keeper"
    helpline.full_clean()
    assert helpline.check_again_by == date(2027, 1, 30)
    helpline.check_again_by = date(2027, 1, 31)
    with pytest.raises(ValidationError, match="choose 30 January 2027 or earlier"):
        helpline.full_clean()


def make_due() -> None:
    """One guide of each of two partners, a guide of ours and a module, in the order in which they are due."""
    nights = build.guide("Nights", under=build.shelf("nightlight-london"))
    GuidePage.objects.filter(pk=nights.pk).update(next_review=date(2026, 10, 1))
    build.guide("Lamps", under=build.shelf("lantern-youth-project"), next_review=date(2026, 11, 30))
    build.guide("Ours", next_review=date(2026, 12, 24))
    build.guide("Much later", next_review=date(2027, 6, 1))
    build.guide("A draft", next_review=date(2026, 10, 1), live=False)
    ModulePage.objects.filter(slug="where-to-turn").update(next_review=date(2027, 1, 2))
    Helpline.objects.update(check_again_by=date(2028, 1, 1))
    Helpline.objects.filter(key="childline").update(check_again_by=date(2026, 11, 25))
    Helpline.objects.filter(key="the-mix").update(check_again_by=None)
    Helpline.objects.filter(key="shout").update(check_again_by=date(2026, 1, 1), status="dead")


def listed(client: Client, query: str = "") -> list[tuple[str, str, int]]:
    return [(row.title, row.owner, row.days_left) for row in client.get(f"{REPORT}{query}").context["object_list"]]


def test_the_report_lists_what_is_due_with_who_sees_to_it_and_the_days_left(editor: Client) -> None:
    make_due()
    module = ModulePage.objects.get(slug="where-to-turn").title
    assert listed(editor) == [
        ("Nights", build.shelf("nightlight-london").partner.title, -54),
        (Helpline.objects.get(key="the-mix").name, roles.HELPLINE_KEEPERS, 0),
        ("Childline", roles.HELPLINE_KEEPERS, 1),
        ("Lamps", build.shelf("lantern-youth-project").partner.title, 6),
        ("Ours", roles.LONDON_EDITORS, 30),
        (module, build.shelf("nightlight-london").partner.title, 39),
    ]
    html = editor.get(REPORT).content.decode()
    assert "54 days overdue" in html
    assert "today" in html


def test_the_report_is_narrowed_and_downloaded(editor: Client) -> None:
    make_due()
    partner = build.shelf("nightlight-london").partner.title
    assert [row[0] for row in listed(editor, "?when=overdue")] == ["Nights"]
    assert [row[0] for row in listed(editor, "?when=soon&kind=guide")] == ["Lamps", "Ours"]
    assert [row[0] for row in listed(editor, f"?partner={partner}&kind=guide")] == ["Nights"]
    lines = b"".join(editor.get(f"{REPORT}?export=csv&kind=helpline").streaming_content).decode().splitlines()
    assert lines[0] == "Title,Kind,Who sees to it,Due on,Days left"
    assert lines[2] == "Childline,Helpline,Helpline keepers,2026-11-25,1"


def test_a_partner_sees_only_what_is_hers_and_a_keeper_only_helplines(db: None) -> None:
    make_due()
    partner = signed_in(roles.PARTNER_EDITORS.format(partner="Nightlight"), edits=build.shelf("nightlight-london"))
    assert [row[0] for row in listed(partner)] == ["Nights"]
    keeper = signed_in(roles.HELPLINE_KEEPERS, may=("change_helpline",))
    assert {row[1] for row in listed(keeper)} == {roles.HELPLINE_KEEPERS}


def test_the_dashboard_shows_five_of_what_is_due_and_the_way_to_the_rest(editor: Client) -> None:
    make_due()
    html = editor.get("/cms/").content.decode().partition('id="due-for-review')[2]
    assert all(title in html for title in ["Nights", "The Mix", "Childline", "Lamps", "Ours"])
    assert ModulePage.objects.get(slug="where-to-turn").title not in html
    assert 'href="/cms/reports/due/">See all that is due' in html


def test_a_dashboard_without_anything_due_says_nothing_of_it(db: None) -> None:
    partner = signed_in(roles.PARTNER_EDITORS.format(partner="Lantern"), edits=build.shelf("lantern-youth-project"))
    assert 'id="due-for-review' not in partner.get("/cms/").content.decode()


def test_the_report_asks_no_more_when_more_is_due(editor: Client) -> None:
    make_due()
    editor.get(REPORT)
    with CaptureQueriesContext(connection) as before:
        editor.get(REPORT)
    for number in range(12):
        build.guide(f"Also {number}", under=build.shelf("nightlight-london"), next_review=date(2026, 12, 1))
    with CaptureQueriesContext(connection) as after:
        editor.get(REPORT)
    assert len(after) == len(before)


def test_readers_of_an_overdue_guide_are_told_in_plain_words_at_no_cost(visitor: Client) -> None:
    guide = build.guide("Late", last_reviewed=date(2026, 3, 1))
    asked = queries(visitor, guide.url)
    assert "out of date" not in visitor.get(guide.url).content.decode()
    GuidePage.objects.filter(pk=guide.pk).update(next_review=date(2026, 10, 1))
    html = visitor.get(guide.url).content.decode()
    said = "Its review was due in October 2026 and has not been done yet. Parts of it may be out of date."
    assert said in html
    assert queries(visitor, guide.url) == asked

"""The helpline keeper's desk: who checked what and when, one click to say that it is still right, a history one can read."""

import re
from datetime import date
from html import unescape

from django.db import connection
from django.forms.models import model_to_dict
from django.test import Client
from django.test.utils import CaptureQueriesContext

from wagtail.models import ModelLogEntry
from wagtail.test.utils.form_data import inline_formset, nested_form_data

import pytest

from content import roles
from content.models import Helpline
from tests.people import signed_in

DESK = "/cms/snippets/content/helpline/"


@pytest.fixture
def keeper(db: None) -> Client:
    return signed_in(roles.HELPLINE_KEEPERS, may=("change_helpline",))


def line(key: str) -> Helpline:
    return Helpline.objects.get(key=key)


def still_right(client: Client, key: str) -> str:
    """Press “Still right” and read what comes back, with the message."""
    return unescape(client.post(f"{DESK}still-right/{line(key).pk}/", follow=True).content.decode())


def history(client: Client, key: str) -> str:
    html = unescape(client.get(f"{DESK}history/{line(key).pk}/").content.decode())
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


def save(client: Client, key: str, *, number: str | None = None, **fields: object) -> str:
    """Send the form of a helpline as it is, but for some fields and the number of its first way."""
    helpline = line(key)
    values = {name: "" if value is None else value for name, value in model_to_dict(helpline).items()}
    if not values["is_first_call"]:
        del values["is_first_call"]
    ways = [model_to_dict(way) | {"ORDER": place} for place, way in enumerate(helpline.ways.all(), 1)]
    if number:
        ways[0]["value"] = number
    sent = nested_form_data(values | {"ways": inline_formset(ways, initial=len(ways))} | fields)
    return unescape(client.post(f"{DESK}edit/{helpline.pk}/", sent, follow=True).content.decode())


def test_one_click_says_that_a_line_is_still_right(keeper: Client) -> None:
    html = still_right(keeper, "childline")
    assert "Childline: checked today. To be checked again by 22 February 2027." in html
    checked = line("childline")
    assert (checked.status, checked.checked_on, checked.checked_by) == ("confirmed", date(2026, 11, 24), "Helpline keeper")
    assert checked.check_again_by == date(2027, 2, 22)
    said = history(keeper, "childline")
    assert "Checked: still right. To be checked again by 22 February 2027." in said
    assert roles.HELPLINE_KEEPERS in said, "who did it: the test's user is called so"


def test_readers_see_the_check_at_once(keeper: Client, visitor: Client) -> None:
    still_right(keeper, "slam-crisis")
    html = visitor.get("/urgent-support/").content.decode()
    assert "Checked by our Helpline keeper on 24 November 2026." in html


def test_the_button_stands_in_the_list_and_on_the_form_for_keepers_only(keeper: Client, editor: Client) -> None:
    partner = signed_in(roles.PARTNER_EDITORS.format(partner="Nightlight"), may=("change_helpline",))
    address = f'data-w-action-url-value="{DESK}still-right/{line("childline").pk}/"'
    for page in [DESK, f"{DESK}edit/{line('childline').pk}/"]:
        assert address in keeper.get(page).content.decode(), page
        assert address in editor.get(page).content.decode(), page
        assert address not in partner.get(page).content.decode(), page


def test_nobody_else_can_say_so_and_a_link_does_nothing(keeper: Client, visitor: Client) -> None:
    partner = signed_in(roles.PARTNER_EDITORS.format(partner="Nightlight"), may=("change_helpline",))
    still_right(partner, "childline")
    assert keeper.get(f"{DESK}still-right/{line('childline').pk}/").status_code == 405
    assert visitor.post(f"{DESK}still-right/{line('childline').pk}/").status_code == 302, "to the log-in"
    forged = Client(enforce_csrf_checks=True)
    forged.cookies = keeper.cookies
    assert forged.post(f"{DESK}still-right/{line('childline').pk}/").status_code == 403
    assert line("childline").checked_on is None
    assert not ModelLogEntry.objects.filter(action="helpline.still_right").exists()


def test_a_line_that_has_ended_cannot_be_said_to_be_right(keeper: Client) -> None:
    Helpline.objects.filter(key="the-mix").update(status="dead", checked_on=date(2026, 5, 1), checked_by="Helpline keeper")
    assert "“The Mix” has ended. If somebody answers again, change its state first" in still_right(keeper, "the-mix")
    assert line("the-mix").status == "dead"
    assert f"still-right/{line('the-mix').pk}/" not in keeper.get(DESK).content.decode()


def test_a_number_known_to_be_dead_cannot_be_said_to_be_right(keeper: Client) -> None:
    line("childline").ways.update(value="0800 073 0066")
    assert "Nobody answers this number any more" in still_right(keeper, "childline")
    assert line("childline").status != "confirmed"


def test_the_list_shows_number_check_and_due_date_and_marks_what_is_overdue(keeper: Client) -> None:
    checked = {"checked_on": date(2026, 5, 1), "checked_by": "Helpline keeper", "check_again_by": date(2026, 8, 1)}
    Helpline.objects.filter(key="childline").update(**checked)
    html = keeper.get(DESK).content.decode()
    for said in ["0800 1111", "1 May 2026, Helpline keeper", "1 August 2026: overdue", "Not yet"]:
        assert said in html
    assert html.count("overdue</strong>") == 1


def test_the_list_says_on_how_many_pages_a_line_is_used_and_leads_there(keeper: Client) -> None:
    helpline = line("samaritans")
    usage = f"{DESK}usage/{helpline.pk}/"
    pages = keeper.get(usage).context["paginator"].count
    assert pages > 10
    assert f'<a href="{usage}">{pages} pages</a>' in keeper.get(DESK).content.decode()


def test_the_list_is_sorted_searched_and_narrowed(keeper: Client) -> None:
    Helpline.objects.filter(key="childline").update(check_again_by=date(2026, 8, 1))
    by_date = keeper.get(f"{DESK}?ordering=-check_again_by").context["object_list"]
    assert "childline" in {by_date[0].key, by_date[len(by_date) - 1].key}
    assert [found.key for found in keeper.get(f"{DESK}?q=childline").context["object_list"]] == ["childline"]
    most_used = keeper.get(f"{DESK}?ordering=-used_on&status=published").context["object_list"]
    assert [found.used_on for found in most_used] == sorted((found.used_on for found in most_used), reverse=True)


def test_the_list_asks_no_more_for_more_lines(keeper: Client) -> None:
    keeper.get(DESK)
    with CaptureQueriesContext(connection) as all_of_them:
        keeper.get(DESK)
    Helpline.objects.exclude(key__in=["childline", "samaritans"]).delete()
    with CaptureQueriesContext(connection) as two:
        keeper.get(DESK)
    assert len(all_of_them) == len(two)


def test_the_history_says_what_was_changed_from_what_to_what(keeper: Client) -> None:
    assert "updated" in save(keeper, "childline", number="0800 2222", cost="5p a minute", who_for="Anyone under 20")
    assert line("childline").ways.first().value == "0800 2222"
    said = history(keeper, "childline")
    assert "Cost: “Free” is now “5p a minute”." in said
    assert "is now “Anyone under 20”." in said
    assert "Taken out: Call 0800 1111" in said
    assert "Put in: Call 0800 2222" in said
    assert "Area:" not in said, "what did not change is not there"


def test_saving_without_a_change_leaves_no_trace(keeper: Client) -> None:
    assert "updated" in save(keeper, "childline")
    assert not ModelLogEntry.objects.for_instance(line("childline")).exists()


def test_a_dead_number_is_refused_in_the_form_and_nothing_is_logged(keeper: Client) -> None:
    assert "Nobody answers this number any more" in save(keeper, "childline", number="0800 073 0066")
    assert line("childline").ways.first().value == "0800 1111"
    assert not ModelLogEntry.objects.for_instance(line("childline")).exists()


def test_the_starter_librarys_helplines_fill_no_log(db: None) -> None:
    assert not ModelLogEntry.objects.get_for_model(Helpline).exists()

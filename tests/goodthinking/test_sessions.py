"""How long somebody stays signed in: a working day, an hour away from it, and nothing that was written is lost."""

from django.conf import settings
from django.test import Client

import pytest
import time_machine

from content.models import GuidePage
from tests.conftest import NOW

HOUR = 60 * 60


def at(seconds: float) -> time_machine.travel:
    return time_machine.travel(NOW.timestamp() + seconds, tick=False)


def test_after_an_hour_away_one_signs_in_again_and_is_told_why(editor: Client) -> None:
    with at(HOUR - 1):
        assert editor.get("/cms/").status_code == 200
    with at(2 * HOUR - 2):
        assert editor.get("/cms/").status_code == 200, "an hour since the last touch, not since the sign-in"
    with at(3 * HOUR):
        answer = editor.get("/cms/pages/", follow=True)
        assert answer.redirect_chain[-1][0] == "/cms/login/?next=/cms/pages/"
        assert "You were signed out to keep the desk safe." in answer.content.decode()
        assert "your drafts are kept" in answer.content.decode()


def test_a_working_day_is_the_longest_however_busy_it_was(editor: Client) -> None:
    for half_hours in range(1, settings.SESSION_COOKIE_AGE // (HOUR // 2)):
        with at(half_hours * HOUR / 2):
            assert editor.get("/cms/account/").status_code == 200
    with at(settings.SESSION_COOKIE_AGE):
        assert editor.get("/cms/account/").status_code == 302


def test_an_open_page_that_nobody_sits_before_does_not_keep_one_signed_in(editor: Client) -> None:
    guide = GuidePage.objects.get(slug="sleep")
    editor.get(f"/cms/pages/{guide.pk}/edit/")
    ping = f"/cms/editing-sessions/ping/wagtailcore/page/{guide.pk}/999999/"
    for minutes in range(5, 60, 5):
        with at(minutes * 60):
            assert editor.post(ping).status_code in {200, 404}
    with at(HOUR):
        assert editor.get("/cms/").status_code == 302


def test_the_time_is_noted_once_a_minute_at_most(editor: Client, django_assert_num_queries: object) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def writes(seconds: int) -> int:
        with at(seconds), CaptureQueriesContext(connection) as queries:
            editor.get("/cms/sprite/")
        return sum("django_session" in query["sql"] and query["sql"].startswith("UPDATE") for query in queries)

    assert writes(61) == 1
    assert writes(90) == 0


@pytest.mark.parametrize(("ticked", "kept"), [({}, ""), ({"remember": "on"}, settings.SESSION_COOKIE_AGE)])
def test_closing_the_browser_ends_it_unless_one_asked_to_be_remembered(
    db: None, django_user_model: type, ticked: dict, kept: object
) -> None:
    django_user_model.objects.create_superuser("ed", password="correct horse battery")
    answer = Client().post("/cms/login/", {"username": "ed", "password": "correct horse battery"} | ticked)
    assert answer.cookies["sessionid"]["max-age"] == kept


def test_a_draft_that_was_saved_as_it_was_written_is_there_after_the_next_sign_in(editor: Client) -> None:
    guide = GuidePage.objects.get(slug="sleep")
    assert "w-autosave" in editor.get(f"/cms/pages/{guide.pk}/edit/").content.decode(), "Wagtail saves while one writes"
    with at(2 * HOUR):
        answer = editor.post(f"/cms/pages/{guide.pk}/edit/", {"title": "Too late"}, headers={"accept": "application/json"})
    assert answer.status_code == 302, "the page says “Autosave is paused”, and the last saved draft stays"
    guide.refresh_from_db()
    assert guide.title != "Too late"

"""The desk of helplines: ended lines are replaced everywhere, overdue ones say so, readers narrow the list by links."""

from datetime import date

from django.core.exceptions import ValidationError
from django.test import Client

import pytest

from content.models import GuidePage, Helpline
from tests import build


def end(key: str) -> Helpline:
    """Do what a keeper does who finds that nobody answers any more."""
    helpline = Helpline.objects.get(key=key)
    helpline.status, helpline.checked_on, helpline.checked_by = Helpline.Status.DEAD, date(2026, 11, 20), "Helpline keeper"
    helpline.full_clean()
    helpline.save()
    return helpline


def referring_to(*keys: str) -> GuidePage:
    helplines = [Helpline.objects.get(key=key) for key in keys]
    return build.guide("Who to call", body=[("helplines", {"title": "Call", "intro": "", "helplines": helplines})])


def test_an_ended_line_is_replaced_everywhere_by_the_nearest_that_is_always_open(visitor: Client) -> None:
    guide = referring_to("the-mix")
    before = visitor.get(guide.url).content.decode()
    assert "The Mix" in before
    end("the-mix")
    html = visitor.get(guide.url).content.decode()
    assert "The Mix" not in html
    assert "Childline" in html, "the nearest for young people"
    assert "The Mix" not in visitor.get("/urgent-support/").content.decode()


def test_a_line_that_stands_in_is_not_listed_twice(visitor: Client) -> None:
    guide = referring_to("the-mix", "childline")
    end("the-mix")
    assert visitor.get(guide.url).content.decode().count('helpline__name">Childline') == 1


def test_a_line_is_ended_only_when_its_keeper_says_who_found_so_and_when(db: None) -> None:
    helpline = Helpline.objects.get(key="the-mix")
    helpline.status = Helpline.Status.DEAD
    with pytest.raises(ValidationError, match="Say when you found that it has ended"):
        helpline.full_clean()


def test_a_first_call_cannot_be_ended_before_another_is_chosen(db: None) -> None:
    with pytest.raises(ValidationError, match="choose another one for the top"):
        end("samaritans")


def test_an_overdue_line_stays_and_says_when_it_was_last_checked(visitor: Client) -> None:
    Helpline.objects.filter(key="childline").update(checked_on=date(2026, 5, 1), check_again_by=date(2026, 8, 1))
    html = visitor.get("/urgent-support/").content.decode()
    assert 'helpline__name">Childline' in html
    assert "Last checked on 1 May 2026; due to be checked again." in html


def test_local_crisis_lines_show_only_once_a_person_has_confirmed_them(visitor: Client) -> None:
    assert "0800 731 2864" not in visitor.get("/urgent-support/").content.decode()
    confirmed = {"status": "confirmed", "checked_on": date(2026, 11, 1), "checked_by": "Helpline keeper"}
    Helpline.objects.filter(key="slam-crisis").update(**confirmed)
    html = visitor.get("/urgent-support/").content.decode()
    assert "0800 731 2864" in html
    assert "Checked by our Helpline keeper on 1 November 2026." in html


def names(visitor: Client, query: str) -> list[str]:
    context = visitor.get(f"/urgent-support/{query}").context
    return [helpline.key for _need, helplines in context["needs"] for helpline in helplines]


def test_readers_narrow_the_list_by_need_way_and_group_through_plain_links(visitor: Client) -> None:
    assert names(visitor, "?way=text") == ["shout"]
    for_men = ["mens-advice-line", "karma-nirvana", "rape-and-sexual-abuse", "national-bullying-helpline"]
    assert names(visitor, "?need=abuse&group=men") == for_men
    html = visitor.get("/urgent-support/?need=young").content.decode()
    assert 'href="?need=young&amp;way=chat#services"' in html
    assert 'aria-current="true"' in html
    assert "Show all services again" in html


def test_a_choice_that_nothing_fits_still_offers_the_first_calls(visitor: Client) -> None:
    html = visitor.get("/urgent-support/?need=work&way=text").content.decode()
    assert "No service here fits all of that" in html
    assert 'href="tel:116123"' in html


@pytest.mark.parametrize(
    "query", ["?need=nonsense", "?way=%00", "?group=" + "x" * 999, "?need[]=abuse", "?need=abuse&need=zzz"]
)
def test_a_choice_that_makes_no_sense_shows_everything(visitor: Client, query: str) -> None:
    assert len(names(visitor, query)) == len(names(visitor, ""))


def test_the_first_calls_stand_at_the_top_whatever_is_chosen(visitor: Client) -> None:
    first = [helpline.key for helpline in visitor.get("/urgent-support/?group=older").context["first_calls"]]
    assert first == ["emergency", "nhs-111", "samaritans", "shout"]


def test_editors_see_where_a_line_is_used_one_click_away(editor: Client) -> None:
    helpline = Helpline.objects.get(key="samaritans")
    html = editor.get(f"/cms/snippets/content/helpline/usage/{helpline.pk}/").content.decode()
    assert "Awake at 3 am" in html
    assert (
        f"/cms/snippets/content/helpline/usage/{helpline.pk}/"
        in editor.get(f"/cms/snippets/content/helpline/edit/{helpline.pk}/").content.decode()
    )


def test_readers_are_told_who_took_part_in_making_a_guide(visitor: Client) -> None:
    part = {
        "who": "pupils of two schools in Newham",
        "how_many": 14,
        "ages": "14 to 17",
        "when": "spring 2026",
        "paid": "paid",
        "what_changed": "They asked for a line about shared rooms.",
    }
    html = visitor.get(build.guide("Together", co_creation=[("taking_part", part)]).url).content.decode()
    for said in ["pupils of two schools in Newham, spring 2026", "14 people took part", "Their ages: 14 to 17"]:
        assert said in html
    assert "They were paid for their time." in html
    assert "What changed because of them: They asked for a line about shared rooms." in html

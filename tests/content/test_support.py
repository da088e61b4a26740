"""Urgent support: the right calls first, hours in words, honest about what was checked, and one registry for all numbers."""

import re
from datetime import date
from html import unescape

from django.core.exceptions import ValidationError
from django.test import Client

import pytest

from content import hours
from content.models import Helpline, HelplineWay, UrgentSupportPage
from content.support.helplines import REPLACED_NUMBERS
from content.templatetags.content_tags import opening_times
from tests import build, walk

URGENT = "/urgent-support/"
FIRST_CALLS = ["emergency", "nhs-111", "samaritans", "shout"]
Status = Helpline.Status


def read(visitor: Client, address: str = URGENT) -> str:
    return unescape(visitor.get(address).content.decode())


def entry(html: str, name: str) -> str:
    """Cut one helpline's entry out of a page."""
    (found,) = re.findall(
        rf'<li class="helpline">\s*<h3[^>]*>{re.escape(name)}</h3>.*?<p class="helpline__quiet">.*?</p>', html, re.S
    )
    return found


def change(key: str, **fields: object) -> Helpline:
    """Change a helpline as an editor would."""
    helpline = Helpline.objects.get(key=key)
    for name, value in fields.items():
        setattr(helpline, name, value)
    helpline.full_clean(exclude=["doubt"])
    helpline.save()
    return helpline


def way(**fields: str) -> HelplineWay:
    return HelplineWay(helpline=Helpline.objects.first(), **{"kind": "call", "hours": "24/7"} | fields)


def test_the_calls_that_fit_most_people_stand_first_and_in_their_order(visitor: Client) -> None:
    html = read(visitor)
    names = [Helpline.objects.get(key=key).name for key in FIRST_CALLS]
    assert re.findall(r'<h3 class="helpline__name">(.*?)</h3>', html)[: len(names)] == names
    last_first_call, first_need = html.index(names[-1]), html.index('<section class="need">')
    assert last_first_call < first_need


def test_999_is_said_before_anything_else(visitor: Client) -> None:
    main = read(visitor).partition("<main")[2]
    assert "call 999 or go to A&E" in main
    assert main.index("call 999") < main.index('<li class="helpline">')


def test_each_need_and_each_service_is_listed_once(visitor: Client) -> None:
    html = read(visitor)
    needs = re.findall(r'<h2 id="([a-z]+)">', html.partition('<section class="need">')[2])
    assert len(needs) == len(set(needs))
    assert set(needs) == set(Helpline.objects.shown().filter(is_first_call=False).values_list("need", flat=True))
    assert all(f'href="?need={need}#services"' in html for need in needs)
    names = re.findall(r'<h3 class="helpline__name">(.*?)</h3>', html)
    assert sorted(names) == sorted(Helpline.objects.shown().values_list("name", flat=True))


def test_an_anchor_on_the_urgent_page_belongs_to_one_thing(visitor: Client) -> None:
    found = re.findall(r'\sid="([^"]+)"', read(visitor))
    assert len(found) == len(set(found))


def test_hours_are_said_in_words(visitor: Client) -> None:
    html = read(visitor)
    shown = re.findall(r'<span class="way__hours">(.*?)</span>', html)
    assert len(shown) >= HelplineWay.objects.filter(helpline__in=Helpline.objects.shown()).count()
    for line in shown:
        assert not re.search(r"24/7|unknown|\d\d:\d\d|\bMon\b|\bFri\b", line), line
    for each in HelplineWay.objects.filter(helpline__in=Helpline.objects.shown()).select_related("helpline"):
        for line in opening_times(each.opening_hours):
            assert f"{line}." in entry(html, each.helpline.name)


def test_one_tap_calls_texts_or_writes(visitor: Client) -> None:
    html = read(visitor)
    assert 'href="tel:999"' in entry(html, "999 emergency services")
    assert 'href="tel:116123"' in entry(html, "Samaritans")
    assert 'href="mailto:jo@samaritans.org"' in entry(html, "Samaritans")
    assert 'href="sms:85258"' in entry(html, "Shout")
    assert "Text SHOUT to <bdi>85258</bdi>" in entry(html, "Shout")
    assert 'href="https://999bsl.co.uk/" rel="noreferrer"' in entry(html, "999 BSL")


def test_every_way_is_something_a_phone_can_follow(db: None) -> None:
    right = re.compile(r"(?:tel|sms):\+?[0-9]{3,15}|mailto:[^@\s]+@[^@\s]+|https://[^\s]+")
    for each in HelplineWay.objects.all():
        assert right.fullmatch(each.href), each


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (Status.CONFIRMED, "Checked by our helpline keeper on 5 January 2026."),
        (Status.PUBLISHED, "From a published source. Nobody here has checked it yet."),
        (Status.SAMPLE, "Sample entry, not checked: look the number up before you rely on it."),
    ],
)
def test_an_entry_says_honestly_whether_anybody_checked_it(status: str, words: str, visitor: Client) -> None:
    helpline = change("calm", status=status, checked_on=date(2026, 1, 5), checked_by="helpline keeper")
    shown = entry(read(visitor), helpline.name)
    assert words in shown
    assert ("Checked by" in shown) == (status == Status.CONFIRMED)


def test_editors_doubts_are_not_for_readers(visitor: Client) -> None:
    html = read(visitor)
    for doubt in Helpline.objects.exclude(doubt="").values_list("doubt", flat=True):
        assert doubt not in html


def test_no_helpline_of_the_library_claims_a_check_nobody_made(db: None) -> None:
    assert not Helpline.objects.filter(status=Status.CONFIRMED).exists()
    for helpline in Helpline.objects.all():
        helpline.full_clean()
        for each in helpline.ways.all():
            each.full_clean()


@pytest.mark.parametrize("said", [{}, {"checked_on": date(2026, 1, 5)}, {"checked_by": "Helpline keeper"}])
def test_nothing_is_confirmed_without_who_and_when(said: dict, db: None) -> None:
    with pytest.raises(ValidationError) as caught:
        change("calm", status=Status.CONFIRMED, **said)
    assert "Say when it was checked, and by which role" in caught.value.message_dict["status"][0]


def test_no_dead_number_is_in_the_registry(db: None) -> None:
    numbers = {re.sub(r"\D", "", each.value) for each in HelplineWay.objects.filter(kind__in=["call", "text"])}
    assert not numbers & set(REPLACED_NUMBERS)


@pytest.mark.parametrize("number", REPLACED_NUMBERS)
@pytest.mark.parametrize("kind", ["call", "text"])
def test_a_dead_number_is_refused_however_it_is_written(number: str, kind: str, db: None) -> None:
    for written in [
        number,
        f"{number[:4]} {number[4:7]} {number[7:]}",
        f"+44{number[1:]}",
        f"+44 {number[1:4]} {number[4:]}",
    ]:
        with pytest.raises(ValidationError) as caught:
            way(kind=kind, value=written).full_clean()
        assert REPLACED_NUMBERS[number] in caught.value.message_dict["value"][0]


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("call", "call us"),
        ("call", "0800-1111"),
        ("call", "12"),
        ("call", "٠٨٠٠ ١١١١"),
        ("text", "SHOUT"),
        ("email", "jo at samaritans"),
        ("chat", "javascript:alert(1)"),
        ("chat", "http://www.childline.org.uk/"),
        ("website", "www.childline.org.uk"),
    ],
)
def test_what_nobody_can_dial_or_open_is_refused(kind: str, value: str, db: None) -> None:
    with pytest.raises(ValidationError) as caught:
        way(kind=kind, value=value).full_clean()
    assert "value" in caught.value.message_dict


def test_a_number_changed_once_is_changed_everywhere(visitor: Client) -> None:
    samaritans = Helpline.objects.get(key="samaritans")
    block = ("helplines", {"title": "Talk", "intro": "", "helplines": [samaritans]})
    guide = build.guide("Dreams", body=[block])
    assert 'href="tel:116123"' in read(visitor, guide.url)
    samaritans.ways.filter(kind="call").update(value="0117 496 0018")
    for address in [URGENT, guide.url, "/guides/getting-nhs-help/"]:
        html = read(visitor, address)
        assert 'href="tel:01174960018"' in html, address
        assert "116123" not in html, address
        assert "116 123" not in html, address


def test_every_page_leads_to_urgent_support_with_one_tap_and_shows_no_number_of_its_own(visitor: Client) -> None:
    known = {each.href for each in HelplineWay.objects.all()}
    pages = 0
    for address in walk.addresses(visitor):
        response = visitor.get(address)
        if response.status_code == 301 or not response["Content-Type"].startswith("text/html"):
            continue
        pages += 1
        html = response.content.decode()
        assert html.count(f'<a class="urgent-bar__help" href="{URGENT}">') == 1, address
        assert set(re.findall(r'href="((?:tel|sms):[^"]*)"', html)) <= known, address
        assert not any(number in html.replace(" ", "") for number in REPLACED_NUMBERS), address
    assert pages > 30


def test_there_is_one_urgent_page_and_it_has_no_pages_below(db: None) -> None:
    (urgent,) = UrgentSupportPage.objects.all()
    assert not UrgentSupportPage.can_create_at(urgent.get_parent())
    assert UrgentSupportPage.allowed_subpage_models() == []


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("24/7", ["Open all day and night"]),
        ("unknown", ["We do not know the hours: look on their website"]),
        ("Mon-Fri 09:00-17:00", ["Monday to Friday: 9am to 5pm"]),
        ("Mon-Fri 09:30-16:05", ["Monday to Friday: 9.30am to 4.05pm"]),
        ("Sat 10:00-12:00", ["Saturday: 10am to midday"]),
        ("Fri 22:00-04:00", ["Friday: 10pm to 4am"]),
        ("Mon-Sun 17:00-00:00", ["Every day: 5pm to midnight"]),
        ("Mon-Sun 00:30-12:30", ["Every day: 12.30am to 12.30pm"]),
        ("Tue 09:00-12:00, 13:00-17:00", ["Tuesday: 9am to midday and 1pm to 5pm"]),
        (
            "Mon-Thu 10:00-20:30; Fri 10:00-16:30",
            ["Monday to Thursday: 10am to 8.30pm", "Friday: 10am to 4.30pm"],
        ),
        ("Sat-Sun 10:00-12:00", ["Saturday to Sunday: 10am to midday"]),
    ],
)
def test_opening_hours_are_said_as_people_say_them(written: str, said: list[str]) -> None:
    assert opening_times(hours.parse(written)) == said

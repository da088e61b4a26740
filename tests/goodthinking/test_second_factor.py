"""The second factor: whoever can publish gives a code from her phone, and without it nothing in /cms/ opens."""

import base64
import html

from django.conf import settings
from django.contrib.auth.models import User

from wagtail.models import GroupApprovalTask

import pytest
import time_machine
from django_otp.plugins.otp_totp.models import TOTPDevice

from content.models import GuidePage
from content.roles import ADMINISTRATORS, CLINICAL_REVIEWERS, HELPLINE_KEEPERS, LONDON_EDITORS
from goodthinking import second_factor
from tests.conftest import NOW
from tests.goodthinking.phones import PAGE, PASSWORD, add_phone, code, key_shown, opens, page_editor, person, sign_in


@pytest.fixture
def ed(db: None) -> User:
    return User.objects.create_superuser("ed", password=PASSWORD)


def test_whoever_can_publish_adds_a_phone_at_the_first_sign_in(ed: User) -> None:
    client, stands = sign_in("ed", then="/cms/pages/")
    assert stands == f"{PAGE}?next=%2Fcms%2Fpages%2F"
    page = client.get(stands).content.decode()
    assert "authenticator app" in page
    assert '<svg role="img" aria-label="QR code for your authenticator app"' in page
    assert f"otpauth://totp/{settings.SITE_NAME.replace(' ', '%20')}" not in page, "only the picture and the key hold it"
    key, codes = add_phone(client)
    assert len(set(codes)) == 10
    assert opens(client)
    again, stands = sign_in("ed")
    assert "The code from your phone" in again.get(stands).content.decode()
    assert not opens(again)
    with time_machine.travel(NOW.timestamp() + 60, tick=False):
        answer = again.post(PAGE, {"code": code(key), "next": "/cms/pages/"})
        assert answer["Location"] == "/cms/pages/"
        assert opens(again)


def test_the_picture_holds_the_key_and_the_names_of_site_and_editor(ed: User, monkeypatch: pytest.MonkeyPatch) -> None:
    from goodthinking import second_factor_views

    drawn: list[str] = []
    make = second_factor_views.segno.make
    monkeypatch.setattr(second_factor_views.segno, "make", lambda text, **how: drawn.append(text) or make(text, **how))
    key = key_shown(sign_in("ed")[0])
    assert drawn[-1].startswith("otpauth://totp/A%20Light%20On%3Aed?")
    assert base64.b32encode(key).decode() in drawn[-1]


@pytest.mark.parametrize(
    "address",
    [
        "/cms/",
        "/cms/pages/",
        "/cms/account/",
        "/cms/users/",
        "/cms/images/",
        "/cms/reports/site-history/",
        "/cms/style-guide/",
        "/cms/api/main/pages/",
        "/cms/snippets/content/helpline/",
    ],
)
def test_the_password_alone_opens_nothing(ed: User, address: str) -> None:
    client, _stands = sign_in("ed")
    answer = client.get(address)
    assert answer.status_code in {302, 401, 403}
    assert answer.get("Location", "/cms/login/").startswith("/cms/login/")
    from_a_script = client.get(address, HTTP_X_REQUESTED_WITH="XMLHttpRequest")
    assert from_a_script.status_code in {401, 403}


def test_the_password_alone_changes_nothing_and_previews_nothing(ed: User) -> None:
    guide = GuidePage.objects.get(slug="sleep")
    client, _stands = sign_in("ed")
    assert client.get(f"/cms/pages/{guide.pk}/view_draft/").status_code == 302
    assert client.post(f"/cms/pages/{guide.pk}/unpublish/").status_code == 302
    assert client.post(f"/cms/users/{ed.pk}/second-factor/").status_code == 302
    guide.refresh_from_db()
    assert guide.live


def test_signing_out_works_without_a_code(ed: User) -> None:
    client, _stands = sign_in("ed")
    client.post("/cms/logout/")
    assert client.get(PAGE)["Location"].startswith("/cms/login/")


def test_readers_and_pages_without_a_sign_in_do_not_notice(ed: User) -> None:
    client, _stands = sign_in("ed")
    for address in ["/", "/guides/sleep/", "/cms/sprite/", "/cms/jsi18n/"]:
        answer = client.get(address)
        assert answer.status_code == 200, address
    assert not hasattr(client.get("/").wsgi_request, "user")


@pytest.mark.parametrize(
    ("rights", "groups"),
    [
        ((), (LONDON_EDITORS,)),
        ((), (CLINICAL_REVIEWERS,)),
        ((), (HELPLINE_KEEPERS,)),
        ((), (ADMINISTRATORS,)),
        (("auth.change_user",), ()),
        (("content.change_helpline",), ()),
    ],
)
def test_everybody_whose_work_reaches_readers_must_have_one(db: None, rights: tuple, groups: tuple) -> None:
    person("someone", *rights, groups=groups)
    assert sign_in("someone")[1].startswith(PAGE)


def test_publishing_pages_asks_for_one_and_drafting_does_not(db: None) -> None:
    page_editor("publisher", "add", "publish")
    page_editor("writer", "add", "change")
    assert sign_in("publisher")[1].startswith(PAGE)
    client, stands = sign_in("writer")
    assert stands == "/cms/"
    assert opens(client, "/cms/pages/")


def test_giving_the_last_approval_is_publishing(db: None) -> None:
    writer = page_editor("writer", "add", "change")
    task = GroupApprovalTask.objects.create(name="Check", active=True)
    task.groups.add(writer.groups.get())
    assert second_factor.must_have_one(writer)


def test_who_may_not_enter_at_all_is_told_so_and_not_sent_round_in_circles(db: None) -> None:
    user = person("stranger")
    user.user_permissions.clear()
    client, stands = sign_in("stranger")
    assert stands.startswith("/cms/login/")
    assert "You do not have permission to access the admin" in client.get("/cms/", follow=True).content.decode()


def test_who_need_not_may_and_is_asked_from_then_on(db: None) -> None:
    page_editor("writer", "add", "change")
    client, _stands = sign_in("writer")
    assert PAGE in client.get("/cms/account/").content.decode()
    add_phone(client)
    assert opens(client, "/cms/pages/")
    assert sign_in("writer")[1].startswith(PAGE)


def test_a_demonstration_may_go_without_but_not_for_those_who_have_one(ed: User, settings: object) -> None:
    settings.SECOND_FACTOR = False
    client, stands = sign_in("ed")
    assert stands == "/cms/"
    add_phone(client)
    assert sign_in("ed")[1].startswith(PAGE)


def test_each_code_counts_once_and_an_old_one_not_at_all(ed: User) -> None:
    key, _codes = add_phone(sign_in("ed")[0])
    used = code(key)
    other, _stands = sign_in("ed")
    assert "That code did not work" in html.unescape(other.post(PAGE, {"code": used}).content.decode())
    with time_machine.travel(NOW.timestamp() + 600, tick=False):
        assert "That code did not work" in other.post(PAGE, {"code": used}).content.decode()
        assert not opens(other)


@pytest.mark.parametrize("nonsense", ["", "12345", "1234567", "abcdef", "１２３４５６", "-12345", "000000 000000 0"])
def test_what_is_no_code_is_explained_and_costs_no_try(ed: User, nonsense: str) -> None:
    add_phone(sign_in("ed")[0])
    client, _stands = sign_in("ed")
    assert client.post(PAGE, {"code": nonsense}).status_code == 200
    assert TOTPDevice.objects.get().throttling_failure_count == 0


def test_guessing_codes_is_slowed_more_with_every_wrong_one(ed: User) -> None:
    key, _codes = add_phone(sign_in("ed")[0])
    client, _stands = sign_in("ed")
    wrong = f"{(int(code(key)) + 1) % 1_000_000:06}"
    moment, tries = NOW.timestamp() + 60, 0
    for _second in range(120):
        with time_machine.travel(moment := moment + 1, tick=False):
            tries += "Too many wrong codes" not in client.post(PAGE, {"code": wrong}).content.decode()
    assert tries <= 8
    with time_machine.travel(moment, tick=False):
        assert "Too many wrong codes. Wait until 0" in client.post(PAGE, {"code": code(key)}).content.decode()
    with time_machine.travel(moment + 600, tick=False):
        assert client.post(PAGE, {"code": code(key)}).status_code == 302

"""When a phone is lost: recovery codes, another phone, an administrator who takes the old one off."""

import base64
import re
from io import StringIO

from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from wagtail.models import ModelLogEntry

import pytest
from django_otp.plugins.otp_static.models import StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from content.roles import HELPLINE_KEEPERS
from goodthinking import second_factor
from tests import build
from tests.goodthinking.phones import PAGE, PASSWORD, add_phone, code, key_shown, opens, person, sign_in


@pytest.fixture
def ed(db: None) -> User:
    return User.objects.create_superuser("ed", password=PASSWORD)


def test_a_recovery_code_lets_in_once(ed: User) -> None:
    _key, codes = add_phone(sign_in("ed")[0])
    client, _stands = sign_in("ed")
    assert client.post(PAGE, {"code": codes[3]}).status_code == 302
    assert opens(client)
    again, _stands = sign_in("ed")
    assert again.post(PAGE, {"code": codes[3]}).status_code == 200
    assert not opens(again)


def test_recovery_codes_are_nowhere_in_the_database_and_belong_to_one_person(ed: User) -> None:
    _key, codes = add_phone(sign_in("ed")[0])
    kept = list(StaticToken.objects.values_list("token", flat=True))
    assert len(kept) == 10
    assert not {shown.replace(" ", "") for shown in codes} & set(kept)
    User.objects.create_superuser("other", password=PASSWORD)
    add_phone(sign_in("other")[0])
    other, _stands = sign_in("other")
    assert other.post(PAGE, {"code": codes[0]}).status_code == 200


def test_somebody_warned_of_few_recovery_codes_makes_new_ones_with_a_code(ed: User) -> None:
    _key, codes = add_phone(sign_in("ed")[0])
    client, _stands = sign_in("ed")
    for shown in codes[:7]:
        second_factor.check(ed, shown.replace(" ", ""))
    client.post(PAGE, {"code": codes[7]})
    assert "You have 2 recovery codes left." in client.get("/cms/").content.decode()
    assert client.post(PAGE, {"code": "111111"}).status_code == 200
    fresh = re.findall(r"<code>(\d{5} \d{5})</code>", client.post(PAGE, {"code": codes[8]}).content.decode())
    assert len(fresh) == 10
    assert not set(fresh) & set(codes)
    assert client.post(PAGE, {"code": codes[9]}).context["form"].errors, "old ones no longer count"


def test_another_phone_takes_the_place_of_the_first_only_once_it_works(ed: User) -> None:
    client, _stands = sign_in("ed")
    old, codes = add_phone(client)
    client.post(PAGE, {"code": codes[0], "another_phone": "1"})
    new = key_shown(client)
    assert new != old
    assert TOTPDevice.objects.get().bin_key == old
    client.post(PAGE, {"code": code(new)})
    assert TOTPDevice.objects.get().bin_key == new
    assert opens(client)


def test_whoever_only_knows_the_password_never_sees_the_key_that_its_owner_sets_up(ed: User) -> None:
    thief, owner = sign_in("ed")[0], sign_in("ed")[0]
    seen = key_shown(thief)
    assert key_shown(thief) == seen, "a page that is loaded again shows the same picture"
    assert key_shown(owner) != seen
    key, _codes = add_phone(owner)
    assert key != seen
    assert "desk-key" not in thief.get(PAGE).content.decode()


def test_a_session_gets_a_new_key_when_the_code_was_given(ed: User) -> None:
    client, _stands = sign_in("ed")
    before = client.cookies["sessionid"].value
    add_phone(client)
    assert client.cookies["sessionid"].value != before


def test_the_way_on_leads_to_no_other_site(ed: User) -> None:
    client, _stands = sign_in("ed")
    assert "elsewhere.example" not in client.get(f"{PAGE}?next=https://elsewhere.example/").content.decode()


def test_an_administrator_takes_off_the_phone_of_who_lost_it(editor: Client) -> None:
    person("keeper", groups=(HELPLINE_KEEPERS,))
    lost, _stands = sign_in("keeper")
    add_phone(lost)
    keeper = User.objects.get(username="keeper")
    address = reverse("second_factor_reset", args=[keeper.pk])
    assert address in editor.get("/cms/users/").content.decode()
    assert "keeper" in editor.get(address).content.decode()
    assert lost.get(address).status_code == 302
    editor.post(address)
    assert not opens(lost, "/cms/account/"), "whoever holds the lost phone's session is out too"
    assert "Add your phone" in sign_in("keeper")[0].get(PAGE).content.decode()
    entry = ModelLogEntry.objects.get(action="rights.second_factor_reset")
    assert (entry.label, entry.user.username) == ("keeper", "ed")
    assert address not in editor.get("/cms/users/").content.decode(), "there is nothing to take off"


def test_nobody_else_takes_phones_off(db: None, ed: User) -> None:
    helper = person("helper", "auth.change_user", "auth.delete_user")
    client = build.signed_in(helper)
    build.signed_in(ed)
    address = reverse("second_factor_reset", args=[ed.pk])
    assert client.get("/cms/users/").status_code == 200
    assert address not in client.get("/cms/users/").content.decode()
    assert client.post(address).status_code == 302
    assert TOTPDevice.objects.filter(user=ed).exists()


def test_a_command_does_it_when_nobody_can_get_in(ed: User) -> None:
    add_phone(sign_in("ed")[0])
    call_command("reset_second_factor", "ed", stdout=StringIO())
    assert not TOTPDevice.objects.exists()
    assert not StaticToken.objects.exists()
    assert ModelLogEntry.objects.get(action="rights.second_factor_reset").user is None
    with pytest.raises(CommandError, match="There is no user “nobody”"):
        call_command("reset_second_factor", "nobody")


def test_no_log_holds_a_key_or_a_code(ed: User, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("DEBUG", logger="access")
    key, codes = add_phone(sign_in("ed")[0])
    client, _stands = sign_in("ed")
    client.post(PAGE, {"code": "123456"})
    written = caplog.text + str(list(ModelLogEntry.objects.values_list("label", "data")))
    for secret in [key.hex(), base64.b32encode(key).decode(), code(key), "123456", *codes]:
        assert secret not in written
    assert "POST second_factor 200" in caplog.text

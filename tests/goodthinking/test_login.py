"""Signing in: few tries, then a pause, the same for names that exist and names that do not."""

from django.core.cache import caches
from django.test import Client

import pytest
import time_machine

from goodthinking import login
from tests import build
from tests.conftest import NOW

PASSWORD = "correct horse battery"


@pytest.fixture(autouse=True)
def _editor(db: None, django_user_model: type) -> None:
    caches["login"].clear()
    django_user_model.objects.create_superuser("ed", password=PASSWORD)


def attempt(name: str, password: str, address: str = "203.0.113.1") -> str:
    response = Client().post("/cms/login/", {"username": name, "password": password}, REMOTE_ADDR=address)
    return "in" if response.status_code == 302 else response.content.decode().replace(name, "NAME")


def said(name: str, address: str) -> list[str]:
    answers = [attempt(name, "wrong", address) for _ in range(login.TRIES_FOR_NAME + 2)]
    return ["throttled" if "Too many tries" in answer else "refused" for answer in answers]


def test_the_right_password_opens_the_door() -> None:
    assert attempt("ed", PASSWORD) == "in"


def test_guessing_is_stopped_within_twenty_tries_and_the_right_password_does_not_help_then() -> None:
    assert said("ed", "203.0.113.2")[-1] == "throttled"
    assert login.TRIES_FOR_NAME < 20
    assert "Too many tries" in attempt("ed", PASSWORD, "203.0.113.3")


def test_trying_many_names_from_one_place_is_stopped_too() -> None:
    answers = [attempt(f"name{number}", "wrong", "203.0.113.4") for number in range(login.TRIES_FROM_ADDRESS + 1)]
    assert "Too many tries" not in answers[-2]
    assert "Too many tries" in answers[-1]
    assert login.TRIES_FROM_ADDRESS < 20


def test_a_name_that_does_not_exist_is_answered_alike() -> None:
    assert said("ed", "203.0.113.5") == said("nobody", "203.0.113.6")


def test_a_quarter_of_an_hour_later_one_may_try_again() -> None:
    said("ed", "203.0.113.7")
    with time_machine.travel(NOW.timestamp() + login.PAUSE + 1, tick=False):
        assert attempt("ed", PASSWORD, "203.0.113.8") == "in"


def test_an_unknown_name_costs_as_much_hashing_as_a_known_one(monkeypatch: pytest.MonkeyPatch) -> None:
    from django.contrib.auth.hashers import MD5PasswordHasher

    counted: list[str] = []
    encode = MD5PasswordHasher.encode

    def counting(self: MD5PasswordHasher, *args: object, **kwargs: object) -> str:
        counted.append("hash")
        return encode(self, *args, **kwargs)

    monkeypatch.setattr(MD5PasswordHasher, "encode", counting)
    attempt("ed", "wrong", "203.0.113.9")
    known = len(counted)
    attempt("nobody", "wrong", "203.0.113.10")
    assert known == len(counted) - known == 1


def test_neither_name_nor_address_is_written_down() -> None:
    from django.db import connection

    said("ed", "203.0.113.11")
    with connection.cursor() as cursor:
        cursor.execute("SELECT cache_key, value FROM login_tries")
        rows = str(cursor.fetchall())
    assert rows != "[]"
    assert "203.0.113" not in rows
    assert "'ed'" not in rows


def test_somebody_changes_her_own_password_and_stays_signed_in(django_user_model: type) -> None:
    ed = django_user_model.objects.get(username="ed")
    ed.email = "ed@example.org"
    ed.save()
    client = build.signed_in(ed)
    form = {
        "name_email-first_name": "Ed",
        "name_email-last_name": "Ito",
        "theme-theme": "system",
        "theme-contrast": "system",
        "theme-density": "default",
        "theme-keyboard_shortcuts": "on",
        "password-old_password": PASSWORD,
    }
    for refused, why in [
        ("only fourteen!", "at least 15 characters"),
        ("583920174650138", "entirely numeric"),
        ("ed@example.org1", "too similar"),
    ]:
        answer = client.post("/cms/account/", form | {"password-new_password1": refused, "password-new_password2": refused})
        assert why in answer.content.decode(), refused
    new = "three random words"
    answer = client.post("/cms/account/", form | {"password-new_password1": new, "password-new_password2": new})
    assert answer.status_code == 302, [panel.errors for panel in answer.context["panels_by_tab"]]
    assert client.get("/cms/").status_code == 200
    assert attempt("ed", PASSWORD) != "in"
    assert attempt("ed", new) == "in"


def test_a_long_password_of_any_letters_is_taken() -> None:
    from django.contrib.auth.password_validation import validate_password

    assert validate_password("ein Löffel für die ganze Straße " * 3) is None, "it raises where a password is refused"


def test_there_is_no_password_reset_to_ask_names_with() -> None:
    assert Client().get("/cms/password_reset/").status_code == 404

"""What people do with their phones at sign-in, for the tests of the second factor."""

import base64
import re

from django.contrib.auth.models import Group, Permission, User
from django.test import Client

from wagtail.models import GroupPagePermission, Page

from django_otp.oath import TOTP

PASSWORD = "correct horse battery"
PAGE = "/cms/second-factor/"


def person(name: str, *rights: str, groups: tuple[str, ...] = (), **fields: object) -> User:
    """Make somebody who may sign in and has some further rights, by group names or as app.codename."""
    user = User.objects.create_user(name, password=PASSWORD, **fields)
    for label in ("wagtailadmin.access_admin", *rights):
        app, codename = label.split(".")
        user.user_permissions.add(Permission.objects.get(content_type__app_label=app, codename=codename))
    user.groups.add(*(Group.objects.get_or_create(name=group)[0] for group in groups))
    return user


def page_editor(name: str, *rights: str) -> User:
    user = person(name, groups=(name,))
    for right in rights:
        GroupPagePermission.objects.create(group=user.groups.get(), page=Page.get_first_root_node(), permission_type=right)
    return user


def sign_in(name: str, then: str = "/cms/") -> tuple[Client, str]:
    """Give name and password; returns the browser and where it came to stand."""
    client = Client()
    answer = client.post("/cms/login/", {"username": name, "password": PASSWORD, "next": then}, follow=True)
    return client, answer.redirect_chain[-1][0] if answer.redirect_chain else "/cms/login/"


def key_shown(client: Client) -> bytes:
    words = re.search(r'class="desk-key">([A-Z2-7 ]+)<', client.get(PAGE).content.decode())[1]
    return base64.b32decode(words.replace(" ", ""))


def add_phone(client: Client) -> tuple[bytes, list[str]]:
    """Do what somebody does at her first sign-in; returns the key in her phone and the recovery codes she wrote down."""
    key = key_shown(client)
    answer = client.post(PAGE, {"code": f"{TOTP(key).token():06}", "next": "/cms/pages/"})
    return key, re.findall(r"<code>(\d{5} \d{5})</code>", answer.content.decode())


def code(key: bytes, step: int = 0) -> str:
    return f"{TOTP(key, drift=step).token():06}"


def opens(client: Client, address: str = "/cms/reports/site-history/") -> bool:
    return client.get(address).status_code == 200

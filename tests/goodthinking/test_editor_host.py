"""A host for editors alone: /cms/ is there and nowhere else, and everything of the readers' stays with the readers."""

from pathlib import Path

from django.test import Client

import pytest

from content.models import CustomImage, GuidePage
from tests import build
from tests.running import manage

DESK, READERS = "desk.example.org", "help.example.org"
SITE_URL = f"https://{READERS}"


@pytest.fixture(autouse=True)
def _own_host(settings: object) -> None:
    settings.EDITOR_HOST, settings.SITE_URL = DESK, SITE_URL
    settings.ALLOWED_HOSTS = [READERS, DESK]


def at(host: str, client: Client | None = None) -> Client:
    client = client or Client()
    client.defaults["HTTP_HOST"] = host
    return client


def test_readers_find_no_desk_on_their_host(db: None) -> None:
    for address in ["/cms/", "/cms/login/", "/cms/pages/", "/cms/second-factor/", "/cms/sprite/"]:
        answer = at(READERS).get(address)
        assert answer.status_code == 404, address
        assert "/urgent-support/" in answer.content.decode()
        assert not answer.cookies
    assert at(READERS).post("/cms/login/", {"username": "ed", "password": "x"}).status_code == 404
    assert at(READERS).get("/guides/sleep/").status_code == 200


def test_editors_find_their_desk_and_little_else_on_theirs(db: None) -> None:
    assert at(DESK).get("/")["Location"] == "/cms/"
    assert at(DESK).get("/cms/login/").status_code == 200
    assert at(DESK).get("/healthz").status_code == 200
    for address in ["/guides/sleep/?from=desk", "/search/?q=sleep", "/topics/", "/robots.txt", "//elsewhere.example/x"]:
        answer = at(DESK).get(address)
        assert answer.status_code == 302, address
        assert answer["Location"].startswith(f"{SITE_URL}/"), address
    assert at(DESK).get("/guides/sleep/?from=desk")["Location"] == f"{SITE_URL}/guides/sleep/?from=desk"
    assert "default-src 'none'" in at(DESK).get("/guides/sleep/")["Content-Security-Policy"]


def test_signing_in_and_working_goes_on_there_with_cookies_of_that_host(db: None, django_user_model: type) -> None:
    ed = django_user_model.objects.create_superuser("ed", password="correct horse battery")
    client = at(DESK, Client(enforce_csrf_checks=True))
    token = client.get("/cms/login/").cookies["csrftoken"].value
    form = {"username": "ed", "password": "correct horse battery", "csrfmiddlewaretoken": token}
    answer = client.post("/cms/login/", form, headers={"origin": f"http://{DESK}"})
    assert answer.status_code == 302
    assert answer.cookies["sessionid"]["domain"] == ""
    assert client.post("/cms/login/", form, headers={"origin": f"http://{READERS}"}).status_code == 403
    desk = at(DESK, build.signed_in(ed))
    guide = GuidePage.objects.get(slug="sleep")
    assert desk.get(f"/cms/pages/{guide.pk}/edit/").status_code == 200
    assert "Awake at 3 am" in desk.get(f"/cms/pages/{guide.pk}/view_draft/").content.decode()


def test_pictures_of_the_desk_are_there_too(db: None) -> None:
    assert at(DESK).get(CustomImage.objects.first().file.url).status_code == 200


SHOW = (
    "from django.conf import settings; print('desk', settings.WAGTAILADMIN_BASE_URL, settings.ALLOWED_HOSTS[:2], "
    "settings.SESSION_COOKIE_DOMAIN, settings.CSRF_COOKIE_DOMAIN)"
)


def test_one_setting_moves_it_and_the_rest_follows(tmp_path: Path) -> None:
    production = {"PRODUCTION": "1", "SITE_URL": SITE_URL, "SECRET_KEY": "abcdefghijklmnop" * 5 + "0123456789"}
    shown = manage(tmp_path, "shell", "--no-imports", "-c", SHOW, EDITOR_HOST=DESK, **production)
    assert f"desk https://{DESK} ['{READERS}', '{DESK}'] None None" in shown.stdout, shown.stderr
    same = manage(tmp_path, "check", EDITOR_HOST=READERS, **production)
    assert "EDITOR_HOST is the readers' own host." in same.stderr
    off = manage(tmp_path, "check", SECOND_FACTOR="0", **production)
    assert "SECOND_FACTOR is off" in off.stderr

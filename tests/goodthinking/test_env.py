"""Settings from the environment are read, and a wrong one is named together with what to do."""

from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

import pytest

from goodthinking import env
from tests.running import manage

NAME = "A_LIGHT_ON_TEST"


@pytest.fixture(autouse=True)
def _unset(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(NAME, raising=False)


def test_a_text_is_read_without_the_spaces_around_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(NAME, "  hello there ")
    assert env.text(NAME, "default") == "hello there"


@pytest.mark.parametrize("value", [None, "", "   "])
def test_a_text_left_empty_is_the_default(monkeypatch: pytest.MonkeyPatch, value: str | None) -> None:
    if value is not None:
        monkeypatch.setenv(NAME, value)
    assert env.text(NAME, "default") == "default"
    assert env.text(NAME, "") == ""


def test_a_needed_text_that_is_missing_is_named_with_its_hint() -> None:
    with pytest.raises(ImproperlyConfigured, match=rf"^{NAME} is not set\. Set it to a secret\.$"):
        env.text(NAME, hint="Set it to a secret.")


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("1", True),
        ("true", True),
        ("YES", True),
        (" on ", True),
        ("0", False),
        ("False", False),
        ("no", False),
        ("off", False),
        ("", False),
    ],
)
def test_a_flag_is_yes_or_no(monkeypatch: pytest.MonkeyPatch, value: str, expected: bool) -> None:
    monkeypatch.setenv(NAME, value)
    assert env.flag(NAME, default=not expected) is expected


@pytest.mark.parametrize("default", [True, False])
def test_an_unset_flag_is_its_default(default: bool) -> None:
    assert env.flag(NAME, default) is default


@pytest.mark.parametrize("value", ["maybe", "2", "ja"])
def test_a_flag_that_is_neither_yes_nor_no_is_refused(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv(NAME, value)
    with pytest.raises(ImproperlyConfigured, match=rf"^{NAME} is '{value}'\. Set it to 1 for yes or 0"):
        env.flag(NAME)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("one", ["one"]),
        ("one,two", ["one", "two"]),
        (" one , two words ,, ", ["one", "two words"]),
        ("", []),
        (",", []),
    ],
)
def test_a_list_is_parted_by_commas(monkeypatch: pytest.MonkeyPatch, value: str, expected: list[str]) -> None:
    monkeypatch.setenv(NAME, value)
    assert env.words(NAME, ("default",)) == expected


def test_an_unset_list_is_its_default() -> None:
    assert env.words(NAME, ("one", "two")) == ["one", "two"]
    assert env.words(NAME) == []


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("https://help.example.org", "https://help.example.org"),
        (" https://help.example.org/ ", "https://help.example.org"),
        ("https://help.example.org:8443", "https://help.example.org:8443"),
        ("http://localhost:8000", "http://localhost:8000"),
        ("http://[::1]:8000", "http://[::1]:8000"),
        ("https://Help.Example.ORG", "https://help.example.org"),
        ("HTTPS://help.example.org:443/", "https://help.example.org"),
        ("http://help.example.org:80", "http://help.example.org"),
        ("http://help.example.org:443", "http://help.example.org:443"),
        ("http://help.example.org:08000", "http://help.example.org:8000"),
        ("http://[FD00::A]:80", "http://[fd00::a]"),
    ],
)
def test_an_address_is_what_browsers_make_of_it_without_a_closing_slash(
    monkeypatch: pytest.MonkeyPatch, value: str, expected: str
) -> None:
    monkeypatch.setenv(NAME, value)
    assert env.address(NAME) == expected


def test_an_unset_address_is_its_default() -> None:
    assert env.address(NAME, "http://localhost:8000/") == "http://localhost:8000"


def test_a_needed_address_that_is_missing_is_named_with_an_example() -> None:
    with pytest.raises(ImproperlyConfigured, match=rf"^{NAME} is not set\. Set {NAME} to .*https://"):
        env.address(NAME)


@pytest.mark.parametrize(
    "value",
    [
        "help.example.org",
        "//help.example.org",
        "ftp://help.example.org",
        "https://",
        "https://help.example.org/cms",
        "https://help.example.org?next=1",
        "https://help.example.org#top",
        "https://help.example.org:port",
        "https://help.example.org:99999",
        "https://help.example.org:0",
        "https://[::1",
        "https://help example.org",
    ],
)
def test_an_address_that_is_not_a_sites_own_is_refused(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv(NAME, value)
    with pytest.raises(ImproperlyConfigured) as caught:
        env.address(NAME)
    assert f"{NAME} is {value!r}." in str(caught.value)
    assert f"Set {NAME} to the site's own address, for example https://help.example.org" in str(caught.value)


def test_an_address_that_must_be_secure_is_not_http(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(NAME, "http://help.example.org")
    assert env.address(NAME) == "http://help.example.org"
    with pytest.raises(ImproperlyConfigured, match=rf"^{NAME} is .* It must start with https:// and"):
        env.address(NAME, secure=True)


@pytest.mark.parametrize(
    ("value", "expected"),
    [(None, ""), ("", ""), ("desk.example.org", "desk.example.org"), (" Desk.Example.org:8443 ", "desk.example.org:8443")],
)
def test_a_host_is_read_in_small_letters(monkeypatch: pytest.MonkeyPatch, value: str | None, expected: str) -> None:
    if value is not None:
        monkeypatch.setenv(NAME, value)
    assert env.host(NAME) == expected


@pytest.mark.parametrize(
    "value", ["https://desk.example.org", "desk.example.org/", "desk.example.org/cms", "a b", "a:99999", "-"]
)
def test_a_host_that_is_more_or_less_than_a_host_is_refused(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv(NAME, value)
    with pytest.raises(ImproperlyConfigured, match=rf"Set {NAME} to a host alone"):
        env.host(NAME)


def test_without_a_mail_server_mail_goes_nowhere_and_is_not_printed() -> None:
    assert env.mail_server(NAME) == {"EMAIL_BACKEND": "django.core.mail.backends.dummy.EmailBackend"}


@pytest.mark.parametrize(
    ("value", "host", "port", "turns_to_tls", "begins_with_tls"),
    [
        ("smtp://mail.example.org", "mail.example.org", 587, True, False),
        ("smtp://me:p%40ss@mail.example.org:2525", "mail.example.org", 2525, True, False),
        ("smtps://me:secret@mail.example.org/", "mail.example.org", 465, False, True),
        ("smtp://localhost:25", "localhost", 25, False, False),
        ("smtp://[::1]:25", "::1", 25, False, False),
    ],
)
def test_a_mail_server_is_one_address(
    monkeypatch: pytest.MonkeyPatch, value: str, host: str, port: int, turns_to_tls: bool, begins_with_tls: bool
) -> None:
    monkeypatch.setenv(NAME, value)
    found = env.mail_server(NAME)
    assert found["EMAIL_BACKEND"].endswith("smtp.EmailBackend")
    assert (found["EMAIL_HOST"], found["EMAIL_PORT"]) == (host, port)
    assert (found["EMAIL_USE_TLS"], found["EMAIL_USE_SSL"]) == (turns_to_tls, begins_with_tls)
    if "p%40ss" in value:
        assert (found["EMAIL_HOST_USER"], found["EMAIL_HOST_PASSWORD"]) == ("me", "p@ss")


@pytest.mark.parametrize(
    "value",
    ["mail.example.org", "http://mail.example.org", "smtp://", "smtp://me:secret@host:x", "smtp://me:secret@host/inbox"],
)
def test_a_mail_server_that_cannot_be_read_is_explained_without_its_password(
    monkeypatch: pytest.MonkeyPatch, value: str
) -> None:
    monkeypatch.setenv(NAME, value)
    with pytest.raises(ImproperlyConfigured, match=rf"^{NAME} cannot be read. Set {NAME} to smtp://") as caught:
        env.mail_server(NAME)
    assert "secret" not in str(caught.value)


def test_a_secret_of_the_machines_own_is_made_once_and_only_its_owner_reads_it(tmp_path: Path) -> None:
    kept = tmp_path / "var" / "secret_key"
    made = env.secret(NAME, kept)
    assert len(made) > 50
    assert env.secret(NAME, kept) == made
    assert kept.stat().st_mode & 0o777 == 0o600
    assert list(kept.parent.iterdir()) == [kept]


def test_a_start_that_was_cut_off_leaves_no_empty_secret(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def cut_off(length: int) -> None:
        raise KeyboardInterrupt

    kept = tmp_path / "secret_key"
    with monkeypatch.context() as patched:
        patched.setattr(env.secrets, "token_urlsafe", cut_off)
        with pytest.raises(KeyboardInterrupt):
            env.secret(NAME, kept)
    assert not kept.exists()
    kept.write_text("\n")
    assert len(env.secret(NAME, kept)) > 50


def test_the_environments_secret_comes_before_the_machines_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(NAME, "told")
    assert env.secret(NAME, tmp_path / "secret_key") == "told"


def test_a_machine_translates_only_when_the_site_is_told_where_its_own_is(tmp_path: Path) -> None:
    said = "from django.conf import settings; print(getattr(settings, 'WAGTAILLOCALIZE_MACHINE_TRANSLATOR', 0))"
    asked = ("shell", "-v", "0", "-c", said)
    assert manage(tmp_path, *asked).stdout.strip().endswith("0")
    told = manage(tmp_path, *asked, LIBRETRANSLATE_URL="http://127.0.0.1:5000/", LIBRETRANSLATE_KEY="key").stdout
    assert "'LIBRETRANSLATE_URL': 'http://127.0.0.1:5000'" in told
    assert "'API_KEY': 'key'" in told

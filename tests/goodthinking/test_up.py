"""`manage.py up`, as a stranger runs it: from nothing to a site, again and again, losing nothing."""

import re
import sqlite3
import urllib.request
from pathlib import Path

import pytest

from tests.running import Site, manage

pytestmark = pytest.mark.up


def get(site: Site, path: str) -> str:
    with urllib.request.urlopen(site.address + path) as answer:
        return answer.read().decode()


def test_it_says_in_plain_words_where_everything_is(running: Site) -> None:
    assert f"The site:   {running.address}/" in running.said
    assert f"The editor: {running.address}/cms/" in running.said
    assert "Have an authenticator app on your phone at hand" in running.said
    assert "Starter library …" in running.said
    assert "guides/sleep.md" in running.said


def test_the_sites_own_address_follows_the_port(running: Site) -> None:
    assert f'<link rel="canonical" href="{running.address}/guides/sleep/">' in get(running, "/guides/sleep/")
    assert f"<loc>{running.address}/guides/sleep/</loc>" in get(running, "/sitemap.xml")
    assert f"Sitemap: {running.address}/sitemap.xml" in get(running, "/robots.txt")


def test_scripts_and_icons_carry_their_hash_and_are_kept_for_good(running: Site) -> None:
    names = re.findall(r'(?:href|src)="(/static/[^"]+)"', get(running, "/"))
    assert {name.partition(".")[0] for name in names} == {
        "/static/icons/icon",
        "/static/icons/icon-180",
        "/static/js/open-now",
        "/static/js/quick-exit",
        "/static/js/search-box",
    }, "styles stand inside the page"
    for name in names:
        assert re.search(r"\.[0-9a-f]{12}\.", name), name
        with urllib.request.urlopen(running.address + name) as answer:
            assert "immutable" in answer.headers["Cache-Control"]
            assert answer.headers["Referrer-Policy"] == "no-referrer"
            assert "Set-Cookie" not in answer.headers


def test_pictures_are_ready_in_small_formats(running: Site) -> None:
    html = get(running, "/guides/sleep/")
    for address in re.findall(r"(/media/images/[^\s\",]+)", html):
        with urllib.request.urlopen(running.address + address) as answer:
            assert answer.headers["Content-Type"].startswith("image/")
    assert "image/avif" in html
    assert "image/webp" in html


def test_the_database_is_sqlite_with_a_write_ahead_log(running: Site) -> None:
    with sqlite3.connect(running.folder / "site.sqlite3") as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)


def test_the_log_in_real_use_holds_nobodys_words(running: Site) -> None:
    for path in ["/search/?q=zqcanary7319", "/search.json?q=zqcanary7319", "/guides/sleep/?from=zqcanary7319"]:
        request = urllib.request.Request(running.address + path, headers={"User-Agent": "agent-zqcanary7319"})
        urllib.request.urlopen(request).close()
    requests_logged = [line for line in running.said.splitlines() if " access GET " in line]
    assert any("GET search 200" in line for line in requests_logged)
    assert "zqcanary7319" not in running.said
    assert not any("127.0.0.1" in line or "/guides/" in line for line in requests_logged)


def test_running_it_again_loses_nothing_and_prints_no_second_password(running: Site) -> None:
    marked = "UPDATE wagtailcore_page SET title = 'Changed since' WHERE slug = 'students'"
    with sqlite3.connect(running.folder / "site.sqlite3") as connection:
        connection.execute(marked)
    again = manage(running.folder, "up", "--prepare", SITE_URL=running.address)
    assert again.returncode == 0, again.stderr
    assert "password" not in again.stdout
    assert "Starter library" not in again.stdout
    with sqlite3.connect(running.folder / "site.sqlite3") as connection:
        kept = "SELECT count(*) FROM wagtailcore_page WHERE title = 'Changed since' AND slug = 'students'"
        assert connection.execute(kept).fetchone()[0] == 1
    assert running.said.count("shown only now") == 1


@pytest.mark.parametrize(
    ("words", "settings", "said"),
    [
        (["up", "--port", "99999"], {}, "Choose a number from 1 to 65535"),
        (["up"], {"SITE_URL": "help.example.org"}, "SITE_URL is 'help.example.org'. It must start with"),
        (["up"], {"SAMPLE_CONTENT": "perhaps"}, "Set it to 1 for yes or 0 for no"),
        (["up", "--prepare"], {"DATABASE_URL": "sqlite:////nowhere/at/all.sqlite3"}, "Look at DATABASE_URL"),
        (["up"], {"DATABASE_URL": "nonsense"}, "DATABASE_URL"),
        (["check"], {"PRODUCTION": "1"}, "SITE_URL is not set. Set SITE_URL to the site's own address"),
        (["check"], {"PRODUCTION": "1", "SITE_URL": "http://a.example"}, "It must start with https://"),
        (
            ["check"],
            {"PRODUCTION": "1", "SITE_URL": "https://a.example"},
            "SECRET_KEY is not set. Set it to a long random text",
        ),
        (["check"], {"PRODUCTION": "1", "SAMPLE_CONTENT": "1"}, "sample guides have no clinical sign-off"),
    ],
)
def test_a_wrong_setting_is_explained_in_a_sentence(tmp_path: Path, words: list[str], settings: dict, said: str) -> None:
    result = manage(tmp_path, *words, **settings)
    assert result.returncode != 0
    assert said in result.stderr.strip().splitlines()[-1]


PRODUCTION = {"PRODUCTION": "1", "SITE_URL": "https://help.example.org", "SECRET_KEY": "abcdefghijklmnop" * 5 + "0123456789"}


def test_the_deployment_check_finds_nothing_to_say_in_production(tmp_path: Path) -> None:
    result = manage(tmp_path, "check", "--deploy", "--fail-level", "WARNING", **PRODUCTION)
    assert result.returncode == 0, result.stderr
    assert "no issues" in result.stdout


def test_production_hides_samples_unless_told(tmp_path: Path) -> None:
    show = ["shell", "-c", "from django.conf import settings; print('samples', settings.SAMPLE_CONTENT)", "--no-imports"]
    assert "samples False" in manage(tmp_path, *show, **PRODUCTION).stdout
    told = PRODUCTION | {"SAMPLE_CONTENT": "1", "SAMPLE_CONTENT_IN_PRODUCTION": "1"}
    assert "samples True" in manage(tmp_path, *show, **told).stdout

"""`manage.py up`, as a stranger runs it: from nothing to a site, again and again, losing nothing."""

import os
import re
import signal
import socket
import sqlite3
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from types import SimpleNamespace

from django.core.management import CommandError

import brotli
import pytest

from goodthinking.management.commands import up
from tests.goodthinking.snapshots.serving import copy_of_site, free_port
from tests.running import PROJECT, Site, environment, manage

pytestmark = pytest.mark.up


def get(site: Site, path: str) -> str:
    with urllib.request.urlopen(site.address + path) as answer:
        return answer.read().decode()


@pytest.fixture(scope="module")
def folder(running: Site, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What a site keeps, with nobody at it."""
    return copy_of_site(running.folder, tmp_path_factory.mktemp("kept"))


@contextmanager
def coming_up(folder: Path, *words: str) -> Iterator[subprocess.Popen]:
    """Run `manage.py up` on what a site keeps; whatever it started ends with it."""
    command = [sys.executable, "manage.py", "up", *words]
    with (folder / "up.log").open("w") as out:
        process = subprocess.Popen(
            command, cwd=PROJECT, env=environment(folder), stdout=out, stderr=subprocess.STDOUT, start_new_session=True
        )
    try:
        yield process
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def wait_until(is_so: Callable[[], object], seconds: int = 300) -> None:
    for _ in range(seconds * 5):
        if is_so():
            return
        time.sleep(0.2)
    raise AssertionError(f"It did not come to that within {seconds} seconds.")


def answers(address: str) -> bool:
    with suppress(OSError), urllib.request.urlopen(f"{address}/healthz") as answer:
        return answer.status == 200
    return False


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
        (["up", "--host", "192.0.2.9"], {}, "This machine has no address 192.0.2.9. Choose another with --host."),
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


def test_a_port_in_use_is_said_before_anything_is_made(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        refused = manage(tmp_path, "up", "--port", str(port))
    assert refused.returncode != 0
    said = f"CommandError: Port {port} on 127.0.0.1 is taken. Stop what uses it, or choose another with --port."
    assert refused.stderr.splitlines()[-1] == said
    assert "Database …" not in refused.stdout


def test_two_of_it_never_share_a_port(running: Site, folder: Path) -> None:
    port = running.address.rpartition(":")[2]
    with coming_up(folder, "--port", port) as second:
        wait_until(lambda: second.poll() is not None)
    assert f"Port {port} on 127.0.0.1 is taken. " in (folder / "up.log").read_text("utf-8").splitlines()[-1]


def test_a_name_of_this_machine_is_listened_on_by_its_number() -> None:
    assert up._free_address("localhost", free_port()) == "127.0.0.1"


@pytest.mark.parametrize("name", ["fe80::1%nowhere", "a" * 70, "2001:db8::9"])
def test_a_name_that_is_not_this_machines_is_refused(name: str) -> None:
    with pytest.raises(CommandError, match=f"This machine has no address {name}. Choose another with --host."):
        up._free_address(name, free_port())


def test_on_another_address_of_this_machine_copies_are_made_too(folder: Path) -> None:
    made = """
        SELECT br FROM snapshots_snapshot WHERE br NOT NULL AND path LIKE '/guides/%/'
        AND built >= (SELECT hard FROM snapshots_generation)
    """

    def newest() -> list[tuple[bytes]]:
        with closing(sqlite3.connect(folder / "site.sqlite3")) as connection:
            return connection.execute(made).fetchall()

    address = f"http://127.0.0.2:{(port := free_port())}"
    with coming_up(folder, "--host", "127.0.0.2", "--port", str(port)):
        wait_until(lambda: f"The editor: {address}/cms/" in (folder / "up.log").read_text("utf-8"))
        wait_until(newest)
    assert f'<link rel="canonical" href="{address}/guides/' in brotli.decompress(newest()[0][0]).decode()


WAITING = """
from wagtail.models import Locale
from content.home import page_at
from content.translations.models import SubtreeTranslation
job = SubtreeTranslation.objects.create(page=page_at("partners", "en-gb"), total=1)
job.locales.add(Locale.objects.get(language_code="pl"))
"""


def test_it_goes_on_with_translations_that_were_cut_off_and_when_it_is_killed_nothing_of_it_is_left(folder: Path) -> None:
    def is_finished() -> bool:
        with closing(sqlite3.connect(folder / "site.sqlite3")) as connection:
            return connection.execute("SELECT finished_at FROM content_subtreetranslation").fetchall() != [(None,)]

    waiting = manage(folder, "shell", "--verbosity", "0", "--command", WAITING)
    assert waiting.returncode == 0, waiting.stderr
    assert not is_finished()
    address = f"http://127.0.0.1:{(port := free_port())}"
    with coming_up(folder, "--port", str(port)) as process:
        wait_until(lambda: answers(address))
        wait_until(is_finished)
        process.kill()
        process.wait()
        wait_until(lambda: not answers(address), 60)


def test_it_ends_although_the_maker_of_copies_is_stuck(monkeypatch: pytest.MonkeyPatch) -> None:
    released = threading.Event()
    monkeypatch.setattr(up, "Builder", lambda: SimpleNamespace(run=lambda stop: released.wait()))
    monkeypatch.setattr(up, "PATIENCE", 0.1, raising=False)
    monkeypatch.setattr(up.multiprocessing, "set_start_method", lambda *about, **more: None)
    monkeypatch.setattr(up.Command, "_serve_until_stopped", lambda *about: None)
    ending = threading.Thread(target=up.Command()._serve, args=["127.0.0.1", 8000])
    ending.start()
    ending.join(5)
    stuck = [thread for thread in threading.enumerate() if thread.name == "snapshots-builder"]
    has_ended = not ending.is_alive()
    released.set()
    assert has_ended
    assert [thread.daemon for thread in stuck] == [True]


@pytest.mark.parametrize(
    ("words", "told", "shown"),
    [
        (["--host", "127.0.0.2", "--port", "8001"], {}, "http://127.0.0.2:8001 http://127.0.0.2:8001"),
        (["--host", "fd00::7", "--port", "80"], {}, "http://[fd00::7] http://[fd00::7]"),
        (["--host", "127.0.0.2"], {"EDITOR_HOST": "desk.example"}, "http://127.0.0.2:8000 http://desk.example"),
        (["--host", "127.0.0.2"], {"SITE_URL": "http://a.example"}, "http://a.example http://a.example"),
    ],
)
def test_the_addresses_of_readers_and_editors_keep_in_step(
    tmp_path: Path, words: list[str], told: dict[str, str], shown: str
) -> None:
    code = (
        "from django.conf import settings; from goodthinking.management.commands.up import Command; command = Command(); "
        f"given = command.create_parser('manage.py', 'up').parse_args({words}); command._listen_on(given.host, given.port); "
        "print(settings.SITE_URL, settings.WAGTAILADMIN_BASE_URL)"
    )
    said = manage(tmp_path, "shell", "--verbosity", "0", "--command", code, **told)
    assert said.stdout.strip() == shown, said.stderr


def test_wagtails_own_links_lead_to_the_sites_address(monkeypatch: pytest.MonkeyPatch, settings: object) -> None:
    site = SimpleNamespace(hostname="", port=0, site_name="", save=lambda: None)
    monkeypatch.setattr(up.Site.objects, "get", lambda **which: site)
    for settings.SITE_URL, expected in (
        ("http://[fd00::7]:8000", ("[fd00::7]", 8000)),
        ("https://a.example", ("a.example", 443)),
    ):
        up.Command()._own_address()
        assert (site.hostname, site.port) == expected


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

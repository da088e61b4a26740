"""`manage.py snapshots` says what it has done, and `manage.py bench` measures nothing but a copy of the site."""

from pathlib import Path

from django.core.management import CommandError, call_command
from django.test import override_settings

import pytest

from goodthinking.bench.processes import NGINX
from goodthinking.management.commands import bench
from goodthinking.snapshots import build
from goodthinking.snapshots.models import Snapshot
from goodthinking.snapshots.render import Rendered, render
from tests.running import manage


def said_last(capsys: pytest.CaptureFixture) -> str:
    return capsys.readouterr().out.splitlines()[-1]


@pytest.mark.django_db
def test_it_counts_the_copies_that_were_made_and_those_that_could_not_be(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture
) -> None:
    monkeypatch.setattr(build.Builder, "_plan", lambda builder: None)
    monkeypatch.setattr(build.Builder, "_add", lambda builder, paths: None)
    Snapshot.objects.bulk_create(Snapshot(path=path) for path in ("/topics/", "/guides/sleep/", "/guides/nothing/"))
    call_command("snapshots")
    assert said_last(capsys) == "2 copies made, 0 could not be."
    call_command("snapshots")
    assert said_last(capsys) == "0 copies made, 0 could not be."

    def broken(path: str) -> Rendered:
        if path == "/guides/sleep/":
            raise RuntimeError
        return render(path)

    monkeypatch.setattr(build, "render", broken)
    Snapshot.objects.filter(path="/guides/sleep/").update(stale=True)
    call_command("snapshots")
    assert said_last(capsys) == "0 copies made, 1 could not be."
    Snapshot.objects.filter(path="/topics/").update(stale=True)
    call_command("snapshots")
    assert said_last(capsys) == "1 copy made, 1 could not be."


def test_going_on_for_ever_and_proving_are_two_things(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(build, "Builder", None)
    with pytest.raises(CommandError, match="not allowed with argument"):
        call_command("snapshots", "--keep-on", "--sweep")


@pytest.mark.parametrize("words", [[], ["--all"], ["--all", "--keep-on"], ["--sweep"]])
@pytest.mark.parametrize("address", ["sqlite:////nowhere/at/all.sqlite3", "postgres://nobody@127.0.0.1:1/nothing"])
def test_a_database_that_is_away_is_explained_in_a_sentence(tmp_path: Path, words: list[str], address: str) -> None:
    result = manage(tmp_path, "snapshots", *words, DATABASE_URL=address)
    assert result.returncode == 1
    lines = result.stderr.splitlines()
    assert len(lines) == 1, result.stderr
    assert lines[0].startswith("CommandError: The database cannot be used (")
    assert lines[0].endswith("). Look at DATABASE_URL, or run `manage.py up`.")


@pytest.mark.parametrize("name", ["somewhere", "bench-somewhere"])
def test_nothing_is_measured_on_the_site_itself(
    tmp_path: Path, capsys: pytest.CaptureFixture, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setattr(bench, "Builder", None)
    scratch = tmp_path / name
    with pytest.raises(CommandError, match="Leave out --scratch"):
        call_command("bench", "--scratch", str(scratch))
    with override_settings(VAR_DIR=scratch), pytest.raises(CommandError, match="Leave out --scratch"):
        call_command("bench", "--scratch", str(scratch))
    with pytest.raises(SystemExit):
        call_command("bench", "--help")
    assert "--scratch" not in capsys.readouterr().out


def test_it_is_told_which_packages_are_lacking(monkeypatch: pytest.MonkeyPatch) -> None:
    module = next(name for name in bench.NEEDED if name.startswith("/"))
    assert f"load_module {module};" in NGINX
    monkeypatch.setattr(bench.shutil, "which", lambda name: None)
    monkeypatch.setattr(Path, "is_file", lambda path: str(path) == module)
    assert bench._lacking() == "wrk nginx-light"
    monkeypatch.setattr(bench.shutil, "which", lambda name: None if name == module else f"/usr/bin/{name}")
    monkeypatch.setattr(Path, "is_file", lambda path: False)
    assert bench._lacking() == "libnginx-mod-http-brotli-static"

"""A copy is made of every page, as an anonymous reader would see it, and of nothing else."""

import gzip
import threading
from dataclasses import replace
from datetime import date, datetime, timedelta

from django.core.management import CommandError, call_command
from django.db import DatabaseError, InterfaceError
from django.test import Client
from django.utils import timezone

import brotli
import pytest
import time_machine

from content.models import GuidePage, HomePage
from goodthinking.snapshots import build, release
from goodthinking.snapshots.build import Builder, due, sweep
from goodthinking.snapshots.models import Generation, Snapshot
from goodthinking.snapshots.render import Rendered, can_be_kept, render
from tests import build as make
from tests import walk

from .few import BuilderOfFew, served


def text(path: str) -> str:
    return brotli.decompress(Snapshot.objects.get(path=path).br).decode()


def test_every_page_that_can_be_reached_is_copied_and_the_copy_is_what_the_site_says(visitor: Client) -> None:
    Builder().finish()
    for address in walk.starter_addresses():
        response = visitor.get(address)
        is_page = response.status_code == 200 and "no-store" not in response.get("Cache-Control", "")
        if is_page and "?" not in address and can_be_kept(address):
            assert Snapshot.objects.get(path=address).br, address
    assert Snapshot.objects.exclude(br=None).count() > 200
    assert due().count() == 0
    assert sweep() == []
    assert not Snapshot.objects.exclude(br=None).filter(path__contains="search").exclude(path__endswith=".json").exists()


def test_a_copy_holds_the_page_in_two_encodings_with_the_headers_that_readers_get(visitor: Client) -> None:
    BuilderOfFew(["/guides/sleep/"])
    copy, live = Snapshot.objects.get(path="/guides/sleep/"), visitor.get("/guides/sleep/", HTTP_HOST="127.0.0.1:8000")
    assert brotli.decompress(copy.br) == gzip.decompress(copy.gz) == live.content
    kept = dict(copy.headers)
    for name in ("Content-Type", "Content-Language", "Content-Security-Policy", "Referrer-Policy", "Cache-Control"):
        assert kept[name] == live.headers[name]
    assert not {"Set-Cookie", "ETag", "Content-Length", "Vary"} & kept.keys()


@pytest.mark.parametrize(
    "path",
    [
        "/guides/nothing/",
        "/guides/draft/",
        "/search/",
        "/cms/",
        "/healthz",
        "/training/wellbeing-at-work/kit.zip",
        "/guides//sleep/",
    ],
)
def test_errors_drafts_searches_files_and_what_is_the_editors_are_never_kept(db: None, path: str) -> None:
    make.guide("Draft", slug="draft", live=False)
    assert not (can_be_kept(path) and render(path).may_be_kept)


def test_a_link_to_a_draft_is_never_followed(db: None) -> None:
    home = HomePage.objects.get(locale__language_code="en-gb")
    home.body = [("paragraph", "<p>x</p>")]
    assert all(can_be_kept(path) for path in render("/").leads_to("/"))
    assert not any(path.startswith(("/cms/", "/search/?", "/static/", "/media/")) for path in render("/").leads_to("/"))


def test_what_was_rendered_before_a_change_is_not_stored_after_it(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    builder = BuilderOfFew(["/guides/sleep/"])
    page = GuidePage.objects.get(slug="sleep", locale__language_code="en-gb")

    def and_then_it_changes(path: str) -> object:
        rendered = render(path)
        page.summary = "The newest words."
        make.publish(page, keep_sample=True)
        monkeypatch.setattr(build, "render", render)
        return rendered

    page.summary = "The newer words."
    make.publish(page, keep_sample=True)
    monkeypatch.setattr(build, "render", and_then_it_changes)
    builder.refresh()
    assert "/guides/sleep/" not in served()
    builder.finish()
    assert "The newest words." in text("/guides/sleep/")


def test_of_two_that_made_the_same_page_the_second_changes_nothing(db: None) -> None:
    BuilderOfFew(["/guides/sleep/"])
    row = Snapshot.objects.get(path="/guides/sleep/")
    then, rendered = Generation.now(), render("/guides/sleep/")
    Snapshot.objects.filter(pk=row.pk).update(touched=row.touched + 1)
    build._store([(row, rendered)], then)
    assert Snapshot.objects.get(pk=row.pk).touched == row.touched + 1


def test_a_page_that_breaks_keeps_its_old_copy_and_holds_up_no_other(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    builder = BuilderOfFew(["/guides/sleep/", "/topics/"])
    before = text("/guides/sleep/")

    def broken(path: str) -> object:
        if path == "/guides/sleep/":
            raise RuntimeError("boom")
        return render(path)

    Snapshot.objects.update(stale=True)
    Generation.change()
    monkeypatch.setattr(build, "render", broken)
    builder.finish()
    assert served() == {"/topics/"}
    assert text("/guides/sleep/") == before


@pytest.mark.parametrize("status", [400, 403, 405, 429, 500, 503])
def test_an_answer_that_says_nothing_of_the_page_takes_no_copy_away(
    db: None, monkeypatch: pytest.MonkeyPatch, status: int
) -> None:
    builder = BuilderOfFew(["/guides/sleep/"])
    before = text("/guides/sleep/")
    monkeypatch.setattr(build, "render", lambda path: replace(render(path), status=status, may_be_kept=False))
    Generation.change(hard=True)
    builder.finish()
    assert text("/guides/sleep/") == before
    assert due().count() == 1


def test_a_link_that_makes_no_sense_is_followed_by_nobody(db: None) -> None:
    rendered = replace(render("/guides/sleep/"), body=b'<a href="/\t/[">x</a><a href="//[x/">y</a><a href="/topics/">z</a>')
    assert rendered.leads_to("/guides/sleep/") == {"/topics/"}


def test_whatever_fails_copies_are_made_again_afterwards(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    builder, stop = BuilderOfFew(["/guides/sleep/"]), threading.Event()
    monkeypatch.setattr(build.connection, "close", lambda: None)
    times = []

    def fails_once(*, limit: int = 8) -> int:
        times.append(limit)
        if len(times) == 2:
            stop.set()
        raise RuntimeError("boom")

    monkeypatch.setattr(stop, "wait", lambda seconds: None)
    monkeypatch.setattr(builder, "refresh", fails_once)
    builder.run(stop)
    assert len(times) == 2


def test_a_page_made_at_midnight_is_of_the_day_it_speaks_of(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    builder = BuilderOfFew(["/guides/sleep/"])
    midnight = timezone.make_aware(datetime(2026, 11, 25))
    with time_machine.travel(midnight - timedelta(seconds=1), tick=False) as clock:

        def and_a_new_day(path: str) -> Rendered:
            rendered = render(path)
            clock.move_to(midnight + timedelta(seconds=1), tick=False)
            return rendered

        Generation.change(soft=True)
        monkeypatch.setattr(build, "render", and_a_new_day)
        builder.refresh()
        assert Snapshot.objects.get().built_on == date(2026, 11, 24)
        assert due().count() == 1


def test_a_new_day_makes_all_copies_again_and_serves_the_old_ones_until_then(db: None) -> None:
    builder = BuilderOfFew(["/guides/sleep/"])
    with time_machine.travel(date(2026, 11, 25), tick=False):
        assert due().count() == 1
        assert not Snapshot.objects.get().stale
        builder.finish()
        assert due().count() == 0


def test_the_same_words_are_not_sent_to_every_process_again(db: None) -> None:
    builder = BuilderOfFew(["/guides/sleep/"])
    touched = Snapshot.objects.get().touched
    Generation.change(soft=True)
    builder.finish()
    assert due().count() == 0
    assert Snapshot.objects.get().touched == touched


def test_other_settings_take_all_copies_out_of_service_and_other_code_sends_them_to_be_made(
    db: None, settings: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    release.notice()
    builder = BuilderOfFew(["/guides/sleep/"])
    release.notice()
    assert due().count() == 0
    monkeypatch.setattr(release, "_code", lambda: ["other"])
    release.notice()
    generation, row = Generation.now(), Snapshot.objects.get()
    assert generation.hard <= row.built < generation.soft
    builder.finish()
    settings.SITE_NAME = "Another name"
    release.notice()
    assert Generation.now().hard > Snapshot.objects.get().built
    builder.finish()
    assert "Another name" in text("/guides/sleep/")


def test_a_sweep_names_what_changed_unheard_and_has_it_made_again(db: None) -> None:
    builder = BuilderOfFew(["/guides/sleep/", "/topics/"])
    GuidePage.objects.filter(slug="sleep").update(summary="Nobody was told.")
    with pytest.raises(CommandError, match="/guides/sleep/"):
        call_command("snapshots", sweep=True)
    builder.finish()
    assert "Nobody was told." in text("/guides/sleep/")
    assert sweep() == []


@pytest.mark.parametrize("lost", [DatabaseError, InterfaceError])
def test_the_worker_goes_on_when_the_database_comes_back(
    lost: type[Exception], db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    builder, stop, tries = Builder(), threading.Event(), []

    def refresh() -> int:
        tries.append(1)
        if len(tries) == 1:
            raise lost("away")
        stop.set()
        return 0

    monkeypatch.setattr(builder, "refresh", refresh)
    monkeypatch.setattr(builder, "mind_the_clock", lambda: None)
    monkeypatch.setattr(build.connection, "close", lambda: None)
    monkeypatch.setattr(stop, "wait", lambda seconds: False)
    builder.run(stop)
    assert len(tries) == 2

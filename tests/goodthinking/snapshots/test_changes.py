"""Whatever an editor does, no reader is given what it changed: a copy that counts as right is what the site says now."""

import random
from datetime import timedelta

from django.core.management import call_command
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from wagtail.models import Page

import brotli
import pytest

from content.models import (
    CustomImage,
    GuideIndexPage,
    GuidePage,
    HelplineWay,
    Notice,
    PartnerShelf,
    TopicPage,
)
from goodthinking.snapshots.models import Generation, Snapshot
from goodthinking.snapshots.render import Rendered, render
from tests import build

from .few import ENGLISH, FEW, BuilderOfFew, publish, served, wrong


def guide(slug: str = "sleep") -> GuidePage:
    return GuidePage.objects.get(slug=slug, **ENGLISH)


@pytest.fixture
def builder(db: None) -> BuilderOfFew:
    return BuilderOfFew()


def test_a_change_of_words_takes_out_what_shows_them_and_nothing_else(builder: BuilderOfFew) -> None:
    page = guide()
    publish(page)
    builder.finish()
    body = [{"type": "paragraph", "value": "<p>Quite other words.</p>"}]
    publish(page, body=page.body.stream_block.to_python(body))
    out = set(FEW) - served()
    assert {"/guides/sleep/", "/guides/sleep/card/", "/topics/sleep/", "/sitemap.xml"} <= out
    assert {"/guides/loneliness/", "/urgent-support/"} <= served()


def test_a_withdrawn_page_leaves_no_copy_that_could_be_served_whatever_fails(builder: BuilderOfFew) -> None:
    guide().unpublish()
    for path in ("/guides/sleep/", "/guides/sleep/card/"):
        assert Snapshot.objects.get(path=path).br is None
    assert Snapshot.objects.get(path="/topics/sleep/").br is not None
    builder.finish()
    assert "/guides/sleep/" not in served()
    publish(guide())
    builder.finish()
    assert "/guides/sleep/" in served()


def test_a_deleted_page_leaves_no_copy_either(builder: BuilderOfFew) -> None:
    guide().delete()
    assert Snapshot.objects.get(path="/guides/sleep/").br is None


def test_a_publication_that_is_rolled_back_changes_nothing(builder: BuilderOfFew) -> None:
    before, was = served(), Generation.now().counter
    with transaction.atomic():
        publish(guide(), title="Never")
        assert served() != before
        transaction.set_rollback(True)
    assert (served(), Generation.now().counter) == (before, was)


def test_a_draft_and_a_reviewers_comment_take_nothing_out(builder: BuilderOfFew) -> None:
    page = guide()
    page.title = "A draft"
    page.save_revision(keep_sample=True)
    build.guide("A new draft", live=False)
    assert served() == set(FEW)


def test_a_number_that_changes_is_shown_by_no_copy_any_more(builder: BuilderOfFew) -> None:
    way = HelplineWay.objects.filter(helpline__key="samaritans", kind="call").first()
    shows = {path for path in FEW if "116 123" in text(path)}
    assert shows
    way.value = "116 124"
    way.save()
    assert not shows & served()
    builder.finish()
    assert all("116 123" not in text(path) for path in FEW)


def text(path: str) -> str:
    return brotli.decompress(Snapshot.objects.get(path=path).br).decode()


def test_a_picture_that_nobody_uses_yet_has_no_copy_made_again_and_one_in_use_only_those_that_show_it(
    builder: BuilderOfFew,
) -> None:
    picture = guide().picture
    CustomImage.objects.create(title="New", file=picture.file.name, width=10, height=10)
    assert served() == set(FEW)
    picture.focal_point_x, picture.focal_point_y, picture.focal_point_width, picture.focal_point_height = 9, 9, 9, 9
    picture.save()
    assert "/guides/sleep/" not in served()
    assert "/urgent-support/" in served()
    builder.finish()
    assert wrong() == []


def test_publishing_costs_six_questions_more_at_most(builder: BuilderOfFew) -> None:
    page = guide()
    publish(page)

    def asked() -> list[str]:
        with CaptureQueriesContext(connection) as queries:
            publish(page, summary=f"{page.summary[:100]} {random.random()}")
        return [query["sql"] for query in queries if "snapshots_" in query["sql"]]

    assert 0 < len(asked()) <= 6


def shelved() -> GuidePage:
    """A guide whose place in the page tree is not its address."""
    return next(
        page for page in GuidePage.objects.live().filter(**ENGLISH) if page.get_parent().specific_class is PartnerShelf
    )


@pytest.mark.parametrize("how", ["in_bulk", "by_timetable"])
def test_a_page_that_is_withdrawn_without_its_own_fields_leaves_no_copy_either(db: None, how: str) -> None:
    page = shelved()
    BuilderOfFew([page.url])
    if how == "in_bulk":
        Page.objects.get(pk=page.pk).unpublish()
    else:
        GuidePage.objects.filter(pk=page.pk).update(expire_at=timezone.now() - timedelta(minutes=1))
        call_command("publish_scheduled")
    assert Snapshot.objects.get(path=page.url).br is None


def test_a_page_that_is_withdrawn_while_its_first_copy_is_made_has_none(
    builder: BuilderOfFew, monkeypatch: pytest.MonkeyPatch
) -> None:
    guide().unpublish()
    builder.finish()
    publish(guide())

    def and_withdrawn(path: str) -> Rendered:
        rendered = render(path)
        if path == "/guides/sleep/":
            guide().unpublish()
        return rendered

    with monkeypatch.context() as patch:
        patch.setattr("goodthinking.snapshots.build.render", and_withdrawn)
        builder.refresh()
    assert "/guides/sleep/" not in served()
    builder.finish()
    assert "/guides/sleep/" not in served()


def test_a_page_that_was_live_only_for_a_moment_is_listed_when_it_is_published_again(builder: BuilderOfFew) -> None:
    topic = TopicPage.objects.get(slug="sleep", **ENGLISH)
    page = build.guide("Zebras", slug="zebras", live=False, topics=[topic], under=GuideIndexPage.objects.get(**ENGLISH))
    publish(page)
    guide("zebras").unpublish()
    builder.finish()
    publish(guide("zebras"))
    builder.finish()
    assert wrong() == []
    assert "Zebras" in text("/topics/sleep/")


def test_an_address_that_is_too_long_for_a_copy_can_still_be_published(builder: BuilderOfFew) -> None:
    page = guide()
    publish(page, slug="sleep-" + "x" * 249)
    index = GuideIndexPage.objects.get(**ENGLISH)
    index.slug = "guides-" + "y" * 248
    index.save()
    publish(guide(page.slug), summary="Words at a very long address.")
    assert len(guide(page.slug).url) > 400
    assert Generation.now().newest == ""


def test_a_notice_that_ended_while_nobody_made_copies_is_minded_afterwards(
    builder: BuilderOfFew, time_machine: object
) -> None:
    now = timezone.now()
    Notice.objects.create(text="A fire.", reason="x", starts=now, expires=now + timedelta(seconds=4))
    builder.finish()
    assert "A fire." in text("/guides/sleep/")
    time_machine.move_to(now + timedelta(hours=1), tick=False)
    BuilderOfFew()
    assert "A fire." not in text("/guides/sleep/")


def test_a_notice_that_begins_and_ends_by_itself_is_minded(builder: BuilderOfFew, time_machine: object) -> None:
    now = timezone.now()
    Notice.objects.create(text="A fire.", reason="x", starts=now + timedelta(hours=1), expires=now + timedelta(hours=2))
    builder.mind_the_clock()
    builder.finish()
    assert "A fire." not in text("/guides/sleep/")
    for hours, shown in ((1.1, True), (2.1, False)):
        time_machine.move_to(now + timedelta(hours=hours), tick=False)
        builder._looked = -100
        builder.mind_the_clock()
        builder.finish()
        assert ("A fire." in text("/guides/sleep/")) == shown

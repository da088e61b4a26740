"""No change is missed: editors do at random what they do, and each copy that counts as right is what the site says."""

import random
from collections.abc import Callable
from datetime import timedelta

from django.core.management import call_command
from django.utils import timezone

from wagtail.models import Locale, Revision

import pytest

from content.models import (
    CustomImage,
    GuideIndexPage,
    GuidePage,
    Helpline,
    HelplineWay,
    Notice,
    PartnerPage,
    PartnerShelf,
    RegistryWords,
    TopicPage,
)
from tests import build, languages

from .few import ENGLISH, FEW, BuilderOfFew, publish, wrong


class Editors:
    """Do at random what editors do."""

    def __init__(self, seed: int, arabic: Locale) -> None:
        self.random, self.arabic, self.number = random.Random(seed), arabic, 0
        # Kept by key, for their addresses change.
        named = GuidePage.objects.filter(slug__in=["sleep", "loneliness", "exam-stress"], **ENGLISH)
        self.known = list(named.values_list("pk", flat=True))

    def act(self) -> str:
        self.number += 1
        acts = sorted(name for name in dir(self) if name.startswith("do_"))
        name = self.random.choice(acts)
        getattr(self, name)()
        return name

    @property
    def words(self) -> str:
        # In letters, for a figure must be the same in all languages.
        return "Words " + "".join(chr(ord("a") + int(digit)) for digit in str(self.number))

    def one(self, rows: object) -> object:
        return self.random.choice(list(rows.order_by("pk")))

    @property
    def guide(self) -> GuidePage:
        return self.one(GuidePage.objects.filter(pk__in=[*self.known, *self._new()], **ENGLISH))

    def _new(self) -> list[int]:
        made = GuidePage.objects.filter(slug__startswith="new-", **ENGLISH).exclude(pk__in=self.known)
        return list(made.values_list("pk", flat=True))

    def do_change_a_title(self) -> None:
        publish(self.guide, title=self.words)

    def do_change_a_summary(self) -> None:
        publish(self.guide, summary=self.words)

    def do_change_a_body(self) -> None:
        page = self.guide
        body = [{"type": "paragraph", "value": f"<p>{self.words}</p>"}]
        publish(page, body=page.body.stream_block.to_python(body))

    def do_link_to_a_guide(self) -> None:
        page, to = self.guide, self.guide
        body = [{"type": "paragraph", "value": f'<p><a linktype="page" id="{to.pk}">{self.words}</a></p>'}]
        publish(page, body=page.body.stream_block.to_python(body))

    def do_change_an_address(self) -> None:
        publish(self.guide, slug=f"words-{self.number}")

    def do_change_topics(self) -> None:
        page = self.guide
        page.topics.set([self.one(TopicPage.objects.filter(**ENGLISH))])
        publish(page)

    def do_move_to_another_shelf(self) -> None:
        self.guide.move(self.one(PartnerShelf.objects.filter(locale__language_code="en-gb")), pos="last-child")

    def do_take_down(self) -> None:
        self.guide.unpublish()

    def do_publish(self) -> None:
        publish(self.guide)

    def do_make(self) -> None:
        topics, under = [TopicPage.objects.get(slug="sleep", **ENGLISH)], GuideIndexPage.objects.get(**ENGLISH)
        publish(build.guide(self.words, live=False, slug=f"new-{self.number}", topics=topics, under=under))

    def do_delete(self) -> None:
        if new := self._new():
            GuidePage.objects.get(pk=new[0]).delete()

    def do_schedule(self) -> None:
        page = self.guide
        page.title = self.words
        revision = page.save_revision(keep_sample=True)
        Revision.objects.filter(pk=revision.pk).update(approved_go_live_at=timezone.now() - timedelta(minutes=1))
        call_command("publish_scheduled")

    def do_change_a_topic(self) -> None:
        publish(TopicPage.objects.get(slug="sleep", **ENGLISH), title=self.words)

    def do_turn_a_window_on_or_off(self) -> None:
        topic = self.one(TopicPage.objects.filter(**ENGLISH))
        publish(topic, on_home=not topic.on_home)

    def do_rename_a_partner(self) -> None:
        publish(self.one(PartnerPage.objects.filter(**ENGLISH)), title=self.words)

    def do_change_a_helpline(self) -> None:
        helpline = self.one(Helpline.objects.filter(is_first_call=True))
        helpline.what_for = self.words
        helpline.save()

    def do_end_or_revive_a_helpline(self) -> None:
        helpline = self.one(Helpline.objects.all())
        dead = helpline.status == Helpline.Status.DEAD
        helpline.status = Helpline.Status.SAMPLE if dead else Helpline.Status.DEAD
        helpline.save()

    def do_change_a_number(self) -> None:
        way = self.one(HelplineWay.objects.filter(kind="call"))
        way.note = self.words
        way.save()

    def do_describe_a_picture(self) -> None:
        picture = self.one(CustomImage.objects.filter(pk__in=GuidePage.objects.exclude(picture=None).values("picture")))
        picture.title, picture.focal_point_x = self.words, self.random.randint(1, 50)
        picture.save()

    def do_put_up_or_take_down_a_notice(self) -> None:
        if notice := Notice.objects.first():
            notice.delete()
        else:
            Notice.objects.create(text=self.words, reason="x").topics.set(TopicPage.objects.filter(slug="sleep"))

    def do_translate(self) -> None:
        page = self.guide
        if page.live:
            languages.published(page, self.arabic, say=lambda text: f"{self.words} {text}")

    def do_word_the_registry(self) -> None:
        source = self.one(Helpline.objects.all()).what_for
        RegistryWords.objects.update_or_create(locale=self.arabic, source=source, defaults={"words": self.words})

    def do_name_the_related(self) -> None:
        page, other = self.guide, self.guide
        if page.pk != other.pk and hasattr(page, "related"):
            page.related.set([])
        publish(page)


def edit(seed: int, times: int, arabic: Locale, run_commits: Callable) -> None:
    languages.guide_in(arabic)
    languages.published(GuidePage.objects.get(slug="loneliness", **ENGLISH), arabic)
    builder = BuilderOfFew([*FEW, "/ar/", "/ar/guides/sleep/", "/ar/topics/sleep/", "/ar/sitemap.xml"])
    editors, done = Editors(seed, arabic), []
    for _ in range(times):
        with run_commits(execute=True):
            done.append(editors.act())
        assert wrong() == [], done[-5:]
        builder.finish()
        if len(done) % 10 == 0:
            assert wrong() == [], done[-5:]
    assert len(set(done)) > 15 or times < 100


@pytest.mark.parametrize("seed", range(4))
def test_no_change_is_missed(seed: int, arabic: Locale, django_capture_on_commit_callbacks: Callable) -> None:
    edit(seed, 25, arabic, django_capture_on_commit_callbacks)


@pytest.mark.deep
@pytest.mark.parametrize("seed", range(10, 20))
def test_no_change_is_missed_of_a_thousand(seed: int, arabic: Locale, django_capture_on_commit_callbacks: Callable) -> None:
    edit(seed, 100, arabic, django_capture_on_commit_callbacks)

"""A page in another language stands at its own address, in its own direction, with no number, address or anchor changed."""

import io
import re
import zipfile

from django.test import Client

from wagtail.models import Locale, Page
from wagtail_localize.operations import translate_object

import pytest

from content.models import CoursePage, HomePage, ModulePage, TrainingIndexPage
from tests import languages


@pytest.fixture
def arabic_sleep(arabic: Locale) -> Page:
    """The sleep guide, its topic and the pages above them, in Arabic."""
    return languages.guide_in(arabic)


def test_a_translated_guide_stands_at_its_own_address_in_its_own_direction(arabic_sleep: Page, visitor: Client) -> None:
    assert arabic_sleep.url == "/ar/guides/sleep/"
    html = visitor.get("/ar/guides/sleep/").content.decode()
    assert '<html lang="ar" dir="rtl">' in html
    assert "مترجم" in html
    assert '<html lang="en-gb" dir="ltr">' in visitor.get("/guides/sleep/").content.decode()


def test_no_translator_can_change_a_number_or_an_anchor(arabic_sleep: Page, visitor: Client) -> None:
    english, arabic = (visitor.get(address).content.decode() for address in ["/guides/sleep/", "/ar/guides/sleep/"])
    for pattern in [r'href="((?:tel|sms|mailto):[^"]+)"', r"<bdi>([^<]+)</bdi>", r'<h[23] class="heading" id="([^"]+)"']:
        assert re.findall(pattern, english)
        assert re.findall(pattern, english) == re.findall(pattern, arabic)


def test_a_translated_guide_stands_under_its_translated_topic(arabic_sleep: Page, visitor: Client) -> None:
    topic = visitor.get("/ar/topics/sleep/").content.decode()
    assert 'href="/ar/guides/sleep/"' in topic
    assert 'href="/guides/sleep/"' not in topic
    assert 'href="/ar/topics/sleep/"' in visitor.get("/ar/guides/sleep/").content.decode()


def test_translating_publishes_nothing_by_itself(arabic: Locale, visitor: Client) -> None:
    home = HomePage.objects.get()
    translate_object(home, [arabic])
    draft = home.get_translation(arabic)
    assert not draft.live
    assert visitor.get("/ar/").status_code == 404


def test_a_language_that_has_no_pages_is_a_clean_404(arabic: Locale, visitor: Client) -> None:
    for address in ["/ar/", "/ar/guides/sleep/", "/xx/", "/pl-pl/"]:
        assert visitor.get(address).status_code == 404
    assert visitor.get("/guides/sleep/", HTTP_ACCEPT_LANGUAGE="ar").headers["Content-Language"] == "en-gb"


def test_more_languages_ask_no_more_questions(arabic_sleep: Page, visitor: Client) -> None:
    from tests.content.test_pages import MOST_QUERIES, queries

    assert queries(visitor, "/ar/guides/sleep/") <= MOST_QUERIES
    assert queries(visitor, "/ar/topics/sleep/") <= MOST_QUERIES


def test_a_kit_is_had_in_each_language_that_its_course_has(arabic: Locale, visitor: Client) -> None:
    kit = "/training/wellbeing-at-work/kit/"
    assert 'name="language"' not in visitor.get(kit).content.decode()
    course = CoursePage.objects.get(slug="wellbeing-at-work")
    module = ModulePage.objects.get(slug="noticing-stress")
    for page in [HomePage.objects.get(), TrainingIndexPage.objects.get(), course.get_parent().specific, course, module]:
        made = languages.published(page, arabic)
    assert made.url == f"/ar{module.url}"
    assert 'name="language" value="ar"' in visitor.get(kit).content.decode()
    answer = visitor.get(f"{kit}?language=ar&length=60")
    assert (answer.status_code, answer["Location"]) == (302, f"/ar{kit}?length=60")
    html = visitor.get(answer["Location"]).content.decode()
    assert '<html lang="ar" dir="rtl">' in html
    assert "مترجم" in html
    with zipfile.ZipFile(io.BytesIO(visitor.get("/ar/training/wellbeing-at-work/kit.zip").content)) as packed:
        assert '<html lang="ar" dir="rtl">' in packed.read("modules/noticing-stress.html").decode()

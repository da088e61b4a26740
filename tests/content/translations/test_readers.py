"""What a reader of another language meets: her page, what is behind in it, who checked it, and where else it can be read."""

import re
from collections.abc import Callable

from django.conf import settings
from django.test import Client, override_settings
from django.urls import reverse

from wagtail.blocks import StreamValue
from wagtail.models import Locale

import pytest

from content.base import BasePage
from content.models import GuideIndexPage, GuidePage, Helpline, HomePage, PageTranslation, RegistryWords, UrgentSupportPage
from tests import build, languages
from tests.languages import WITH_ARABIC

GUIDE = "/ar/guides/sleep/"


@pytest.fixture
def arabic_sleep(arabic: Locale) -> BasePage:
    return languages.guide_in(arabic)


def read(visitor: Client, address: str) -> str:
    answer = visitor.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def change(page: GuidePage, *blocks: tuple[str, object], at: int = 0, drop: str = "") -> str:
    """Publish a source with further blocks and without some. Returns the id of the first that came in."""
    page = GuidePage.objects.get(pk=page.pk)
    stream = page.body.stream_block
    kept = [item for item in stream.get_prep_value(page.body) if item["id"] != drop]
    new = stream.get_prep_value(StreamValue(stream, list(blocks)))
    page.body = stream.to_python([*kept[:at], *new, *kept[at:]])
    build.publish(page, keep_sample=True)
    return new[0]["id"] if new else ""


def test_a_new_warning_in_the_source_stands_on_the_translation_at_once_in_its_own_words_and_marked(
    arabic_sleep: BasePage, visitor: Client
) -> None:
    warning = ("callout", {"kind": "warning", "title": "Lanternfish", "text": "<p>Do not stop these pills suddenly.</p>"})
    change(GuidePage.objects.get(slug="sleep", locale__language_code="en-gb"), warning, at=2)
    part = re.search(r'<div class="in-source" lang="en-gb" dir="ltr">(.*?)</div>', read(visitor, GUIDE), re.DOTALL)[1]
    assert "Lanternfish" in read(visitor, GUIDE)
    assert "In English, for this part has changed" in part
    assert "The English page has changed since" in read(visitor, GUIDE)


def test_what_is_no_matter_of_safety_waits_for_its_translator(arabic_sleep: BasePage, visitor: Client) -> None:
    source = GuidePage.objects.get(slug="sleep", locale__language_code="en-gb")
    change(source, ("paragraph", "<p>Lanternfish sleep too.</p>"), at=1)
    html = read(visitor, GUIDE)
    assert "Lanternfish" not in html
    assert "in-source" not in html.partition("<main")[2]
    record = PageTranslation.objects.get(page=arabic_sleep)
    assert [(part.how, part.safety) for part in record.parts_behind] == [("added", False)]


def test_a_warning_that_the_source_has_taken_back_is_gone(arabic_sleep: BasePage, visitor: Client) -> None:
    source = GuidePage.objects.get(slug="sleep", locale__language_code="en-gb")
    lines = next(child for child in source.body if child.block_type == "helplines")
    title = next(child for child in arabic_sleep.body if child.id == lines.id).value["title"]
    assert title in read(visitor, GUIDE)
    change(source, drop=lines.id)
    assert title not in read(visitor, GUIDE)


def test_publishing_the_source_publishes_no_translation(arabic_sleep: BasePage, visitor: Client) -> None:
    before = arabic_sleep.live_revision_id
    source = GuidePage.objects.get(slug="sleep", locale__language_code="en-gb")
    source.title = "Lanternfish"
    build.publish(source, keep_sample=True)
    arabic_sleep.refresh_from_db()
    assert arabic_sleep.live_revision_id == before
    assert "Lanternfish" not in read(visitor, GUIDE).partition("<main")[2]
    assert [part.name for part in PageTranslation.objects.get(page=arabic_sleep).parts_behind] == ["title"]


def test_a_page_says_that_a_machine_wrote_it_until_a_second_speaker_has_checked_it(arabic: Locale, visitor: Client) -> None:
    page = languages.guide_in(arabic, machine=True, checked=False)
    assert "A machine translated this page." in read(visitor, GUIDE)
    assert PageTranslation.objects.get(page=page).is_unchecked
    build.publish(page.get_latest_revision_as_object())
    html = read(visitor, GUIDE)
    assert "A machine translated this page." not in html
    assert "Translated from English. Checked by our Psychologist on" in html


def test_an_edit_after_the_check_asks_for_a_new_one(arabic_sleep: BasePage) -> None:
    draft = arabic_sleep.get_latest_revision_as_object()
    draft.title = "مترجم آخر"
    revision = draft.save_revision()
    with pytest.raises(Exception, match="A second person who speaks the language has not checked"):
        revision.publish()


def test_urgent_support_is_numbers_and_checked_phrases_until_a_person_has_read_its_text(
    arabic: Locale, visitor: Client
) -> None:
    languages.published(HomePage.objects.get(locale__language_code="en-gb"), arabic)
    english = UrgentSupportPage.objects.get()
    RegistryWords.objects.create(locale=arabic, source=Helpline.objects.first().what_for, words="وصف", by_machine=True)
    page = languages.published(english, arabic, machine=True, checked=False)
    html = read(visitor, "/ar/urgent-support/").partition("<main")[2].partition("</main>")[0]
    assert "مترجم" not in html
    assert "وصف" not in html
    assert "Nobody has checked these words yet." in html
    for address in re.findall(r'href="((?:tel|sms):[^"]+)"', read(visitor, "/urgent-support/")):
        assert address in html
    build.publish(page.get_latest_revision_as_object())
    html = read(visitor, "/ar/urgent-support/")
    assert "مترجم" in html
    assert "وصف" in html


def test_words_of_the_registry_that_nobody_has_translated_are_marked_as_english(
    arabic_sleep: BasePage, arabic: Locale, visitor: Client
) -> None:
    helpline = Helpline.objects.get(key="samaritans")
    assert f'<span lang="en-gb" dir="ltr">{helpline.who_for}</span>' in read(visitor, GUIDE)
    row = RegistryWords.objects.create(locale=arabic, source=helpline.who_for, words="الجميع")
    html = read(visitor, GUIDE)
    assert "الجميع" in html
    Helpline.objects.filter(pk=helpline.pk).update(who_for="Anyone who is awake")
    assert '<span lang="en-gb" dir="ltr">Anyone who is awake</span>' in read(visitor, GUIDE)
    row.words = "الجميع 24"
    with pytest.raises(Exception, match="The figures differ: 24"):
        row.full_clean()


def test_the_switch_names_each_language_in_itself_and_leads_to_what_is_there(
    arabic_sleep: BasePage, visitor: Client
) -> None:
    for address, arabic_one in [("/guides/sleep/", GUIDE), ("/guides/anxiety/", "/ar/"), ("/search/?q=sleep", "/ar/")]:
        switch = re.search(r'<details class="languages">.*?</details>', read(visitor, address), re.DOTALL)[0]
        assert f'<a href="{arabic_one}" hreflang="ar" lang="ar" dir="rtl">العربية</a>' in switch
    assert 'aria-current="true">العربية</a>' in read(visitor, GUIDE)


def test_a_draft_in_another_language_is_offered_to_nobody(arabic: Locale, visitor: Client) -> None:
    languages.translate(HomePage.objects.get(locale__language_code="en-gb"), arabic)
    assert "languages" not in re.findall(r'class="([^"]*)"', read(visitor, "/"))


def test_each_language_of_a_page_names_all_others_to_search_engines(arabic_sleep: BasePage, visitor: Client) -> None:
    alternate = re.compile(r'<link rel="alternate" hreflang="([^"]+)" href="([^"]+)">')
    english, arabic = read(visitor, "/guides/sleep/"), read(visitor, GUIDE)
    assert alternate.findall(english) == alternate.findall(arabic)
    assert dict(alternate.findall(arabic)) == {
        "en-gb": f"{settings.SITE_URL}/guides/sleep/",
        "x-default": f"{settings.SITE_URL}/guides/sleep/",
        "ar": f"{settings.SITE_URL}{GUIDE}",
    }
    assert 'hreflang="ar"' not in read(visitor, "/guides/anxiety/").partition("<body")[0]
    assert re.search(r'<link rel="canonical" href="[^"]*(/ar/guides/sleep/)">', arabic)


def test_a_menu_leads_to_the_english_page_where_there_is_no_other_and_says_so(
    arabic_sleep: BasePage, visitor: Client
) -> None:
    html = read(visitor, GUIDE)
    assert '<a href="/for/" hreflang="en-gb" data-in="English">' in html
    assert '<a href="/ar/topics/">' in html
    assert 'data-in="English"' not in read(visitor, "/guides/sleep/")


@pytest.mark.parametrize(
    ("address", "leads_to"),
    [
        ("/AR/guides/sleep/", GUIDE),
        ("/Ar-EG/guides/sleep/?q=1", f"{GUIDE}?q=1"),
        ("/en/guides/sleep/", "/guides/sleep/"),
        ("/EN-GB/guides/sleep/", "/guides/sleep/"),
        ("/en_US//example.org/", "/example.org/"),
    ],
)
def test_another_way_to_write_a_language_leads_to_its_page(
    arabic: Locale, visitor: Client, address: str, leads_to: str
) -> None:
    answer = visitor.get(address)
    assert (answer.status_code, answer["Location"]) == (301, leads_to)


@pytest.mark.parametrize("address", ["/xx/", "/ar/guides/النوم/", "/ar/guides/anxiety/", "/fr/guides/sleep/", "/a/"])
def test_what_is_not_there_is_a_clean_404(arabic_sleep: BasePage, visitor: Client, address: str) -> None:
    assert visitor.get(address).status_code == 404


def test_a_language_that_is_switched_off_is_gone_and_comes_back_whole(arabic_sleep: BasePage, visitor: Client) -> None:
    with override_settings(LANGUAGES=WITH_ARABIC[:1], WAGTAIL_CONTENT_LANGUAGES=WITH_ARABIC[:1]):
        assert visitor.get(GUIDE).status_code == 404
        assert "ar" not in re.findall(r'hreflang="([^"]+)"', read(visitor, "/guides/sleep/"))
        assert "/ar/" not in read(visitor, "/sitemap.xml")
        assert read(visitor, "/search/?q=sleep")
    assert "مترجم" in read(visitor, GUIDE)


def test_each_language_has_a_sitemap_and_one_holds_all_of_them(arabic_sleep: BasePage, visitor: Client) -> None:
    arabic, all_of_them = read(visitor, "/ar/sitemap.xml"), read(visitor, "/sitemap.xml")
    assert f"<loc>http://testserver{GUIDE}</loc>" in arabic
    assert "<loc>http://testserver/guides/" not in arabic
    assert all_of_them.count(f"<loc>http://testserver{GUIDE}</loc>") == 1
    assert all_of_them.count("<loc>http://testserver/guides/sleep/</loc>") == 1
    robots = read(visitor, "/robots.txt")
    assert f"Sitemap: {settings.SITE_URL}/sitemap.xml" in robots
    assert "Disallow: /ar/search/" in robots


def test_each_language_has_its_own_feed(arabic_sleep: BasePage, visitor: Client) -> None:
    feed = read(visitor, "/ar/guides/feed.atom")
    assert 'xml:lang="ar"' in feed
    assert arabic_sleep.title in feed
    assert feed.count("<entry>") == 1


def test_a_page_keeps_one_address_in_all_languages_when_it_moves_or_is_renamed(
    arabic_sleep: BasePage, visitor: Client, django_capture_on_commit_callbacks: Callable
) -> None:
    source = GuidePage.objects.get(slug="sleep", locale__language_code="en-gb")
    source.move(GuideIndexPage.objects.get(locale=source.locale), pos="last-child")
    arabic_sleep.refresh_from_db()
    assert arabic_sleep.get_parent().specific == GuideIndexPage.objects.get(locale=arabic_sleep.locale)
    source = GuidePage.objects.get(pk=source.pk)
    source.slug = "awake"
    with django_capture_on_commit_callbacks(execute=True):
        build.publish(source, keep_sample=True)
    assert "مترجم" in read(visitor, "/ar/guides/awake/")
    assert visitor.get(GUIDE).headers["Location"] == "/ar/guides/awake/"


def test_a_page_that_is_not_there_in_a_language_yet_is_offered_in_english(arabic_sleep: BasePage, visitor: Client) -> None:
    answer = visitor.get("/ar/guides/anxiety/")
    html = answer.content.decode()
    assert answer.status_code == 404
    title = GuidePage.objects.get(slug="anxiety").title
    assert f'<a href="/guides/anxiety/" hreflang="en-gb" lang="en-gb" dir="ltr">{title}</a>' in html.replace("’", "’")
    assert "in this language yet" not in visitor.get("/ar/guides/nowhere/").content.decode()
    assert "in this language yet" not in visitor.get("/guides/nowhere/").content.decode()


def test_the_name_of_her_language_in_english_stands_once_where_she_asks_for_an_interpreter(
    arabic: Locale, visitor: Client
) -> None:
    languages.published(HomePage.objects.get(locale__language_code="en-gb"), arabic)
    languages.published(UrgentSupportPage.objects.get(), arabic, machine=True, checked=False)
    assert read(visitor, "/ar/urgent-support/").partition("<main")[2].count("Arabic") == 1


def test_a_page_stands_also_where_what_is_above_it_has_gone(arabic_sleep: BasePage, arabic: Locale, visitor: Client) -> None:
    GuideIndexPage.objects.get(locale=arabic).unpublish()
    html = read(visitor, GUIDE)
    assert '<a href="/guides/" hreflang="en-gb" data-in="English">' in html
    assert visitor.get("/ar/guides/").status_code == 404
    HomePage.objects.get(locale=arabic).unpublish()
    assert '<a class="masthead__name" href="/" hreflang="en-gb" data-in="English">' in read(visitor, GUIDE)
    assert 'hreflang="ar"' in read(visitor, "/guides/sleep/")
    assert 'hreflang="ar"' not in read(visitor, "/guides/anxiety/")


def test_a_translation_is_not_moved_away_from_its_source(arabic_sleep: BasePage, arabic: Locale, editor: Client) -> None:
    above = arabic_sleep.get_parent().pk
    elsewhere = GuideIndexPage.objects.get(locale=arabic)
    address = reverse("wagtailadmin_pages:move_confirm", args=[arabic_sleep.pk, elsewhere.pk])
    assert "Move the English page" in editor.post(address, follow=True).content.decode()
    assert GuidePage.objects.get(pk=arabic_sleep.pk).get_parent().pk == above

"""Translators work in their own language alone, beside the source, and nobody publishes what she wrote herself."""

import re
import xml.etree.ElementTree as ElementTree

from django.contrib.auth.models import Group
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from wagtail.models import GroupPagePermission, Locale
from wagtail_localize.models import StringTranslation, Translation

import pytest

from content.base import BasePage
from content.desk.languages.files import XLIFF, to_xliff
from content.desk.languages.roles import set_up_translators
from content.models import (
    GuidePage,
    Helpline,
    HomePage,
    PageTranslation,
    PartnerShelf,
    RegistryWords,
    TopicPage,
    UrgentSupportPage,
)
from content.roles import translators_of
from tests import build, languages

PHRASES = "Nobody has checked these words yet."


@pytest.fixture
def sleep(arabic: Locale) -> BasePage:
    """The sleep guide in Arabic, as a machine left it, with the group of its translators."""
    set_up_translators()
    return languages.guide_in(arabic, machine=True, checked=False)


def translator(name: str = "amal", code: str = "ar") -> Client:
    return build.signed_in(build.user(name, translators_of(code)))


def source_of(page: BasePage) -> BasePage:
    return type(page).objects.get(translation_key=page.translation_key, locale__language_code="en-gb")


def check_url(page: BasePage) -> str:
    return reverse("translation_check", args=[page.pk])


def test_a_translator_opens_the_pages_of_her_language_and_no_others(sleep: BasePage) -> None:
    amal = translator()
    edit = amal.get(reverse("wagtailadmin_pages:edit", args=[sleep.pk]))
    assert edit.status_code == 200
    assert "wagtail-localize" in edit.content.decode()
    assert amal.get(check_url(sleep)).status_code == 200
    assert amal.get(reverse("wagtailadmin_pages:edit", args=[source_of(sleep).pk])).status_code == 302
    polish = translator("ola", "pl")
    assert polish.get(reverse("wagtailadmin_pages:edit", args=[sleep.pk])).status_code == 302
    assert polish.get(check_url(sleep)).status_code in {302, 403}
    assert polish.get(reverse("language_desk", args=["ar"])).status_code in {302, 403}


def test_a_second_speaker_publishes_what_the_first_wrote_and_the_page_says_so(sleep: BasePage, visitor: Client) -> None:
    amal, basma = translator("amal"), translator("basma")
    draft = sleep.get_latest_revision_as_object()
    draft.title = "مترجم بيد إنسان 3"
    draft.save_revision(user=build.user("amal", translators_of("ar")))
    assert "You wrote part of this version" in amal.get(check_url(sleep)).content.decode()
    amal.post(check_url(sleep), {"role": "Interpreter"})
    assert "بيد إنسان" not in visitor.get("/ar/guides/sleep/").content.decode()
    assert "Write your role" in basma.post(check_url(sleep), {"role": ""}).content.decode()
    basma.post(check_url(sleep), {"role": "Interpreter"})
    html = visitor.get("/ar/guides/sleep/").content.decode()
    assert "بيد إنسان" in html
    assert "Checked by our Interpreter on" in html
    assert "Sample guide." in html


def test_whoever_wrote_a_sentence_in_the_translation_editor_counts_as_its_author(sleep: BasePage) -> None:
    user = build.user("amal", translators_of("ar"))
    StringTranslation.objects.filter(context__object_id=sleep.translation_key).update(last_translated_by=user)
    assert "You wrote part of this version" in build.signed_in(user).get(check_url(sleep)).content.decode()


def test_a_translation_with_a_gap_cannot_be_checked_and_the_gap_is_named(sleep: BasePage) -> None:
    draft = sleep.get_latest_revision_as_object()
    draft.summary = ""
    draft.save_revision()
    page = translator().get(check_url(sleep)).content.decode()
    assert "It cannot go live yet:" in page
    assert "is missing" in page
    assert "is missing" in translator().post(check_url(sleep), {"role": "Interpreter"}).content.decode()


def test_what_the_source_has_changed_since_is_listed_with_its_words(sleep: BasePage) -> None:
    source = source_of(sleep)
    source.summary = "Lanternfish rest too."
    stream = source.body.stream_block
    warning = {"type": "callout", "value": {"kind": "warning", "title": "Take care", "text": "<p>Do not drive.</p>"}}
    source.body = stream.to_python([*stream.get_prep_value(source.body), warning])
    build.publish(source, keep_sample=True)
    html = translator().get(check_url(sleep)).content.decode()
    assert re.search(r"<strong>changed</strong><br>\s*<span[^>]*>Lanternfish rest too.", html)
    assert re.search(r"<strong>new</strong> · a matter of safety.*?Do not drive", html, re.DOTALL)


def test_the_report_counts_each_language_and_leads_to_its_pages(sleep: BasePage, editor: Client) -> None:
    html = editor.get(reverse("languages_report")).content.decode()
    row = re.search(r'<tr><td><a href="/cms/languages/ar/">Arabic</a>(.*?)</tr>', html, re.DOTALL)[1]
    figures = re.findall(r">(\d+)<", row)
    live = PageTranslation.objects.filter(page__live=True).count()
    assert figures == [str(live), "0", str(PageTranslation.objects.filter(by_machine=True).count()), "0"]
    listed = editor.get(reverse("languages_report") + "?language=ar&state=unchecked").content.decode()
    assert check_url(sleep) in listed
    assert check_url(sleep) not in editor.get(reverse("languages_report") + "?state=checked").content.decode()


def test_the_report_asks_no_more_questions_for_more_pages(sleep: BasePage, editor: Client) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert editor.get(reverse("languages_report")).status_code == 200
        return len(queries)

    asked()
    before, rows = asked(), PageTranslation.objects.count()
    for slug in ["anxiety", "stress", "low-mood"]:
        topic = TopicPage.objects.get(slug=slug, locale__language_code="en-gb")
        languages.published(topic, sleep.locale, machine=True, checked=False)
    assert PageTranslation.objects.count() > rows
    assert asked() == before


def test_crisis_phrases_are_shown_and_a_speakers_word_takes_the_label_away(arabic: Locale, visitor: Client) -> None:
    set_up_translators()
    languages.published(HomePage.objects.get(locale__language_code="en-gb"), arabic)
    languages.published(UrgentSupportPage.objects.get(), arabic, machine=True, checked=False)
    assert PHRASES in visitor.get("/ar/urgent-support/").content.decode()
    amal, desk = translator(), reverse("language_desk", args=["ar"])
    assert "If a life is in danger now" in amal.get(desk).content.decode()
    assert "Read each of them first" in amal.post(desk, {"role": "Interpreter"}).content.decode()
    assert PHRASES in visitor.get("/ar/urgent-support/").content.decode()
    amal.post(desk, {"role": "Interpreter", "read": "on"})
    assert PHRASES not in visitor.get("/ar/urgent-support/").content.decode()


def test_words_of_the_registry_are_written_beside_the_english_and_other_figures_are_refused(
    sleep: BasePage, visitor: Client
) -> None:
    amal, address = translator(), reverse("language_registry", args=["ar"])
    html = amal.get(address).content.decode()
    who = Helpline.objects.get(key="samaritans").who_for
    field = re.search(rf'for="id_(text_\d+)"[^>]*>\s*{re.escape(who)}', html)[1]
    assert "The figures differ: 7" in amal.post(address, {field: "الجميع 7"}).content.decode()
    amal.post(address, {field: "الجميع"})
    assert "الجميع" in visitor.get("/ar/guides/sleep/").content.decode()
    assert RegistryWords.objects.get(source=who).checked_by == ""
    amal.post(address, {field: "الجميع", "checked_by": "Interpreter"})
    assert RegistryWords.objects.get(source=who).checked_by == "Interpreter"


@pytest.fixture
def begun(sleep: BasePage) -> Translation:
    return Translation.objects.get(source__object_id=sleep.translation_key, target_locale=sleep.locale)


def test_a_translation_goes_out_as_xliff_and_comes_back_as_a_draft(
    sleep: BasePage, begun: Translation, visitor: Client
) -> None:
    amal, address = translator(), reverse("translation_xliff", args=[begun.pk])
    answer = amal.get(address)
    assert 'filename="sleep-ar.xlf"' in answer["Content-Disposition"]
    root = ElementTree.fromstring(answer.content)
    file = root.find(f"{{{XLIFF}}}file")
    assert (file.get("source-language"), file.get("target-language")) == ("en-gb", "ar")
    unit = next(unit for unit in file.iter(f"{{{XLIFF}}}trans-unit") if unit.get("resname") == "title")
    unit.find(f"{{{XLIFF}}}target").text = "النوم الهادئ 3"
    amal.post(address, {"file": SimpleUploadedFile("back.xlf", ElementTree.tostring(root))})
    sleep.refresh_from_db()
    assert sleep.get_latest_revision_as_object().title == "النوم الهادئ 3"
    assert "النوم الهادئ" not in visitor.get("/ar/guides/sleep/").content.decode()


@pytest.mark.parametrize(
    ("sent", "told"),
    [
        (b"no xml at all", "This file is no XLIFF"),
        (b"<xliff/>", "This file is no XLIFF 1.2"),
        (b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>', "This file is no XLIFF"),
        (f'<xliff xmlns="{XLIFF}"><file original="other"/></xliff>'.encode(), "This file belongs to another translation"),
        (b"", "Choose an XLIFF file|This file is no XLIFF"),
    ],
)
def test_a_file_that_is_none_is_refused_in_words_and_nothing_is_lost(
    sleep: BasePage, begun: Translation, sent: bytes, told: str
) -> None:
    before = to_xliff(begun)
    address = reverse("translation_xliff", args=[begun.pk])
    html = translator().post(address, {"file": SimpleUploadedFile("x.xlf", sent)}, follow=True).content.decode()
    assert re.search(told, html)
    assert to_xliff(begun) == before


def test_a_partners_editor_translates_what_is_hers(arabic: Locale) -> None:
    languages.guide_in(arabic)
    source = GuidePage.objects.get(slug="bullying", locale__language_code="en-gb")
    shelf = PartnerShelf.objects.parent_of(source).get()
    group = Group.objects.create(name="Editors of Lantern")
    permission = GroupPagePermission.objects.filter(permission__codename="change_page").first().permission
    GroupPagePermission.objects.create(group=group, page=shelf, permission=permission)
    languages.translate(shelf, arabic)
    translated = shelf.get_translation(arabic)
    assert GroupPagePermission.objects.filter(group=group, page_id=translated.pk, permission=permission).exists()


def test_no_machine_translates_unless_the_site_has_one_of_its_own(sleep: BasePage, settings: object) -> None:
    assert settings.LIBRETRANSLATE_URL == ""
    assert not hasattr(settings, "WAGTAILLOCALIZE_MACHINE_TRANSLATOR")


def test_a_topic_in_another_language_offers_its_first_guide(arabic: Locale, visitor: Client) -> None:
    page = languages.guide_in(arabic)
    assert TopicPage.objects.get(slug="sleep", locale=arabic).start_with_id != page.pk
    html = visitor.get("/ar/topics/sleep/").content.decode()
    assert re.search(rf'class="card card--first".*?{re.escape(page.title)}', html, re.DOTALL)


def test_the_desk_of_a_language_that_is_not_there_is_a_404(sleep: BasePage, editor: Client) -> None:
    for code in ["xx", "en-gb"]:
        assert editor.get(f"/cms/languages/{code}/").status_code == 404


def test_the_desk_of_a_language_knows_its_glossary(editor: Client) -> None:
    html = editor.get(reverse("language_desk", args=["uk"])).content.decode()
    assert "anxiety" in html
    assert html.count("<tr>") > 40


def test_sentences_become_a_version_when_asked_and_change_nothing_for_readers(sleep: BasePage, visitor: Client) -> None:
    amal, basma = build.user("amal", translators_of("ar")), translator("basma")
    before = visitor.get("/ar/guides/sleep/").content
    row = StringTranslation.objects.filter(context__path="summary", context__object_id=sleep.translation_key)
    assert "Make a new version" not in basma.get(check_url(sleep)).content.decode()
    row.update(data="ملخص جديد", last_translated_by=amal, translation_type="manual")
    assert "Make a new version" in basma.get(check_url(sleep)).content.decode()
    basma.post(check_url(sleep), {"assemble": "1"})
    sleep.refresh_from_db()
    assert sleep.get_latest_revision_as_object().summary == "ملخص جديد"
    assert visitor.get("/ar/guides/sleep/").content == before
    assert "You wrote part of this version" in build.signed_in(amal).get(check_url(sleep)).content.decode()
    basma.post(check_url(sleep), {"role": "Interpreter"})
    assert "ملخص جديد" in visitor.get("/ar/guides/sleep/").content.decode()


def test_the_button_of_the_translation_editor_publishes_nothing_unchecked(sleep: BasePage, visitor: Client) -> None:
    before = visitor.get("/ar/guides/sleep/").content
    rows = StringTranslation.objects.filter(context__path="summary", context__object_id=sleep.translation_key)
    rows.update(data="ملخص جديد")
    address = reverse("wagtailadmin_pages:edit", args=[sleep.pk])
    translator().post(address, {"action": "publish"})
    assert visitor.get("/ar/guides/sleep/").content == before

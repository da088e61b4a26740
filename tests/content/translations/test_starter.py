"""The starter library in each language: whole, labelled, and with every number and link of its source."""

import re

from django.conf import settings
from django.test import Client

from wagtail.models import Locale

import pytest

from content.library import FOLDER, LibraryError
from content.library.translations import languages_not_begun, load_translations, read, registry_texts
from content.models import GuidePage, Helpline, HomePage, PageTranslation, RegistryWords, UrgentSupportPage
from content.translations.figures import changed
from content.translations.step import source_of

CODES = [code for code, _name in settings.LANGUAGES if code != settings.LANGUAGE_CODE]
SOME = [pytest.param(code, marks=[] if code in CODES[:2] else pytest.mark.deep) for code in CODES]
MUST = {"exam-stress", "bullying", "sleep", "anxiety", "low-mood", "getting-nhs-help"}
LINK = re.compile(r'href="((?:tel|sms|mailto|https):[^"]+)"')


def body_of(visitor: Client, address: str) -> str:
    answer = visitor.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode().partition("<main")[2].partition("</main>")[0]


@pytest.mark.parametrize("code", SOME)
def test_every_live_page_has_all_numbers_and_links_of_its_source_and_no_other(code: str, db: None, visitor: Client) -> None:
    load_translations(FOLDER / "translations", [code])
    records = PageTranslation.objects.filter(page__locale__language_code=code, page__live=True)
    registry = {way.href for helpline in Helpline.objects.all() for way in helpline.ways.all()}
    opened = 0
    for page in (record.page.specific for record in records):
        if not page.url:
            continue
        source = source_of(page)
        english, translated = body_of(visitor, source.url), body_of(visitor, page.url)
        assert set(LINK.findall(english)) <= set(LINK.findall(translated)), page.url
        assert set(LINK.findall(translated)) - set(LINK.findall(english)) <= registry, page.url
        # A page built from crisis phrases alone says so in those; all others say that a machine wrote them.
        assert 'class="sample-notice" role="note"' in translated, page.url
        opened += 1
    assert opened >= 20


@pytest.mark.parametrize("code", SOME)
def test_what_must_be_there_is_there_and_only_crisis_phrases_stand_on_urgent_support(
    code: str, db: None, visitor: Client
) -> None:
    load_translations(FOLDER / "translations", [code])
    assert set(GuidePage.objects.filter(locale__language_code=code, live=True).values_list("slug", flat=True)) >= MUST
    urgent = UrgentSupportPage.objects.get(locale__language_code=code)
    html = body_of(visitor, urgent.url)
    assert urgent.summary not in html
    words = RegistryWords.objects.filter(locale__language_code=code)
    assert set(registry_texts()) == set(words.values_list("source", flat=True))
    assert not [row for row in words if changed(row.source, row.words)]
    assert not GuidePage.objects.filter(locale__language_code=code, live=True, topics__is_crisis=True).exists()


@pytest.mark.parametrize("code", CODES)
def test_a_catalogue_of_the_library_says_the_same_figures(code: str) -> None:
    words = read(FOLDER / "translations" / f"{code}.po")
    assert len(words) >= 800
    assert [source for source, said in words.items() if changed(source, said)] == []
    tag = re.compile(r"</?[a-z]+(?: id=\"[^\"]*\")?/?>")
    assert [source for source, said in words.items() if sorted(tag.findall(source)) != sorted(tag.findall(said))] == []


def test_a_page_whose_english_has_changed_since_is_not_made(db: None) -> None:
    code = CODES[0]
    guide = GuidePage.objects.get(slug="sleep")
    GuidePage.objects.filter(pk=guide.pk).update(summary="A sentence that no catalogue has.")
    load_translations(FOLDER / "translations", [code])
    assert not guide.get_translations().filter(locale__language_code=code).exists()
    assert GuidePage.objects.filter(slug="anxiety", locale__language_code=code, live=True).exists()


def test_loading_twice_makes_nothing_twice_and_leaves_a_persons_work_alone(db: None) -> None:
    code = CODES[0]
    assert code in languages_not_begun()
    assert load_translations(FOLDER / "translations", [code])[code] > 20
    home = HomePage.objects.get(locale__language_code=code)
    home.title = "Mine"
    home.save_revision()
    assert load_translations(FOLDER / "translations", [code]) == {code: 0}
    assert home.get_latest_revision_as_object().title == "Mine"
    assert code not in languages_not_begun()


def test_a_broken_catalogue_is_named_and_nothing_is_loaded(db: None, tmp_path: object) -> None:
    code = CODES[0]
    (tmp_path / f"{code}.po").write_text('msgid "a"\nnonsense\n')
    with pytest.raises(LibraryError, match=f"{code}.po cannot be read"):
        load_translations(tmp_path, [code])
    assert not HomePage.objects.filter(locale=Locale.objects.get(language_code=code)).exists()

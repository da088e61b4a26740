"""No translation goes live that lacks a sentence, says another number, or that nobody has checked."""

import re
from collections.abc import Callable

from django.core.exceptions import ValidationError

from wagtail.models import Locale
from wagtail_localize.models import StringSegment, StringTranslation, Translation, TranslationSource

import pytest

from content.models import Approval, GuidePage, HomePage, PageTranslation, TopicPage
from content.quality.run import blocking
from content.roles import LONDON_EDITORS
from tests import build, languages
from tests.languages import in_arabic


def mangled(text: str) -> str:
    """What a bad machine makes of a sentence: every digit another one, addresses in it spoilt."""
    return re.sub(r"(?<![\w&#\"])\d", "7", f"مترجم {text}")


@pytest.fixture
def home(arabic: Locale) -> HomePage:
    """The first page in Arabic, under which others can stand."""
    return languages.published(HomePage.objects.get(locale__language_code="en-gb"), arabic)


def test_a_machine_that_mangles_everything_gets_no_wrong_number_to_a_reader(arabic: Locale) -> None:
    numbers = 0
    with pytest.raises(ValidationError, match="The figures of"):
        languages.guide_in(arabic, "sleep", say=mangled)
    for source in GuidePage.objects.filter(locale__language_code="en-gb")[:12]:
        if not source.get_translations().exists():
            languages_above(source, arabic)
        draft = languages.translate(source, arabic, mangled)
        found = [finding for finding in blocking(draft) if finding.check == "translation"]
        wrong = [text for text in said(source) if re.search(r"(?<![\w&#\"])[0-68-9]", re.sub(r"<[^>]*>", "", text))]
        assert len(found) >= len(wrong) > 0
        numbers += len(wrong)
    assert numbers > 30
    assert not GuidePage.objects.filter(locale=arabic, live=True).exists()


def said(page: GuidePage) -> list[str]:
    segments = StringSegment.objects.filter(source=TranslationSource.objects.get_for_instance(page))
    return list(segments.values_list("string__data", flat=True))


def languages_above(page: GuidePage, locale: Locale) -> None:
    for above in page.get_ancestors().filter(depth__gt=1).specific():
        if not above.get_translations().filter(locale=locale).exists():
            languages.translate(above, locale)


@pytest.mark.parametrize("spoil", ["left out", "left in English", "emptied"])
def test_a_page_with_one_sentence_missing_is_refused_and_the_sentence_is_named(
    home: HomePage, arabic: Locale, spoil: str
) -> None:
    topic = TopicPage.objects.get(slug="sleep", locale__language_code="en-gb")
    languages_above(topic, arabic)
    draft = languages.translate(topic, arabic)
    source = TranslationSource.objects.get_for_instance(topic)
    segment = StringSegment.objects.filter(source=source, context__path="summary").get()
    row = StringTranslation.objects.filter(translation_of=segment.string, context=segment.context, locale=arabic)
    row.delete()
    if spoil == "left out":
        Translation.objects.get(source=source, target_locale=arabic).save_target(publish=False)
        draft = topic.get_translation(arabic).get_latest_revision_as_object()
    else:
        draft.summary = topic.summary if spoil == "left in English" else ""
    with pytest.raises(ValidationError, match=re.escape(topic.summary[:40])):
        build.publish(draft)
    assert not TopicPage.objects.filter(locale=arabic, live=True).exists()


def test_words_that_are_the_same_in_both_languages_may_be_said_to_be(home: HomePage, arabic: Locale) -> None:
    topic = TopicPage.objects.get(slug="sleep", locale__language_code="en-gb")
    languages_above(topic, arabic)
    draft = languages.translate(topic, arabic, lambda text: text if text == topic.title else in_arabic(text))
    assert draft.title == topic.title
    build.publish(draft)
    assert TopicPage.objects.filter(locale=arabic, live=True).exists()


def test_a_translation_needs_a_second_speaker_and_no_second_clinician(home: HomePage, arabic: Locale) -> None:
    topic = TopicPage.objects.get(slug="sleep", locale__language_code="en-gb")
    languages_above(topic, arabic)
    draft = languages.translate(topic, arabic)
    assert draft.needs_approvals == ("translation",)
    with pytest.raises(ValidationError, match="A second person who speaks the language"):
        draft.save_revision().publish()


def test_whoever_translated_a_page_cannot_check_it(home: HomePage, arabic: Locale) -> None:
    topic = TopicPage.objects.get(slug="sleep", locale__language_code="en-gb")
    languages_above(topic, arabic)
    translator = build.user("amal", LONDON_EDITORS)
    draft = languages.translate(topic, arabic)
    draft.title = "النوم"
    revision = draft.save_revision(user=translator)
    with pytest.raises(ValidationError, match="You wrote part of this version"):
        Approval.objects.create_for(revision, Approval.Kind.TRANSLATION, user=translator, role="Interpreter")


def test_a_page_for_people_in_danger_never_goes_live_on_a_machines_words(arabic: Locale) -> None:
    slug = "suicidal-thoughts"
    with pytest.raises(ValidationError, match="A machine wrote some of this, and people in danger read it"):
        languages.guide_in(arabic, slug, machine=True, checked=False)
    assert not GuidePage.objects.filter(locale=arabic, live=True).exists()
    page = languages.guide_in(arabic, slug, machine=True, checked=True)
    assert PageTranslation.objects.get(page=page).checked_by == "Psychologist"


def test_english_copied_into_another_language_never_goes_live(
    home: HomePage, arabic: Locale, django_capture_on_commit_callbacks: Callable
) -> None:
    topic = TopicPage.objects.get(slug="sleep", locale__language_code="en-gb")
    languages_above(topic, arabic)
    copy = topic.copy_for_translation(arabic)
    with pytest.raises(ValidationError, match="is not translated yet"):
        build.publish(copy)

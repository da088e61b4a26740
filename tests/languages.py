"""Another language for a test, and pages translated into it."""

from collections.abc import Callable

from wagtail.models import Locale, Page
from wagtail_localize.models import StringSegment, StringTranslation, Translation, TranslationSource

from content.base import BasePage
from content.models import GuideIndexPage, GuidePage, HomePage, PartnerShelf, TopicIndexPage, TopicPage
from tests import build

WITH_ARABIC = [("en-gb", "English"), ("ar", "العربية")]
Say = Callable[[str], str]


def in_arabic(text: str) -> str:
    """Stand in for a translator: other words, the same figures and tags."""
    return f"مترجم {text}"


def translate(page: Page, locale: Locale, say: Say = in_arabic, *, machine: bool = False) -> BasePage:
    """Translate a page sentence by sentence into a draft, as the translation editor does. Returns the draft."""
    page = type(page).objects.get(pk=page.pk)
    source, _is_new = TranslationSource.update_or_create_from_instance(page)
    translation, _is_new = Translation.objects.get_or_create(source=source, target_locale=locale)
    kind = StringTranslation.TRANSLATION_TYPE_MACHINE if machine else StringTranslation.TRANSLATION_TYPE_MANUAL
    for segment in StringSegment.objects.filter(source=source).select_related("string"):
        StringTranslation.objects.update_or_create(
            translation_of=segment.string,
            locale=locale,
            context=segment.context,
            defaults={"data": say(segment.string.data), "translation_type": kind},
        )
    translation.save_target(publish=False)
    return page.get_translation(locale).get_latest_revision_as_object()


def published(page: Page, locale: Locale, say: Say = in_arabic, *, machine: bool = False, checked: bool = True) -> BasePage:
    """Translate a page and publish it: checked by a second speaker, or as the starter library does."""
    draft = translate(page, locale, say, machine=machine)
    if checked:
        build.publish(draft)
    else:
        revision = draft.save_revision()
        if draft.needs_approvals:
            build.from_the_library(revision)
        revision.publish()
    return page.get_translation(locale)


def guide_in(locale: Locale, slug: str = "sleep", **how: object) -> BasePage:
    """Publish a guide of the library in another language, with its topic and the pages above them."""
    guide = GuidePage.objects.get(slug=slug, locale__language_code="en-gb")
    above = [HomePage, TopicIndexPage, GuideIndexPage]
    pages = [*(model.objects.get(locale=guide.locale) for model in above), PartnerShelf.objects.parent_of(guide).get()]
    for page in [*pages, *TopicPage.objects.filter(pk__in=guide.topics.all())]:
        published(page, locale, **how)
    return published(guide, locale, **how)

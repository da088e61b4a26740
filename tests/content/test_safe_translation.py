"""What translators type can carry no script either."""

from collections.abc import Callable
from urllib.parse import urlencode

from django.test import Client
from django.urls import reverse

from wagtail.models import Locale
from wagtail_localize.models import OverridableSegment, StringSegment, StringTranslation, Translation, TranslationSource
from wagtail_localize.operations import translate_object

import pytest

from content.models import GuidePage
from tests import build

SOURCE = '<p>Read <a href="https://www.nhs.uk/sleep/">about sleep</a> today.</p>'


@pytest.fixture
def begun(arabic: Locale, django_capture_on_commit_callbacks: Callable) -> Translation:
    """A guide with a link in its words, whose translation into Arabic has begun."""
    guide = build.guide("With a link", body=[("paragraph", SOURCE)])
    with django_capture_on_commit_callbacks(execute=True):
        translate_object(GuidePage.objects.get(pk=guide.pk), [arabic])
    return Translation.objects.get(source=TranslationSource.objects.get_for_instance(guide))


def put(editor: Client, route: str, begun: Translation, segment: int, value: str) -> dict:
    """Do what the translation editor does when somebody leaves a field."""
    address = reverse(f"wagtail_localize:{route}", args=[begun.pk, segment])
    answer = editor.put(address, urlencode({"value": value}), content_type="application/x-www-form-urlencoded")
    assert answer.status_code in {200, 201}
    return answer.json()


def saved(begun: Translation) -> str:
    """Make the page again from what was translated, and give its words."""
    begun.save_target(publish=True)
    return str(GuidePage.objects.get(locale=begun.target_locale, title__contains="With a link").body[0].value.source)


@pytest.mark.parametrize("address", ["javascript:alert(1)", "java\tscript:alert(1)", "data:text/html,x", "vbscript:x"])
def test_a_link_cannot_be_turned_into_a_script(editor: Client, begun: Translation, address: str) -> None:
    segment = OverridableSegment.objects.get(source=begun.source, data_json__contains="nhs.uk")
    told = put(editor, "edit_override", begun, segment.pk, address)
    assert "This address cannot be used" in told["error"]
    assert "https://www.nhs.uk/sleep/" in saved(begun)
    told = put(editor, "edit_override", begun, segment.pk, "https://www.nhs.uk/arabic/")
    assert not told["error"]
    assert "https://www.nhs.uk/arabic/" in saved(begun)


@pytest.mark.parametrize(
    "address",
    [
        "https://www.nhs.uk.example/",
        "https://nhs.example/www.nhs.uk/",
        "tel:0900123456",
        "http://www.nhs.uk/",
        "https://",
        "//x",
        "https://evil.example\\@www.nhs.uk/",
        "https://evil.example@www.nhs.uk/",
        "https://www.nhs.uk\t.evil.example/",
        "https://www.nhs.uk\u2100.evil.example/",
        "https://[www.nhs.uk/",
    ],
)
def test_a_translator_can_lead_a_reader_to_no_other_host_than_the_source(
    editor: Client, begun: Translation, address: str
) -> None:
    segment = OverridableSegment.objects.get(source=begun.source, data_json__contains="nhs.uk")
    assert put(editor, "edit_override", begun, segment.pk, address)["error"]
    text = saved(begun)
    assert "https://www.nhs.uk/sleep/" in text
    assert f'"{address}"' not in text
    told = put(editor, "edit_override", begun, segment.pk, "https://www.nhs.uk.example/")
    assert "leads to www.nhs.uk" in told["error"]


@pytest.mark.parametrize(
    "words",
    [
        "<script>alert(1)</script>",
        '<b onclick="alert(1)">x</b>',
        '<a id="a1" href="javascript:alert(1)">x</a>',
        '<img src="x" onerror="alert(1)">',
        "<svg onload=alert(1)>",
    ],
)
def test_words_with_a_script_in_them_are_not_used(editor: Client, begun: Translation, words: str) -> None:
    segment = StringSegment.objects.get(source=begun.source, string__data__contains="about sleep")
    put(editor, "edit_string_translation", begun, segment.pk, words)
    assert StringTranslation.objects.get(translation_of=segment.string).has_error
    text = saved(begun)
    assert "about sleep" in text
    assert "alert" not in text

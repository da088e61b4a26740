"""What the tests of /cms/ have in common."""

from collections.abc import Iterator

from django.test import override_settings

from wagtail.models import Locale

import pytest


@pytest.fixture
def arabic(db: None) -> Iterator[Locale]:
    """Add a language, as one line in languages.py would."""
    languages = [("en-gb", "English"), ("ar", "العربية")]
    with override_settings(LANGUAGES=languages, WAGTAIL_CONTENT_LANGUAGES=languages):
        yield Locale.objects.create(language_code="ar")

"""What templates need beyond Django's and Wagtail's own."""

import json
from datetime import date

from django import template
from django.conf import settings
from django.utils.html import escape, format_html, json_script
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

import segno

from content import local_forms
from content.bank_holidays import DATES
from content.base import BasePage
from content.hours import OpeningHours
from content.media import SHARED, CustomImage
from content.notices import above
from content.translations import places
from content.translations.reader import LanguageLink, languages_of
from content.translations.registry import translated

register = template.Library()


@register.simple_tag
def bank_holidays() -> str:
    """List the bank holidays that are known, for the reader's device: dates parted by spaces."""
    return " ".join(day.isoformat() for day in DATES)


@register.simple_tag
def place(path: str) -> str:
    """Give the address of a main page in the reader's language, or in English where it is not there yet."""
    return places.address(path)[0]


@register.simple_tag
def to(path: str, below: str = "") -> SafeString:
    """Write where a link to a main page leads: in the reader's language, or marked as English where it is not there yet.

    path: below the language's own part, such as "topics/"; below: what follows it, where its pages are all or none there.
    """
    address, language = places.address(path)
    address += below
    if language == get_language():
        return format_html('href="{}"', address)
    return format_html('href="{}" hreflang="{}" data-in="{}"', address, language, dict(settings.LANGUAGES)[language])


@register.simple_tag
def languages_of_the_site() -> list[LanguageLink]:
    """List the first pages there are, for what is no page itself."""
    return languages_of(None)


@register.simple_tag
def in_english(text: str) -> SafeString | str:
    """Mark what is English whatever the page's language, such as the name of a service."""
    if get_language() == settings.LANGUAGE_CODE:
        return text
    return format_html('<span lang="{}" dir="ltr">{}</span>', settings.LANGUAGE_CODE, text)


@register.simple_tag
def registry(text: str) -> SafeString | str:
    """Give words of the registry of helplines in the page's language, or marked as English where there are none."""
    words = translated(text)
    return in_english(text) if words is None else words


@register.inclusion_tag("parts/picture.html")
def picture_for_screens(image: CustomImage, shape: str, alt: str, loading: str) -> dict[str, object]:
    """Show a picture in the sizes, formats and schemes it has.

    shape: a key of content.media.SIZES; alt: what matters in it; loading: "lazy" below the first screen, else "eager".
    """
    sources, fallback = image.for_screens(shape)
    return {"sources": sources, "fallback": fallback, "alt": alt, "loading": loading}


@register.inclusion_tag("parts/notices.html")
def notices(page: BasePage) -> dict[str, object]:
    """Show what readers of a topic, or of a guide on it, must know now."""
    return {"notices": above(getattr(page, "topic_pages", [page])), "source": settings.LANGUAGE_CODE}


@register.simple_tag
def sharing_picture(image: CustomImage) -> str:
    """Give the full address of the picture that other sites show beside a link."""
    return f"{settings.SITE_URL}{image.get_rendition(SHARED).url}"


@register.simple_tag
def qr_code(address: str) -> SafeString:
    """Draw an address as a QR code (ISO/IEC 18004, error correction M: readable with 15 % of it smudged)."""
    code = segno.make(address, error="m", micro=False)
    label = escape(_("QR code of this page’s address"))
    drawn = code.svg_inline(svgclass="share__code", lineclass=None, omitsize=True, border=0)
    return mark_safe(drawn.replace("<svg ", f'<svg role="img" aria-label="{label}" ', 1))  # noqa: S308 (segno draws, we escape)


@register.filter
def local_date(day: date | None) -> str:
    """Write a day as the page's language does."""
    return local_forms.day(day, get_language()) if day else ""


@register.filter
def local_month(day: date | None) -> str:
    """Write a month and its year as the page's language does."""
    return local_forms.month(day, get_language()) if day else ""


@register.filter
def opening_times(hours: OpeningHours) -> list[str]:
    """Say opening hours in words: one line for each run of days with the same times."""
    language = get_language()
    if hours.always:
        return [_("Open all day and night")]
    if not hours.known:
        return [_("We do not know the hours: look on their website")]
    between = " and " if language.startswith("en") else ", "
    return [
        f"{_days(*days)}: {between.join(local_forms.span(*span, language) for span in spans)}"
        for days, spans in hours.groups()
    ]


@register.filter
def opening_times_in_figures(hours: OpeningHours) -> list[str]:
    """Say opening hours with names of days and times alone, which need no translator."""
    language = get_language()
    return [
        f"{local_forms.days(*days, language)} {', '.join(local_forms.span(*span, language) for span in spans)}"
        for days, spans in hours.groups()
    ]


def _days(first: int, last: int) -> str:
    return _("Every day") if (first, last) == (0, 6) else local_forms.days(first, last, get_language())


@register.filter
def json_ld(data: dict) -> SafeString:
    """Write structured data for search engines, safe inside a page."""
    escaped = json_script(json.loads(json.dumps(data))).replace('type="application/json"', 'type="application/ld+json"')
    return mark_safe(escaped)  # noqa: S308 (json_script escapes)

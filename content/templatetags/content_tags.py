"""What templates need beyond Django's and Wagtail's own."""

import json

from django import template
from django.conf import settings
from django.utils.dates import WEEKDAYS
from django.utils.html import escape, json_script
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

import segno

from content.bank_holidays import DATES
from content.base import BasePage
from content.hours import OpeningHours
from content.media import SHARED, CustomImage
from content.notices import above

register = template.Library()


@register.simple_tag
def bank_holidays() -> str:
    """List the bank holidays that are known, for the reader's device: dates parted by spaces."""
    return " ".join(day.isoformat() for day in DATES)


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


MIDNIGHT, NOON = 0, 12 * 60


@register.filter
def opening_times(hours: OpeningHours) -> list[str]:
    """Say opening hours in words: one line for each run of days with the same times."""
    if hours.always:
        return [_("Open all day and night")]
    if not hours.known:
        return [_("We do not know the hours: look on their website")]
    return [
        _("%(days)s: %(times)s") % {"days": _days(*days), "times": _(" and ").join(_span(*span) for span in spans)}
        for days, spans in hours.groups()
    ]


def _days(first: int, last: int) -> str:
    if (first, last) == (0, 6):
        return _("Every day")
    if first == last:
        return str(WEEKDAYS[first])
    return _("%(first)s to %(last)s") % {"first": WEEKDAYS[first], "last": WEEKDAYS[last]}


def _span(start: int, end: int) -> str:
    return _("%(start)s to %(end)s") % {"start": _clock(start), "end": _clock(end)}


def _clock(minutes: int) -> str:
    """Say a time as people here write it (GOV.UK style: 9am, 5.30pm, midday, midnight)."""
    if minutes in {MIDNIGHT, NOON}:
        return _("midnight") if minutes == MIDNIGHT else _("midday")
    hour, rest = divmod(minutes, 60)
    suffix = _("am") if hour < NOON // 60 else _("pm")
    return f"{hour % 12 or 12}{f'.{rest:02}' if rest else ''}{suffix}"


@register.filter
def json_ld(data: dict) -> SafeString:
    """Write structured data for search engines, safe inside a page."""
    escaped = json_script(json.loads(json.dumps(data))).replace('type="application/json"', 'type="application/ld+json"')
    return mark_safe(escaped)  # noqa: S308 (json_script escapes)

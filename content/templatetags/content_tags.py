"""What templates need beyond Django's and Wagtail's own."""

import json

from django import template
from django.utils.dates import WEEKDAYS
from django.utils.html import json_script
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from content.bank_holidays import DATES
from content.hours import OpeningHours

register = template.Library()


@register.simple_tag
def bank_holidays() -> str:
    """List the bank holidays that are known, for the reader's device: dates parted by spaces."""
    return " ".join(day.isoformat() for day in DATES)


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

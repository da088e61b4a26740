"""Days, times and runs of days as each language writes them (Unicode CLDR, by Babel). Pure: no Django.

Figures are 0 to 9 in every language, as on the keys of a telephone.
"""

from datetime import date, time

from babel import Locale
from babel.dates import format_date, format_skeleton, format_time, get_day_names

NOON = 12 * 60
A_DAY = 24 * 60


def locale_of(language: str) -> Locale:
    """Give what is known of a language. language: a code such as en-gb."""
    return Locale.parse(language, sep="-")


def day(value: date, language: str) -> str:
    """Write a day: 24 November 2026, 24 listopada 2026."""
    return format_date(value, "long", locale=locale_of(language))


def month(value: date, language: str) -> str:
    """Write a month: November 2026, listopad 2026."""
    return format_skeleton("yMMMM", value, locale=locale_of(language))


def clock(minutes: int, language: str) -> str:
    """Write a time of day.

    minutes: after midnight, up to 1,440. In English as GOV.UK does: 9am, 5.30pm, midday, midnight.
    """
    minutes %= A_DAY
    hour, rest = divmod(minutes, 60)
    if not language.startswith("en"):
        return format_time(time(hour, rest), "short", locale=locale_of(language)).replace("\u202f", "\u00a0")
    if minutes in {0, NOON}:
        return "midday" if minutes else "midnight"
    return f"{hour % 12 or 12}{f'.{rest:02}' if rest else ''}{'am' if minutes < NOON else 'pm'}"


def span(start: int, end: int, language: str) -> str:
    """Write from when to when. start, end: minutes after midnight."""
    between = " to " if language.startswith("en") else "–"
    return f"{clock(start, language)}{between}{clock(end, language)}"


def days(first: int, last: int, language: str) -> str:
    """Write a run of days. first, last: 0 is Monday."""
    names = get_day_names("wide", "stand-alone", locale=locale_of(language))
    if first == last:
        return names[first]
    return f"{names[first]}{' to ' if language.startswith('en') else '–'}{names[last]}"


def english_name(language: str) -> str:
    """Name a language in English, as one says it to whoever answers a call: Polish. Babel's Bangla is Bengali there."""
    return {"bn": "Bengali"}.get(language) or locale_of(language).get_display_name("en")

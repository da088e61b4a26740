"""Words in, ranked pages out. Knows no request and makes no HTML."""

import re
import unicodedata

from django.utils.translation import get_language

from wagtail.models import Locale

from content.models import GuidePage, InformationPage, TopicPage, UrgentSupportPage

LONGEST = 200
FOUND_IN = (GuidePage, TopicPage, UrgentSupportPage, InformationPage)
KINDS = {GuidePage: "guide", TopicPage: "topic", UrgentSupportPage: "urgent-support", InformationPage: "page"}
COMMON_WORDS = (
    "a about all am an and any are as at be been being but by can do does dont for from get got had has have how i if im in "
    "is it its ive just like me my not of on or our out so some than that the their them there they this to too u up ur us "
    "was we were what when where which who why will with would you your"
)
COMMON = frozenset(COMMON_WORDS.split())

Found = GuidePage | TopicPage | UrgentSupportPage | InformationPage


def clean(text: str) -> str:
    """Make of anything typed what a search can take: letters and digits with single spaces, at most 200 characters.

    text: whatever arrived. Returns lower case text without quotes, operators or control characters; may be empty.
    """
    folded = unicodedata.normalize("NFKC", text[: LONGEST * 4]).replace("’", "'").replace("'", "")
    plain = re.sub(r"[^\w]+", " ", folded.replace("_", " ")).strip().lower()
    return plain[:LONGEST].strip()


def terms(text: str) -> list[str]:
    """List the words of a query that tell something, each once; all of them when none does."""
    found = list(dict.fromkeys(clean(text).split()))
    return [word for word in found if word not in COMMON] or found


def find(text: str, language: str | None = None) -> list[Found]:
    """Find the pages that answer a query, best first.

    text: as typed; language: a code of settings.LANGUAGES, the current one when None. Returns pages a reader may see.
    """
    words = terms(text)
    if not words:
        return []
    locale = Locale.objects.filter(language_code=language or get_language()).first()
    scored: list[tuple[float, Found]] = []
    for model in FOUND_IN if locale else ():
        pages = model.objects.shown().filter(locale=locale)
        for rank, page in enumerate(pages.search(" ".join(words), operator="or")[:50]):
            scored.append((_weight(page, words) - rank / 100, page))
    return [page for _score, page in sorted(scored, key=lambda pair: -pair[0])]


def _weight(page: Found, words: list[str]) -> float:
    """Count how many of the words stand in what a page says of itself: most in its title, then in its search words."""
    title, known = terms(page.title), terms(f"{page.slug} {page.also_searched_as} {page.summary}")
    return sum(2.0 * (word in title) + 1.0 * (word in known) for word in words)


def nearest(text: str, limit: int) -> list[Found]:
    """Find a few guides and topics near to some words, for a page that could not be found.

    text: for example a wrong address; limit: how many at the most.
    """
    return find(text)[:limit]

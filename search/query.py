"""Words in, ranked pages out. Knows no request and makes no HTML."""

import re
import unicodedata

from django.utils.translation import get_language

from wagtail.models import Locale

from content.models import GuidePage, InformationPage, TopicPage, UrgentSupportPage

LONGEST = 200
SHORTEST_STEM = 4
LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[a-z0-9]{2,8})*")
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
    bare = re.sub("['’]", "", unicodedata.normalize("NFKC", text[: LONGEST * 4]))
    # Lower case can leave a dot that combines (İ); other scripts need their marks, which belong to their letters.
    folded = unicodedata.normalize("NFKC", bare.lower().replace("i\u0307", "i"))
    kept = "".join(sign if unicodedata.category(sign)[0] in "LMN" else " " for sign in folded)
    return " ".join(kept.split())[:LONGEST].strip()


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
    language = language or get_language()
    locale = Locale.objects.filter(language_code=language).first() if LANGUAGE.fullmatch(language) else None
    scored: list[tuple[float, Found]] = []
    for model in FOUND_IN if locale else ():
        pages = model.objects.shown().filter(locale=locale)
        for rank, page in enumerate(pages.search(" ".join(words), operator="or")[:50]):
            scored.append((_weight(page, clean(text), words) - rank / 100, page))
    return [page for _score, page in sorted(scored, key=lambda pair: (-pair[0], pair[1].title))]


def _weight(page: Found, typed: str, words: list[str]) -> float:
    """Weigh how well the words fit what a page says of itself: its title most, then its address, then its search words."""
    title, slug, known = terms(page.title), page.slug.split("-"), terms(f"{page.also_searched_as} {page.summary}")
    asked = sum(2.0 * _near(word, title) + 1.0 * _near(word, known + slug) for word in words)
    said = typed in [clean(phrase) for phrase in page.also_searched_as.split(",")]
    exact = (10.0 if isinstance(page, UrgentSupportPage) else 3.0) * said + 10.0 * (typed == clean(page.title))
    return exact + asked + sum(_near(part, words) for part in slug) / len(slug)


def _near(word: str, others: list[str]) -> bool:
    """Tell whether a word is among others, give or take an ending."""
    return any(
        word == other or (min(len(word), len(other)) >= SHORTEST_STEM and (word.startswith(other) or other.startswith(word)))
        for other in others
    )


def nearest(text: str, limit: int) -> list[Found]:
    """Find a few guides and topics near to some words, for a page that could not be found.

    text: for example a wrong address; limit: how many at the most.
    """
    return find(text)[:limit]

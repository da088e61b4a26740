"""What was typed becomes plain words, and words become stems. Pure."""

import re
import unicodedata
from functools import cache

import snowballstemmer

LONGEST = 200
"""Letters of a query that count: nobody's question is longer, and a longer one is an attack or a pasted page."""

STEMMERS = {
    "ar": "arabic",
    "en": "english",
    "es": "spanish",
    "pl": "polish",
    "pt": "portuguese",
    "ro": "romanian",
    "tr": "turkish",
}
"""Languages that Snowball knows. Words of others are cut to their first letters."""

PREFIX = 5
"""Letters that stand for a word where there is no stemmer: does as well as one (Can and others, JASIST 59, 2008)."""

ALIKE = str.maketrans(
    {
        # Letters that people type for one another, or without their mark.
        **{"ı": "i", "ł": "l", "ø": "o", "đ": "d", "ß": "ss", "æ": "ae", "œ": "oe"},
        **{"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ی": "ي", "ې": "ي", "ئ": "ي", "ؤ": "و", "ة": "ه", "ۃ": "ه"},
        **{"ہ": "ه", "ھ": "ه", "ۀ": "ه", "ە": "ه", "ک": "ك", "ـ": "", "\u200c": "", "\u200d": ""},
    }
)
"""Arabic and Urdu keyboards have signs of their own for letters that look the same (Unicode 16, 9.2)."""

COMMON_WORDS = (
    "a about after all am an and any are as at be because been before being but by can could did do does doing dont "
    "each even feel feeling feels felt for from get gets getting go going got had has have having he her hers him his "
    "how i id if ill im in into is isnt it its ive just know let like made make makes me more most much my need never "
    "no not of off on one only or other our out over own people please really s so some someone something still such "
    "t than that thats the their them then there these they thing things think this those through to too u up ur us "
    "very want wants was we were what when where which while who whom why will with would you your yours"
)
COMMON = frozenset(COMMON_WORDS.split())
"""Words that tell nothing of what a person needs."""


def clean(text: str) -> str:
    """Make of anything typed what a search can take: letters and digits with single spaces, at most 200 characters.

    text: whatever arrived. Returns lower case text without quotes, operators or control characters; may be empty.
    """
    bare = re.sub("['’ʼ]", "", unicodedata.normalize("NFKC", text[: LONGEST * 4]))
    # Lower case can leave a dot that combines (İ).
    folded = fold(bare.lower().replace("i\u0307", "i"))
    kept = "".join(sign if unicodedata.category(sign)[0] in "LMN" else " " for sign in folded)
    return " ".join(kept.split())[:LONGEST].strip()


def fold(text: str) -> str:
    """Write letters as people type them in a hurry: Latin ones without accents, Arabic ones without short vowels.

    text: in lower case. Marks of other scripts are part of their letters and stay.
    """
    kept: list[str] = []
    base = ""
    for sign in unicodedata.normalize("NFD", text):
        if unicodedata.category(sign) == "Mn" and ("ARABIC" in unicodedata.name(sign, "") or "LATIN" in base):
            continue
        if unicodedata.category(sign) != "Mn":
            base = unicodedata.name(sign, "")
        kept.append(sign)
    return unicodedata.normalize("NFKC", "".join(kept)).translate(ALIKE)


def stem(word: str, language: str) -> str:
    """Cut a word's ending: bullied and bullying are one.

    word: in lower case; language: a code such as en-gb. Returns its first letters in languages without a stemmer.
    """
    return _stem(word, language.partition("-")[0])


def stems(text: str, language: str) -> list[str]:
    """List the stems of a text in their order, every word of it."""
    short = language.partition("-")[0]
    return [_stem(word, short) for word in text.split()]


def telling(words: list[str]) -> list[str]:
    """Keep the words that tell what a person needs; all of them when none does. words: of an English query."""
    return [word for word in words if word not in COMMON] or words


def _stem(word: str, short: str) -> str:
    algorithm = STEMMERS.get(short)
    return _stemmer(algorithm).stemWord(word) if algorithm else word[:PREFIX]


@cache
def _stemmer(algorithm: str) -> object:
    return snowballstemmer.stemmer(algorithm)

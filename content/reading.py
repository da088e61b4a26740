"""How long a text takes to read and how hard it is. Pure: no Django, no database."""

import math
import re

WORDS_PER_MINUTE = 200
"""Adults read 238 words a minute (Brysbaert 2019, doi 10.1016/j.jml.2019.104047); fewer when tired."""

GRADE_TO_AGE = 5
"""A US school grade is the reader's age less five."""

READING_AGE = 11
"""The NHS writes for an age of 9 to 11 (service-manual.nhs.uk/content/how-we-write)."""

_WORD = re.compile(r"[^\W_]+(?:['’\-][^\W_]+)*")
_SENTENCE_END = re.compile(r"[.!?…]+(?=[\s\"'”’)]|$)|\n+")
_VOWELS = re.compile(r"[aeiouy]+")
_SILENT_END = re.compile(r"(?:[^laeiouy]e|[^aeiouyscgxzhl]es|(?<![^aeiouyl]l)(?<=[^aeiouydt])ed|[gq]ue)$")
_SILENT_INSIDE = re.compile(r"[^aeiou]e(?=(?:ly|fully|ful|less|ness|ment|thing|one|times?|where|how|body|work)$)")
_TWO_IN_ONE_GROUP = re.compile(r"(?<![ct])ia(?!n)|(?<![ct])io(?!n|us|ur)|iet|(?:[eouy]|[^q]u)ing|[dr]ea(?:s?$|te)|eo(?!pl)")
_NOT = re.compile(r"[dst]n['’]t$")
_IRREGULAR = {
    "hundred": 2,
    "lion": 2,
    "maybe": 2,
    "poem": 2,
    "science": 2,
    "suicidal": 4,
    "suicide": 3,
}


def words(text: str) -> list[str]:
    """List the words of a text.

    text: plain text. Returns the words as they stand, numbers included.
    """
    return _WORD.findall(text)


def sentences(text: str) -> list[str]:
    """Cut a text into sentences; a line break ends one, as in headings and lists.

    text: plain text. Returns the sentences that hold at least one word.
    """
    return [part.strip() for part in _SENTENCE_END.split(text) if _WORD.search(part)]


def syllables(word: str) -> int:
    """Count a word's syllables by its groups of vowels, with what English spelling hides or adds.

    word: one English word. Returns at least 1; a word in another script counts as 1.
    """
    total = 1 if _NOT.search(word.lower()) else 0
    for part in re.split(r"[-’']", word.lower()):
        total += _IRREGULAR.get(part) or _groups(part)
    return max(total, 1)


def _groups(part: str) -> int:
    groups = len(_VOWELS.findall(part)) + len(_TWO_IN_ONE_GROUP.findall(part)) - len(_SILENT_INSIDE.findall(part))
    return groups - 1 if groups > 1 and _SILENT_END.search(part) else groups


def reading_minutes(text: str) -> int:
    """Tell how many whole minutes a text takes to read.

    text: plain text. Returns minutes, at least 1.
    """
    return max(1, math.ceil(len(words(text)) / WORDS_PER_MINUTE))


def reading_age(text: str) -> float:
    """Tell the age at which a UK reader is expected to manage a text: Flesch–Kincaid grade + 5.

    text: plain English text. Returns years, to one decimal place, never below 5; 0.0 for a text without words.
    Formula: Kincaid et al. 1975, 0.39 × words a sentence + 11.8 × syllables a word − 15.59.
    """
    found = words(text)
    if not found:
        return 0.0
    per_sentence = len(found) / max(len(sentences(text)), 1)
    per_word = sum(map(syllables, found)) / len(found)
    grade = 0.39 * per_sentence + 11.8 * per_word - 15.59
    return round(max(grade + GRADE_TO_AGE, 5.0), 1)

"""Whether the words are safe: no method of suicide, no blame, no label where a person is."""

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from .draft import BULLET, Draft, Part
from .finding import Finding
from .wording import Rule, wording

NAMED_BY_OTHERS = {"sources"}
"""Fields with titles that others gave."""

_BLANKS = re.compile(r"[^\S\n]+")
_SENTENCE = re.compile(r"\S.*?(?:[.!?…]+(?=[\s\"'”)]|$)|$)")
_QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"")
_NOT_TO_SAY = re.compile(
    r"\b(?:do not|don't|never|avoid|instead of|rather than|not)\s+(?:just\s+|to\s+)?"
    r"(?:(?:say|tell|call|writ|us|ask|speak|talk)(?:e|ing)?\b|words\b|phrases\b|[“\"])",
    re.IGNORECASE,
)


def check(draft: Draft) -> Iterator[Finding]:
    """Find words that can hurt, by the table of the page's language; each rule is named once in a block."""
    table = wording(draft.language)
    seen: set[tuple[str, str]] = set()
    for part in draft.spoken:
        if table is None or part.field in NAMED_BY_OTHERS:
            continue
        for rule, words in unsafe(part, table.rules):
            if (place := (rule.name, part.where)) not in seen:
                seen.add(place)
                why = _("“%(words)s”: %(why)s (%(source)s)") % {"words": words, "why": rule.why, "source": rule.source}
                yield Finding("unsafe_words", rule.blocks, part.field, part.where, why, rule.instead, part.block)


def unsafe(part: Part, rules: tuple[Rule, ...]) -> Iterator[tuple[Rule, str]]:
    """Find what some rules forbid in the words of one part. Yields each rule with the words it found."""
    text = _BLANKS.sub(" ", part.words.replace("’", "'"))
    for rule in rules:
        # Most texts hold nothing of it: only a hit is worth cutting into sentences.
        if rule.words.search(text) and (words := _found(rule, part, text)):
            yield rule, words


def _found(rule: Rule, part: Part, text: str) -> str:
    lead_in = ""
    for line in text.splitlines():
        for sentence in _SENTENCE.finditer(line):
            if (match := rule.find(sentence[0])) and not _is_spared(rule, part, lead_in, line, sentence.start(), match):
                return match[0].strip()
        if not line.startswith(BULLET):
            lead_in = line
    return ""


def _is_spared(rule: Rule, part: Part, lead_in: str, line: str, start: int, match: re.Match[str]) -> bool:
    """Tell whether somebody is told not to say it, or says it herself.

    lead_in: the paragraph above a list; start: where the match's sentence begins in its line.
    """
    if rule.spares == "nothing":
        return False
    begin = start + match.start()
    is_quoted = any(quote.start() <= begin < quote.end() for quote in _QUOTED.finditer(line))
    # What follows “Do not say” in quotation marks may be several sentences long.
    before = line[:begin] if is_quoted else line[start:begin]
    above = lead_in if line.startswith(BULLET) else ""
    if part.name == "dont" or _NOT_TO_SAY.search(before) or _NOT_TO_SAY.search(above):
        return True
    says = part.block_type == "quote" or (part.block_type == "what_happens" and part.name == "say")
    return rule.spares == "speech" and (is_quoted or says)

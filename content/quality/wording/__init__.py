"""Reads the tables of words that can hurt: one readable file a language."""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

SPARES = ("nothing", "warnings", "speech")
"""Where a rule is passed over: nowhere; where readers are told not to say it; there and where somebody is quoted."""

_PARTS = {"sources", "hard_subjects", "rules"}
_FOLDER = Path(__file__).parent
_TEXTS = ("name", "why", "instead", "spares", "source")
_KEYS = {*_TEXTS, "words", "unless", "blocks"}


class WordingError(ValueError):
    """A table that cannot be used, with its file and rule."""


@dataclass(frozen=True)
class Rule:
    """Words to look for, what makes them harmless, why they hurt, what to write instead, and who says so."""

    name: str
    words: re.Pattern[str]
    unless: re.Pattern[str] | None
    why: str
    instead: str
    blocks: bool
    spares: str
    source: str

    def find(self, sentence: str) -> re.Match[str] | None:
        """Find its words in a sentence, where nothing before them makes them harmless."""
        for match in self.words.finditer(sentence):
            if not (self.unless and self.unless.search(sentence, 0, match.start())):
                return match
        return None


@dataclass(frozen=True)
class Wording:
    """The table of a language: its rules, and the words by which hard subjects are known."""

    rules: tuple[Rule, ...]
    hard_subjects: re.Pattern[str]


@cache
def wording(language: str) -> Wording | None:
    """Give the table of a language, None where there is none.

    language: without its country, such as `en`. Raises WordingError.
    """
    path = _FOLDER / f"{language}.yaml"
    return read(path.read_text("utf-8"), path.name) if path.exists() else None


def read(text: str, file: str) -> Wording:
    """Read a table and see that all of it can be used.

    text: YAML; file: its name, for errors. Raises WordingError.
    """
    try:
        table = yaml.safe_load(text)
    except yaml.YAMLError as error:
        raise WordingError(f"{file}: this is not YAML: {error}") from error
    if not isinstance(table, dict) or set(table) != _PARTS or not all(table.values()):
        raise WordingError(f"{file}: it needs {', '.join(sorted(_PARTS))}, and nothing beside them")
    rules = [_rule(row, table["sources"], f"{file}, rule {number}") for number, row in enumerate(table["rules"], start=1)]
    names = [rule.name for rule in rules]
    if twice := sorted({name for name in names if names.count(name) > 1}):
        raise WordingError(f"{file}: two rules are called “{twice[0]}”")
    return Wording(tuple(rules), _compiled(table["hard_subjects"], f"{file}, hard_subjects"))


def _rule(row: object, sources: dict[str, str], place: str) -> Rule:
    if not isinstance(row, dict):
        raise WordingError(f"{place}: it needs {', '.join(sorted(_KEYS))}")
    row = {"unless": []} | row
    place = f"{place} “{row.get('name', '')}”"
    if wrong := sorted(map(str, _KEYS ^ set(row))):
        raise WordingError(f"{place}: missing or unknown: {', '.join(wrong)}")
    if empty := [key for key in _TEXTS if not (isinstance(row[key], str) and row[key].strip())]:
        raise WordingError(f"{place}: “{empty[0]}” needs words")
    if not isinstance(row["blocks"], bool):
        raise WordingError(f"{place}: “blocks” is true or false")
    if row["spares"] not in SPARES:
        raise WordingError(f"{place}: “spares” is one of {', '.join(SPARES)}")
    if row["source"] not in sources:
        raise WordingError(f"{place}: “{row['source']}” is not among the sources")
    patterns = {
        "words": _compiled(row["words"], place),
        "unless": _compiled(row["unless"], place) if row["unless"] else None,
    }
    return Rule(**row | patterns | {"source": str(sources[row["source"]])})


def _compiled(lines: object, place: str) -> re.Pattern[str]:
    if not (isinstance(lines, list) and lines and all(isinstance(line, str) and line for line in lines)):
        raise WordingError(f"{place}: this is to be a list of words")
    for line in lines:
        try:
            alone = re.compile(line)
        except re.error as error:
            raise WordingError(f"{place}: “{line}” cannot be read: {error}") from error
        if alone.search(""):
            raise WordingError(f"{place}: “{line}” finds everything")
    return re.compile(rf"(?<!\w)(?:{'|'.join(lines)})(?!\w)", re.IGNORECASE | re.MULTILINE)

"""Finds telephone numbers and text codes in running text, where none may stand. Pure: no Django.

999 and 111 are names as much as numbers and never change, so they may stand in a text.
"""

import re

_GAP = r"[\s().\-–—\u00a0\u2011]{0,2}"
_NUMBER = re.compile(
    rf"(?<![\w£$,/\-])(?<!\d\.)(?:\+{_GAP}\d(?:{_GAP}\d){{8,13}}"  # abroad or +44
    rf"|0(?:{_GAP}\d){{6,10}}"  # 0800 1111 is the shortest in use
    rf"|1{_GAP}1{_GAP}6(?:{_GAP}\d){{3}}"  # 116 and three digits: harmonised European help services
    rf")(?![\w£$])"
)
_DATE_OR_TIMES = re.compile(r"\d{1,2}\.\d{1,2}\.\d{2,4}|\d{1,2}[.:]\d{2}\s*[-–—]\s*\d{1,2}[.:]\d{2}")
_CODE = re.compile(r"\btext(?:s|ing)?\b[^.!?\n]{0,40}?\b(\d{5})\b", re.IGNORECASE)


def find_numbers(text: str) -> list[str]:
    """List the telephone numbers and text codes that stand in a text.

    text: plain text. Returns them as they stand, in order, each once.
    """
    calls = [match[0] for match in _NUMBER.finditer(text) if not _DATE_OR_TIMES.fullmatch(match[0])]
    found = calls + [match[1] for match in _CODE.finditer(text)]
    return list(dict.fromkeys(found))

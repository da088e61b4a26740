"""Prompts: what a starting point asks its writer to write, in one form that is told from a guide's own words. Pure."""

import re
from html import unescape

PROMPT = re.compile(r"\[\s*Write:\s*([^\]\n]*)", re.IGNORECASE)
"""Such as [Write: what the reader feels right now, in two short sentences.] It counts too when its end was deleted."""

_END_OF_LINE = re.compile(r"</(?:p|li)>|<br\s*/?>")


def unanswered(text: str) -> list[str]:
    """List the prompts that still stand in a text, without their brackets.

    text: plain, or rich text, in which an editor may have made part of a prompt bold.
    """
    plain = unescape(re.sub(r"<[^>]*>", "", _END_OF_LINE.sub("\n", text)))
    return [" ".join(asked.split()) for asked in PROMPT.findall(plain)]

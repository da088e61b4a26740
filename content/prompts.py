"""Prompts: what a starting point asks its writer to write, in one form that is told from a guide's own words. Pure."""

import re
from collections.abc import Iterator
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


def unanswered_prompts(page: object) -> list[str]:
    """List the prompts that still stand on a page, in all its fields and their blocks, in order.

    page: a page, live or a draft; only its fields are read. A page with any must not go live.
    """
    texts = [text for field in page._meta.concrete_fields for text in _texts(_stored(page, field))]
    return [prompt for text in texts for prompt in unanswered(text)]


def _stored(page: object, field: object) -> object:
    value = field.value_from_object(page)
    block = getattr(field, "stream_block", None)
    return block.get_prep_value(value) if block else value


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from _texts(inner)

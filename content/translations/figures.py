"""Figures in words: a translation has the same ones as its source, for they are numbers to call, doses and times. Pure."""

import re
import unicodedata
from collections import Counter

_TAG = re.compile(r"<[^>]*>|&#?\w+;|%\(\w+\)[sd]")
_FIGURE = re.compile(r"\d+")


def figures(text: str) -> Counter[str]:
    """Count the figures of a text, in whatever script they are written, each as 0 to 9. text: may hold HTML."""
    found = _FIGURE.findall(_TAG.sub(" ", text))
    return Counter("".join(str(unicodedata.digit(sign)) for sign in figure) for figure in found)


def changed(source: str, translation: str) -> list[str]:
    """List the figures that one of two texts has and the other has not, in order."""
    here, there = figures(source), figures(translation)
    return sorted(set((here - there) | (there - here)))

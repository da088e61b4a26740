"""Runs the checks over a page."""

from collections.abc import Callable, Iterator

from content.base import BasePage

from . import (
    alt_text,
    broken_links,
    co_creation,
    heading_order,
    helplines,
    interests,
    link_text,
    prompts,
    reading_age,
    review_date,
    signpost,
    sources,
    transcripts,
    translation,
    unsafe_words,
)
from .draft import Draft, fields_of
from .finding import Finding

CHECKS: dict[str, Callable[[Draft], Iterator[Finding]]] = {
    module.__name__.rpartition(".")[2]: module.check
    for module in (
        prompts,
        unsafe_words,
        signpost,
        helplines,
        broken_links,
        alt_text,
        transcripts,
        heading_order,
        link_text,
        reading_age,
        sources,
        interests,
        review_date,
        co_creation,
        translation,
    )
}
"""Every check, by the name of its module."""


def findings(page: BasePage) -> list[Finding]:
    """List what is to be mended in a page: first what keeps it from going live, each group in the order of the form.

    page: of its own class, saved or not, or the object of a revision.
    """
    draft = Draft(page)
    found = [finding for check in CHECKS.values() for finding in check(draft)]
    fields = fields_of(type(page))
    places = {(part.field, part.where): place for place, part in reversed(list(enumerate(draft.parts)))}
    return sorted(
        found, key=lambda one: (not one.blocks, fields.get(one.field, len(fields)), places.get((one.field, one.where), -1))
    )


def blocking(page: BasePage) -> list[Finding]:
    """List what keeps a page from going live."""
    return [finding for finding in findings(page) if finding.blocks]

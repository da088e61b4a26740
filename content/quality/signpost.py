"""Whether a page on a hard subject says who helps, and whether a page that looks like one is ticked as one."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from content.reviewed import ReviewedPage

from .draft import Draft
from .finding import Finding
from .wording import wording

OFTEN = 4
"""A page that names such a subject once or twice, to say who helps, is not about it."""


def check(draft: Draft) -> Iterator[Finding]:
    """Find a hard subject without helplines (Samaritans, media guidelines: always say where help is)."""
    if not isinstance(draft.page, ReviewedPage):
        return
    if draft.page.is_sensitive:
        if not any(part.block_type == "helplines" for part in draft.parts):
            yield Finding(
                "signpost",
                True,
                "body",
                draft.where("body"),
                _("A reader may be in distress here, and the page does not say who helps."),
                _("Add a Helplines block, best before the hardest part and again at the end."),
            )
    elif named := _named(draft):
        yield Finding(
            "signpost",
            False,
            "is_sensitive",
            draft.where("is_sensitive"),
            _("The page speaks of “%(words)s”, and is not ticked as a hard subject.") % {"words": named},
            _("Tick “hard subject”, so that it is reviewed each year and says what is ahead."),
        )


def _named(draft: Draft) -> str:
    """Give the hard subject that a page is about: in its title or a heading, or named often."""
    table = wording(draft.language)
    if table is None:
        return ""
    own = [part for part in draft.spoken if part.field in {"title", "summary", "body"}]
    leading = [part for part in own if part.field == "title" or part.block_type == "heading"]
    for part in leading:
        if match := table.hard_subjects.search(part.words):
            return match[0]
    found = [match[0] for part in own for match in table.hard_subjects.finditer(part.words)]
    return found[0] if len(found) >= OFTEN else ""

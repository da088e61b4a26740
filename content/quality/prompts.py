"""Whether a question of the shape that a page began with still stands where its answer should be."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from content.prompts import unanswered

from .draft import Draft
from .finding import Finding


def check(draft: Draft) -> Iterator[Finding]:
    """Find prompts that nobody has answered: no reader may see them."""
    for part in draft.spoken:
        for prompt in unanswered(part.words):
            yield Finding(
                "prompts",
                True,
                part.field,
                part.where,
                _("A prompt still stands here: “%(prompt)s”") % {"prompt": prompt},
                _("Write your own words in its place, or take the part out."),
                part.block,
            )

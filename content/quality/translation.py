"""Whether a translation says all that its source says, and no machine's words stand unread where a life may hang on them."""

import re
from collections.abc import Iterator

from django.conf import settings
from django.utils.html import strip_tags
from django.utils.translation import gettext as _

from wagtail_localize.models import StringTranslation

from content.approvals.models import Approval
from content.base import BasePage
from content.translations.figures import changed
from content.translations.segments import strings
from content.translations.step import a_machine_wrote, source_as_translated, source_of

from .draft import Draft
from .finding import Finding

_WORDS = re.compile(r"[^\W\d_]{2,}")


def check(draft: Draft) -> Iterator[Finding]:
    """Compare a translation with the source it was made from, sentence by sentence. An original has nothing to compare."""
    if draft.language == settings.LANGUAGE_CODE.partition("-")[0] or not draft.page.pk:
        return
    source = source_of(draft.page)
    if source is None:
        return
    asked, given = strings(source_as_translated(source)), strings(draft.page)
    if draft.page.is_crisis and a_machine_wrote(draft.page, source) and not _is_checked(draft.page):
        why = _("A machine wrote some of this, and people in danger read it.")
        yield Finding("translation", True, "title", draft.where("title"), why, _("Let a speaker of the language check it."))
    kept = _meant_to_stay(draft.page, asked)
    for path, words in asked.items():
        problem = _problem(words, given.get(path), is_kept=path in kept)
        if problem:
            why, mend = problem
            field, _dot, rest = path.partition(".")
            yield Finding("translation", True, field, draft.where(field), why, mend, rest.partition(".")[0])


def _is_checked(page: BasePage) -> bool:
    return Approval.objects.of(page).filter(kind=Approval.Kind.TRANSLATION).exists()


def _meant_to_stay(page: BasePage, asked: dict[str, str]) -> set[str]:
    """Find the places where a translator has said that the words are the same in both languages, such as a name."""
    rows = StringTranslation.objects.filter(locale_id=page.locale_id, translation_of__data__in=set(asked.values()))
    same = rows.filter(context__object_id=page.translation_key, has_error=False).values_list("context__path", "data")
    declared = set(same)
    return {path for path, words in asked.items() if (path.partition("#")[0], words) in declared}


def _problem(asked: str, given: str | None, *, is_kept: bool) -> tuple[str, str] | None:
    short = strip_tags(asked)
    short = f"{short[:57]}…" if len(short) > 58 else short
    if given is None or not given.strip():
        return _("“%(words)s” is missing.") % {"words": short}, _("Translate it, or take the newest version of the source.")
    if given == asked and _WORDS.search(strip_tags(asked)) and not is_kept:
        return _("“%(words)s” is not translated yet.") % {"words": short}, _("Translate it.")
    if figures := changed(asked, given):
        why = _("The figures of “%(words)s” differ: %(figures)s.") % {"words": short, "figures": ", ".join(figures)}
        return why, _("Write the same figures as in the source, as 0 to 9: they may be a number to call.")
    return None

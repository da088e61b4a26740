"""Services of the registry that a query names, or that are for what it says."""

from functools import lru_cache

from content.models import Helpline

from .engine import alone, engine
from .ranking import Document, Ranking
from .text import clean, stems

MOST = 10


def services(words: str, language: str) -> tuple[list[Helpline], list[Helpline]]:
    """Find services.

    words: a query, cleaned and corrected; language: its language. Returns those that it names, and at most ten that are
    for what it says, best first, each with its ways of contact.
    """
    if not words:
        return [], []
    shown = {helpline.pk: helpline for helpline in Helpline.objects.shown().prefetch_related("ways")}
    ranking = Ranking()
    for pk, one in shown.items():
        parts = {"title": one.name, "summary": one.what_for, "body": f"{one.who_for} {one.get_need_display()}"}
        ranking.put(Document(pk, {name: list(_stems(text, language)) for name, text in parts.items()}))
    with alone:
        wanted, _runs = engine(language).wanted(words)
    asked = f" {words} "
    named = [one for one in shown.values() if f" {clean(one.name)} " in asked]
    return named, [shown[pk] for pk, _score in ranking.weigh(wanted, [])[:MOST]]


@lru_cache(2_000)
def _stems(text: str, language: str) -> tuple[str, ...]:
    return tuple(stems(clean(text), language))

"""Vectors of published pages: made in the background, kept in the database, held in memory to be compared with a query's.

Everything here is still without the model: no vector is made, and a search has its words alone.
"""

from __future__ import annotations

import hashlib
import logging
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as TooLate
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import Error, connection, models

from . import sentences
from .models import SearchDocument, SearchVectors

if TYPE_CHECKING:
    import numpy as np

CHUNK = 150
"""Words of a page to one vector: about what the model reads at once."""

BUDGET = 0.12
"""Seconds a search waits for its vector. Then its words alone must do."""

NEAR = 0.25
"""Cosine below which a page has nothing to do with a query: “football scores” is at 0.16 to the nearest of ours."""

DEPTH = 60
"""Pages taken from the list of vectors."""

REST = 600
"""Seconds before vectors are tried again that could not be made: each search would ask for them anew."""

log = logging.getLogger(__name__)
_asked = ThreadPoolExecutor(1, thread_name_prefix="search-vector")
_work = threading.Lock()
_resting = threading.Event()


def knows(language: str) -> bool:
    """Tell whether the model is installed, wanted, and knows a language."""
    return settings.SEARCH_MODEL and language.partition("-")[0] in sentences.LANGUAGES and sentences.place() is not None


@cache
def _model() -> sentences.SentenceModel:
    return sentences.SentenceModel(sentences.place())


def chunks(document: SearchDocument) -> list[str]:
    """Cut a page into texts of a vector each: what it is about, then its body, under its title."""
    parts, body = document.parts, document.parts["body"].split()
    about = f"{parts['title']}. {parts['summary']}. {parts['known']}"
    return [about, *(f"{parts['title']}. {' '.join(body[at : at + CHUNK])}" for at in range(0, len(body), CHUNK))]


def behind() -> models.QuerySet[SearchDocument]:
    """Published pages whose vectors are missing or of a former text, in languages that the model knows."""
    known = [code for code, _name in settings.LANGUAGES if knows(code)]
    return SearchDocument.objects.filter(language__in=known).exclude(vectors__stamp=models.F("stamp"))


def make(say: Callable[[int, int], None] = lambda done, all_of_them: None) -> int:
    """Make the vectors that are behind.

    say: called with how many pages are done, and of how many. Returns how many pages there were.
    """
    with _work:
        waiting = list(behind())
        for done, document in enumerate(waiting, 1):
            _make(document)
            say(done, len(waiting))
    return len(waiting)


def _make(document: SearchDocument) -> None:
    texts = chunks(document)
    digest = hashlib.sha256("\n".join([sentences.PACKAGE, *texts]).encode()).hexdigest()
    # The stamp is that of the text that was read: a page published meanwhile is behind again.
    if SearchVectors.objects.filter(pk=document.pk, digest=digest).update(stamp=document.stamp):
        return
    rows = b"".join(_model().encode(text).astype("<f4").tobytes() for text in texts)
    if SearchDocument.objects.filter(pk=document.pk).exists():
        SearchVectors.objects.update_or_create(
            document_id=document.pk, defaults={"digest": digest, "stamp": document.stamp, "rows": rows}
        )


def wake() -> None:
    """Make the vectors that are behind in a thread of their own, unless one is at it or has just failed."""
    if any(knows(code) for code, _name in settings.LANGUAGES) and not _work.locked() and not _resting.is_set():
        threading.Thread(target=_make_alone, name="search-vectors", daemon=True).start()


def _make_alone() -> None:
    try:
        while make():
            pass
    except (Error, OSError, ValueError) as error:
        log.warning("Vectors could not be made (%s). Searches go on with words alone.", type(error).__name__)
        # Not held open while it rests.
        connection.close()
        _resting.set()
        time.sleep(REST)
        _resting.clear()
    finally:
        connection.close()


@dataclass
class Meaning:
    """The vectors of one language in memory."""

    language: str
    is_whole: bool = False
    _pages: dict[int, tuple[int, np.ndarray]] = field(default_factory=dict)
    _matrix: np.ndarray | None = None
    _starts: list[int] = field(default_factory=list)

    def refresh(self, stamps: dict[int, int]) -> None:
        """Take in what changed.

        stamps: those of all documents, by primary key. Until each has its vectors `is_whole` is False, and they are made.
        """
        self.is_whole = False
        if not stamps or not knows(self.language):
            return
        import numpy as np

        kept = {pk: page for pk, page in self._pages.items() if stamps.get(pk) == page[0]}
        wanted = stamps.keys() - kept.keys()
        rows = SearchVectors.objects.filter(document__language=self.language)
        for row in rows.filter(pk__in=wanted) if len(wanted) < 500 else rows:
            if row.stamp == stamps.get(row.pk):
                kept[row.pk] = row.stamp, np.frombuffer(bytes(row.rows), "<f4").reshape(-1, sentences.WIDTH)
        self._pages = kept
        if kept.keys() != stamps.keys():
            wake()
            return
        self._matrix = np.concatenate([matrix for _stamp, matrix in kept.values()])
        sizes = [len(matrix) for _stamp, matrix in kept.values()]
        self._starts = [sum(sizes[:place]) for place in range(len(sizes))]
        self.is_whole = True

    def nearest(self, vector: np.ndarray) -> list[int]:
        """Rank the pages by the nearest of their vectors, best first; only those that are near at all."""
        import numpy as np

        best = np.maximum.reduceat(self._matrix @ vector, self._starts)
        keys = list(self._pages)
        return [keys[place] for place in np.argsort(-best, kind="stable")[:DEPTH] if best[place] >= NEAR]


def of_query(text: str) -> np.ndarray | None:
    """Give the vector of a query, None when it takes longer than the budget or the model cannot be read.

    To be called while nothing is locked: others may search meanwhile.
    """
    waiting = _asked.submit(lambda: _model().encode(text))
    try:
        return waiting.result(timeout=BUDGET)
    except TooLate:
        waiting.cancel()
    except (OSError, ValueError) as error:
        log.warning("The search model cannot be read (%s). Searches go on with words alone.", type(error).__name__)
    return None

"""What is looked for, counted so that nobody can be told from it: language, topic or none, found or not, day.

No word that was typed is kept, and nothing at all of a search that may be a cry for help. Counts wait in memory and are
written now and then by a thread of their own: a reader's request never writes.
"""

import atexit
import threading
from collections import Counter

from django.db import Error, close_old_connections, transaction
from django.db.models import F
from django.utils import timezone

from .models import SearchDemand
from .service import Answer

SECONDS = 600
"""Between two writings."""

_waiting: Counter[tuple[object, str, str, bool]] = Counter()
_lock = threading.Lock()
_started = threading.Event()


def count(answer: Answer, language: str) -> None:
    """Count an answer by its first result's first topic."""
    if answer.urgent or not answer.typed:
        return
    topics = [] if answer.is_fallback else answer.hits[0].topics
    with _lock:
        _waiting[timezone.localdate(), language, topics[0] if topics else "", not answer.is_fallback] += 1
    if not _started.is_set():
        _started.set()
        threading.Thread(target=_write_now_and_then, name="search-demand", daemon=True).start()
        atexit.register(write)


def write() -> int:
    """Write what waits. Returns how many searches were written; they go on waiting when the database cannot be reached."""
    with _lock:
        counted = dict(_waiting)
        _waiting.clear()
    try:
        with transaction.atomic():
            for (day, language, topic, found), times in counted.items():
                row, _new = SearchDemand.objects.get_or_create(day=day, language=language, topic=topic, found=found)
                SearchDemand.objects.filter(pk=row.pk).update(count=F("count") + times)
    except Error:
        with _lock:
            _waiting.update(counted)
        return 0
    return sum(counted.values())


def _write_now_and_then() -> None:
    while not threading.Event().wait(SECONDS):
        write()
        close_old_connections()

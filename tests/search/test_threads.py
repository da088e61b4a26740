"""Readers search while editors publish: nobody's answer breaks."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from search import engine as engines
from search.ranking import Document
from search.service import answer


@pytest.mark.django_db
def test_an_answer_stands_while_another_thread_changes_what_it_is_made_from(monkeypatch: pytest.MonkeyPatch) -> None:
    answer("sleep")
    known = engines._engines["en-gb"]
    # Threads of a test have no database.
    monkeypatch.setattr(known, "refresh", lambda told: None)
    monkeypatch.setattr("search.engine._heard", dict)
    stop = threading.Event()

    def publish() -> None:
        number = 0
        while not stop.is_set():
            number += 1
            with engines.alone:
                known.ranking.put(Document(-1, {"title": ["sleep", f"word{number}"], "body": []}, ("sleep", f"p{number}")))
                known.pages[-1] = {**next(iter(known.pages.values())), "title": "x"}
                known.ranking.remove(-1)
                del known.pages[-1]

    publisher = threading.Thread(target=publish)
    publisher.start()
    try:
        with ThreadPoolExecutor(4) as readers:
            found = list(readers.map(lambda text: len(answer(text, "en-gb").hits), ["cant sleep", "exam stress"] * 60))
    finally:
        stop.set()
        publisher.join()
    assert all(found)

"""What is written down tells how the site does, never who read what."""

import logging
import sys

from django.test import Client

import pytest

from goodthinking.access_log import AnonymousFormatter

CANARY = "zqcanary7319"


def written(caplog: pytest.LogCaptureFixture) -> str:
    formatter = AnonymousFormatter()
    return "\n".join(formatter.format(record) for record in caplog.records)


def test_a_line_names_the_kind_of_page_and_nothing_of_the_reader(visitor: Client, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    sent = {
        "REMOTE_ADDR": "203.0.113.77",
        "HTTP_USER_AGENT": f"agent-{CANARY}",
        "HTTP_REFERER": f"https://x.example/{CANARY}",
    }
    for address in [
        "/guides/sleep/",
        f"/search/?q={CANARY}",
        f"/{CANARY}/",
        f"/search.json?q={CANARY}",
        f"/documents/1/{CANARY}",
    ]:
        visitor.get(address, **sent)
    log = written(caplog)
    assert "GET wagtail_serve 200" in log
    assert "GET search 200" in log
    assert "sleep" not in log
    assert CANARY not in log
    assert "203.0.113.77" not in log


def test_a_fault_is_written_without_the_words_that_caused_it(
    visitor: Client, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    from search import service

    def broken(text: str, *args: object, **kwargs: object) -> None:
        raise ValueError(f"cannot find {text}")

    monkeypatch.setattr(service, "answer", broken)
    caplog.set_level(logging.INFO)
    assert visitor.get(f"/search/?q={CANARY}").status_code == 500
    log = written(caplog)
    assert "ValueError" in log
    assert "in broken" in log
    assert CANARY not in log


def test_a_fault_inside_a_fault_keeps_quiet_too() -> None:
    try:
        try:
            raise KeyError(CANARY)
        except KeyError as error:
            raise ValueError(CANARY) from error
    except ValueError:
        record = logging.LogRecord("x", logging.ERROR, "", 0, "failed", (), sys.exc_info())
    assert CANARY not in AnonymousFormatter().format(record)


def test_every_logger_of_django_writes_through_the_anonymous_formatter() -> None:
    handlers = [handler for handler in logging.getLogger().handlers if type(handler) is logging.StreamHandler]
    assert handlers
    assert all(isinstance(handler.formatter, AnonymousFormatter) for handler in handlers)
    for name in ["django", "django.request", "django.security", "django.server", "wagtail", "access"]:
        own = logging.getLogger(name).handlers
        assert all(isinstance(handler.formatter, AnonymousFormatter) for handler in own), name

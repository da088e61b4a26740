"""While the database does not answer, nobody waits for it, and what needs none goes on."""

from collections.abc import Callable

from django.core.files.base import ContentFile
from django.db import DataError, IntegrityError, InterfaceError, OperationalError
from django.test import Client

import pytest

from content.models import CustomDocument
from goodthinking.snapshots.render import render

COPY = {"snapshots.copy": lambda path: "<p>Not now. Call 999.</p>"}
LOST = {"snapshots.state": {"fresh": 5, "old": 0, "disk": True, "away": True}}


def copy_of(path: str) -> str | None:
    """Give the text that a serving process would have a copy of."""
    return render(path).body.decode()


@pytest.mark.parametrize(
    "path", ["/search/?q=sleep", "/search.json?q=sleep", "/guides/", "/training/wellbeing-at-work/kit.zip", "/ar/search/"]
)
def test_what_needs_it_is_refused_at_once_with_whom_to_call(
    visitor: Client, django_assert_num_queries: Callable, path: str
) -> None:
    kept = {prefix: copy_of(f"{prefix}not-now/") for prefix in ("/", "/ar/")}
    with django_assert_num_queries(0):
        answer = visitor.get(path, **LOST, **{"snapshots.copy": lambda path: kept[path.removesuffix("not-now/")]})
    html = answer.content.decode()
    assert answer.status_code == 503
    assert (answer.headers["Retry-After"], answer.headers["Cache-Control"]) == ("60", "no-store")
    assert html.count("tel:116123") == 1
    assert ('lang="ar" dir="rtl"' in html) == path.startswith("/ar/")


def test_an_editor_is_told_what_to_do_with_her_words(editor: Client, django_assert_num_queries: Callable) -> None:
    with django_assert_num_queries(0):
        answer = editor.post("/cms/pages/3/edit/", {"title": "Words"}, **LOST)
    assert answer.status_code == 503
    assert "press Back in your browser" in answer.content.decode()
    assert not answer.cookies


def test_an_address_without_its_last_slash_still_leads_to_the_page(
    visitor: Client, django_assert_num_queries: Callable
) -> None:
    with django_assert_num_queries(0):
        answer = visitor.get("/guides/sleep", **LOST)
    assert (answer.status_code, answer.headers["Location"]) == (301, "/guides/sleep/")


def test_documents_are_handed_over_whole_or_in_parts(visitor: Client, django_assert_num_queries: Callable) -> None:
    document = CustomDocument(title="Film", file=ContentFile(b"0123456789", name="film.pdf"))
    document.save()
    with django_assert_num_queries(0):
        whole = visitor.get(document.url, **LOST)
        part = visitor.get(document.url, HTTP_RANGE="bytes=2-4", **LOST)
        assert visitor.get(f"/documents/1/{'x' * 300}.pdf", **LOST, **COPY).status_code == 503
    assert (whole.status_code, whole.getvalue()) == (200, b"0123456789")
    assert (part.status_code, part.getvalue()) == (206, b"234")


@pytest.mark.parametrize(
    ("error", "status"), [(OperationalError, 503), (InterfaceError, 503), (IntegrityError, 500), (DataError, 500)]
)
@pytest.mark.parametrize("path", ["/search/?q=x", "/ar/search/?q=x", "/ar/guides/nothing/"])
def test_errors_of_the_database_are_told_from_errors_of_ours(
    visitor: Client, monkeypatch: pytest.MonkeyPatch, path: str, error: type[Exception], status: int
) -> None:
    def away(*args: object, **kwargs: object) -> None:
        raise error("away")

    visitor.raise_request_exception = False
    with monkeypatch.context() as patch:
        patch.setattr("django.db.backends.base.base.BaseDatabaseWrapper.cursor", away)
        answer = visitor.get(path)
    assert answer.status_code == status
    assert "999" in answer.content.decode()

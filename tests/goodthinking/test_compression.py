"""Readers' pages come compressed; editors' pages, which hold tokens, do not."""

import gzip

from django.test import Client

import brotli
import pytest

BROWSER = "gzip, deflate, br"


@pytest.mark.parametrize(
    ("accepted", "coding", "unpack"), [("br", "br", brotli.decompress), ("gzip", "gzip", gzip.decompress)]
)
def test_a_page_is_small_on_its_way_and_the_same_when_unpacked(
    visitor: Client, accepted: str, coding: str, unpack: object
) -> None:
    plain = visitor.get("/guides/sleep/")
    packed = visitor.get("/guides/sleep/", headers={"Accept-Encoding": accepted})
    assert packed["Content-Encoding"] == coding
    assert packed["Vary"].lower() == "accept-encoding"
    assert unpack(packed.content) == plain.content
    assert len(packed.content) * 2.5 < len(plain.content)
    assert "X-Noise" not in packed.headers


def test_a_browser_that_has_the_page_gets_it_not_sent_again(visitor: Client) -> None:
    first = visitor.get("/guides/sleep/", headers={"Accept-Encoding": BROWSER})
    again = visitor.get("/guides/sleep/", headers={"Accept-Encoding": BROWSER, "If-None-Match": first["ETag"]})
    assert again.status_code == 304


def test_error_pages_are_compressed_too(visitor: Client) -> None:
    assert visitor.get("/nowhere/", headers={"Accept-Encoding": BROWSER})["Content-Encoding"] == "br"


def test_editors_pages_go_out_as_they_are(editor: Client) -> None:
    for address in ["/cms/", "/cms/login/"]:
        assert "Content-Encoding" not in editor.get(address, headers={"Accept-Encoding": BROWSER}).headers

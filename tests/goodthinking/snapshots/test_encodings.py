"""Every browser gets an encoding that it can read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goodthinking.snapshots.encodings import OURS, chosen


@pytest.mark.parametrize(
    ("accepts", "gets"),
    [
        ("gzip, deflate, br, zstd", "br"),
        ("gzip, deflate", "gzip"),
        ("", "identity"),
        ("identity", "identity"),
        ("*", "br"),
        ("br;q=0, *", "gzip"),
        ("br;q=0, gzip;q=0, *", "identity"),
        ("gzip;q=0.9, br;q=0.2", "gzip"),
        ("GZIP", "gzip"),
        ("br;q=0", "identity"),
        ("gzip;q=0", "identity"),
        ("deflate", "identity"),
        ("identity;q=0", "identity"),
        ("identity;q=0, gzip", "gzip"),
        ("identity;q=1, gzip;q=0.5", "identity"),
        ("br;q=7", "identity"),
        ("br;q=nan, gzip", "gzip"),
        ("br; q=0.5 , gzip; q=0.8", "gzip"),
        (";;;,,,q=", "identity"),
    ],
)
def test_what_a_browser_asks_for_it_gets(accepts: str, gets: str) -> None:
    assert chosen(accepts) == gets


@given(st.text(alphabet="brgzipdentya*,;=q0.19 ", max_size=60))
def test_nothing_that_is_sent_breaks_it_or_gets_what_was_refused(accepts: str) -> None:
    coding = chosen(accepts)
    assert coding in OURS
    refused = {part.split(";")[0].strip() for part in accepts.split(",") if part.replace(" ", "").endswith(";q=0")}
    mentioned = [part.split(";")[0].strip() for part in accepts.split(",")]
    if coding != "identity" and mentioned.count(coding) == 1:
        assert coding not in refused

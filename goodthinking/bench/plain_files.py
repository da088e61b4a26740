"""A peer: the same bytes as a file that whitenoise serves."""

import os
from collections.abc import Callable, Iterable

from whitenoise import WhiteNoise


def nothing(environ: dict, start_response: Callable) -> Iterable[bytes]:
    """Answer what is no file."""
    start_response("404 Not Found", [("Content-Type", "text/plain")])
    return [b""]


application = WhiteNoise(nothing, root=os.environ["BENCH_FILES"])
"""A WSGI application."""

"""The styles, sent inside each page: a page can then be read from its first answer, with nothing else to wait for. Pure."""

import base64
import hashlib
import re
from pathlib import Path

ORDER = ("tokens", "base", "parts", "blocks")
"""From the values to what is made of them: a later file may lean on an earlier one."""


def sheet(folder: Path) -> str:
    """Join the style files into one text without comments and idle spaces.

    folder: where the four files lie. Returns the text that stands in each page.
    """
    text = "\n".join((folder / f"{name}.css").read_text("utf-8") for name in ORDER)
    text = re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)
    text = re.sub(r"\s+", " ", text)
    return re.sub(r" ?([{};,]) ?", r"\1", text).replace(": ", ":").strip()


def csp_source(text: str) -> str:
    """Name a text in a Content-Security-Policy, so that a browser takes it and no other (CSP level 3, hash sources)."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"

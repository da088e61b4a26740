"""The starter library: guides, topics, partners and helplines as files that a person can read, and their way in and out.

`shapes` says which file is which page and what stands in it, `documents` reads and writes the files' own form, `values` and
`richtext` turn block values into plain ones and back, `load` and `export` do the work for the two commands.
"""

from pathlib import Path

FOLDER = Path(__file__).parent


class LibraryError(Exception):
    """Something in a library file is wrong; the text says which file, where, and what to do."""

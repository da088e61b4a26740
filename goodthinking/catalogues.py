"""Compiles the interface's words, so that no gettext is needed on the machine."""

import io
import re
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, read_po

_LINE = re.compile(r'^(?:#.*|(?:(?:msgid|msgid_plural|msgctxt|msgstr(?:\[\d\])?)\s+)?"(?:[^"\\]|\\.)*"|)$')


class CatalogueError(Exception):
    """A catalogue cannot be read; the text says which one and why."""


def compile_catalogues(folder: Path) -> list[str]:
    """Compile every .po below a folder whose .mo is missing or older.

    folder: a locale folder, which may not exist. Returns the languages compiled. Raises CatalogueError.
    """
    done = []
    for source in sorted(folder.glob("*/LC_MESSAGES/*.po")):
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
            continue
        compiled = io.BytesIO()
        # Babel takes a line without its quotes as it comes, and cuts a letter off each end.
        for number, line in enumerate(source.read_bytes().decode("utf-8", "replace").splitlines(), 1):
            if not _LINE.match(line.strip()):
                raise CatalogueError(
                    f"{source.name} of {source.parts[-3]} cannot be read: line {number} lacks a quotation mark."
                )
        try:
            with source.open("rb") as opened:
                write_mo(compiled, read_po(opened, abort_invalid=True))
        # Babel lets through whatever its parts raise: its own errors, and those of codecs, dates and plural forms.
        except (PoFileError, ValueError, LookupError, TypeError, SyntaxError) as error:
            raise CatalogueError(f"{source.name} of {source.parts[-3]} cannot be read: {error}") from error
        target.write_bytes(compiled.getvalue())
        done.append(source.parts[-3])
    return done

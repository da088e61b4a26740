"""Compiles the interface's words, so that no gettext is needed on the machine."""

import io
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, read_po


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
        try:
            with source.open("rb") as opened:
                write_mo(compiled, read_po(opened, abort_invalid=True))
        # Babel lets through whatever its parts raise: its own errors, and those of codecs, dates and plural forms.
        except (PoFileError, ValueError, LookupError, TypeError, SyntaxError) as error:
            raise CatalogueError(f"{source.name} of {source.parts[-3]} cannot be read: {error}") from error
        target.write_bytes(compiled.getvalue())
        done.append(source.parts[-3])
    return done

"""Compiles the interface's words, so that no gettext is needed on the machine."""

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
        try:
            with source.open("rb") as opened:
                catalogue = read_po(opened, abort_invalid=True)
        except (PoFileError, UnicodeDecodeError) as error:
            raise CatalogueError(f"{source.name} of {source.parts[-3]} cannot be read: {error}") from error
        with target.open("wb") as opened:
            write_mo(opened, catalogue)
        done.append(source.parts[-3])
    return done

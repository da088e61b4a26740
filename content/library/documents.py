"""The form of a library file: front matter between dashes, then Markdown with `::: block` fences. Pure: no Django."""

import re
from dataclasses import dataclass, field

import yaml

from . import LibraryError

_HEADING = re.compile(r"^(#{2,3}) (.+?)(?: \{#([\w-]+)\})?$")
_FENCE = re.compile(r"^::: ?(\w+)$")


@dataclass
class Part:
    """One block of a body: its type, its plain value, and the line of the file it began on."""

    kind: str
    value: object
    line: int = 0


@dataclass
class Document:
    """One file: what its front matter says, and its body."""

    meta: dict[str, object]
    parts: list[Part] = field(default_factory=list)


def read(text: str, name: str) -> Document:
    """Read a library file.

    text: all of it; name: how errors call it. Raises LibraryError with file, line and what to do.
    """
    lines = text.replace("\r\n", "\n").split("\n")
    if not lines or lines[0] != "---" or "---" not in lines[1:]:
        raise LibraryError(f"{name}:1: begin the file with a line of three dashes, then its details, then three dashes.")
    end = lines.index("---", 1)
    meta = _yaml("\n".join(lines[1:end]), name, 2)
    return Document(meta, _parts(lines, end + 1, name))


def write(document: Document) -> str:
    """Write a library file: the text that `read` gives the same document for."""
    chunks = [f"---\n{_dump(document.meta)}---\n"]
    for part in document.parts:
        if part.kind == "paragraph":
            chunks.append(f"{part.value}\n")
        elif part.kind == "heading":
            heading = part.value
            anchor = f" {{#{heading['anchor']}}}" if heading.get("anchor") else ""
            chunks.append(f"{'#' * int(heading.get('level', '2'))} {heading['text']}{anchor}\n")
        else:
            chunks.append(f"::: {part.kind}\n{_dump(part.value)}:::\n")
    return "\n".join(chunks)


def read_list(text: str, name: str) -> list[tuple[int, dict[str, object]]]:
    """Read a file that is a list of records.

    text: all of it; name: how errors call it. Returns each record with the line it begins on. Raises LibraryError.
    """
    try:
        node, records = yaml.compose(text), yaml.safe_load(text) or []
    except (yaml.YAMLError, ValueError) as error:
        mark = getattr(error, "problem_mark", None)
        raise LibraryError(f"{name}:{mark.line + 1 if mark else 1}: {error}") from error
    if not isinstance(records, list) or not all(isinstance(record, dict) for record in records):
        raise LibraryError(f"{name}:1: write a list: each record begins with a dash, then `name: value`, one a line.")
    lines = [item.start_mark.line + 1 for item in node.value] if records else []
    return list(zip(lines, records, strict=True))


def write_list(records: list[dict[str, object]]) -> str:
    """Write a list of records: the text that `read_list` gives the same records for."""
    chunks = [yaml.safe_dump([record], allow_unicode=True, sort_keys=False, width=10_000) for record in records]
    return "\n".join(chunks)


def _parts(lines: list[str], start: int, name: str) -> list[Part]:
    parts: list[Part] = []
    words: list[str] = []
    index = start

    def close_paragraph() -> None:
        text = "\n".join(words).strip("\n")
        if text.strip():
            first = next(offset for offset, line in enumerate(words) if line.strip())
            parts.append(Part("paragraph", text, index - len(words) + first + 1))
        words.clear()

    while index < len(lines):
        line = lines[index]
        if heading := _HEADING.match(line):
            close_paragraph()
            value = {"text": heading[2], "level": str(len(heading[1]))}
            parts.append(Part("heading", value | ({"anchor": heading[3]} if heading[3] else {}), index + 1))
        elif fence := _FENCE.match(line):
            close_paragraph()
            if ":::" not in lines[index + 1 :]:
                raise LibraryError(f"{name}:{index + 1}: this block is never closed: add a line of three colons after it.")
            end = lines.index(":::", index + 1)
            parts.append(Part(fence[1], _yaml("\n".join(lines[index + 1 : end]), name, index + 2), index + 1))
            index = end
        elif line.startswith(":::"):
            raise LibraryError(
                f"{name}:{index + 1}: three colons without a block: write `::: callout` or another block’s name."
            )
        else:
            words.append(line)
        index += 1
    close_paragraph()
    return parts


def _yaml(text: str, name: str, line: int) -> dict[str, object]:
    try:
        found = yaml.safe_load(f"{text}\n") or {}
    except ValueError as error:
        raise LibraryError(
            f"{name}:{line}: {error}. Put dates and numbers as 2026-11-24 and 12, or between quotes."
        ) from error
    except yaml.YAMLError as error:
        inside_key = getattr(error, "context", None) == "while scanning a simple key"
        mark = getattr(error, "context_mark" if inside_key else "problem_mark", None)
        where = line + (mark.line if mark else 0)
        problem = getattr(error, "problem", None) or "it cannot be read"
        raise LibraryError(f"{name}:{where}: {problem}. Put text that holds a colon between quotes.") from error
    if not isinstance(found, dict):
        raise LibraryError(f"{name}:{line}: write `name: value`, one a line.")
    return found


class _Dumper(yaml.SafeDumper):
    """Writes texts of several lines as blocks, and list items without indent."""


def _text(dumper: _Dumper, text: str) -> yaml.Node:
    unusual = any(letter in text for letter in "\r\x85\u2028\u2029")
    style = '"' if unusual else "|" if "\n" in text else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_Dumper.add_representer(str, _text)


def _dump(value: object) -> str:
    return yaml.dump(value, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=10_000)

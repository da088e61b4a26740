"""The words of the interface that readers meet, gathered from templates and code, and their catalogues kept in step.

What only editors see stays in English: it is left out by where it stands (templates of the desk, rooms of the desk, labels
and help texts of forms), so that a translator is asked for nothing that no reader sees.
"""

import ast
import io
import re
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.utils.translation import to_locale
from django.utils.translation.template import templatize

from babel.messages.catalog import Catalog
from babel.messages.plurals import get_plural
from babel.messages.pofile import read_po, write_po

from content.translations.models import CRISIS, CRISIS_PHRASES

NAMES = {"_", "gettext", "gettext_lazy", "ngettext", "ngettext_lazy", "pgettext", "pgettext_lazy"}
FOR_EDITORS = {"help_text", "label", "description", "verbose_name", "message", "heading"}
"""Names of what a form or a block tells editors."""
EDITORS_CALLS = {"ValidationError", "MultiFieldPanel", "RegexValidator", "EmailValidator", "InlinePanel", "FieldPanel"}
EDITORS_FILES = [
    *("content/desk/", "content/quality/", "content/approvals/", "content/changes/", "content/library/"),
    *("content/management/", "content/migrations/", "content/gate.py", "content/style_guide.py", "content/teams.py"),
    *("content/rights.py", "content/shelves.py", "content/wagtail_hooks.py", "content/previews.py", "content/notices.py"),
    *("content/reviewed.py", "content/roles.py", "content/wording.py"),
    *("goodthinking/first_password.py", "goodthinking/login.py", "goodthinking/rights.py", "goodthinking/management/"),
    *("goodthinking/rights_report.py", "goodthinking/second_factor", "goodthinking/wagtail_hooks.py"),
    *("search/report.py", "search/wagtail_hooks.py", "search/management/", "search/migrations/"),
    *(
        "templates/wagtailadmin/",
        "templates/desk/",
        "templates/content/desk/",
        "templates/content/style_guide.html",
        "templates/parts/draft_bar.html",
    ),
]
EDITORS_WORDS = {
    *("Confirmed by a person here", "From a published source, not yet confirmed by a person here", "Unverified sample"),
    *("Ended: nobody answers any more", "Main part", "Smaller part", "Shortest minutes", "Usual minutes", "Longest minutes"),
    *("As my device is set", "By day (light)", "By night (dark)", "On paper", "A draft of another section"),
}
_CALL = re.compile(r"\b(?:n?p?gettext|_)\(")
_CHANGES_BY_ITSELF = re.compile(
    r'#(?! |[,:|])|"(?:POT-|PO-|Last-Translator|Language-Team|Generated-By|Report-Msgid|Project-Id)'
)

Message = tuple[str | None, str, str | None]
"""A context or none, the words, and their plural or none."""


def words_for_readers() -> dict[Message, list[str]]:
    """Gather what is to be translated. Returns each message with the files it stands in, in the order they are read."""
    found: dict[Message, list[str]] = {(CRISIS, phrase, None): [] for phrase in CRISIS_PHRASES}
    for path in _files():
        name = path.relative_to(settings.BASE_DIR).as_posix()
        text = path.read_text("utf-8")
        for message in _in_code(text) if path.suffix == ".py" else _in_template(text):
            places = found.setdefault(message, [])
            if name not in places:
                places.append(name)
    return found


def update(code: str) -> list[str]:
    """Bring the catalogue of a language in step with the words: new ones come in empty, those that are gone go.

    code: of a language, with or without a catalogue so far. Returns the words that are not yet translated.
    """
    path = path_of(code)
    before = read(code) if path.exists() else Catalog(locale=code.replace("-", "_"))
    comment = before.header_comment if path.exists() else f"# {before.locale.english_name}: the words of the interface."
    after = Catalog(locale=before.locale, header_comment=comment, fuzzy=False, charset="utf-8")
    for (context, words, plural), places in words_for_readers().items():
        known = before.get(words, context=context)
        string = known.string if known and bool(plural) == isinstance(known.string, tuple) else None
        ids = (words, plural) if plural else words
        empty = ("",) * get_plural(code).num_plurals if plural else ""
        after.add(ids, string or empty, locations=[(place, None) for place in places], context=context)
    path.parent.mkdir(parents=True, exist_ok=True)
    out = io.BytesIO()
    write_po(out, after, width=120, omit_header=False, include_lineno=False)
    kept = [line for line in out.getvalue().decode().splitlines() if not _CHANGES_BY_ITSELF.match(line)]
    path.write_text("\n".join(kept).strip() + "\n", "utf-8")
    return untranslated(after)


def read(code: str) -> Catalog:
    """Read the catalogue of a language."""
    with path_of(code).open("rb") as opened:
        return read_po(opened, locale=code.replace("-", "_"))


def untranslated(catalogue: Catalog) -> list[str]:
    """List the words of a catalogue that have no translation, or not in each plural form."""
    missing = []
    for message in catalogue:
        strings = message.string if isinstance(message.string, tuple) else (message.string,)
        if message.id and not all(strings):
            missing.append(message.id if isinstance(message.id, str) else message.id[0])
    return missing


def path_of(code: str) -> Path:
    """Tell where the catalogue of a language lies."""
    return Path(settings.LOCALE_PATHS[0], to_locale(code), "LC_MESSAGES", "django.po")


def _files() -> Iterator[Path]:
    for floor in ["content", "goodthinking", "search", "templates"]:
        for path in sorted(settings.BASE_DIR.joinpath(floor).rglob("*.*")):
            name = path.relative_to(settings.BASE_DIR).as_posix()
            if path.suffix in {".py", ".html", ".txt", ".xml"} and not name.startswith(tuple(EDITORS_FILES)):
                yield path


def _in_code(code: str) -> Iterator[Message]:
    """Find the messages of a module, but for those that are an argument only editors see."""
    tree = ast.parse(code)
    hidden = {id(inner) for node in ast.walk(tree) for part in _editors_parts(node) for inner in ast.walk(part)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and id(node) not in hidden and (message := _message(node)):
            yield message


def _editors_parts(node: ast.AST) -> Iterator[ast.AST]:
    if isinstance(node, ast.keyword) and node.arg in FOR_EDITORS:
        yield node.value
    if isinstance(node, ast.Call) and getattr(node.func, "id", getattr(node.func, "attr", "")) in EDITORS_CALLS:
        yield from [*node.args, *node.keywords]
    if isinstance(node, ast.FunctionDef) and node.name.startswith(("clean", "_clean", "refuse")):
        yield from node.body
    if isinstance(node, ast.ClassDef) and node.name == "Meta":
        yield from (part.value for part in node.body if isinstance(part, ast.Assign) and part.targets[0].id in FOR_EDITORS)


def _in_template(text: str) -> Iterator[Message]:
    """Find the messages of a template, in what Django's own makemessages makes of it."""
    code = templatize(text)
    for start in _CALL.finditer(code):
        depth, end = 1, start.end()
        while depth:
            depth += {"(": 1, ")": -1}.get(code[end], 0)
            end += 1
        if message := _message(ast.parse(code[start.start() : end].strip(), mode="eval").body):
            yield message


def _message(call: ast.Call) -> Message | None:
    name = getattr(call.func, "id", "")
    words = [part.value for part in call.args if isinstance(part, ast.Constant) and isinstance(part.value, str)]
    context = words.pop(0) if "pgettext" in name and words else None
    if name not in NAMES or not words or words[0] in EDITORS_WORDS:
        return None
    return context, words[0], words[1] if len(words) > 1 else None

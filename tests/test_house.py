"""The house rules, checked by walking the house rather than by trusting who built it."""

import re
import shlex
import socket
import subprocess
from io import StringIO
from pathlib import Path

from django.conf import settings
from django.core.management import call_command, get_commands

import pytest
from pytest_socket import SocketConnectBlockedError

from goodthinking import languages

PROJECT = Path(__file__).parent.parent
TRACKED = subprocess.run(
    ["git", "ls-files", "-co", "--exclude-standard"], cwd=PROJECT, capture_output=True, text=True, check=False
)
FILES = [path for name in TRACKED.stdout.split("\n") if name and (path := PROJECT / name).is_file()]
FLOORS = {"goodthinking", "content", "search", "templates", "static", "tests"}
TOP = FLOORS | {"manage.py", "pyproject.toml", "README.md", "LICENSE", ".ci", ".gitignore", ".pre-commit-config.yaml"}
README = (PROJECT / "README.md").read_text("utf-8")


def under(*folders: str, suffix: str) -> list[Path]:
    return [path for path in FILES if path.relative_to(PROJECT).parts[0] in folders and path.suffix == suffix]


def names(paths: list[Path]) -> list[str]:
    return [str(path.relative_to(PROJECT)) for path in paths]


def test_nothing_stands_at_the_top_but_what_was_agreed() -> None:
    assert {path.relative_to(PROJECT).parts[0] for path in FILES} <= TOP


def test_no_room_is_too_large_to_hold_in_mind() -> None:
    modules = [path for path in FILES if path.suffix == ".py" and "migrations" not in path.parts]
    assert modules
    assert names([path for path in modules if path.read_text("utf-8").count("\n") > 300]) == []
    templates = under("templates", suffix=".html")
    assert templates
    assert names([path for path in templates if path.read_text("utf-8").count("\n") > 80]) == []


def test_templates_hold_no_inline_script_handler_or_style() -> None:
    inline = re.compile(r"""<script(?![^>]*\bsrc=)|\son[a-z]+=["']|\sstyle=["']|<style\b""")
    texts = {path: path.read_text("utf-8") for path in under("templates", suffix=".html")}
    # The one style element holds our four files; its fingerprint is in the policy.
    base = PROJECT / "templates" / "base.html"
    assert texts[base].count("<style>{{ styles }}</style>") == 1
    texts[base] = texts[base].replace("<style>{{ styles }}</style>", "")
    assert names([path for path, text in texts.items() if inline.search(text)]) == []


def test_styles_and_scripts_ask_no_other_host() -> None:
    other = re.compile(r"""(?:url\(|@import|import\s|fetch\()\s*["']?(?:https?:)?//""")
    files = under("static", suffix=".css") + under("static", suffix=".js") + under("static", suffix=".svg")
    assert len(files) >= 6
    assert names([path for path in files if other.search(path.read_text("utf-8"))]) == []


def test_styles_are_four_files_and_one_each_for_trainers_and_editors_that_work_from_right_to_left() -> None:
    styles = under("static", suffix=".css")
    readers = {"tokens.css", "base.css", "parts.css", "blocks.css", "training.css", "slides.css"}
    assert {path.name for path in styles} == readers | {"desk.css"}
    physical = re.compile(
        r"(?:margin|padding|border|inset)?-(?:left|right)\s*:|(?:^|[;{\s])(?:left|right)\s*:|text-align:\s*(?:left|right)"
    )
    assert names([path for path in styles if physical.search(path.read_text("utf-8"))]) == []
    assert names([path for path in styles if "@layer" in path.read_text("utf-8")]) == []


def test_every_public_function_says_what_it_is_for() -> None:
    function = re.compile(
        r'^( *)(?:async )?def ([a-z]\w*)\(.*?(?:\)|\]|\w):\n( *)("""|\w|#|@|\[|\()', re.MULTILINE | re.DOTALL
    )
    silent = [
        f"{path.relative_to(PROJECT)}: {name}"
        for path in under("goodthinking", "search", suffix=".py")
        for indent, name, _inner, first in function.findall(path.read_text("utf-8"))
        if not indent and first != '"""'
    ]
    assert silent == []


@pytest.mark.django_db
def test_every_change_of_a_model_has_its_migration() -> None:
    out = StringIO()
    call_command("makemigrations", check=True, dry_run=True, stdout=out)
    assert "No changes detected" in out.getvalue()


def test_imports_run_downstairs_only() -> None:
    result = subprocess.run(["lint-imports"], cwd=PROJECT, capture_output=True, text=True, check=False, env=_path())
    assert result.returncode == 0, result.stdout


def _path() -> dict[str, str]:
    import os
    import sys

    return os.environ | {"PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}"}


def test_every_language_has_its_catalogue() -> None:
    codes = [code for code, _name in languages.LANGUAGES]
    assert codes[0] == languages.SOURCE == settings.LANGUAGE_CODE
    for code in codes[1:]:
        assert (settings.LOCALE_PATHS[0] / code.replace("-", "_") / "LC_MESSAGES" / "django.po").exists(), code


def test_the_readme_names_every_room() -> None:
    floor_plan = README.split("## Floor plan")[1].split("## Recipes")[0]
    rooms = [path for path in under("content", "goodthinking", suffix=".py") if len(path.relative_to(PROJECT).parts) == 2]
    folders = {
        path.relative_to(PROJECT).parts[1]
        for path in under("content", suffix=".py")
        if len(path.relative_to(PROJECT).parts) > 2
    }
    for room in [path.name for path in rooms if path.stem not in {"__init__", "apps"}] + sorted(folders - {"migrations"}):
        assert room in floor_plan, room


def test_the_readmes_commands_and_settings_exist() -> None:
    for command in re.findall(r"manage\.py (\w+)", README):
        assert command in get_commands(), command
    source = "".join((PROJECT / "goodthinking" / name).read_text("utf-8") for name in ["settings.py", "env.py"])
    for variable in re.findall(r"^\| `([A-Z_`, ]+)` \|", README, re.MULTILINE):
        for name in re.split(r"`, `", variable):
            assert f'"{name}"' in source, name
    read = set(re.findall(r'env\.\w+\(\s*"([A-Z_]+)"', source))
    assert {name for name in read if f"`{name}`" not in README} == set()


def test_the_readmes_first_command_is_what_the_machine_runs() -> None:
    first = next(line for line in README.splitlines() if line.startswith("python3 -m venv"))
    assert shlex.split(first)
    assert (PROJECT / "goodthinking" / "constraints.txt").exists()
    assert "grep -m 1 '^python3 -m venv' README.md" in (PROJECT / ".ci" / "run").read_text()


def test_exact_versions_are_names_and_versions_only() -> None:
    lines = (PROJECT / "goodthinking" / "constraints.txt").read_text().splitlines()
    assert all(re.match(r"^[a-z0-9.-]+(\[[a-z]+\])?==[\w.]+( ; .+)?$", line) for line in lines)
    pinned = {re.split(r"[=\[]", line)[0] for line in lines}
    wanted = re.findall(r'^    "([a-z0-9-]+)(?:\[[a-z]+\])?[><=~]', (PROJECT / "pyproject.toml").read_text(), re.MULTILINE)
    assert len(wanted) > 15
    assert set(wanted) <= pinned


def test_every_dependency_says_why_it_is_here() -> None:
    lines = (PROJECT / "pyproject.toml").read_text().splitlines()
    start, end = lines.index("dependencies = ["), lines.index("[tool.setuptools]")
    named = [number for number in range(start, end) if re.match(r'^    "[a-z]', lines[number])]
    own = [number for number in named if "a-light-on" not in lines[number]]
    assert all(lines[number - 1].strip().startswith(("#", '"')) for number in own)


def test_no_test_can_reach_another_host() -> None:
    with pytest.warns(UserWarning, match="192.0.2.1"), pytest.raises(SocketConnectBlockedError), socket.socket() as outside:
        outside.connect(("192.0.2.1", 80))

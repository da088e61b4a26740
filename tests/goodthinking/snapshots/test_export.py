"""The public site as files: every page, in every language, and no link that leads nowhere."""

import re
from pathlib import Path

import pytest

from tests.running import Site, manage

from .serving import URGENT, copy_of_site, pictures_on

pytestmark = pytest.mark.up

LINK = re.compile(r'\bhref="(/[^"#?]*)')


@pytest.fixture(scope="module")
def exported(running: Site, tmp_path_factory: pytest.TempPathFactory) -> Path:
    var = copy_of_site(running.folder, tmp_path_factory.mktemp("var"))
    folder = tmp_path_factory.mktemp("export") / "site"
    done = manage(var, "export_site", str(folder), SITE_URL=running.address)
    assert done.returncode == 0, done.stderr
    assert re.search(r"\d{3} pages and \d{3} other files", done.stdout)
    return folder


def file_of(folder: Path, path: str) -> Path:
    return folder / (f"{path}index.html" if path.endswith("/") else path).lstrip("/")


def test_every_link_and_picture_of_every_page_is_a_file(exported: Path) -> None:
    pages = list(exported.rglob("*.html"))
    assert len(pages) > 500
    broken = set()
    for page in pages:
        html = page.read_text("utf-8")
        for path in [*LINK.findall(html), *pictures_on(html.encode())]:
            if not path.startswith("/cms/") and not file_of(exported, path).is_file():
                broken.add(path)
    assert broken == set()


def test_all_languages_are_there_and_say_which_they_are(exported: Path) -> None:
    for code, direction in {"ar": "rtl", "bn": "ltr", "pl": "ltr", "ur": "rtl"}.items():
        html = (exported / code / "guides" / "sleep" / "index.html").read_text("utf-8")
        assert f'<html lang="{code}" dir="{direction}">' in html
        assert URGENT in (exported / code / "urgent-support" / "index.html").read_text("utf-8")


def test_where_only_a_running_site_could_answer_it_says_so_and_whom_to_call(exported: Path) -> None:
    for name in ("search/index.html", "ar/search/index.html"):
        assert URGENT in (exported / name).read_text("utf-8"), name
    assert "This is a copy of the site" in (exported / "search" / "index.html").read_text("utf-8")


def test_a_wrong_address_is_told_from_a_part_that_does_not_work(exported: Path) -> None:
    html = (exported / "404.html").read_text("utf-8")
    assert "This page is not here" in html
    assert "call 999" in html


def test_an_export_that_fails_leaves_the_former_one_as_it_was(exported: Path, tmp_path: Path) -> None:
    before = {path: path.read_bytes() for path in exported.rglob("*.html")}
    failed = manage(tmp_path, "export_site", str(exported), DATABASE_URL="sqlite:////proc/nothing.sqlite3")
    assert failed.returncode != 0
    assert "The database does not answer" in failed.stderr
    assert "Traceback" not in failed.stderr
    assert {path: path.read_bytes() for path in exported.rglob("*.html")} == before
    assert not list(exported.parent.glob(".*"))


def test_what_is_the_editors_is_not_there(exported: Path) -> None:
    assert not (exported / "cms").exists()
    assert not list(exported.rglob("*.sqlite3*"))
    assert not list(exported.rglob("secret_key"))


def test_a_folder_with_something_else_in_it_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    refused = manage(tmp_path, "export_site", str(tmp_path))
    assert refused.returncode != 0
    assert "holds something else. Name a new folder" in refused.stderr
    assert (tmp_path / "mine.txt").read_text() == "mine"

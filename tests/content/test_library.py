"""The library: out and in again without loss, all or nothing, and never over an editor's work."""

import shutil
from pathlib import Path

from django.core.management import CommandError, call_command
from django.test import Client

import pytest

from content import reading
from content.library import FOLDER, LibraryError
from content.library.export import export
from content.library.load import load
from content.models import GuidePage, Helpline, HomePage, ModulePage, TopicPage
from content.numbers import find_numbers
from tests import build


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the starter library to spoil, with one guide: the others are in the database for it to refer to."""
    copy = Path(shutil.copytree(FOLDER, tmp_path / "library", ignore=shutil.ignore_patterns("*.py", "__pycache__")))
    for path in [*copy.glob("guides/*.md"), *copy.glob("topics/*.md")]:
        if path.stem != "sleep":
            path.unlink()
    return copy


def texts(folder: Path) -> dict[str, str]:
    return {
        str(path.relative_to(folder)): path.read_text("utf-8")
        for path in folder.rglob("*")
        if path.suffix in {".md", ".yaml"}
    }


def test_what_goes_out_is_what_came_in_to_the_letter(db: None, tmp_path: Path) -> None:
    export(tmp_path)
    assert texts(tmp_path) == texts(FOLDER)
    for picture in (FOLDER / "pictures").glob("*.png"):
        assert (tmp_path / "pictures" / picture.name).read_bytes() == picture.read_bytes()


def test_loading_again_changes_nothing(db: None, tmp_path: Path) -> None:
    load(FOLDER, overwrite=True)
    export(tmp_path)
    assert texts(tmp_path) == texts(FOLDER)


def test_an_editors_change_is_left_alone_unless_told(db: None, django_user_model: type, folder: Path) -> None:
    guide = GuidePage.objects.get(slug="sleep")
    guide.title = "Changed by a person"
    build.publish(guide, user=django_user_model.objects.create_superuser("ed"))
    assert "guides/sleep.md" in load(folder).kept
    assert GuidePage.objects.get(slug="sleep").title == "Changed by a person"
    assert "guides/sleep.md" in load(folder, overwrite=True).loaded
    assert GuidePage.objects.get(slug="sleep").title != "Changed by a person"
    assert GuidePage.objects.get(slug="sleep").sample


def spoil(folder: Path, name: str, old: str, new: str) -> None:
    path = folder / name
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


@pytest.mark.parametrize(
    ("name", "old", "new", "said"),
    [
        ("guides/sleep.md", "/guides/", "/guides/no-such-", "there is no page at"),
        ("guides/sleep.md", "- samaritans", "- no-such-line", "there is no helpline “no-such-line”"),
        ("guides/sleep.md", "::: try_this", "::: try_thus", "“try_thus” is no block"),
        ("guides/sleep.md", "sample: true", "sampel: true", "“sampel” is not known"),
        ("guides/sleep.md", "picture: sleep.png", "picture: none.png", "there is no picture “none.png”"),
        ("guides/sleep.md", "- sleep", "- slepe", "there is no topic page “slepe”"),
        ("guides/sleep.md", "\ntitle:", "\nheading:", "not known here"),
        ("guides/sleep.md", "## ", "Call 0800 1111 now.\n\n## ", "looks like a telephone number"),
        ("guides/sleep.md", "minutes:", "minutes: many #", "minutes"),
        ("helplines.yaml", "hours: 24/7", "hours: always", "always"),
        ("helplines.yaml", "value: '999'", "value: ring us", "Write a telephone number"),
        ("helplines.yaml", "value: '999'", "value: 0800 073 0066", "Nobody answers this number any more"),
    ],
)
def test_a_mistake_in_a_file_is_named_with_its_line_and_nothing_is_loaded(
    db: None, folder: Path, name: str, old: str, new: str, said: str
) -> None:
    spoil(folder, name, old, new)
    spoil(folder, "home.md", "title: ", "title: Spoilt ")
    with pytest.raises(LibraryError) as caught:
        load(folder, overwrite=True)
    assert said in str(caught.value)
    file, line, _rest = str(caught.value).split(":", 2)
    assert file == name
    assert int(line) >= 1
    assert "Spoilt" not in HomePage.objects.get().title


def test_the_line_of_a_wrong_block_is_its_own(db: None, folder: Path) -> None:
    spoil(folder, "guides/sleep.md", "::: helplines", "::: helplynes")
    with pytest.raises(LibraryError) as caught:
        load(folder, overwrite=True)
    line = int(str(caught.value).split(":")[1])
    assert (folder / "guides/sleep.md").read_text("utf-8").splitlines()[line - 1] == "::: helplynes"


def test_the_command_says_what_it_did_and_what_is_wrong(
    db: None, folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture
) -> None:
    call_command("load_library", str(folder))
    assert "files loaded" in capsys.readouterr().out
    call_command("export_library", str(tmp_path / "out"))
    assert "files written" in capsys.readouterr().out
    with pytest.raises(CommandError, match="is not a folder"):
        call_command("load_library", str(tmp_path / "nowhere"))
    spoil(folder, "guides/sleep.md", "- samaritans", "- no-such-line")
    with pytest.raises(CommandError, match=r"Nothing was loaded. guides/sleep.md:\d+"):
        call_command("load_library", str(folder), overwrite=True)


@pytest.mark.parametrize("path", sorted((FOLDER / "guides").glob("*.md")), ids=lambda path: path.stem)
def test_every_guide_keeps_the_promises_of_the_library(db: None, path: Path) -> None:
    guide = GuidePage.objects.get(slug=path.stem)
    kinds = [child.block_type for child in guide.body]
    assert 400 <= len(reading.words(guide.body_text)) <= 900
    assert 5 <= guide.reading_age <= 11
    assert "try_this" in kinds[:4], "something to try within the first screen"
    assert "helplines" in kinds[-4:], "where to turn, near the end"
    assert any(child.block_type == "heading" and "help" in child.value["text"].lower() for child in guide.body)
    assert 2 <= len(guide.sources) <= 5
    assert all(source.value["url"].startswith("https://") for source in guide.sources)
    assert 1 <= guide.topics.count() <= 3
    assert guide.credits.exists()
    assert guide.interests
    assert guide.search_description
    assert guide.picture
    assert guide.sample
    assert not guide.last_reviewed
    assert not guide.signed_off_by
    assert not find_numbers(path.read_text("utf-8").split("\n---\n", 1)[1])
    assert "!" not in guide.body_text


TOPICS = (
    "anxiety stress sleep low-mood self-harm suicidal-thoughts bereavement bullying exam-stress relationships family-life "
    "domestic-abuse work money loneliness anger trauma eating alcohol-and-drugs lgbtq body-image self-esteem perinatal ocd "
    "psychosis menopause neurodiversity online-safety faith"
)


@pytest.mark.parametrize("slug", TOPICS.split())
def test_every_topic_has_at_least_two_guides(db: None, slug: str) -> None:
    assert GuidePage.objects.live().filter(topics__slug=slug).count() >= 2


def test_versions_for_a_faith_wait_for_that_communitys_review(db: None) -> None:
    versions = GuidePage.objects.filter(slug__startswith="five-ways-")
    assert len(versions) >= 3
    assert all("Waiting for review" in version.body_text for version in versions)


def test_the_first_page_offers_ten_sentences_and_two_ways_round_them(db: None, visitor: Client) -> None:
    html = visitor.get("/").content.decode().partition('class="sayings"')[2].partition("</ul>")[0]
    assert 8 <= html.count("<li>") - 2 <= 10
    assert "I’m worried about someone" in html


def test_the_check_of_content_tells_guides_reading_and_helplines(db: None, capsys: pytest.CaptureFixture) -> None:
    call_command("check_content")
    out = capsys.readouterr().out
    guides = len(list((FOLDER / "guides").glob("*.md")))
    assert guides >= 48
    assert f"Guides: {guides} live, {guides} of them samples" in out
    assert "reading age: median" in out
    for helpline in Helpline.objects.all():
        assert helpline.name in out
    assert "Unverified sample: " in out
    assert "Missing\n  nothing" in out
    goals = out.partition("Goals\n")[2].partition("\n\n")[0].splitlines()
    assert len(goals) == 9
    assert "noticing-stress: 10 min alone; session 30 min, at least 15; reading age" in out
    assert [goal for goal in goals if not goal.endswith(": met")] == []


def test_the_check_of_content_names_what_falls_short(db: None, capsys: pytest.CaptureFixture) -> None:
    lonely, hard = build.guide("Too short", body=[("paragraph", "<p>Hello.</p>")]), GuidePage.objects.get(slug="sleep")
    GuidePage.objects.filter(pk=hard.pk).update(reading_age=12.5)
    GuidePage.objects.filter(topics__slug="faith").update(live=False)
    TopicPage.objects.filter(slug="anger").update(picture=None)
    ModulePage.objects.filter(slug="where-to-turn").update(minutes=13, interests="")
    call_command("check_content")
    out = capsys.readouterr().out
    assert f"400 to 900 words: short: {lonely.slug}" in out
    assert f"reading age 11 or lower: short: {hard.slug}" in out
    assert "2 guides a topic: short: faith" in out
    assert "modules of at most 12 minutes alone or 30 as a session: short: where-to-turn" in out
    assert "where-to-turn: statement of interests" in out
    assert "a picture for each topic and audience: short: anger" in out

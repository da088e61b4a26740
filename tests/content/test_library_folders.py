"""Pictures and files beside the texts go out and come in with all that is known of them."""

from pathlib import Path

from django.core.files.base import ContentFile

import pytest

from content.library import FOLDER, LibraryError
from content.library.export import export
from content.library.folders import Files, Pictures
from content.library.load import load
from content.library.palette import DAY, by_day
from content.models import CustomDocument, CustomImage, GuidePage
from tests import build

PICTURES = sorted((FOLDER / "pictures").glob("*.svg"))


@pytest.fixture
def site_with_sound(db: None, tmp_path: Path) -> Path:
    """An export of a site that has a guide with a sound."""
    sound = CustomDocument(title="A calm voice, two minutes", file=ContentFile(b"ID3 hush", name="voice.mp3"))
    sound.save()
    value = {"title": "Listen", "file": sound, "transcript": "<p>Hush.</p>"}
    build.guide("Listen to this", body=[("audio", value)], summary="A calm voice.")
    export(tmp_path)
    return tmp_path


def test_a_sound_goes_out_and_comes_in_with_its_title(site_with_sound: Path) -> None:
    assert "file: voice" in (site_with_sound / "guides" / "listen-to-this.md").read_text("utf-8")
    GuidePage.objects.get(slug="listen-to-this").delete()
    CustomDocument.objects.all().delete()
    assert load(site_with_sound).drafts == ["guides/listen-to-this.md"], "no clinician has signed off what a file says"
    guide = GuidePage.objects.get(slug="listen-to-this")
    assert not guide.live
    sound = guide.body[0].value["file"]
    assert sound.title == "A calm voice, two minutes"
    assert sound.file.read() == b"ID3 hush"


def test_a_picture_keeps_its_middle_its_day_and_its_maker(db: None, tmp_path: Path) -> None:
    export(tmp_path)
    before = (tmp_path / "pictures.yaml").read_text("utf-8")
    assert before == (FOLDER / "pictures.yaml").read_text("utf-8")
    CustomImage.objects.all().delete()
    taken_in = Pictures(tmp_path)
    night = CustomImage.objects.get(pk=taken_in.pk("sleep.png"))
    assert night.day.title == "sleep-day.png"
    assert night.has_focal_point()
    assert night.credit == "Drawn for this site."


def test_pictures_of_one_title_stay_two(db: None, tmp_path: Path) -> None:
    first = CustomImage.objects.get(title="sleep.png")
    for place, name in enumerate(["one.png", "two.png"]):
        with first.file.open("rb") as opened:
            content = opened.read() + bytes([place])
        CustomImage.objects.create(title="My photo", file=ContentFile(content, name=name), width=1200, height=675)
    export(tmp_path)
    names = [path.name for path in (tmp_path / "pictures").iterdir() if path.stem.startswith(("one", "two"))]
    CustomImage.objects.filter(title="My photo").delete()
    taken_in = Pictures(tmp_path)
    assert len({taken_in.pk(name) for name in names}) == 2
    assert CustomImage.objects.filter(title="My photo").count() == 2


def test_a_file_that_is_not_there_is_named(db: None, tmp_path: Path) -> None:
    with pytest.raises(LibraryError, match=r"there is no file “plan.pdf” in files/"):
        Files(tmp_path).pk("plan.pdf")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("focus: 700 370 900 400", "focus: the middle", "write `focus: 600 300 200 200`"),
        ("day: sleep-day.png", "day: none.png", "there is no picture “none.png”"),
        ("day: sleep-day.png", "dya: sleep-day.png", "“dya” is not known here"),
    ],
)
def test_a_mistake_in_the_list_of_pictures_is_named_with_its_line(
    db: None, tmp_path: Path, old: str, new: str, said: str
) -> None:
    export(tmp_path)
    entry = "- file: sleep.png"
    before, _, after = (tmp_path / "pictures.yaml").read_text("utf-8").partition(entry)
    (tmp_path / "pictures.yaml").write_text(f"{before}{entry}{after.replace(old, new, 1)}", "utf-8")
    CustomImage.objects.all().delete()
    with pytest.raises(LibraryError) as caught:
        Pictures(tmp_path).pk("sleep.png")
    assert said in str(caught.value)
    assert str(caught.value).startswith(f"pictures.yaml:{before.count(chr(10)) + 1}:") or "none.png" in said


def test_an_editors_picture_is_replaced_only_when_told(db: None, tmp_path: Path) -> None:
    export(tmp_path)
    picture = CustomImage.objects.get(title="sleep.png")
    CustomImage.objects.filter(pk=picture.pk).update(credit="Changed by a person", focal_point_x=1)
    Pictures(tmp_path).pk("sleep.png")
    assert CustomImage.objects.get(pk=picture.pk).credit == "Changed by a person"
    Pictures(tmp_path, overwrite=True).pk("sleep.png")
    assert CustomImage.objects.get(pk=picture.pk).credit == "Drawn for this site."


@pytest.mark.parametrize("source", PICTURES, ids=lambda path: path.stem)
def test_every_drawing_has_its_picture_by_night_and_by_day(source: Path) -> None:
    night = source.read_text("utf-8")
    assert source.with_suffix(".png").exists()
    assert source.with_name(f"{source.stem}-day.png").exists()
    assert by_day(night) != night
    assert not set(DAY) & set(by_day(night).split('"'))
    assert not any(word in night for word in ["<script", "<image", "href", "style=", "<text"])

"""The kit in one zip: complete on a stick, leads nowhere that it does not hold, the same for the same wish."""

import io
import posixpath
import re
import zipfile
from datetime import date

from django.conf import settings
from django.test import Client

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.models import CoursePage, GuidePage, Helpline, ModulePage
from content.training.archive import offline
from tests import build

ADDRESS = "/training/wellbeing-at-work/kit.zip"
LINK = re.compile(r'\b(href|src)="([^"]*)"')
SLUG = st.from_regex(r"[a-z]{1,8}", fullmatch=True)


def unpacked(visitor: Client, query: str = "") -> dict[str, str]:
    response = visitor.get(f"{ADDRESS}?{query}")
    assert response.status_code == 200
    assert response["Content-Type"] == "application/zip"
    assert 'filename="kit-wellbeing-at-work.zip"' in response["Content-Disposition"]
    with zipfile.ZipFile(io.BytesIO(response.content)) as packed:
        assert packed.testzip() is None
        return {name: packed.read(name).decode("utf-8", "replace") for name in packed.namelist()}


def pages(files: dict[str, str]) -> dict[str, str]:
    return {name: text for name, text in files.items() if name.endswith(".html")}


def test_the_whole_kit_is_in_it(visitor: Client) -> None:
    files = unpacked(visitor, "modules=noticing-stress,where-to-turn&length=60")
    assert {"index.html", "slides.html", "help.html", "sheets/safe-disclosure.html"} <= files.keys()
    assert {name for name in files if name.startswith("modules/")} == {
        "modules/noticing-stress.html",
        "modules/where-to-turn.html",
    }
    drawn = {guide for module in ModulePage.objects.filter(slug="noticing-stress") for guide in guides_of(module)}
    assert {f"guides/{slug}.html" for slug in drawn} <= files.keys()
    assert 'data-minutes="' in files["index.html"]
    assert files["slides.html"].count("<article") > 5
    assert all(line.name in files["help.html"] for line in Helpline.objects.shown().filter(is_first_call=True))


def guides_of(module: ModulePage) -> set[str]:
    return {guide.slug for child in module.plan for guide in child.value["guides"] if guide}


@pytest.mark.parametrize("slug", ["wellbeing-at-work", "making-every-contact-count"])
def test_nothing_in_it_leads_to_a_file_that_is_not_there_or_loads_from_elsewhere(slug: str, visitor: Client) -> None:
    everything = ",".join(module.slug for module in CoursePage.objects.get(slug=slug).modules)
    response = visitor.get(f"/training/{slug}/kit.zip?modules={everything}&length=240")
    with zipfile.ZipFile(io.BytesIO(response.content)) as packed:
        files = {name: packed.read(name).decode("utf-8", "replace") for name in packed.namelist()}
    for name, text in pages(files).items():
        assert re.findall(r'<(?!a )[^>]+(?:href|src|srcset)="https?:', text) == [], name
        for _attribute, address in LINK.findall(text):
            if not address.startswith(("http:", "https:", "tel:", "sms:", "mailto:")):
                target = posixpath.normpath(posixpath.join(posixpath.dirname(name), address.partition("#")[0]))
                assert not address.partition("#")[0] or target in files, (name, address)
        assert "<form" not in text
    assert "url(" not in files["files/kit.css"]


def test_the_same_wish_gives_the_same_bytes_however_it_is_written(visitor: Client) -> None:
    one, again = (visitor.get(f"{ADDRESS}?modules=noticing-stress&length=60&start=18:30").content for _ in range(2))
    other = visitor.get(f"{ADDRESS}?start=18:30&own=60&modules=noticing-stress").content
    assert one == again == other
    assert one != visitor.get(f"{ADDRESS}?modules=noticing-stress&length=61&start=18:30").content


def test_a_change_of_a_guide_reaches_every_kit(visitor: Client) -> None:
    slug = sorted(guides_of(ModulePage.objects.get(slug="noticing-stress")))[0]
    guide = GuidePage.objects.get(slug=slug)
    guide.title = "Lanternfish"
    guide.save_revision(keep_sample=True).publish()
    files = unpacked(visitor)
    assert "Lanternfish" in files["index.html"]
    assert "<h1>Lanternfish</h1>" in files[f"guides/{slug}.html"]
    guide.unpublish()
    files = unpacked(visitor)
    assert f"guides/{slug}.html" not in files
    assert "Lanternfish" not in "".join(files.values())


def test_a_kit_says_until_when_it_may_be_used(visitor: Client) -> None:
    assert "Make a new kit before each session" in unpacked(visitor)["index.html"]
    Helpline.objects.filter(key="samaritans").update(check_again_by=date(2027, 2, 1))
    module = ModulePage.objects.get(slug="noticing-stress")
    ModulePage.objects.filter(pk=module.pk).update(next_review=date(2027, 1, 9))
    for text in (unpacked(visitor)["index.html"], visitor.get("/training/wellbeing-at-work/kit/").content.decode()):
        assert "Use this kit until 9 January 2027." in text
        assert 'data-date="2027-01-09"' in text


def test_a_course_without_a_plan_gives_a_kit_that_says_so(visitor: Client) -> None:
    course = build.page(CoursePage, CoursePage.objects.first().get_parent().specific, "Empty course")
    build.page(ModulePage, course, "Empty module", **build.COMPLETE)
    with zipfile.ZipFile(io.BytesIO(visitor.get(f"{course.url}kit.zip").content)) as packed:
        assert "This has no session plan yet" in packed.read("index.html").decode()


def test_a_wish_that_makes_no_sense_gives_a_kit_and_a_sentence(visitor: Client) -> None:
    files = unpacked(visitor, "modules=nowhere&length=999999999999&start=99:99&mode=%00")
    for sentence in ["is not in this course", "Write the length as minutes", "Write the time", "Choose a room"]:
        assert sentence in files["index.html"]


def test_a_picture_whose_file_is_lost_costs_no_kit(visitor: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    pictures = {name for name in unpacked(visitor) if name.startswith("files/") and name.endswith(".jpg")}
    assert pictures
    monkeypatch.setattr("django.core.files.storage.FileSystemStorage.exists", lambda self, name: False)
    files = unpacked(visitor)
    assert not pictures & files.keys()
    assert "slides.html" in files


@given(st.lists(SLUG, unique=True, max_size=4), st.lists(SLUG, max_size=6), st.sampled_from(["index.html", "guides/a.html"]))
def test_every_address_leads_into_the_kit_or_to_the_site_in_full(held: list[str], named: list[str], at: str) -> None:
    inside = {f"/guides/{slug}/": f"guides/{slug}.html" for slug in held}
    html = "".join(f'<a href="/guides/{slug}/#x">x</a><img src="/media/{slug}.png">' for slug in named)
    pictures: dict[str, str] = {}
    found = LINK.findall(offline(html, at, inside, pictures))
    for slug, (link, picture) in zip(named, zip(found[::2], found[1::2], strict=True), strict=True):
        target = posixpath.normpath(posixpath.join(posixpath.dirname(at), link[1].partition("#")[0]))
        assert target == f"guides/{slug}.html" if slug in held else link[1] == f"{settings.SITE_URL}/guides/{slug}/#x"
        assert posixpath.normpath(posixpath.join(posixpath.dirname(at), picture[1])) == pictures[f"/media/{slug}.png"]

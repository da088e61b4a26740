"""Uploads: a good file is taken, and a broken or forbidden one is an error in the form and is never stored."""

import io
from pathlib import Path

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

import pytest
from PIL import Image

from content.media import shared_collection
from content.models import CustomDocument, CustomImage

IMAGES = "/cms/images/add/"
MANY_IMAGES = "/cms/images/multiple/add/"
FROM_A_PAGE = "/cms/images/chooser/create/"
DOCUMENTS = "/cms/documents/add/"
MANY_DOCUMENTS = "/cms/documents/multiple/add/"
MEGABYTE = 1024 * 1024


def picture(kind: str, size: tuple[int, int] = (64, 48), mode: str = "RGB", **options: object) -> bytes:
    """Draw a picture that does not compress to nothing, so that it has a middle to break."""
    drawn = Image.effect_noise(size, 80).convert(mode) if mode != "1" else Image.new("1", size)
    file = io.BytesIO()
    drawn.save(file, kind, **options)
    return file.getvalue()


def broken(whole: bytes) -> bytes:
    """Overwrite the middle of a file and leave its beginning and end."""
    middle = len(whole) // 2
    return whole[:middle] + b"\xff" * 200 + whole[middle + 200 :]


def without_data(avif: bytes) -> bytes:
    """Keep what an AVIF file says of itself and destroy the picture that follows."""
    start = avif.index(b"mdat") + 4
    return avif[:start] + b"\0" * (len(avif) - start)


def animation() -> bytes:
    frames = [Image.effect_noise((64, 48), 80).convert("P") for _ in range(3)]
    file = io.BytesIO()
    frames[0].save(file, "GIF", save_all=True, append_images=frames[1:])
    return file.getvalue()


def rotated() -> bytes:
    exif = Image.Exif()
    exif[0x0112] = 6
    return picture("JPEG", exif=exif)


PNG, JPEG, GIF, WEBP, AVIF = (picture(kind) for kind in ["PNG", "JPEG", "GIF", "WEBP", "AVIF"])
GOOD = {
    "lamp.png": PNG,
    "lamp.jpg": JPEG,
    "lamp.JPEG": JPEG,
    "lamp.gif": GIF,
    "moving.gif": animation(),
    "moving until it stops.gif": animation()[: len(animation()) // 2],
    "lamp.webp": WEBP,
    "lamp.avif": AVIF,
    "sideways.jpg": rotated(),
    "three megabytes.png": PNG + b"\0" * (3 * MEGABYTE),
}
BAD = {
    "half.png": PNG[: len(PNG) // 2],
    "half.jpg": JPEG[: len(JPEG) // 2],
    "half.webp": WEBP[: len(WEBP) // 2],
    "half.avif": AVIF[: len(AVIF) // 2],
    "broken.avif": without_data(AVIF),
    "half.gif": GIF[: len(GIF) // 2],
    "header only.png": PNG[:40],
    "broken.png": broken(PNG),
    "broken.gif": GIF[:820] + b"\xff" * (len(GIF) - 820),
    "broken, three megabytes.png": broken(PNG) + b"\0" * (3 * MEGABYTE),
    "empty.png": b"",
    "page.png": b"<!doctype html><script>alert(1)</script>",
    "drawing.svg": b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
    "drawing.png": b'<svg xmlns="http://www.w3.org/2000/svg"><rect width="9" height="9"/></svg>',
    "painting.psd": b"8BPS\x00\x01" + b"\0" * 200,
    "painting.png": b"8BPS\x00\x01" + b"\0" * 6 + b"\x00\x03\x00\x00\x00\x10\x00\x00\x00\x10\x00\x08\x00\x03" + b"\0" * 200,
    "photo.png": JPEG,
    "program.png.exe": PNG,
    "too many pixels.png": picture("PNG", (7000, 7000), "1"),
    "far too many pixels.png": picture("PNG", (20000, 20000), "1"),
    "too large.png": PNG + b"\0" * (10 * MEGABYTE),
}

good = pytest.mark.parametrize("name", GOOD)
bad = pytest.mark.parametrize("name", BAD)


def upload(name: str, files: dict[str, bytes]) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, files[name])


def stored() -> tuple[int, int, set[Path]]:
    """Everything uploads could have left behind; not the sizes that the editor makes of a picture to show it."""
    folders = [Path(settings.MEDIA_ROOT) / name for name in ["original_images", "documents"]]
    files = {path for folder in folders for path in folder.rglob("*") if path.is_file()}
    return CustomImage.objects.count(), CustomDocument.objects.count(), files


@good
def test_a_good_picture_is_stored_and_can_be_shown(name: str, editor: Client, visitor: Client) -> None:
    response = editor.post(IMAGES, {"collection": shared_collection().pk, "title": name, "file": upload(name, GOOD)})
    assert response.status_code == 302
    image = CustomImage.objects.get(title=name)
    assert Path(image.file.path).read_bytes() == GOOD[name]
    shown = visitor.get(image.get_rendition("width-40|format-webp").url)
    assert shown["Content-Type"] == "image/webp"
    assert b"".join(shown.streaming_content)[:4] == b"RIFF"


@bad
def test_a_bad_picture_is_an_error_in_the_form_and_is_not_stored(name: str, editor: Client) -> None:
    before = stored()
    response = editor.post(IMAGES, {"collection": shared_collection().pk, "title": name, "file": upload(name, BAD)})
    assert response.status_code == 200
    assert response.context["form"].errors.get("file")
    assert stored() == before


@bad
def test_a_bad_picture_among_many_is_answered_with_its_error(name: str, editor: Client) -> None:
    before = stored()
    sent = {"collection": shared_collection().pk, "title": name, "files[]": upload(name, BAD)}
    answer = editor.post(MANY_IMAGES, sent, headers={"X-Requested-With": "XMLHttpRequest"})
    assert answer.status_code == 200
    assert answer.json()["success"] is False
    assert answer.json()["error_message"]
    assert stored() == before


@bad
def test_a_bad_picture_is_refused_while_writing_a_page(name: str, editor: Client) -> None:
    before = stored()
    sent = {
        "image-chooser-upload-collection": shared_collection().pk,
        "image-chooser-upload-title": name,
        "image-chooser-upload-file": upload(name, BAD),
    }
    answer = editor.post(FROM_A_PAGE, sent)
    assert answer.status_code == 200
    assert answer.json()["step"] == "reshow_creation_form"
    assert stored() == before


def test_a_broken_picture_is_answered_in_plain_words(editor: Client) -> None:
    response = editor.post(IMAGES, {"collection": shared_collection().pk, "title": "Half", "file": upload("half.png", BAD)})
    assert "This picture is broken and cannot be opened." in response.content.decode()


def test_many_good_pictures_are_stored_and_named(editor: Client) -> None:
    sent = {"collection": shared_collection().pk, "title": "Lamp", "files[]": upload("lamp.png", GOOD)}
    answer = editor.post(MANY_IMAGES, sent, headers={"X-Requested-With": "XMLHttpRequest"}).json()
    assert answer["success"] is True
    number = answer["image_id"]
    said = {"title": "A lamp", "credit": "Drawn for this site.", "collection": shared_collection().pk}
    named = {f"image-{number}-{field}": value for field, value in said.items()}
    answer = editor.post(f"/cms/images/multiple/{number}/", named, headers={"X-Requested-With": "XMLHttpRequest"}).json()
    assert answer["success"] is True
    image = CustomImage.objects.get(pk=number)
    assert (image.title, image.credit) == ("A lamp", "Drawn for this site.")


def test_naming_many_pictures_does_not_ask_for_the_files_again(editor: Client) -> None:
    sent = {"collection": shared_collection().pk, "title": "Lamp", "files[]": upload("lamp.png", GOOD)}
    answer = editor.post(MANY_IMAGES, sent, headers={"X-Requested-With": "XMLHttpRequest"}).json()
    assert 'type="file"' not in answer["form"]


def test_a_picture_can_be_renamed_without_sending_it_again(editor: Client) -> None:
    image = CustomImage.objects.first()
    before = image.file.name
    assert (
        editor.post(f"/cms/images/{image.pk}/", {"collection": shared_collection().pk, "title": "Another name"}).status_code
        == 302
    )
    image.refresh_from_db()
    assert (image.title, image.file.name) == ("Another name", before)


def test_a_picture_is_not_replaced_by_a_broken_one(editor: Client) -> None:
    image = CustomImage.objects.first()
    before = stored()
    response = editor.post(
        f"/cms/images/{image.pk}/",
        {"collection": shared_collection().pk, "title": image.title, "file": upload("half.png", BAD)},
    )
    assert response.status_code == 200
    assert response.context["form"].errors.get("file")
    assert stored() == before
    assert Path(image.file.path).exists()


@pytest.mark.parametrize("name", ["page.html", "drawing.svg", "run.js", "run.exe", "page.xhtml", "page.pdf.html", "noname"])
def test_a_document_that_could_run_is_refused(name: str, editor: Client) -> None:
    before = stored()
    file = b"<script>alert(1)</script>"
    response = editor.post(
        DOCUMENTS, {"collection": shared_collection().pk, "title": "Plan", "file": SimpleUploadedFile(name, file)}
    )
    assert response.status_code == 200
    assert response.context["form"].errors.get("file")
    many = {"collection": shared_collection().pk, "title": "Plan", "files[]": SimpleUploadedFile(name, file)}
    answer = editor.post(MANY_DOCUMENTS, many, headers={"X-Requested-With": "XMLHttpRequest"})
    assert answer.json()["success"] is False
    assert stored() == before


@pytest.mark.parametrize("name", ["plan.pdf", "plan.PDF", "plan.docx", "plan.txt"])
def test_a_document_is_taken_and_handed_over_as_a_file(name: str, editor: Client, visitor: Client) -> None:
    response = editor.post(
        DOCUMENTS,
        {"collection": shared_collection().pk, "title": "Plan", "file": SimpleUploadedFile(name, b"%PDF-1.7 words")},
    )
    assert response.status_code == 302
    document = CustomDocument.objects.get()
    answer = visitor.get(document.url)
    assert answer.status_code == 200
    assert b"".join(answer.streaming_content) == b"%PDF-1.7 words"
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert not answer.cookies


def test_a_document_that_is_too_large_is_refused(editor: Client) -> None:
    before = stored()
    large = SimpleUploadedFile("plan.pdf", b"%PDF-1.7" + b"\0" * (20 * MEGABYTE))
    response = editor.post(DOCUMENTS, {"collection": shared_collection().pk, "title": "Plan", "file": large})
    assert response.status_code == 200
    assert response.context["form"].errors.get("file")
    assert stored() == before

"""Pictures and files beside the texts: each file becomes a row, and a list says what else is known of it."""

import re
from pathlib import Path

from django.core.exceptions import ValidationError
from django.core.files import File
from django.core.files.images import ImageFile
from django.db import models
from django.utils.functional import cached_property

from wagtail.images.rect import Rect
from wagtail.utils.file import hash_filelike

from content.media import shared_collection
from content.models import CustomDocument, CustomImage

from . import LibraryError, documents


class MediaFolder:
    """A folder of the library. A file becomes a row when it is first named."""

    name: str
    """Of the folder, and of the list beside it."""
    model: type[models.Model]
    thing: str
    details: tuple[str, ...] = ()
    """What the list may say of a file beside its title."""

    def __init__(self, library: Path | None = None, *, overwrite: bool = False) -> None:
        """library: where the folder lies, None to take nothing in; overwrite: True to replace what has changed."""
        self.library, self.overwrite = library, overwrite
        self._pks: dict[str, int] = {}

    def pk(self, name: str) -> int:
        """Find a file's row by its file name, making it when it is new. Raises LibraryError when there is no such file."""
        if name not in self._pks:
            title = str(self._list.get(name, (0, {}))[1].get("title", name))
            there = self.model.objects.filter(title=title).exclude(pk__in=self._pks.values()).first()
            has_file = self.library is not None and (self.library / self.name / name).is_file()
            if there is None and not has_file:
                raise LibraryError(f"there is no {self.thing} “{name}” in {self.name}/: put it there, or correct the name.")
            if there is None or (self.overwrite and has_file):
                there = self._take_in(there or self.model(title=title, collection=shared_collection()), name)
            self._pks[name] = there.pk
        return self._pks[name]

    def name_of(self, row: models.Model) -> str:
        """Give the file name of a row: its title where that is one, so that a library keeps its names."""
        title, stored = Path(row.title), Path(row.filename)
        return row.title if title.suffix == stored.suffix and title.name == row.title else stored.name

    def export(self, library: Path) -> list[str]:
        """Write every file into its folder of a library, and the list. Returns the names of the files written."""
        written, told = [], []
        # Sorted here, since databases sort signs in different ways.
        for row in sorted(self.model.objects.all(), key=lambda row: (row.title, row.pk)):
            name = self.name_of(row)
            target = library / self.name / name
            target.parent.mkdir(parents=True, exist_ok=True)
            with row.file.open("rb") as opened:
                target.write_bytes(opened.read())
            written.append(f"{self.name}/{name}")
            said = {"title": row.title if row.title != name else None} | self._get_details(row)
            told.append({"file": name} | {key: value for key, value in said.items() if value})
        if lines := [record for record in told if len(record) > 1]:
            (library / f"{self.name}.yaml").write_text(documents.write_list(lines), "utf-8")
            written.append(f"{self.name}.yaml")
        return written

    @cached_property
    def _list(self) -> dict[str, tuple[int, dict[str, object]]]:
        """What the list says of each file, with the line it begins on."""
        path = self.library / f"{self.name}.yaml" if self.library else None
        if path is None or not path.exists():
            return {}
        known = ["file", "title", *self.details]
        found = {}
        for line, record in documents.read_list(path.read_text("utf-8"), path.name):
            if unknown := set(record) - set(known):
                words = f"“{', '.join(sorted(unknown))}” is not known here. Write one of: {', '.join(known)}."
                raise LibraryError(f"{path.name}:{line}: {words}")
            found[str(record.get("file"))] = (line, record)
        return found

    def _take_in(self, row: models.Model, name: str) -> models.Model:
        line, said = self._list.get(name, (1, {}))
        with (self.library / self.name / name).open("rb") as opened:
            if not row.pk or row.get_file_hash() != hash_filelike(opened):
                self._put_file(row, opened, name)
            try:
                self._put_details(row, said)
                row.save()
            except (ValidationError, TypeError, ValueError, AttributeError) as error:
                what = "; ".join(error.messages) if isinstance(error, ValidationError) else str(error)
                raise LibraryError(f"{self.name}.yaml:{line}: {name}: {what}") from error
        return row

    def _put_file(self, row: models.Model, opened: object, name: str) -> None:
        row.file = File(opened, name=name)

    def _get_details(self, row: models.Model) -> dict[str, object]:
        return {}

    def _put_details(self, row: models.Model, said: dict[str, object]) -> None:
        """Put what the list says of a file into its row."""


class Pictures(MediaFolder):
    """Pictures, with what matters in each (`focus`), its day version, and who made it."""

    name, model, thing = "pictures", CustomImage, "picture"
    details = ("focus", "day", "credit")

    def _put_file(self, row: CustomImage, opened: object, name: str) -> None:
        row.file = ImageFile(opened, name=name)
        if row.pk:
            row._set_image_file_metadata()
            row.renditions.all().delete()

    def _get_details(self, row: CustomImage) -> dict[str, object]:
        rect = row.get_focal_point()
        return {
            "focus": " ".join(str(round(number)) for number in (*rect.centroid, rect.width, rect.height)) if rect else None,
            "day": self.name_of(row.day) if row.day else None,
            "credit": row.credit,
        }

    def _put_details(self, row: CustomImage, said: dict[str, object]) -> None:
        focus = re.fullmatch(r"(\d+) (\d+) (\d+) (\d+)", str(said.get("focus", "0 0 0 0")))
        if focus is None:
            raise ValueError(
                "write `focus: 600 300 200 200`, in pixels: the middle across and down, the width and the height."
            )
        row.set_focal_point(Rect.from_point(*map(int, focus.groups())) if said.get("focus") else None)
        row.day_id = self.pk(str(said["day"])) if said.get("day") else None
        row.credit = str(said.get("credit", ""))


class Files(MediaFolder):
    """Sound, film, captions and files to download."""

    name, model, thing = "files", CustomDocument, "file"

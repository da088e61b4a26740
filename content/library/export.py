"""Files out: the site's pages in their source language become a library folder again."""

from pathlib import Path

from wagtail.models import Locale

from content.base import BasePage
from content.models import GuideVersionPage, PartnerShelf
from content.shelves import ShelvedPage

from . import documents, helplines
from .references import SiteReferences
from .shapes import SHAPES, Shape
from .values import to_plain


def export(folder: Path) -> list[str]:
    """Write the live pages, helplines, pictures and files into a folder.

    folder: made when it is not there; files of the same name are replaced. Returns the names of the files written.
    """
    references = SiteReferences()
    written = []
    for shape in SHAPES:
        for page in filter(shape.holds, shape.model.objects.live().filter(locale=Locale.get_default())):
            written.append(_write(page, shape, folder, references))
    (folder / "helplines.yaml").write_text(helplines.export(), "utf-8")
    return [*written, "helplines.yaml", *references.pictures.export(folder), *references.files.export(folder)]


def _write(page: BasePage, shape: Shape, folder: Path, references: SiteReferences) -> str:
    meta: dict[str, object] = {}
    for entry in shape.entries:
        value = entry.get(page, references)
        if value not in (None, "", [], False):
            meta[entry.name] = value
    if isinstance(page, ShelvedPage) and (shelf := _shelf(page)):
        meta["shelf"] = shelf
    stem = f"{page.guide.slug}.{page.kind}" if isinstance(page, GuideVersionPage) else page.slug
    name = shape.files.replace("*", stem)
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(documents.write(documents.Document(meta, _parts(page, references))), "utf-8")
    return name


def _shelf(page: ShelvedPage) -> str | None:
    shelf = PartnerShelf.objects.parent_of(page).select_related("partner").first()
    return shelf.partner.slug if shelf and shelf.partner else None


def _parts(page: BasePage, references: SiteReferences) -> list[documents.Part]:
    parts = []
    for name in ("body", "plan"):
        if hasattr(page, name):
            block = page._meta.get_field(name).stream_block
            parts += [
                documents.Part(item["type"], to_plain(block.child_blocks[item["type"]], item["value"], references))
                for item in block.get_prep_value(getattr(page, name))
            ]
    return parts

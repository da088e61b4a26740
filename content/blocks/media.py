"""What is seen and heard: pictures, sound, film, files, tables."""

from pathlib import Path

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from wagtail import blocks
from wagtail.documents import get_document_model
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images import get_image_model
from wagtail.images.blocks import ImageBlock

from .text import ParagraphBlock


def _newest_picture() -> dict[str, object]:
    """Show editors a picture of this site, when there is one."""
    return {"image": get_image_model().objects.order_by("-pk").first(), "caption": "A lamp left on in a window."}


class PictureBlock(blocks.StructBlock):
    """A picture with what it shows said in words."""

    image = ImageBlock(label=_("Picture"))
    caption = blocks.CharBlock(required=False, default="", max_length=200, label=_("Caption"))

    class Meta:
        icon = "image"
        label = _("Picture")
        template = "blocks/picture.html"
        description = _("A picture. Say in words what matters in it, for readers who cannot see it.")
        preview_value = staticmethod(_newest_picture)


class KindOfDocumentBlock(DocumentChooserBlock):
    """A chooser that takes documents of some kinds only."""

    def __init__(self, kinds: tuple[str, ...] = (), **kwargs: object) -> None:
        self.kinds = kinds
        super().__init__(**kwargs)

    def clean(self, value: object) -> object:
        document = super().clean(value)
        if document and Path(document.filename).suffix.lower().lstrip(".") not in self.kinds:
            raise ValidationError(_("Choose a file of one of these kinds: %(kinds)s.") % {"kinds": ", ".join(self.kinds)})
        return document


def _document(*kinds: str) -> object:
    """Show editors a real file of a kind, when there is one."""
    for kind in kinds:
        if found := get_document_model().objects.filter(file__endswith=f".{kind}").first():
            return found
    return None


def _sound() -> dict[str, object]:
    return {"title": "A calm voice", "file": _document("mp3", "m4a"), "transcript": "<p>Sit down. Breathe out slowly.</p>"}


def _film() -> dict[str, object]:
    return {
        "title": "Three breaths",
        "file": _document("mp4", "webm"),
        "captions": _document("vtt"),
        "transcript": "<p>One.</p>",
    }


def _download() -> dict[str, object]:
    return {"title": "Worry diary", "file": _document("pdf")}


class AudioBlock(blocks.StructBlock):
    """Something to listen to, with all its words."""

    title = blocks.CharBlock(max_length=100, label=_("Title"))
    file = KindOfDocumentBlock(("mp3", "m4a"), label=_("Sound"), help_text=_("An mp3 or m4a file."))
    transcript = ParagraphBlock(label=_("Transcript"), help_text=_("Every word that is spoken."))

    class Meta:
        icon = "media"
        label = _("Audio")
        template = "blocks/audio.html"
        description = _("Something to listen to. Nothing is loaded before a reader presses play.")
        preview_value = staticmethod(_sound)


class VideoBlock(blocks.StructBlock):
    """A film with captions and a transcript."""

    title = blocks.CharBlock(max_length=100, label=_("Title"))
    file = KindOfDocumentBlock(("mp4", "webm"), label=_("Film"), help_text=_("An mp4 or webm file."))
    captions = KindOfDocumentBlock(("vtt",), label=_("Captions"), help_text=_("A vtt file."))
    transcript = ParagraphBlock(
        label=_("Transcript"), help_text=_("Every word that is spoken, and what matters in the picture.")
    )

    class Meta:
        icon = "media"
        label = _("Video")
        template = "blocks/video.html"
        description = _(
            "A film from this site, with captions. Nothing is loaded before a reader presses play. Films on other sites "
            "cannot be shown here, for those sites would learn who watches: add a link to them instead."
        )
        preview_value = staticmethod(_film)


class DownloadBlock(blocks.StructBlock):
    """A file to keep or print; its kind and size are shown."""

    title = blocks.CharBlock(max_length=100, label=_("Title"), help_text=_("What it is, not “click here”."))
    file = DocumentChooserBlock(label=_("File"))

    class Meta:
        icon = "download"
        label = _("Download")
        template = "blocks/download.html"
        description = _("A file to keep or print. Readers see its kind and size first.")
        preview_value = staticmethod(_download)


class TableBlock(blocks.StructBlock):
    """Facts in rows and columns."""

    caption = blocks.CharBlock(max_length=120, label=_("What the table shows"))
    columns = blocks.ListBlock(blocks.CharBlock(max_length=60, label=_("Column")), min_num=2, max_num=4, label=_("Columns"))
    rows = blocks.ListBlock(
        blocks.ListBlock(blocks.CharBlock(required=False, max_length=160, label=_("Cell")), label=_("Row")),
        min_num=1,
        label=_("Rows"),
        help_text=_("As many cells in each row as there are columns. The first cell names the row."),
    )

    def clean(self, value: blocks.StructValue) -> blocks.StructValue:
        cleaned = super().clean(value)
        wide = len(cleaned["columns"])
        if any(len(row) != wide for row in cleaned["rows"]):
            message = ValidationError(_("Each row needs %(wide)d cells, one for each column.") % {"wide": wide})
            raise blocks.StructBlockValidationError(block_errors={"rows": message})
        return cleaned

    class Meta:
        icon = "table"
        label = _("Table")
        template = "blocks/table.html"
        description = _("A small table of facts. Two to four columns, so that it fits on a phone.")
        preview_value = {
            "caption": "When to try what",
            "columns": ["When", "What"],
            "rows": [["At night", "Turn the clock away"], ["By day", "See daylight early"]],
        }

"""Pictures and documents."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from wagtail.documents.models import AbstractDocument, Document
from wagtail.images.models import AbstractImage, AbstractRendition, Image
from wagtail.models import Collection

SIZES = {
    # At the top of a page: a band around the focal point.
    "lead": ("fill-480x192", "fill-960x384"),
    # In the text, whole.
    "body": ("width-400", "width-800"),
}
"""Each shape in which pages show a picture, small and large: for phones, and for sharp or wide screens."""

SHARED = "fill-1200x630|format-jpeg"
"""The picture that other sites and apps show beside a link (ogp.me; 1.91 to 1 is the shape most of them keep)."""


@dataclass(frozen=True)
class Source:
    """One choice that a browser has: for which screens, in which format, the same picture in two sizes."""

    media: str
    kind: str
    srcset: str


class CustomImage(AbstractImage):
    """A picture. Who made it is kept with it; what it shows is said where it is used."""

    credit = models.CharField(
        max_length=200,
        blank=True,
        help_text=_("Who made this picture, and that we may use it. For example: Drawn for this site."),
    )

    day = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("version for the day"),
        help_text=_("The same picture for a bright screen. Readers whose device is set to light see it instead."),
    )

    admin_form_fields = (*Image.admin_form_fields, "credit", "day")

    def for_screens(self, shape: str) -> tuple[list[Source], AbstractRendition]:
        """Give a browser its choices, and the one picture that every browser can show.

        shape: a key of SIZES. The day's version comes first, for readers whose device is set to light.
        """
        sources = self.day._sources(shape, "(prefers-color-scheme: light)") if self.day else []
        return sources + self._sources(shape, ""), self.get_rendition(_fallback(shape))

    def make_ready(self, shape: str) -> None:
        """Make what `for_screens` and other sites will ask for, so that no reader waits for it.

        shape: a key of SIZES.
        """
        self.get_renditions(*_small(shape), _fallback(shape), *([SHARED] if shape == "lead" else []))
        if self.day:
            self.day.get_renditions(*_small(shape))

    def _sources(self, shape: str, media: str) -> list[Source]:
        made = self.get_renditions(*_small(shape))
        return [
            Source(media, f"image/{kind}", ", ".join(f"{made[spec].url} {made[spec].width}w" for spec in specs))
            for kind in settings.PICTURE_FORMATS
            for specs in [_small(shape, kind)]
        ]


def _small(shape: str, *kinds: str) -> list[str]:
    return [f"{size}|format-{kind}" for kind in kinds or settings.PICTURE_FORMATS for size in SIZES[shape]]


def _fallback(shape: str) -> str:
    return f"{SIZES[shape][-1]}|format-jpeg"


def prepare_pictures(pictures: Iterable[CustomImage]) -> None:
    """Fetch the day's versions and all sizes of some pictures, in two queries."""
    night = list(pictures)
    models.prefetch_related_objects(night, "day")
    models.prefetch_related_objects([*night, *(picture.day for picture in night if picture.day)], "renditions")


class CustomRendition(AbstractRendition):
    """A picture in one of its sizes and formats."""

    image = models.ForeignKey(CustomImage, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        unique_together = (("image", "filter_spec", "focal_point_key"),)


class CustomDocument(AbstractDocument):
    """A file to download."""

    admin_form_fields = Document.admin_form_fields


SHARED_COLLECTION = "Shared"
"""The collection that everybody in /cms/ may choose from. Wagtail's own root is no such place: it holds all the others."""


def shared_collection() -> Collection:
    """Find the collection of what all sections share. When it is made, it takes in what lay at the root."""
    root = Collection.get_first_root_node()
    shared = Collection.objects.child_of(root).filter(name=SHARED_COLLECTION).first()
    if shared is None:
        shared = root.add_child(name=SHARED_COLLECTION)
        for model in [CustomImage, CustomDocument]:
            model.objects.filter(collection=root).update(collection=shared)
    return shared

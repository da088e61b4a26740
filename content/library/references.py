"""Names in library files and the rows they stand for: pages by address, helplines by key, pictures by file name."""

from pathlib import Path

from django.core.files import File
from django.core.files.images import ImageFile

from wagtail.models import Locale, Page

from content.models import CustomImage, Helpline

from . import LibraryError


class SiteReferences:
    """Looks names up in this site's database; takes a picture in from the library's folder when it is first named."""

    def __init__(self, folder: Path | None = None) -> None:
        """folder: where `pictures/` lies; None when nothing is to be taken in."""
        self.folder = folder
        self.locale = Locale.get_default()

    def page_pk(self, path: str) -> int:
        """Find a page by its address, such as /guides/sleep/. Raises LibraryError when there is none."""
        address, _, fragment = path.partition("#")
        if fragment:
            raise LibraryError(f"“{path}”: link to the page itself, without the part after #.")
        slug = address.strip("/").rpartition("/")[2]
        candidates = Page.objects.filter(slug=slug or "home", locale=self.locale)
        for page in candidates:
            if page.specific_deferred.url == address:
                return page.pk
        raise LibraryError(f"there is no page at “{path}”: add its file, or correct the link.")

    def page_path(self, pk: int) -> str:
        """Give a page's address."""
        return Page.objects.get(pk=pk).specific_deferred.url

    def helpline_pk(self, key: str) -> int:
        """Find a helpline by its key. Raises LibraryError when there is none."""
        found = Helpline.objects.filter(key=key).first()
        if found is None:
            raise LibraryError(f"there is no helpline “{key}”: add it to helplines.yaml, or correct the name.")
        return found.pk

    def helpline_key(self, pk: int) -> str:
        """Give a helpline's key."""
        return Helpline.objects.get(pk=pk).key

    def picture_pk(self, name: str) -> int:
        """Find a picture by its file name, taking it in when it is new. Raises LibraryError when there is no such file."""
        found = CustomImage.objects.filter(title=name).first()
        if found is None:
            source = (self.folder or Path()) / "pictures" / name
            if self.folder is None or not source.is_file():
                raise LibraryError(f"there is no picture “{name}” in pictures/: put it there, or correct the name.")
            with source.open("rb") as opened:
                found = CustomImage(title=name, credit="Drawn for this site.", file=ImageFile(File(opened), name=name))
                found.save()
        return found.pk

    def picture_name(self, pk: int) -> str:
        """Give a picture's file name."""
        return CustomImage.objects.get(pk=pk).title

"""Names in library files and the rows they stand for: pages by address, helplines by key, media by file name."""

from pathlib import Path

from wagtail.models import Locale, Page

from content.models import CustomDocument, CustomImage, Helpline

from . import LibraryError
from .folders import Files, Pictures


class SiteReferences:
    """Looks names up in this site's database; takes pictures and files in from the library when they are first named."""

    def __init__(self, library: Path | None = None, *, overwrite: bool = False) -> None:
        """library: its folder, None when nothing is to be taken in; overwrite: True to replace what the site has."""
        self.pictures = Pictures(library, overwrite=overwrite)
        self.files = Files(library, overwrite=overwrite)
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
        return self.pictures.pk(name)

    def picture_name(self, pk: int) -> str:
        """Give a picture's file name."""
        return self.pictures.name_of(CustomImage.objects.get(pk=pk))

    def file_pk(self, name: str) -> int:
        """Find a file by its name, taking it in when it is new. Raises LibraryError when there is no such file."""
        return self.files.pk(name)

    def file_name(self, pk: int) -> str:
        """Give a file's name."""
        return self.files.name_of(CustomDocument.objects.get(pk=pk))

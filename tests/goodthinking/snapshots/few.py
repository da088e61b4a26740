"""Copies of a few pages, for tests that cannot wait for all."""

from collections.abc import Iterable

from wagtail.models import Page

from goodthinking.snapshots.build import Builder, due
from goodthinking.snapshots.models import Snapshot
from goodthinking.snapshots.render import render
from tests import build

FEW = [
    "/",
    "/topics/",
    "/topics/sleep/",
    "/guides/",
    "/guides/sleep/",
    "/guides/sleep/card/",
    "/guides/loneliness/",
    "/partners/nightlight-london/",
    "/urgent-support/",
    "/training/wellbeing-at-work/",
    "/topics/sleep/feed.atom",
    "/sitemap.xml",
]


ENGLISH = {"locale__language_code": "en-gb"}
"""What narrows pages to those that were written first."""


class BuilderOfFew(Builder):
    """One that follows no links."""

    def __init__(self, paths: Iterable[str] = FEW) -> None:
        super().__init__()
        self._known = {"/"}
        Snapshot.objects.bulk_create([Snapshot(path=path) for path in paths], ignore_conflicts=True)
        self.finish()

    def _add(self, paths: Iterable[str]) -> None:
        return


def served() -> set[str]:
    """The paths whose copies would be given to a reader and count as right."""
    return set(Snapshot.objects.exclude(br=None).exclude(pk__in=due().values("pk")).values_list("path", flat=True))


def wrong() -> list[str]:
    """Those of them that are not what the site says now."""
    digests = dict(Snapshot.objects.filter(path__in=served()).values_list("path", "digest"))
    return [path for path, digest in digests.items() if render(path).digest != digest]


def publish(page: Page, **changes: object) -> None:
    """Change a page and publish it, whatever stands against it."""
    for name, value in changes.items():
        setattr(page, name, value)
    build.publish_anyway(page, keep_sample=True)

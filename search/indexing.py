"""Published pages become search documents, in the transaction that publishes them."""

from collections.abc import Callable

from django.db import transaction
from django.db.models.signals import post_delete
from django.dispatch import receiver

from wagtail.models import Page
from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move

from content.base import BasePage, BodyPage
from content.models import (
    CoursePage,
    GuidePage,
    InformationPage,
    ModulePage,
    TopicPage,
    TrainingIndexPage,
    UrgentSupportPage,
)

from . import vectors
from .models import SearchDocument, stamp
from .text import clean

KINDS: dict[type[BasePage], str] = {
    GuidePage: "guide",
    TopicPage: "topic",
    UrgentSupportPage: "urgent-support",
    InformationPage: "page",
    TrainingIndexPage: "training",
    CoursePage: "training",
    ModulePage: "training",
}
"""What can be found, and what a result calls it."""

AUDIO = {"audio", "video"}
"""Blocks that make a page one to listen to."""


def update(page: Page) -> None:
    """Bring the document of a page up to date: made, changed, or gone when the page is not live."""
    page = page.specific
    kind = KINDS.get(type(page))
    if kind is None:
        return
    if kind == "page" and TrainingIndexPage.objects.ancestor_of(page).exists():
        kind = "training"
    if not page.live or not page.url:
        SearchDocument.objects.filter(pk=page.pk).delete()
        return
    topics = page.topic_pages if isinstance(page, GuidePage) else [page] if isinstance(page, TopicPage) else []
    SearchDocument.objects.update_or_create(
        page_id=page.pk,
        defaults={
            "language": page.locale.language_code,
            "kind": kind,
            "title": page.title,
            "summary": page.summary,
            "url": page.url,
            "topics": [topic.slug for topic in topics],
            "audiences": [audience.slug for audience in page.audience_pages] if isinstance(page, GuidePage) else [],
            "forms": ["audio"] if any(child.block_type in AUDIO for child in page.body) else [],
            "parts": _parts(page, topics),
            "phrases": _phrases(page, topics),
            "sample": page.sample,
            "stamp": stamp(),
        },
    )


def _parts(page: BodyPage, topics: list[TopicPage]) -> dict[str, str]:
    """The words of a page by where they stand: see search.ranking.WEIGHTS."""
    headings = [child.value["text"] for child in page.body if child.block_type == "heading"]
    known = [topic.title for topic in topics] + [topic.slug.replace("-", " ") for topic in topics]
    return {
        "title": _words(page.title),
        "known": _words(" ".join([*known, page.also_searched_as.replace(",", " ")])),
        "summary": _words(f"{page.summary} {page.search_description}"),
        "headings": _words(" ".join(headings)),
        "body": _words(page.body_text),
    }


def _phrases(page: BodyPage, topics: list[TopicPage]) -> list[str]:
    """What leads straight to a page when it is typed: its title, its topics, what people search for it."""
    said = [page.title, *(topic.title for topic in topics), *page.also_searched_as.split(",")]
    said += [topic.slug.replace("-", " ") for topic in topics]
    return list(dict.fromkeys(filter(None, map(clean, said))))


def _words(text: str) -> str:
    """Clean a text of any length: a query's own limit does not hold for pages."""
    return " ".join(clean(line) for line in text.replace(". ", ".\n").splitlines() if line.strip())


def rebuild(say: Callable[[int, int], None] = lambda done, all_of_them: None) -> int:
    """Make every document anew.

    say: called with how many are done, and of how many. Returns how many there are.
    """
    pages = [page for model in KINDS for page in model.objects.live()]
    SearchDocument.objects.exclude(pk__in=[page.pk for page in pages]).delete()
    for done, page in enumerate(pages, 1):
        update(page)
        say(done, len(pages))
    return len(pages)


@receiver([page_published, page_unpublished])
def on_change(sender: type[Page], instance: Page, **kwargs: object) -> None:
    """Follow a page that goes live or is taken down, and the guides whose topic it is."""
    update(instance)
    if isinstance(instance.specific, TopicPage):
        for guide in instance.specific.guides_here:
            update(guide)
    transaction.on_commit(vectors.wake)


@receiver([page_slug_changed, post_page_move])
def on_move(sender: type[Page], instance: Page, **kwargs: object) -> None:
    """Follow a page, and those below it, to their new addresses."""
    for page in instance.get_descendants(inclusive=True).live():
        update(page)


@receiver(post_delete)
def on_delete(sender: type, instance: object, **kwargs: object) -> None:
    """Forget a page that is deleted, also where the database is told nothing of the document."""
    if isinstance(instance, Page):
        SearchDocument.objects.filter(pk=instance.pk).delete()

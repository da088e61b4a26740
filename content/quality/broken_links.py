"""Whether what a page refers to is there."""

from collections.abc import Iterator

from django.db.models import Model
from django.utils.translation import gettext as _

from wagtail.blocks import ChooserBlock, PageChooserBlock, RichTextBlock
from wagtail.documents import get_document_model
from wagtail.images.blocks import ImageBlock
from wagtail.models import Page

from content.blocks.links import LinkBlock
from content.blocks.text import ContentNoteBlock, HeadingBlock

from .draft import Draft, Link, Part, links_in
from .finding import Finding

SEEN_TO_ELSEWHERE = {"captions"}
"""What a check of its own asks for."""

Problem = tuple[bool, str, str]
"""Whether it blocks, why, how to mend."""


def check(draft: Draft) -> Iterator[Finding]:
    """Find references to what does not exist, or to pages that no reader can see yet. Other sites are not asked."""
    texts = [part for part in draft.parts if isinstance(part.kind, RichTextBlock)]
    links = [(part, link) for part in texts for link in links_in(part)]
    pages = _there(Page, "live", {link.key for _part, link in links if link.kind == "page"})
    documents = _there(get_document_model(), "pk", {link.key for _part, link in links if link.kind == "document"})
    anchors = {part.value.anchor_id for part in draft.parts if isinstance(part.kind, HeadingBlock)}
    problems = [(part, _of_link(link, pages, documents, anchors)) for part, link in links]
    problems += [(part, _of_block(part, anchors)) for part in draft.parts if part.kind]
    for part, problem in problems:
        if problem:
            blocks, why, mend = problem
            yield Finding("broken_links", blocks, part.field, part.where, why, mend, part.block)


def _there(model: type[Model], value: str, keys: set[int]) -> dict[int, object]:
    return dict(model.objects.filter(pk__in=keys).values_list("pk", value)) if keys else {}


def _of_link(link: Link, pages: dict[int, bool], documents: dict[int, int], anchors: set[str]) -> Problem | None:
    named = {"words": link.words}
    if link.kind == "page" and link.key in pages:
        return None if pages[link.key] else _not_live(_("The page behind “%(words)s” is not live.") % named)
    if link.kind == "document" and link.key in documents:
        return None
    if link.kind or not link.href:
        return True, _("“%(words)s” leads nowhere.") % named, _("Choose a new place for the link, or take the link away.")
    if link.href.startswith("#") and link.href[1:] not in anchors:
        return (
            False,
            _("“%(words)s” leads to a heading that is not there.") % named,
            _("Use the link name of a heading here."),
        )
    return None


def _of_block(part: Part, anchors: set[str]) -> Problem | None:
    nothing = _("Nothing is chosen here, or what was chosen has been deleted.")
    if isinstance(part.kind, LinkBlock):
        leads = part.value.get("page") or part.value.get("url")
        return None if leads else (True, nothing, _("Choose a page or write an address, or take the link away."))
    if isinstance(part.kind, ContentNoteBlock):
        skip_to = part.value.get("skip_to")
        if skip_to and skip_to not in anchors:
            return False, _("“Skip to” names a heading that is not there."), _("Use the link name of a heading below.")
    elif isinstance(part.kind, ChooserBlock | ImageBlock) and part.name not in SEEN_TO_ELSEWHERE:
        chooser = part.kind.child_blocks["image"] if isinstance(part.kind, ImageBlock) else part.kind
        if part.value is None:
            return (True, nothing, _("Choose again, or take the block away.")) if chooser.required else None
        if isinstance(part.kind, PageChooserBlock) and not part.value.live:
            return _not_live(_("“%(title)s” is not live.") % {"title": part.value.title})
    return None


def _not_live(why: str) -> Problem:
    return False, why, _("Readers find no link here until that page is published.")

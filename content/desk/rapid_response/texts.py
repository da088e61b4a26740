"""A wording everywhere it occurs: where, live and in drafts; and replaced, so that what was live stays live where it may.

Left alone: addresses, link names, references, telephone numbers (they stand in the registry), sources and quotes, which are
somebody else's words, and what readers type to find a page.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from itertools import chain

from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models.functions import Cast
from django.utils.text import capfirst

from wagtail.blocks import Block, CharBlock, ListBlock, RichTextBlock, StreamBlock, StructBlock, TextBlock
from wagtail.log_actions import log
from wagtail.models import Page

from content import roles, wording
from content.approvals.models import Approval
from content.base import BasePage
from content.blocks.text import AnchorBlock, QuoteBlock
from content.desk.helpline_log import EditHelpline
from content.fields import BodyField
from content.models import Helpline

from .log import OURS

LEFT_ALONE = {"also_searched_as", "signed_off_by", "sources", "name", "cost", "area", "checked_by", "doubt"}
"""Fields of pages, and of helplines, where only what one can call about and who may call is told in words of ours."""

Visit = Callable[[str, str, bool], str]
"""Called with where a text stands, the text, and whether it is rich text; gives the text to put there."""


@dataclass(frozen=True)
class Wording:
    """What to replace by what, and why."""

    old: str
    new: str
    reason: str


@dataclass(frozen=True)
class Place:
    """One place of the old words: where it is, the sentence around them, and whether readers see it."""

    where: str
    before: str
    words: str
    after: str
    is_live: bool


@dataclass(frozen=True)
class Outcome:
    """What became of a page or a helpline.

    title: as it was. state: "live" when readers see the new words, "draft" when they saw none of the old ones, "waiting"
    when a page could not be published and the new words stand in its draft, "refused" when a helpline could not be saved.
    why: what stood in the way.
    """

    title: str
    state: str
    why: str = ""


def find(old: str) -> list[tuple[BasePage | Helpline, list[Place]]]:
    """List the pages and helplines that hold a wording, each with its places, by title."""
    found = []
    for thing in chain(_pages_that_may_hold(old), Helpline.objects.all()):
        places = [place for version, is_live in _versions(thing) for place in _places(version, old, is_live)]
        if places:
            found.append((thing, places))
    return sorted(found, key=lambda entry: str(entry[0]))


def replace_on(thing: BasePage | Helpline, wish: Wording, user: AbstractBaseUser) -> Outcome:
    """Replace a wording on a page, in what readers see and in a draft beside it, or in a helpline, and log it."""
    with transaction.atomic():
        outcome = (_on_helpline if isinstance(thing, Helpline) else _on_page)(thing, wish, user)
        data = asdict(wish) | {"state": outcome.state, "why": outcome.why}
        log(thing, f"{OURS}reword", user=user, title=outcome.title, data=data, content_changed=True)
    return outcome


def _on_helpline(helpline: Helpline, wish: Wording, user: AbstractBaseUser) -> Outcome:
    _reword(helpline, wish)
    try:
        EditHelpline(helpline, user=user).execute(skip_permission_checks=True)
    except ValidationError as error:
        return Outcome(helpline.name, "refused", " ".join(error.messages))
    return Outcome(helpline.name, "live")


def _on_page(page: BasePage, wish: Wording, user: AbstractBaseUser) -> Outcome:
    draft = page.get_latest_revision() if page.has_unpublished_changes or not page.live else None
    outcome = _publish(page, wish, user) if page.live else Outcome(page.title, "draft")
    if draft or outcome.state == "waiting":
        kept = draft.as_object() if draft else type(page).objects.get(pk=page.pk)
        if _reword(kept, wish) or outcome.state == "live":
            # A draft is the newest version again, beside what was published.
            kept.save_revision(user=user, keep_sample=kept.sample, clean=False)
    return outcome


def _publish(page: BasePage, wish: Wording, user: AbstractBaseUser) -> Outcome:
    """Publish what readers see, with the new words and without what else is in a draft."""
    title = page.title
    if not _reword(page, wish):
        return Outcome(title, "draft")
    try:
        with transaction.atomic():
            # A sample stays one: nobody has made it her own by this.
            revision = page.save_revision(user=user, keep_sample=page.sample)
            if not page.sample:
                Approval.objects.create_for(
                    revision, Approval.Kind.WORDING, user=user, role=roles.LONDON_EDITORS, comment=wish.reason
                )
            revision.publish(user=user, skip_permission_checks=True)
    except ValidationError as error:
        return Outcome(title, "waiting", " ".join(error.messages))
    return Outcome(title, "live")


def _versions(page: BasePage | Helpline) -> Iterator[tuple[BasePage | Helpline, bool]]:
    """Give what readers see and what stands in the draft, where the two differ."""
    if isinstance(page, Helpline):
        yield page, True
        return
    if page.live:
        yield page, True
    if page.has_unpublished_changes or not page.live:
        yield page.get_latest_revision_as_object(), False


def _pages_that_may_hold(old: str) -> Iterator[BasePage]:
    """Let the database pass over the pages that cannot hold a wording, by its longest word in plain letters."""
    pages = Page.objects.filter(depth__gt=1, alias_of=None)
    if words := re.findall(r"[A-Za-z0-9]+", old):
        word = max(words, key=len)
        stored = {name: Cast(f"{name}_revision__content", models.TextField()) for name in ("live", "latest")}
        pages = pages.annotate(**{f"{name}_text": text for name, text in stored.items()}).filter(
            models.Q(live_text__icontains=word)
            | models.Q(latest_text__icontains=word)
            | models.Q(latest_revision=None)
            | models.Q(live=True, live_revision=None)
        )
    return (page for page in pages.specific() if isinstance(page, BasePage))


def _places(thing: BasePage | Helpline, old: str, is_live: bool) -> list[Place]:
    places: list[Place] = []

    def note(where: str, text: str, is_html: bool) -> str:
        for part in wording.texts_of(text) if is_html else [text]:
            places.extend(Place(where, *sentence, is_live) for sentence in wording.sentences(part, old))
        return text

    _visit_fields(thing, note)
    return places


def _reword(thing: BasePage | Helpline, wish: Wording) -> bool:
    """Replace a wording in something that is not saved here. Tells whether anything changed."""
    changed = False

    def replaced(where: str, text: str, is_html: bool) -> str:
        nonlocal changed
        put = (wording.replace_in_html if is_html else wording.replace)(text, wish.old, wish.new)
        changed = changed or put != text
        return put

    _visit_fields(thing, replaced)
    return changed


def _visit_fields(thing: BasePage | Helpline, visit: Visit) -> None:
    """Go through the texts that readers see of something, and put there what comes back."""
    for field in thing._meta.get_fields():
        if not getattr(field, "editable", False) or field.name in LEFT_ALONE:
            continue
        name = capfirst(getattr(field, "verbose_name", ""))
        value = getattr(thing, field.name, None)
        if type(field) in (models.CharField, models.TextField) and not field.choices and value:
            setattr(thing, field.name, visit(name, value, False))
        elif isinstance(field, BodyField) and value:
            stored = field.stream_block.get_prep_value(value)
            setattr(thing, field.name, field.stream_block.to_python(_visit(field.stream_block, stored, visit, name)))


def _visit(block: Block, stored: object, visit: Visit, where: str) -> object:
    """Go through the texts of a stored block value. Gives the value with what came back; all else is as it was."""
    if not stored or isinstance(block, AnchorBlock | QuoteBlock):
        return stored
    if isinstance(block, RichTextBlock):
        return visit(where, stored, True)
    if isinstance(block, CharBlock | TextBlock):
        return visit(where, stored, False)
    if isinstance(block, StreamBlock):
        return [
            item | {"value": _visit(child, item["value"], visit, f"{where} › {child.label}")}
            if (child := block.child_blocks.get(item["type"]))
            else item
            for item in stored
        ]
    if isinstance(block, ListBlock):
        return [item | {"value": _visit(block.child_block, item["value"], visit, where)} for item in stored]
    if isinstance(block, StructBlock):
        there = {name: child for name, child in block.child_blocks.items() if name in stored}
        return stored | {
            name: _visit(child, stored[name], visit, f"{where} › {child.label}") for name, child in there.items()
        }
    return stored

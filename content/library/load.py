"""Files in: the library's folder becomes pages, all of them or none."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from django.core.exceptions import ValidationError
from django.db import transaction

from wagtail.blocks import StreamBlockValidationError
from wagtail.models import Locale, Page, Site

from content.approvals.models import Approval
from content.base import BasePage
from content.models import CoursePage, GuidePage, GuideVersionPage, HomePage, ModulePage, PartnerPage, PartnerShelf

from . import LibraryError, documents, helplines
from .references import SiteReferences
from .shapes import SHAPES, Shape, by_slug
from .values import from_plain

Say = Callable[[str], None]


@dataclass
class Item:
    """A file, what it says, and the page it became."""

    name: str
    slug: str
    shape: Shape
    document: documents.Document
    page: BasePage | None = None


@dataclass
class Report:
    """What a load did: files made into pages, files left alone because a person had changed the page since, and drafts.

    drafts: those of the loaded that wait for a clinician's sign-off.
    """

    loaded: list[str]
    kept: list[str]
    drafts: list[str]


def load(folder: Path, *, overwrite: bool = False, say: Say = lambda line: None) -> Report:
    """Load a library folder.

    overwrite: True to replace what editors have changed since; say: called with a line for each step.
    Raises LibraryError, with nothing changed, when any file is wrong.
    """
    items = sorted((_read(path, shape, folder) for path, shape in _files(folder)), key=_place_in_line)
    report = Report([], [], [])
    with transaction.atomic():
        registry = folder / "helplines.yaml"
        if registry.exists():
            done = helplines.load(registry.read_text("utf-8"), registry.name, overwrite=overwrite)
            say(f"helplines: {done}")
        references = SiteReferences(folder, overwrite=overwrite)
        waiting = []
        for item in items:
            if _place(item, overwrite=overwrite):
                waiting.append(item)
            else:
                report.kept.append(item.name)
        for item in waiting:
            if not _publish(item, references):
                report.drafts.append(item.name)
            report.loaded.append(item.name)
            say(item.name)
    return report


def site_is_empty() -> bool:
    """Tell whether nothing but Wagtail's own welcome page is there."""
    return not HomePage.objects.exists()


def _files(folder: Path) -> Iterable[tuple[Path, Shape]]:
    taken: set[Path] = set()
    for shape in SHAPES:
        for path in sorted(folder.glob(shape.files)):
            if path not in taken:
                taken.add(path)
                yield path, shape


def _place_in_line(item: Item) -> tuple[int, int]:
    """Parents before children, and siblings by their `order`; files without one come after those that have it."""
    return SHAPES.index(item.shape), int(item.document.meta.get("order", len(SHAPES) ** 3))


def _read(path: Path, shape: Shape, folder: Path) -> Item:
    name = str(path.relative_to(folder))
    document = documents.read(path.read_text("utf-8"), name)
    known = {entry.name for entry in shape.entries} | {"slug", "shelf"}
    if unknown := set(document.meta) - known:
        raise LibraryError(
            f"{name}:1: “{', '.join(sorted(unknown))}” is not known here. Write one of: {', '.join(sorted(known))}."
        )
    if not document.meta.get("title"):
        raise LibraryError(f"{name}:1: there is no title: add a line `title: …` to the details.")
    if not isinstance(document.meta.get("order", 1), int):
        raise LibraryError(f"{name}:1: write `order: 3`, a whole number: the place among the pages beside it.")
    slug = document.meta.get("slug") or (document.meta.get("kind") if shape.model is GuideVersionPage else path.stem)
    return Item(name, str(slug), shape, document)


def _place(item: Item, *, overwrite: bool) -> bool:
    """Find or make the page in the tree, empty and not live. Returns False when a person has changed it since."""
    pages = item.shape.model.objects.filter(slug=item.slug, locale=Locale.get_default())
    if item.shape.model is GuideVersionPage:
        pages = pages.child_of(_parent(item))  # each guide has its own of the same name
    page = pages.first()
    if page is not None:
        item.page = page
        latest = page.latest_revision
        return overwrite or latest is None or latest.user_id is None
    page = item.shape.model(title=item.document.meta["title"], slug=item.slug, live=False)
    if isinstance(page, GuideVersionPage):
        page.kind = item.slug
    if item.shape.parent is None:
        _make_home(page)
    else:
        _parent(item).add_child(instance=page)
    item.page = page
    return True


def _parent(item: Item) -> Page:
    home = HomePage.objects.get(locale=Locale.get_default())
    if not item.shape.parent:
        return home
    if item.shape.model is ModulePage:
        return by_slug(CoursePage, str(item.document.meta.get("course", "")))
    if item.shape.model is GuideVersionPage:
        return by_slug(GuidePage, str(item.document.meta.get("guide", "")))
    index = Page.objects.descendant_of(home).filter(slug=item.shape.parent).order_by("depth").first().specific
    if shelf := item.document.meta.get("shelf"):
        return _shelf(index, by_slug(PartnerPage, str(shelf)))
    return index


def _shelf(index: Page, partner: PartnerPage) -> PartnerShelf:
    shelf = PartnerShelf.objects.child_of(index).filter(partner=partner).first()
    if shelf is None:
        shelf = PartnerShelf(title=partner.title, slug=f"shelf-{partner.slug}", partner=partner)
        index.add_child(instance=shelf)
    return shelf


def _make_home(page: HomePage) -> None:
    """Put the home page at the root, and the site's address on it instead of Wagtail's welcome page."""
    root = Page.get_first_root_node()
    welcome = Page.objects.child_of(root).filter(content_type__model="page")
    welcome.update(slug="welcome", url_path="/welcome/")
    root.add_child(instance=page)
    site = Site.objects.filter(is_default_site=True).first() or Site(is_default_site=True, hostname="127.0.0.1")
    site.root_page = page
    site.save()
    for old in welcome:
        old.delete()


def fill(item: Item, references: SiteReferences) -> None:
    """Put what a file says into its page, without saving it. Raises LibraryError with file and line."""
    page, meta = item.page, item.document.meta
    try:
        for entry in item.shape.entries:
            if entry.name != "title":
                entry.put(page, meta.get(entry.name), references)
    except (LibraryError, KeyError, TypeError) as error:
        raise LibraryError(f"{item.name}:1: {error}") from error
    page.title = page.draft_title = meta["title"]
    if hasattr(page, "body"):
        plans = [part for part in item.document.parts if part.kind == "step" and hasattr(page, "plan")]
        page.body = _stream(item, "body", [part for part in item.document.parts if part not in plans], references)
        if hasattr(page, "plan"):
            page.plan = _stream(item, "plan", plans, references)
    elif item.document.parts:
        raise LibraryError(f"{item.name}:{item.document.parts[0].line}: this page has no body: leave only its details.")


def _publish(item: Item, references: SiteReferences) -> bool:
    """Fill a page and publish it. Returns False where a clinician must sign it off first: then it is a draft."""
    # A row of the tree may have moved or gained children since it was made.
    item.page.refresh_from_db(fields=["path", "depth", "numchild", "url_path"])
    fill(item, references)
    try:
        item.page.full_clean()
        if not item.page.live:
            item.page.save()
        revision = item.page.save_revision(keep_sample=True, clean=False)
        if "clinical" in item.page.approvals_of_its_kind and not item.page.sample:
            return False
        if not item.page.sample:
            Approval.objects.create_for(revision, Approval.Kind.STARTER, role="Starter library")
        revision.publish(log_action=False)
        return True
    except ValidationError as error:
        raise LibraryError(f"{item.name}:1: {'; '.join(_sentences(error))}") from error


def _sentences(error: ValidationError) -> list[str]:
    if hasattr(error, "message_dict"):
        return [f"{name}: {said}" for name, messages in error.message_dict.items() for said in messages]
    return error.messages


def _stream(item: Item, field: str, parts: list[documents.Part], references: SiteReferences) -> object:
    block = item.page._meta.get_field(field).stream_block
    stored = []
    for part in parts:
        try:
            stored += [
                {
                    "type": part.kind,
                    "value": from_plain(block.child_blocks[part.kind], part.value, references),
                }
            ]
        except KeyError as error:
            known = ", ".join(block.child_blocks)
            raise LibraryError(f"{item.name}:{part.line}: “{part.kind}” is no block. Write one of: {known}.") from error
        except LibraryError as error:
            raise LibraryError(f"{item.name}:{part.line}: {error}") from error
    try:
        return block.clean(block.to_python(stored))
    except StreamBlockValidationError as error:
        index, problem = next(iter(error.block_errors.items()), (0, error))
        line = parts[index].line if parts else 1
        raise LibraryError(f"{item.name}:{line}: {_first_sentence(problem)}") from error


def _first_sentence(problem: object) -> str:
    """Dig the first sentence out of the nested errors that blocks give."""
    for name in ("block_errors", "error_list", "errors"):
        nested = getattr(problem, name, None)
        if isinstance(nested, dict) and nested:
            key, inner = next(iter(nested.items()))
            return f"{key}: {_first_sentence(inner)}" if isinstance(key, str) else _first_sentence(inner)
        if isinstance(nested, list) and nested and nested != [problem]:
            return _first_sentence(next(inner for inner in nested if inner))
    return "; ".join(problem.messages) if isinstance(problem, ValidationError) else str(problem)

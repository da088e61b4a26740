"""Which file is which page, and what stands in its front matter."""

from collections.abc import Callable
from dataclasses import dataclass, field

from django.db import models

from content.models import (
    AudienceIndexPage,
    AudiencePage,
    CoursePage,
    GuideCredit,
    GuideIndexPage,
    GuidePage,
    GuideVersionPage,
    HomePage,
    InformationPage,
    ModulePage,
    PartnerIndexPage,
    PartnerPage,
    RelatedGuide,
    TopicIndexPage,
    TopicPage,
    TrainingIndexPage,
    UrgentSupportPage,
)

from . import LibraryError
from .values import References, from_plain, to_plain

Get = Callable[[models.Model, References], object]
Put = Callable[[models.Model, object, References], None]


@dataclass(frozen=True)
class Entry:
    """One line of front matter: its name, how it is read from a page, and how it is put into one."""

    name: str
    get: Get
    put: Put


def plain(name: str, attribute: str = "") -> Entry:
    """An entry that is a field's own value."""
    attribute = attribute or name

    def put(page: models.Model, value: object, references: References) -> None:
        column = page._meta.get_field(attribute)
        if value is None and not column.null:
            value = column.get_default()
        setattr(page, attribute, value)

    return Entry(name, lambda page, references: getattr(page, attribute), put)


def slugs(name: str, model: type[models.Model]) -> Entry:
    """An entry that lists pages by slug."""
    return Entry(
        name,
        lambda page, references: sorted(other.slug for other in getattr(page, name).all()),
        lambda page, value, references: getattr(page, name).set([by_slug(model, slug) for slug in value or []]),
    )


def stream(name: str, attribute: str = "") -> Entry:
    """An entry that is a small stream of blocks."""
    attribute = attribute or name

    def get(page: models.Model, references: References) -> object:
        block = page._meta.get_field(attribute).stream_block
        return to_plain(block, block.get_prep_value(getattr(page, attribute)), references)

    def put(page: models.Model, value: object, references: References) -> None:
        block = page._meta.get_field(attribute).stream_block
        setattr(page, attribute, block.to_python(from_plain(block, value or [], references)))

    return Entry(name, get, put)


def picture() -> Entry:
    """An entry that names the page's picture by its file."""

    def put(page: models.Model, value: object, references: References) -> None:
        page.picture_id = references.picture_pk(str(value)) if value else None

    return Entry(
        "picture",
        lambda page, references: references.picture_name(page.picture_id) if page.picture_id else None,
        put,
    )


def order() -> Entry:
    """An entry that says a page's place among its siblings. It counts when the page is made: see `load`."""
    return Entry(
        "order",
        lambda page, references: list(page.get_siblings().values_list("pk", flat=True)).index(page.pk) + 1,
        lambda page, value, references: None,
    )


def course() -> Entry:
    """An entry that names the course of a module. It counts when the page is made: see `load`."""
    return Entry("course", lambda page, references: page.get_parent().slug, lambda page, value, references: None)


def guide() -> Entry:
    """An entry that names the guide of a version. It counts when the page is made: see `load`."""
    return Entry("guide", lambda page, references: page.get_parent().slug, lambda page, value, references: None)


def start_with() -> Entry:
    """An entry that names the guide at the top of a topic."""

    def put(page: models.Model, value: object, references: References) -> None:
        page.start_with = by_slug(GuidePage, str(value)) if value else None

    return Entry("start_with", lambda page, references: page.start_with.slug if page.start_with else None, put)


def rows(name: str, relation: str, row: type[models.Model], get: Callable, put: Callable) -> Entry:
    """An entry that lists the rows of an inline relation."""

    def put_all(page: models.Model, value: object, references: References) -> None:
        setattr(
            page,
            relation,
            [row(sort_order=order, **put(item, references)) for order, item in enumerate(value or [])],
        )

    return Entry(
        name,
        lambda page, references: [get(item, references) for item in getattr(page, relation).all()],
        put_all,
    )


def by_slug(model: type[models.Model], slug: str) -> models.Model:
    """Find a page by its slug. Raises LibraryError when there is none."""
    found = model.objects.filter(slug=slug).first()
    if found is None:
        raise LibraryError(f"there is no {model._meta.verbose_name} “{slug}”: add its file, or correct the name.")
    return found


BASIC = [
    plain("title"),
    plain("summary"),
    plain("search_description"),
    plain("also_searched_as"),
    picture(),
    plain("picture_alt"),
]
SAMPLE = plain("sample")
REVIEW = [
    plain("interests"),
    plain("sensitive", "is_sensitive"),
    plain("content_note"),
    plain("last_reviewed"),
    plain("next_review"),
    plain("signed_off_by"),
]


@dataclass(frozen=True)
class Shape:
    """A kind of page: where its files lie, the model, the slug of its parent, and the entries of its front matter.

    files: a pattern below the library's folder; parent: a slug, "" for the home page's own children, None for the home page.
    """

    files: str
    model: type[models.Model]
    parent: str | None = ""
    entries: list[Entry] = field(default_factory=lambda: BASIC)

    def holds(self, page: models.Model) -> bool:
        """Tell whether a page of its model lies here: where others have the same model, by the page's parent."""
        if [shape.model for shape in SHAPES].count(self.model) == 1:
            return True
        parent = page.get_parent().specific
        return self.parent == ("" if isinstance(parent, HomePage) else parent.slug)


SHAPES = [
    Shape("home.md", HomePage, None),
    Shape("topics.md", TopicIndexPage),
    Shape("for.md", AudienceIndexPage),
    Shape("guides.md", GuideIndexPage),
    Shape("partners.md", PartnerIndexPage),
    Shape(
        "topics/*.md",
        TopicPage,
        "topics",
        [BASIC[0], plain("saying"), plain("on_home"), order(), *BASIC[1:], plain("crisis", "is_crisis"), start_with()],
    ),
    Shape("for/*.md", AudiencePage, "for", [BASIC[0], order(), *BASIC[1:], plain("supports_others")]),
    Shape("partners/*.md", PartnerPage, "partners", [*BASIC, plain("website"), SAMPLE]),
    Shape(
        "guides/*.md",
        GuidePage,
        "guides",
        [
            *BASIC,
            slugs("topics", TopicPage),
            slugs("audiences", AudiencePage),
            rows(
                "made_by",
                "credits",
                GuideCredit,
                lambda credit, references: {"partner": credit.partner.slug, "role": credit.role},
                lambda item, references: {
                    "partner": by_slug(PartnerPage, item["partner"]),
                    "role": item["role"],
                },
            ),
            stream("made_with", "co_creation"),
            plain("ask"),
            plain("assist"),
            plain("act"),
            *REVIEW,
            rows(
                "related",
                "related_picks",
                RelatedGuide,
                lambda pick, references: pick.guide.slug,
                lambda slug, references: {"guide": by_slug(GuidePage, slug)},
            ),
            stream("sources"),
            SAMPLE,
        ],
    ),
    Shape(
        "guides/versions/*.md", GuideVersionPage, "guides", [BASIC[0], guide(), plain("kind"), *BASIC[1:], *REVIEW, SAMPLE]
    ),
    Shape("urgent-support.md", UrgentSupportPage),
    Shape("training.md", TrainingIndexPage),
    Shape("training/courses/*.md", CoursePage, "training", [BASIC[0], order(), *BASIC[1:], plain("for_whom"), SAMPLE]),
    Shape(
        "training/modules/*.md",
        ModulePage,
        "training",
        [
            BASIC[0],
            course(),
            order(),
            *BASIC[1:],
            plain("minutes"),
            stream("outcomes"),
            *REVIEW,
            stream("sources"),
            SAMPLE,
        ],
    ),
    Shape("training/*.md", InformationPage, "training", [BASIC[0], order(), *BASIC[1:], SAMPLE]),
    Shape("training/sheets/*.md", InformationPage, "sheets", [BASIC[0], order(), *BASIC[1:], SAMPLE]),
    Shape("*.md", InformationPage),
]
"""In the order they are loaded. A file belongs to the first shape whose pattern it meets."""

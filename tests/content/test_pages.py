"""Every page type: what it asks of the database, its address, and that it stays small however the site grows."""

from django.apps import apps
from django.core.files.base import ContentFile
from django.db import connection
from django.template.loader import get_template
from django.test import Client
from django.test.utils import CaptureQueriesContext

from wagtail.models import Page

import pytest

from content.base import BasePage
from content.models import (
    AudienceIndexPage,
    AudiencePage,
    CustomDocument,
    CustomImage,
    GuideCredit,
    GuideIndexPage,
    GuidePage,
    GuideVersionPage,
    Helpline,
    HomePage,
    InformationPage,
    PartnerIndexPage,
    PartnerPage,
    PartnerShelf,
    TopicIndexPage,
    TopicPage,
    UrgentSupportPage,
)
from tests import build

MOST_QUERIES = 11
PAGE_TYPES = [model for model in apps.get_app_config("content").get_models() if issubclass(model, Page)]


def queries(client: Client, address: str) -> int:
    """Count the queries of an answer whose pictures have their sizes, as `up` and publishing leave them."""
    client.get(address)
    with CaptureQueriesContext(connection) as counted:
        assert client.get(address).status_code == 200
    return len(counted)


def everything() -> list[tuple[str, object]]:
    """A body that uses every block, with references of each kind, several of each."""
    helplines, pages, image = (
        list(Helpline.objects.all()[:3]),
        list(GuidePage.objects.all()[:3]),
        CustomImage.objects.first(),
    )
    links = "".join(f'<a linktype="page" id="{page.pk}">x</a> ' for page in pages)
    words = f"<p>Words {links}</p>"
    onward = [{"text": "x", "page": page, "url": ""} for page in pages]
    picture = {"image": image, "caption": "x"}
    document = CustomDocument(title="Diary", file=ContentFile(b"%PDF-1.4", name="diary.pdf"))
    document.save()
    said = {"title": "t", "file": document, "transcript": words}
    return [
        ("audio", said),
        ("video", said | {"captions": document}),
        ("download", {"title": "t", "file": document}),
        ("service_cards", {"title": "t", "intro": "", "helplines": helplines}),
        ("what_happens", {"helpline": helplines[0], "happens": ["x"], "say": ["x"]}),
        ("cards", {"title": "t", "cards": [{"link": link, "text": "x"} for link in onward]}),
        ("related_guides", {"title": "t", "guides": pages}),
        ("quote", {"words": "x", "who": "x"}),
        ("table", {"caption": "x", "columns": ["a", "b"], "rows": [["a", "b"]]}),
        ("paragraph", words),
        ("heading", {"text": "One", "level": "2", "anchor": "one"}),
        ("try_this", {"title": "t", "minutes": 1, "steps": ["a"], "after": words}),
        ("steps", {"title": "t", "steps": [{"title": "a", "text": words}, {"title": "b", "text": words}]}),
        ("callout", {"kind": "tip", "title": "t", "text": words}),
        ("expander", {"title": "t", "text": words}),
        ("picture", picture),
        ("picture", picture),
        ("helplines", {"title": "t", "intro": "", "helplines": helplines}),
        ("helplines", {"title": "t", "intro": "", "helplines": helplines[:1]}),
        ("links", {"title": "t", "links": onward}),
        ("links", {"title": "t", "links": onward[:1]}),
    ]


@pytest.mark.parametrize("model", PAGE_TYPES, ids=lambda model: model.__name__)
def test_every_page_type_keeps_the_house_rules(model: type[Page]) -> None:
    assert issubclass(model, BasePage)
    assert "parent_page_types" in vars(model)
    assert "subpage_types" in vars(model)
    assert model.private_page_options == []
    assert set(model.allowed_http_methods) == {"GET", "HEAD", "OPTIONS"}
    assert model.__doc__
    if model is not PartnerShelf:
        assert get_template(model.template)


@pytest.mark.parametrize(
    ("model", "address"),
    [
        (HomePage, "/"),
        (TopicIndexPage, "/topics/"),
        (TopicPage, "/topics/sleep/"),
        (AudienceIndexPage, "/for/"),
        (AudiencePage, "/for/students/"),
        (GuideIndexPage, "/guides/"),
        (GuidePage, "/guides/sleep/"),
        (PartnerIndexPage, "/partners/"),
        (PartnerPage, "/partners/nightlight-london/"),
        (UrgentSupportPage, "/urgent-support/"),
        (InformationPage, "/anonymity/"),
    ],
    ids=lambda value: value if isinstance(value, str) else value.__name__,
)
def test_the_fullest_page_of_a_type_asks_eleven_questions_at_most(visitor: Client, model: type[Page], address: str) -> None:
    page = model.objects.get(slug=address.strip("/").rpartition("/")[2] or "home")
    page.picture = CustomImage.objects.first()
    if hasattr(page, "body"):
        page.body = everything()
    build.publish_anyway(page, keep_sample=True)
    assert queries(visitor, address) <= MOST_QUERIES
    assert {*PAGE_TYPES} - {PartnerShelf} >= {model}


@pytest.mark.parametrize(
    "address", ["/", "/topics/", "/topics/sleep/", "/guides/", "/guides/sleep/", "/for/students/", "/partners/"]
)
def test_more_pages_ask_no_more_questions(visitor: Client, address: str) -> None:
    before = queries(visitor, address)
    students, sleep, stress = (
        AudiencePage.objects.get(slug="students"),
        *TopicPage.objects.filter(slug__in=["sleep", "stress"]),
    )
    for number in range(8):
        guide = build.guide(
            f"More about sleep {number}", under=build.shelf("nightlight-london"), topics=[sleep, stress], live=False
        )
        guide.audiences = [students]
        guide.credits = [GuideCredit(partner=PartnerPage.objects.first())]
        build.publish(guide)
        build.page(TopicPage, TopicIndexPage.objects.get(), f"Topic {number}", saying="I feel it")
    assert queries(visitor, address) == before


def test_every_page_type_can_be_previewed_before_it_is_saved(editor: Client) -> None:
    guide = GuidePage.objects.get(slug="sleep")
    build.page(GuideVersionPage, guide, "In another form", kind="bsl", live=False)
    for model in PAGE_TYPES:
        for mode, _label in model().preview_modes:
            assert model.objects.first().make_preview_request(preview_mode=mode).status_code == 200, model


def test_titles_and_addresses_are_unique_among_live_pages(db: None) -> None:
    live = [page for page in Page.objects.live().filter(depth__gt=1).specific() if page.url]
    assert len({page.url for page in live}) == len(live)
    titles = [(page.seo_title or page.title) for page in live if not isinstance(page, HomePage | TopicIndexPage)]
    assert len(set(titles)) == len(titles)

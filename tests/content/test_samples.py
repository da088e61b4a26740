"""Sample content: live only while it may be, labelled, claiming no review, and ordinary as soon as anybody edits it."""

import json
import re
from datetime import date

from django.test import Client

import pytest

from content.models import GuidePage, Helpline, PartnerPage
from tests import build


@pytest.fixture
def _no_samples(settings: object) -> None:
    settings.SAMPLE_CONTENT = False


@pytest.mark.usefixtures("_no_samples")
def test_no_sample_shows_anywhere_when_samples_are_off(visitor: Client) -> None:
    own = build.guide("Our own guide")
    for address in [
        "/",
        "/guides/",
        "/topics/sleep/",
        "/for/students/",
        "/partners/",
        "/search/?q=sleep",
        own.url,
        "/sitemap.xml",
    ]:
        html = visitor.get(address).content.decode()
        for guide in GuidePage.objects.filter(sample=True):
            assert guide.url not in html, (address, guide)
        for partner in PartnerPage.objects.filter(sample=True):
            assert partner.title not in html, (address, partner)
    for page in [*GuidePage.objects.filter(sample=True), *PartnerPage.objects.filter(sample=True)]:
        assert visitor.get(page.url).status_code == 404
    assert visitor.get(own.url).status_code == 200
    assert visitor.get("/topics/sleep/").status_code == 200


@pytest.mark.usefixtures("_no_samples")
def test_unverified_helplines_show_nowhere_when_samples_are_off(visitor: Client) -> None:
    html = visitor.get("/urgent-support/").content.decode()
    for helpline in Helpline.objects.filter(status=Helpline.Status.SAMPLE).prefetch_related("ways"):
        assert helpline.ways.first().value not in html
    for key in ["emergency", "nhs-111", "samaritans", "shout"]:
        assert Helpline.objects.get(key=key).ways.first().value in html


def test_a_sample_says_so_and_claims_no_review(visitor: Client) -> None:
    for guide in GuidePage.objects.filter(sample=True):
        html = visitor.get(guide.url).content.decode()
        assert "Sample guide." in html
        assert "Not yet reviewed by a clinician; review due before release." in html
        data = json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL)[1])
        assert data["@type"] == "MedicalWebPage"
        assert not {"lastReviewed", "reviewedBy"} & set(data)
        assert "signed off" not in html.lower()


def test_a_reviewed_guide_says_when_and_by_whom(visitor: Client) -> None:
    guide = build.guide("Reviewed", next_review=date(2028, 1, 5), signed_off_by="Whatever the form said")
    html = visitor.get(guide.url).content.decode()
    assert "Last reviewed in November 2026" in html
    assert "It will be reviewed again by January 2028" in html
    data = json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL)[1])
    assert data["lastReviewed"] == "2026-11-24"
    assert data["reviewedBy"]["jobTitle"] == "Psychologist"


def test_an_overdue_guide_says_so(visitor: Client) -> None:
    guide = build.guide("Late")
    GuidePage.objects.filter(pk=guide.pk).update(next_review=date(2026, 10, 1))
    assert "Its review was due in October 2026" in visitor.get(guide.url).content.decode()


def test_any_edit_makes_a_sample_an_ordinary_draft(editor: Client, visitor: Client) -> None:
    guide = GuidePage.objects.get(slug="sleep")
    guide.title = "Edited"
    guide.save_revision()
    draft = GuidePage.objects.get(slug="sleep").get_latest_revision_as_object()
    assert not draft.sample
    assert GuidePage.objects.get(slug="sleep").sample, "the live sample stays until the draft is published"
    draft.sample = False
    build.publish(draft)
    assert "Sample guide." not in visitor.get("/guides/sleep/").content.decode()


def test_going_back_to_an_old_version_does_not_make_it_a_sample_again(db: None) -> None:
    guide = GuidePage.objects.get(slug="sleep")
    old = guide.latest_revision
    guide.save_revision()
    build.publish(old.as_object(), previous_revision=old)
    assert not GuidePage.objects.get(slug="sleep").sample


def test_a_copy_of_a_sample_is_an_ordinary_page(db: None) -> None:
    guide = GuidePage.objects.get(slug="sleep")
    copy = guide.copy(update_attrs={"slug": "sleep-again", "title": "Again"}, keep_live=False)
    assert not copy.sample
    assert not copy.get_latest_revision_as_object().sample

"""Guides and shelves: one address whoever made it, one slug a language, next steps in a sensible order."""

import re

from django.core.exceptions import ValidationError
from django.test import Client

from wagtail.models import Page
from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield

import pytest

from content.guides.pages import GUIDES_A_PAGE
from content.models import (
    AudiencePage,
    GuideCredit,
    GuideIndexPage,
    GuidePage,
    PartnerPage,
    PartnerShelf,
    RelatedGuide,
    TopicPage,
)
from tests import build
from tests.forms import edit_form


def test_a_guide_on_a_shelf_has_no_shelf_in_its_address(visitor: Client) -> None:
    guide = GuidePage.objects.get(slug="sleep")
    assert isinstance(guide.get_parent().specific, PartnerShelf)
    assert guide.url == "/guides/sleep/"
    assert guide.full_url == "http://testserver/guides/sleep/"
    assert visitor.get("/guides/sleep/").status_code == 200


def test_a_guide_keeps_its_address_when_it_moves_between_shelves(visitor: Client) -> None:
    guide = GuidePage.objects.get(slug="sleep")
    for home in [build.shelf("lantern-youth-project"), GuideIndexPage.objects.get(), build.shelf("nightlight-london")]:
        GuidePage.objects.get(pk=guide.pk).move(type(home).objects.get(pk=home.pk), pos="last-child")
        moved = GuidePage.objects.get(pk=guide.pk)
        assert moved.url == "/guides/sleep/"
        assert visitor.get("/guides/sleep/").status_code == 200


def test_a_guide_keeps_its_address_when_its_shelf_is_renamed(visitor: Client) -> None:
    shelf = build.shelf("nightlight-london")
    shelf.slug = "another-name"
    shelf.save_revision().publish()
    assert GuidePage.objects.get(slug="sleep").url == "/guides/sleep/"
    assert visitor.get("/guides/sleep/").status_code == 200


def test_a_shelf_is_no_page_to_a_reader(visitor: Client) -> None:
    shelf = build.shelf("nightlight-london")
    assert shelf.url is None
    assert visitor.get(f"/guides/{shelf.slug}/").status_code == 404
    assert visitor.get(f"/guides/{shelf.slug}/sleep/").status_code == 404


def test_wagtails_own_routing_finds_a_guide_on_its_shelf(rf: object, db: None) -> None:
    request = rf.get("/guides/sleep/")
    assert Page.find_for_request(request, "/guides/sleep/").specific == GuidePage.objects.get(slug="sleep")


def test_two_guides_of_one_language_cannot_have_one_address(db: None) -> None:
    with pytest.raises(ValidationError) as caught:
        build.guide("Sleep", slug="sleep", under=build.shelf("lantern-youth-project"), live=False).full_clean()
    assert "Another page has this address already" in str(caught.value)


def add_guide(editor: Client, *, topics: list[int], **fields: object) -> str:
    """Send the editor's form for a new guide on a sample shelf, and give the page that comes back."""
    lists = {name: inline_formset([]) for name in ["credits", "related_picks", "comments"]}
    empty = {"body": streamfield([]), "sources": streamfield([]), "co_creation": streamfield([]), **lists}
    shelf = build.shelf("lantern-youth-project")
    sent = nested_form_data(empty | {"action-publish": "1"} | fields) | {"topics": topics}
    return editor.post(f"/cms/pages/add/content/guidepage/{shelf.pk}/?start=empty", sent).content.decode()


def test_an_editor_is_told_that_the_address_is_taken_and_loses_nothing(editor: Client) -> None:
    html = add_guide(editor, title="Sleep for the young", slug="sleep", topics=[TopicPage.objects.get(slug="sleep").pk])
    assert "Another page has this address already" in html
    assert "Sleep for the young" in html


def test_more_than_three_topics_are_refused(editor: Client) -> None:
    html = add_guide(
        editor, title="Everything", slug="everything", topics=list(TopicPage.objects.values_list("pk", flat=True))
    )
    assert "Choose one to three topics" in html


def test_an_editor_can_publish_a_guide(editor: Client, visitor: Client) -> None:
    add_guide(editor, title="Dreams", slug="dreams", topics=[TopicPage.objects.get(slug="sleep").pk])
    assert visitor.get("/guides/dreams/").status_code == 404, "two others must have read it"
    draft = GuidePage.objects.get(slug="dreams")
    for name, value in build.COMPLETE.items():
        setattr(draft, name, value)
    build.approve(draft.save_revision())
    sent = edit_form(editor, draft) | {"action-publish": "action-publish"}
    assert editor.post(f"/cms/pages/{draft.pk}/edit/", sent).status_code == 302
    assert visitor.get("/guides/dreams/").status_code == 200


def test_a_draft_is_not_shown(visitor: Client) -> None:
    build.guide("Not ready", live=False)
    assert visitor.get("/guides/not-ready/").status_code == 404
    assert "Not ready" not in visitor.get("/guides/").content.decode()


def test_next_steps_are_the_editors_picks_in_their_order(db: None) -> None:
    guide = build.guide("Dreams")
    picks = [GuidePage.objects.get(slug=slug) for slug in ["getting-nhs-help", "bullying"]]
    guide.related_picks = [RelatedGuide(guide=pick, sort_order=order) for order, pick in enumerate(picks)]
    build.publish(guide)
    assert GuidePage.objects.get(pk=guide.pk).next_steps == picks


def test_without_picks_the_next_steps_share_most_topics(db: None) -> None:
    topics = TopicPage.objects.filter(slug__in=["exam-stress", "stress"])
    guide = build.guide("Mocks", topics=list(topics))
    sharing = [set(step.topics.all()) & set(topics) for step in guide.next_steps]
    assert sharing == [set(topics), set(topics)]
    assert guide not in guide.next_steps


def test_picks_that_are_not_saved_yet_show_in_a_preview(db: None) -> None:
    guide = build.guide("Dreams")
    pick = GuidePage.objects.get(slug="getting-nhs-help")
    unsaved = guide.get_latest_revision_as_object()
    unsaved.related_picks = [RelatedGuide(guide=pick)]
    assert unsaved.next_steps[0] == pick


def test_a_topic_and_an_audience_list_their_guides(visitor: Client) -> None:
    guide = build.guide("Dreams")
    guide.audiences = [AudiencePage.objects.get(slug="students")]
    build.publish(guide)
    assert 'href="/guides/dreams/"' in visitor.get("/topics/sleep/").content.decode()
    assert 'href="/guides/dreams/"' in visitor.get("/for/students/").content.decode()


def test_the_guide_list_is_cut_into_pages(visitor: Client) -> None:
    titles = list(GuidePage.objects.live().order_by("title").values_list("title", flat=True))
    assert len(titles) > GUIDES_A_PAGE
    first, last = (visitor.get(f"/guides/?page={number}").context["guides"] for number in ["1", "last"])
    assert [guide.title for guide in first] == titles[:GUIDES_A_PAGE]
    assert last.number == 1, "nonsense gives the first page"
    assert [guide.title for guide in visitor.get("/guides/?page=999").context["guides"]][-1] == titles[-1]
    assert "Page 1 of" in visitor.get("/guides/").content.decode()


def test_reading_time_and_age_follow_the_text(db: None) -> None:
    guide = build.guide("Easy", body=[("paragraph", "<p>" + "We sat in the sun. " * 250 + "</p>")])
    hard = "Contemporary organisational responsibilities necessitate extraordinary administrative determination. "
    harder = build.guide("Hard", body=[("paragraph", f"<p>{hard * 10}</p>")])
    assert guide.reading_minutes == 7
    assert guide.reading_age < 9
    assert harder.reading_age > 16


def test_titles_of_hard_subjects_say_what_is_offered(db: None) -> None:
    hard_words = {"suicide", "suicidal", "self-harm", "abuse", "abused", "bullied", "victim", "kill", "die", "cut"}
    sensitive = GuidePage.objects.filter(is_sensitive=True)
    assert sensitive
    for guide in sensitive:
        assert not hard_words & set((guide.seo_title or guide.title).lower().split()), guide.title
        assert guide.content_note


def sections(html: str) -> list[tuple[str, list[str]]]:
    found = re.findall(r'<section class="wide"><h2>(.*?)</h2>(.*?)</section>', html, re.DOTALL)
    return [(name, re.findall(r'card__link" href="([^"]+)"', inside)) for name, inside in found]


def test_a_topic_names_what_to_try_first_and_keeps_apart_what_is_about_someone_else(visitor: Client) -> None:
    html = visitor.get("/topics/self-harm/").content.decode()
    first = html.partition('class="card card--first"')[2].partition("</div>")[0]
    assert 'href="/guides/self-harm/"' in first
    assert ("If it is about someone else", ["/guides/self-harm-for-parents/"]) in sections(html)
    assert html.count('card__link" href="/guides/self-harm/"') == 1


def test_a_topic_without_a_first_guide_lists_them_all(visitor: Client) -> None:
    TopicPage.objects.filter(slug="faith").update(start_with=None)
    [(name, guides)] = sections(visitor.get("/topics/faith/").content.decode())
    assert name == "Guides that help"
    assert len(guides) == 4


def test_a_first_guide_that_is_hidden_is_not_offered(visitor: Client) -> None:
    GuidePage.objects.filter(slug="self-harm").update(live=False)
    assert 'class="card card--first"' not in visitor.get("/topics/self-harm/").content.decode()


def test_a_partner_shows_what_it_did_for_each_guide(visitor: Client) -> None:
    partner = PartnerPage.objects.get(slug="nightlight-london")
    guide = build.guide("Read by two")
    guide.credits = [GuideCredit(partner=partner, role=role) for role in ("reviewed", "funded")]
    build.publish(guide)
    made = dict(sections(visitor.get(partner.url).content.decode()))
    assert list(made) == ["Guides it wrote", "Guides it reviewed", "Guides it paid for"]
    assert made["Guides it reviewed"] == made["Guides it paid for"] == [guide.url]
    assert guide.url not in made["Guides it wrote"]

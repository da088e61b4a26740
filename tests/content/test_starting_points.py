"""A guide begins with a shape that asks for what it needs."""

import re

from django.test import Client

from wagtail.models import PageSubscription
from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield

import pytest

from content.desk.starting_points import draft_from, starting_points
from content.library import documents
from content.models import GuideIndexPage, GuidePage, HomePage, InformationPage, PartnerShelf
from content.quality.draft import Draft
from content.quality.prompts import check
from tests import build

SHAPES = ["coming-up", "being-done-to-you", "a-feeling", "a-loss"]


def start(client: Client, under: PartnerShelf, shape: str = "coming-up", title: str = "Your first day at work") -> object:
    return client.post(f"/cms/guides/start/{under.pk}/", {"shape": shape, "title": title})


def test_there_are_four_shapes_and_each_says_what_it_is_for() -> None:
    assert [point.name for point in starting_points()] == SHAPES
    assert all(point.title and point.fits.endswith(".") for point in starting_points())


@pytest.mark.parametrize("name", SHAPES)
def test_a_shape_has_the_parts_of_a_good_guide_and_asks_for_the_rest(db: None, name: str) -> None:
    page = draft_from(next(point for point in starting_points() if point.name == name), "A day")
    kinds = [child.block_type for child in page.body]
    assert kinds[0] == "paragraph"
    assert "try_this" in kinds[:5], "something to do stands near the top"
    assert kinds[-1] == "helplines"
    assert page.body[-1].value.shown
    headings = [child.value["text"] for child in page.body if child.block_type == "heading"]
    assert "When to get help" in headings
    assert not any("[" in heading for heading in headings), "headings are ready to use"
    assert len(list(check(Draft(page)))) > 15
    assert page.is_sensitive == (name in {"being-done-to-you", "a-loss"})
    assert bool(page.content_note) == page.is_sensitive


@pytest.mark.parametrize("name", SHAPES)
def test_a_shape_leads_to_urgent_support_in_words_that_are_no_prompt(name: str) -> None:
    point = next(point for point in starting_points() if point.name == name)
    words = "".join(part.value for part in point.document.parts if part.kind == "paragraph")
    ready = re.sub(r"\[Write:[^]]*\]", "", words)
    assert "go to [urgent support](/urgent-support/)" in ready
    assert documents.read(documents.write(point.document), name).parts[0].value == point.document.parts[0].value


def test_whoever_adds_a_guide_chooses_a_shape_first(editor: Client) -> None:
    shelf = build.shelf("nightlight-london")
    response = editor.get(f"/cms/pages/add/content/guidepage/{shelf.pk}/", follow=True)
    html = response.content.decode()
    assert response.redirect_chain[-1][0] == f"/cms/guides/start/{shelf.pk}/"
    assert "Something is being done to you" in html
    assert "Begin with an empty guide" in html


def test_whoever_wants_an_empty_guide_gets_wagtails_own_form(editor: Client) -> None:
    shelf = build.shelf("nightlight-london")
    response = editor.get(f"/cms/pages/add/content/guidepage/{shelf.pk}/?start=empty")
    assert response.status_code == 200
    assert 'name="title"' in response.content.decode()


def test_other_pages_begin_as_they_did(editor: Client) -> None:
    home = HomePage.objects.get()
    assert editor.get(f"/cms/pages/add/content/informationpage/{home.pk}/").status_code == 200
    assert InformationPage in home.creatable_subpage_models()


def test_a_shape_becomes_a_draft_of_her_own_with_her_partner_credited(db: None) -> None:
    shelf = build.shelf("nightlight-london")
    amina = build.partner_editor(shelf)
    response = start(amina, shelf, "a-loss")
    page = GuidePage.objects.get(slug="your-first-day-at-work")
    assert response["Location"] == f"/cms/pages/{page.pk}/edit/"
    assert not page.live
    assert page.owner.username == "amina"
    assert page.latest_revision.user == page.owner
    assert [(credit.partner, credit.role) for credit in page.credits.all()] == [(shelf.partner, "wrote")]
    assert PageSubscription.objects.filter(page=page, user=page.owner, comment_notifications=True).exists()
    html = amina.get(response["Location"]).content.decode()
    assert "[Write: what is ahead and how plainly it is told" in html
    assert Client().get("/guides/your-first-day-at-work/").status_code == 404


def test_a_draft_is_saved_before_any_topic_is_chosen_but_not_published(editor: Client) -> None:
    page = build.guide("Half a thought", live=False, topics=[])
    page.save_revision()
    lists = {name: inline_formset([]) for name in ["credits", "related_picks", "comments"]}
    empty = {name: streamfield([]) for name in ["body", "sources", "co_creation"]}
    sent = nested_form_data(empty | lists | {"title": "Half a thought", "slug": "half-a-thought", "summary": "More."})
    assert editor.post(f"/cms/pages/{page.pk}/edit/", sent).status_code == 302
    assert GuidePage.objects.get(pk=page.pk).get_latest_revision_as_object().summary == "More."
    refused = editor.post(f"/cms/pages/{page.pk}/edit/", sent | {"action-publish": "1"})
    assert refused.context["form"].errors["topics"] == ["This field is required."]


def test_nobody_begins_a_guide_on_somebody_elses_shelf(db: None) -> None:
    amina = build.partner_editor(build.shelf("nightlight-london"))
    theirs = build.shelf("lantern-youth-project")
    assert start(amina, theirs)["Location"] == "/cms/"
    assert not GuidePage.objects.filter(slug="your-first-day-at-work").exists()
    assert Client().get(f"/cms/guides/start/{theirs.pk}/")["Location"].startswith("/cms/login/")


def test_a_guide_begins_only_where_guides_stand(editor: Client) -> None:
    assert start(editor, HomePage.objects.get())["Location"] == "/cms/"
    assert start(editor, GuideIndexPage.objects.get()).status_code == 302
    assert not GuidePage.objects.get(slug="your-first-day-at-work").credits.exists()


@pytest.mark.parametrize(
    ("title", "said"),
    [
        ("Sleep", "Another guide has this title"),
        ("睡眠", "Write at least one word in plain letters"),
        ("", "This field is required"),
    ],
)
def test_a_title_that_will_not_do_is_explained_and_the_choice_stays(editor: Client, title: str, said: str) -> None:
    html = start(editor, build.shelf("lantern-youth-project"), "a-feeling", title).content.decode()
    assert said in html
    assert 'value="a-feeling"' in html.partition("checked")[0].rpartition("<input")[2]


def test_a_shape_that_needs_what_is_gone_is_explained(editor: Client) -> None:
    GuidePage.objects.filter(slug="getting-nhs-help").update(slug="moved")
    shelf = build.shelf("nightlight-london")
    html = start(editor, shelf).content.decode()
    assert "This shape needs something that is gone" in html
    assert not GuidePage.objects.filter(slug="your-first-day-at-work").exists()

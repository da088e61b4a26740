"""A partner's editor has what she needs and no more than that; a reviewer reads and comments."""

from django.urls import reverse

from wagtail.models import Locale

import pytest

from content.media import shared_collection
from content.models import CustomImage, GuideIndexPage, HomePage, PartnerShelf, TopicIndexPage, TopicPage
from tests import build, cast

from . import acts


@pytest.fixture
def harbour(arabic: Locale) -> cast.Section:
    return cast.section("Harbour", "own")


@pytest.fixture
def lighthouse(harbour: cast.Section) -> cast.Section:
    return cast.section("Lighthouse", "moonflower")


def editing(section: cast.Section) -> str:
    return reverse("wagtailadmin_pages:edit", args=[section.draft.pk])


def test_she_finds_her_section_from_the_first_page_and_only_hers(harbour: cast.Section, lighthouse: cast.Section) -> None:
    client = cast.browser(harbour.editor)
    assert "Pages" in client.get("/cms/").content.decode()
    html = client.get(f"/cms/pages/{GuideIndexPage.objects.get().pk}/").content.decode()
    assert "Shelf: Harbour" in html
    assert "Shelf: Lighthouse" not in html
    html = client.get(f"/cms/pages/{harbour.shelf.pk}/").content.decode()
    assert harbour.draft.title in html


def test_a_topic_that_is_still_a_draft_is_not_offered_to_her(harbour: cast.Section) -> None:
    build.page(TopicPage, TopicIndexPage.objects.get(), "Moonflower topic", live=False)
    assert "Moonflower topic" not in cast.browser(harbour.editor).get(editing(harbour)).content.decode()
    london = cast.browser(cast.somebody("London editor"))
    assert "Moonflower topic" in london.get(editing(harbour)).content.decode()


def test_a_draft_topic_that_was_ticked_for_her_stays_ticked(harbour: cast.Section) -> None:
    topic = build.page(TopicPage, TopicIndexPage.objects.get(), "Soon", live=False)
    harbour.draft.topics = [topic]
    harbour.draft.save_revision()
    data = acts.form(harbour.draft, title="Rewritten", topics=topic.pk)
    cast.browser(harbour.editor).post(editing(harbour), data)
    kept = type(harbour.draft).objects.get(pk=harbour.draft.pk).get_latest_revision_as_object()
    assert (kept.title, list(kept.topics.all())) == ("Rewritten", [topic])


@pytest.mark.parametrize("where", ["picture", "body"])
def test_a_picture_of_another_section_cannot_be_had_by_guessing_its_number(
    harbour: cast.Section, lighthouse: cast.Section, where: str
) -> None:
    def used(picture: CustomImage) -> str:
        fields = {"picture": picture.pk} if where == "picture" else in_body(picture)
        response = cast.browser(harbour.editor).post(editing(harbour), acts.form(harbour.draft, **fields))
        return response.content.decode() if response.status_code == 200 else "saved"

    assert "a file of another section" in used(lighthouse.picture)
    shared = CustomImage.objects.create(title="For all", file=cast.picture(), collection=shared_collection())
    assert used(shared) == "saved"
    assert used(harbour.picture) == "saved"


def in_body(picture: CustomImage) -> dict[str, object]:
    block = {"type": "picture", "deleted": "", "order": "0", "id": ""}
    value = {"image-image": picture.pk, "image-alt_text": "A square", "image-decorative": "", "caption": ""}
    return {
        "body-count": 1,
        **{f"body-0-{name}": said for name, said in block.items()},
        **{f"body-0-value-{name}": said for name, said in value.items()},
    }


def test_a_picture_that_was_in_her_page_before_stays_though_she_could_not_choose_it(
    harbour: cast.Section, lighthouse: cast.Section
) -> None:
    harbour.draft.picture = lighthouse.picture
    harbour.draft.save_revision()
    data = acts.form(harbour.draft, title="Rewritten", picture=lighthouse.picture.pk)
    cast.browser(harbour.editor).post(editing(harbour), data)
    assert acts.title_of(harbour.draft) == "Rewritten"


def test_a_reviewer_who_sends_another_text_leaves_her_comment_and_nothing_else(harbour: cast.Section) -> None:
    client, page = cast.browser(cast.somebody("lived-experience reviewer")), harbour.in_review
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    assert "You are here to read and comment." in client.get(edit).content.decode()
    sent = {
        "title": "Mine now",
        "summary": "Mine",
        "credits-TOTAL_FORMS": 1,
        "credits-0-role": "wrote",
        "credits-0-partner": harbour.team.partner.pk,
        "credits-0-ORDER": 1,
        "credits-0-DELETE": "",
        "credits-0-id": "",
    }
    client.post(edit, acts.form(page, **sent))
    after = type(page).objects.get(pk=page.pk).get_latest_revision_as_object()
    assert (after.title, after.summary, after.credits.count()) == (page.title, page.summary, 0)
    assert acts.comment(client, page)
    assert page.current_workflow_state.status == "in_progress"


def test_when_it_is_decided_a_reviewer_reads_it_no_longer(harbour: cast.Section) -> None:
    client, page = cast.browser(cast.somebody("lived-experience reviewer")), harbour.in_review
    page.current_workflow_state.cancel(user=harbour.editor)
    assert client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).status_code == 302


def test_reviewers_find_what_waits_for_them_on_the_first_page(harbour: cast.Section) -> None:
    for role in ["lived-experience reviewer", "clinical reviewer"]:
        html = cast.browser(cast.somebody(role)).get("/cms/").content.decode()
        assert harbour.in_review.title in html, role
        assert harbour.draft.title not in html, role
    assert harbour.in_review.title not in cast.browser(cast.somebody("helpline keeper")).get("/cms/").content.decode()


def test_her_translation_is_hers_too(harbour: cast.Section) -> None:
    client = cast.browser(harbour.editor)
    arabic = Locale.objects.get(language_code="ar")
    client.post(reverse("wagtail_localize:submit_page_translation", args=[harbour.draft.pk]), {"locales": [arabic.pk]})
    translation = harbour.draft.get_translation(arabic)
    assert client.get(reverse("wagtailadmin_pages:edit", args=[translation.pk])).status_code == 200
    assert PartnerShelf.objects.parent_of(translation).get().get_workflow() == harbour.shelf.get_workflow()
    assert translation.title in client.get("/cms/localize/reports/translations/").content.decode()
    home = HomePage.objects.get(locale=arabic)
    assert client.get(reverse("wagtailadmin_pages:edit", args=[home.pk])).status_code == 302


@pytest.mark.parametrize("ticked", ["{}", " {}", "{}&id=1_0", "all", "all&childOf=1", "all&childOf= 1", "all&childOf="])
def test_no_way_of_writing_a_number_opens_a_dialog_for_pages_of_others(
    harbour: cast.Section, lighthouse: cast.Section, ticked: str
) -> None:
    client, ids = cast.browser(harbour.editor), ticked.format(lighthouse.draft.pk)
    for address in ["/cms/bulk/wagtailcore/page/delete/", "/cms/choose-page/chosen-multiple/"]:
        html = client.get(f"{address}?id={ids}", follow=True).content.decode()
        assert "moonflower" not in html
        assert "another section" not in html
        assert "do not have permission" in html or "all" in ids


def test_reports_and_history_are_of_her_own_section(harbour: cast.Section, lighthouse: cast.Section) -> None:
    client = cast.browser(harbour.editor)
    for report in ["site_history", "workflow", "workflow_tasks", "aging_pages", "page_types_usage"]:
        html = client.get(reverse(f"wagtailadmin_reports:{report}")).content.decode()
        assert "moonflower" not in html, report
    mine = client.get(reverse("wagtailadmin_reports:site_history")).content.decode()
    assert harbour.in_review.title in mine
    assert harbour.in_review.title in client.get(reverse("wagtailadmin_reports:workflow")).content.decode()


def test_what_the_library_brought_is_shared(harbour: cast.Section) -> None:
    assert CustomImage.objects.exclude(collection=shared_collection()).count() == 1
    picture = cast.shared_picture()
    html = cast.browser(harbour.editor).get(reverse("wagtailimages_chooser:choose_results")).content.decode()
    assert picture.title in html


def test_nobody_who_is_switched_off_gets_in(harbour: cast.Section) -> None:
    client = cast.browser(harbour.editor)
    harbour.editor.is_active = False
    harbour.editor.save()
    assert client.get(f"/cms/pages/{harbour.draft.pk}/edit/").headers["Location"].startswith("/cms/login/")

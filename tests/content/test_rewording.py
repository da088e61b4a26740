"""Replacing a wording everywhere: each place is shown first; what was live is live again, what may not be waits."""

import re
from html import unescape

from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.test import Client

from wagtail.models import ModelLogEntry, PageLogEntry

import pytest

from content import roles
from content.desk.rapid_response import texts
from content.models import GuidePage, Helpline, HomePage
from tests import build
from tests.people import signed_in

WORDING = "/cms/rapid-response/wording/"
WISH = {"old": "frobs suddenly", "new": "dies by suicide", "reason": "Samaritans’ guidelines"}


@pytest.fixture
def london(db: None) -> Client:
    return signed_in(roles.LONDON_EDITORS, edits=HomePage.objects.get(locale__language_code="en-gb"))


@pytest.fixture
def guide(db: None) -> GuidePage:
    """A guide that has the words in many places, where some must stay."""
    other = GuidePage.objects.get(slug="sleep")
    link = f'<a linktype="page" id="{other.pk}">when somebody frobs suddenly</a>'
    return build.guide(
        "If somebody frobs suddenly",
        summary="Frobs suddenly: what now?",
        also_searched_as="frobs suddenly",
        body=[
            (
                "paragraph",
                f'<p>First. Somebody frobs  suddenly. <a href="https://x.org/frobs suddenly/">More</a> {link}</p>',
            ),
            ("heading", {"text": "He FROBS SUDDENLY", "level": "2", "anchor": "frobs-suddenly"}),
            ("callout", {"kind": "tip", "title": "Frobs suddenly", "text": "<p>It frobs suddenlyish.</p>"}),
            ("steps", {"title": "t", "steps": [{"title": "frobs suddenly", "text": ""}, {"title": "b", "text": ""}]}),
            ("do_dont", {"title": "t", "do": ["Say frobs suddenly."], "dont": ["x"]}),
            ("quote", {"words": "He frobs suddenly", "who": "A brother"}),
        ],
        sources=[("source", {"title": "Frobs suddenly: a study", "publisher": "x", "url": "https://x.org/"})],
    )


def show(client: Client, **wish: str) -> str:
    return client.post(WORDING, WISH | wish).content.decode()


def replace(client: Client, **wish: str) -> str:
    """Show the places, then press the button with the form as it came back."""
    shown = re.search(r'name="shown"[^>]*value="([^"]*)"', show(client, **wish))
    sent = WISH | wish | {"shown": unescape(shown[1]), "replace": "1"}
    return unescape(client.post(WORDING, sent, follow=True).content.decode())


def test_each_place_is_shown_with_page_part_and_marked_words(london: Client, guide: GuidePage) -> None:
    html = show(london)
    found = re.findall(r"<td>([^<]*)</td>\s*<td>([^<]*)<mark>([^<]*)</mark>([^<]*)</td>\s*<td>yes</td>", unescape(html))
    assert ("Title", "If somebody ", "frobs suddenly", "") in found
    assert ("Body › Words", "Somebody ", "frobs  suddenly", ".") in found
    assert ("Body › Callout › Title", "", "Frobs suddenly", "") in found
    assert ("Body › Do and don’t › What helps", "Say ", "frobs suddenly", ".") in found
    assert len(found) == 8
    assert GuidePage.objects.get(pk=guide.pk).title == guide.title, "nothing is changed yet"


def test_one_click_replaces_them_all_and_readers_see_it(london: Client, visitor: Client, guide: GuidePage) -> None:
    stored = guide.body.get_prep_value()
    assert "Done on 1 page or helpline." in replace(london)
    html = unescape(visitor.get(guide.url).content.decode())
    for said in ["If somebody dies by suicide", "Dies by suicide: what now?", "He DIES BY SUICIDE", "Say dies by suicide."]:
        assert said in html
    assert "It frobs suddenlyish." in html, "half words stay"
    after = GuidePage.objects.get(pk=guide.pk)
    assert 'href="https://x.org/frobs suddenly/"' in after.body[0].value.source, "addresses stay"
    assert 'linktype="page"' in after.body[0].value.source
    assert after.body[1].value["anchor"] == "frobs-suddenly", "link names stay"
    assert after.body[5].value["words"] == "He frobs suddenly", "what somebody said stays"
    assert after.sources[0].value["title"] == "Frobs suddenly: a study", "the name of a source stays"
    assert after.also_searched_as == "frobs suddenly", "what people type stays"
    assert after.slug == guide.slug
    assert [item["id"] for item in after.body.get_prep_value()] == [item["id"] for item in stored]
    assert not after.has_unpublished_changes


def test_a_draft_is_changed_too_and_is_not_published_by_it(london: Client, visitor: Client, guide: GuidePage) -> None:
    draft = guide.get_latest_revision_as_object()
    draft.summary, draft.content_note = "Not yet ready", "He frobs suddenly"
    draft.save_revision()
    assert "no, in the draft" in show(london)
    replace(london)
    after = GuidePage.objects.get(pk=guide.pk)
    assert after.summary == "Dies by suicide: what now?"
    assert after.has_unpublished_changes
    kept = after.get_latest_revision_as_object()
    assert (kept.summary, kept.content_note) == ("Not yet ready", "He dies by suicide")
    assert "Not yet ready" not in visitor.get(guide.url).content.decode()


def test_a_draft_without_the_words_stays_the_newest_version(london: Client, guide: GuidePage) -> None:
    draft = guide.get_latest_revision_as_object()
    draft.title, draft.summary, draft.body = "New title", "New summary", [("paragraph", "<p>All new.</p>")]
    draft.save_revision()
    replace(london)
    kept = GuidePage.objects.get(pk=guide.pk).get_latest_revision_as_object()
    assert (kept.title, kept.summary) == ("New title", "New summary")


def test_a_page_that_was_never_live_stays_a_draft(london: Client, visitor: Client) -> None:
    draft = build.guide("A draft", live=False, summary="It frobs suddenly.")
    draft.save_revision()
    replace(london)
    after = GuidePage.objects.get(pk=draft.pk)
    assert not after.live
    assert after.get_latest_revision_as_object().summary == "It dies by suicide."


def test_a_page_that_may_not_be_published_waits_with_its_draft(
    london: Client, visitor: Client, guide: GuidePage, monkeypatch: pytest.MonkeyPatch
) -> None:
    def save(page: GuidePage, *args: object, **kwargs: object) -> None:
        if page.live and kwargs.get("clean", True):
            raise ValidationError("A clinician has to sign off this version first.")
        unguarded(page, *args, **kwargs)

    unguarded = GuidePage.save
    monkeypatch.setattr(GuidePage, "save", save)
    html = replace(london)
    assert f"“{guide.title}” waits: readers still see the old words there." in html
    assert "A clinician has to sign off this version first." in html
    after = GuidePage.objects.get(pk=guide.pk)
    assert after.live
    assert after.title == guide.title, "what readers see is as it was"
    assert after.get_latest_revision_as_object().title == "If somebody dies by suicide"
    assert after.has_unpublished_changes
    assert "in the draft, not yet live. Why" in html, "so says the log"


def test_a_sample_stays_a_labelled_sample(london: Client, visitor: Client) -> None:
    sample = GuidePage.objects.get(slug="sleep")
    assert sample.sample
    word = sample.title.split()[0]
    replace(london, old=sample.title, new=f"{word} all night")
    html = visitor.get("/guides/sleep/").content.decode()
    assert f"{word} all night" in html
    assert "Sample guide." in html


def test_what_a_helpline_is_for_is_reworded_and_its_number_and_name_are_not(london: Client, visitor: Client) -> None:
    helpline = Helpline.objects.get(key="childline")
    helpline.what_for, helpline.name, helpline.doubt = (
        "When somebody frobs suddenly",
        "Frobs suddenly line",
        "frobs suddenly",
    )
    helpline.save()
    assert "<mark>frobs suddenly</mark>" in show(london)
    replace(london)
    html = unescape(visitor.get("/urgent-support/").content.decode())
    assert "When somebody dies by suicide" in html
    assert "Frobs suddenly line" in html
    after = Helpline.objects.get(key="childline")
    assert (after.doubt, after.ways.first().value) == ("frobs suddenly", "0800 1111")
    said = {entry.action for entry in ModelLogEntry.objects.for_instance(after)}
    assert said == {"helpline.change", "rapid_response.reword"}


def test_a_wording_that_does_not_fit_is_kept_as_a_draft_and_said(london: Client, visitor: Client) -> None:
    guide = build.guide("Long", summary=f"It frobs suddenly {'x' * 140}")
    html = replace(london, new="dies by suicide, as some do")
    assert "“Long” waits: readers still see the old words there." in html
    assert "160" in html
    assert "It frobs suddenly" in visitor.get(guide.url).content.decode()


def test_what_is_done_is_in_the_log_with_the_reason(london: Client, guide: GuidePage) -> None:
    html = replace(london)
    assert "“frobs suddenly” replaced by “dies by suicide”. Why: Samaritans’ guidelines" in html
    entry = PageLogEntry.objects.get(action="rapid_response.reword")
    assert entry.page_id == guide.pk
    assert entry.user.groups.get().name == roles.LONDON_EDITORS


def test_words_changed_after_they_were_shown_are_shown_again(london: Client, guide: GuidePage) -> None:
    shown = unescape(re.search(r'name="shown"[^>]*value="([^"]*)"', show(london))[1])
    html = london.post(WORDING, WISH | {"new": "something else", "shown": shown, "replace": "1"}).content.decode()
    assert "<mark>" in html
    assert GuidePage.objects.get(pk=guide.pk).title == guide.title


@pytest.mark.parametrize(
    ("wish", "said"),
    [
        ({"old": "a."}, "Write at least three letters"),
        ({"new": "call 0800 1111"}, "“0800 1111” looks like a telephone number. Numbers are changed under Helplines"),
        ({"new": "frobs suddenly"}, "These are the same words"),
        ({"reason": ""}, "This field is required."),
        ({"old": "words that stand nowhere at all"}, "These words stand nowhere."),
    ],
)
def test_what_makes_no_sense_is_refused_in_words(london: Client, wish: dict, said: str) -> None:
    html = unescape(show(london, **wish))
    assert said in html
    assert "Replace them all" not in html


def test_done_again_it_finds_nothing(london: Client, guide: GuidePage) -> None:
    replace(london)
    assert "These words stand nowhere." in show(london)
    user = get_user_model().objects.first()
    wish = texts.Wording(**WISH)
    assert texts.replace_on(GuidePage.objects.get(pk=guide.pk), wish, user).state == "draft"
    assert GuidePage.objects.get(pk=guide.pk).title == "If somebody dies by suicide"

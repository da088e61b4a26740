"""Two people: whoever wrote a version cannot approve it, by whatever road, and an approval is of that version alone."""

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content import roles
from content.approvals.fingerprint import _filled, fingerprint
from content.approvals.models import WHO_MAY, Approval, ApprovalKind, authors_of
from content.models import CoursePage, GuidePage, ModulePage
from tests import build

KINDS = ["editorial", "clinical"]


@pytest.mark.parametrize("kind", KINDS)
def test_an_author_cannot_approve_her_own_version_whatever_her_role(db: None, kind: str) -> None:
    author = build.user("author", WHO_MAY[kind], roles.ADMINISTRATORS)
    revision = build.guide("Mine", live=False).save_revision(user=author)
    with pytest.raises(ValidationError, match="You wrote part of this version"):
        Approval.objects.create_for(revision, kind, user=author, role="Psychologist")


def test_whoever_had_a_hand_in_it_counts_as_an_author(db: None) -> None:
    guide = build.guide("Ours", live=False)
    first, second = build.user("first", roles.LONDON_EDITORS), build.user("second", roles.LONDON_EDITORS)
    guide.save_revision(user=first)
    guide.title = "Ours again"
    revision = guide.save_revision(user=second)
    assert set(authors_of(guide, ApprovalKind.EDITORIAL)) == {first.pk, second.pk}
    with pytest.raises(ValidationError, match="You wrote part"):
        Approval.objects.create_for(revision, "editorial", user=first, role="Editor")


def test_who_wrote_a_former_approved_version_may_read_anothers_change(db: None) -> None:
    guide = build.guide("Ours", live=False)
    first, second = build.user("first", roles.LONDON_EDITORS), build.user("second", roles.LONDON_EDITORS)
    build.approve(guide.save_revision(user=first), "editorial")
    guide.title = "Ours again"
    revision = guide.save_revision(user=second)
    Approval.objects.create_for(revision, "editorial", user=first, role="Editor")
    assert set(authors_of(guide, ApprovalKind.CLINICAL)) == {first.pk, second.pk}, (
        "no clinician has read the first one's part"
    )


@pytest.mark.parametrize("kind", [*KINDS, "emergency"])
def test_nobody_approves_without_the_role_for_it(db: None, kind: str) -> None:
    others = {roles.LONDON_EDITORS, roles.CLINICAL_REVIEWERS, roles.HELPLINE_KEEPERS} - {WHO_MAY[kind]}
    somebody = build.user("somebody", *others)
    revision = build.guide("Theirs", live=False).save_revision()
    with pytest.raises(ValidationError, match=WHO_MAY[kind]):
        Approval.objects.create_for(revision, kind, user=somebody, role="Editor", comment="Because it cannot wait a day.")


def test_the_database_itself_refuses_an_author_as_approver(db: None) -> None:
    author = build.user("author", roles.LONDON_EDITORS)
    guide = build.guide("Mine", live=False)
    approval = Approval(
        page=guide, kind="editorial", content_hash=fingerprint(guide), author=author, user=author, role="Editor"
    )
    with pytest.raises(IntegrityError), transaction.atomic():
        Approval.objects.bulk_create([approval])


def test_an_approval_is_never_changed(db: None) -> None:
    build.guide("Read")
    approval = Approval.objects.first()
    approval.role = "Somebody else"
    with pytest.raises(ValidationError, match="never changed"):
        approval.save()


@pytest.mark.parametrize("model", [GuidePage, ModulePage, CoursePage])
def test_a_draft_and_the_page_it_becomes_have_one_fingerprint(db: None, model: type) -> None:
    for page in model.objects.live():
        assert fingerprint(page) == fingerprint(page.latest_revision.as_object()), page
        page.save()
        assert fingerprint(model.objects.get(pk=page.pk)) == fingerprint(page), page


@pytest.mark.parametrize("change", ["title", "summary", "interests", "content_note", "picture_alt"])
def test_every_word_that_changes_changes_the_fingerprint(db: None, change: str) -> None:
    guide = GuidePage.objects.get(slug="sleep")
    before = fingerprint(guide)
    setattr(guide, change, "Something else")
    assert fingerprint(guide) != before


def test_a_block_a_source_or_a_topic_that_changes_changes_the_fingerprint(db: None) -> None:
    before = fingerprint(GuidePage.objects.get(slug="sleep"))
    without_block = GuidePage.objects.get(slug="sleep")
    del without_block.body[0]
    without_source = GuidePage.objects.get(slug="sleep")
    del without_source.sources[0]
    elsewhere = GuidePage.objects.get(slug="sleep")
    elsewhere.topics = elsewhere.topics.all()[:0]
    uncredited = GuidePage.objects.get(slug="sleep")
    uncredited.credits = []
    prints = {fingerprint(page) for page in [without_block, without_source, elsewhere, uncredited]}
    assert len(prints | {before}) == 5


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner)
)


@given(values, st.text())
def test_an_empty_field_that_a_block_gains_changes_nothing(value: object, name: str) -> None:
    if not isinstance(value, dict) or name in value:
        return
    for empty in (None, "", False, [], {}):
        assert _filled(value | {name: empty}) == _filled(value)

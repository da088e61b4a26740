"""Whoever signs off reads what changed, and needs not find it herself."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from content.blocks import BodyBlock
from content.changes import in_words
from content.changes.bodies import stream_changes
from content.changes.words import added_and_taken_out, became
from content.models import GuideCredit, GuidePage, Helpline, PartnerPage, TopicPage

BODY = BodyBlock()
WORDS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), min_size=1, max_size=120).filter(str.strip)
BLOCK = st.one_of(
    st.tuples(st.just("heading"), st.fixed_dictionaries({"text": WORDS, "level": st.sampled_from("23"), "anchor": WORDS})),
    st.tuples(st.just("quote"), st.fixed_dictionaries({"words": WORDS, "who": WORDS})),
    st.tuples(
        st.just("try_this"),
        st.fixed_dictionaries({"title": WORDS, "minutes": st.integers(1, 60), "steps": st.lists(WORDS, max_size=4)}),
    ),
)
BODIES = st.lists(BLOCK, max_size=6)


def body(blocks: list[tuple[str, object]], first_id: int = 0) -> object:
    stored = [{"type": kind, "value": value, "id": str(first_id + n)} for n, (kind, value) in enumerate(blocks)]
    return BODY.to_python(stored)


@given(BODIES, st.integers(0, 20))
def test_what_is_the_same_is_not_told_whatever_ids_its_blocks_have(blocks: list, first_id: int) -> None:
    assert stream_changes("Body", body(blocks), body(blocks, first_id)) == []


@given(BODIES, BODIES)
def test_whatever_changes_is_told(old: list, new: list) -> None:
    changes = stream_changes("Body", body(old), body(new))
    assert bool(changes) == (old != new)
    assert all(change.sentence.startswith("Body") for change in changes)


@given(WORDS, WORDS)
def test_two_texts_that_differ_make_one_sentence_which_names_the_place(before: str, after: str) -> None:
    changes = became("Title", before, after)
    assert len(changes) == (before != after)
    assert all(change.sentence.startswith("Title: ") and len(change.sentence) > 12 for change in changes)


@given(st.lists(WORDS, max_size=5), st.lists(WORDS, max_size=5))
def test_a_list_tells_all_that_came_and_went(old: list[str], new: list[str]) -> None:
    changes = added_and_taken_out("Topics", old, new, in_order=True)
    assert bool(changes) == (old != new)
    if sorted(old) != sorted(new):
        assert len([c for c in changes if c.after]) - len([c for c in changes if c.before]) == len(new) - len(old)


def sentences(old: GuidePage, new: GuidePage) -> list[str]:
    return [change.sentence for change in in_words(old, new)]


def versions() -> tuple[GuidePage, GuidePage]:
    """The guide as readers have it, and a copy to edit."""
    guide = GuidePage.objects.get(slug="exam-stress")
    return guide, guide.latest_revision.as_object()


def test_a_draft_that_was_only_opened_has_no_changes(db: None) -> None:
    for guide in GuidePage.objects.all()[:8]:
        assert in_words(guide, guide.latest_revision.as_object()) == [], guide.slug


def test_changed_fields_read_as_sentences(db: None) -> None:
    guide, draft = versions()
    draft.title, draft.summary, draft.is_sensitive = "Exams", "", True
    draft.next_review = date(2027, 5, 1)
    assert sentences(guide, draft) == [
        "Title: “Exams are getting to you: what can help” became “Exams”.",
        f"Summary: “{guide.summary}” was taken out.",
        "Hard subject: “no” became “yes”.",
        "Next review: “1 May 2027” was added.",
    ]


def test_a_helpline_that_was_taken_out_is_named(db: None) -> None:
    guide, draft = versions()
    block = next(child for child in draft.body if child.block_type == "helplines")
    gone = next(line for line in block.value["helplines"] if line.key == "childline")
    block.value["helplines"].remove(gone)
    [change] = in_words(guide, draft)
    assert "(Helplines) – Helplines – Helpline 1 was taken out: “Childline" in change.sentence
    assert change.before
    assert not change.after


def test_of_a_long_text_only_the_sentences_that_differ_are_told(db: None) -> None:
    guide, draft = versions()
    stored = BODY.get_prep_value(draft.body)
    place = next(n for n, item in enumerate(stored) if item["type"] == "paragraph")
    stored[place]["value"] = stored[place]["value"].replace("It can get easier", "It does get easier. Truly", 1)
    draft.body = BODY.to_python(stored)
    [change] = in_words(guide, draft)
    assert change.where == f"Body, part {place + 1} (Words)"
    assert "2 sentences added: “It does get easier.” “Truly, and small things help.”." in change.sentence
    assert "1 sentence taken out: “It can get easier, and small things help.”." in change.sentence


def test_a_link_that_leads_elsewhere_is_told_though_its_words_are_the_same(db: None) -> None:
    old = body([("paragraph", '<p>Ask <a href="https://nhs.uk/a">the NHS</a>.</p>')])
    new = body([("paragraph", '<p>Ask <a href="https://nhs.uk/b">the NHS</a>.</p>')])
    [change] = stream_changes("Body", old, new)
    assert "https://nhs.uk/b" in change.sentence


def test_a_block_that_moved_is_told_once_and_what_made_room_for_it_is_not() -> None:
    blocks = [("quote", {"words": words, "who": "A student"}) for words in ("One", "Two", "Three", "Four")]
    old = body(blocks)
    stored = BODY.get_prep_value(old)
    [change] = stream_changes("Body", old, BODY.to_python([stored[3], *stored[:3]]))
    assert change.sentence == "Body, part 1 (Quote) stood at place 4 before: “Four; A student”."


def test_topics_and_makers_are_told_by_name(db: None) -> None:
    guide, draft = versions()
    draft.topics = [TopicPage.objects.get(slug="exam-stress"), TopicPage.objects.get(slug="sleep")]
    draft.credits.add(GuideCredit(partner=PartnerPage.objects.get(slug="kitchen-table-parents"), role="reviewed"))
    said = sentences(guide, draft)
    partner = PartnerPage.objects.get(slug="kitchen-table-parents").title
    assert "Topics: “Sleep” was added." in " ".join(said)
    assert f"Guide credit: “{partner}, reviewed it” was added." in said


def test_a_new_block_of_helplines_is_told_with_their_names(db: None) -> None:
    guide, draft = versions()
    lines = {"title": "Call", "intro": "", "helplines": [Helpline.objects.get(key="shout")]}
    draft.body.append(("helplines", lines))
    [change] = in_words(guide, draft)
    assert change.sentence.startswith(f"Body, part {len(draft.body)} (Helplines) was added: “Call; ")
    assert Helpline.objects.get(key="shout").name in change.after

"""What a page as a whole must have before readers meet it."""

from datetime import date
from pathlib import Path

from wagtail.models import Locale

import pytest

from content.models import GuidePage, Helpline, InformationPage
from content.quality.finding import Finding
from content.quality.run import CHECKS, blocking, findings
from tests import build

HARD = "<p>He was bullied. Bullying hurts. Abuse hurts. Self-harm is common.</p>"
LONG_WORDS = (
    "Notwithstanding considerable organisational difficulties, practitioners systematically encourage participation. "
)


def page(**fields: object) -> GuidePage:
    """A guide that nobody has saved."""
    return GuidePage(**{"title": "A guide", **fields})


def found(page: object, check: str) -> list[Finding]:
    """What one check says of a page."""
    return [finding for finding in findings(page) if finding.check == check]


def helplines(*chosen: Helpline) -> tuple[str, dict]:
    return ("helplines", {"title": "Call", "intro": "", "helplines": list(chosen)})


def test_each_check_signs_its_findings_with_its_own_name() -> None:
    for name, check in CHECKS.items():
        assert f'"{name}"' in Path(check.__code__.co_filename).read_text("utf-8")


def test_what_blocks_comes_first_then_the_order_of_the_form() -> None:
    said = "<p>He committed suicide. The mentally ill need help.</p>"
    guide = page(body=[("heading", {"text": "", "level": "2"}), ("paragraph", said)], summary="A cry for help")
    order = [(finding.field, finding.check) for finding in findings(guide)]
    assert order == [
        ("body", "heading_order"),
        ("body", "unsafe_words"),
        ("interests", "interests"),
        ("sources", "sources"),
        ("summary", "unsafe_words"),
        ("body", "unsafe_words"),
        ("co_creation", "co_creation"),
        ("next_review", "review_date"),
    ]
    assert [finding.blocks for finding in findings(guide)] == [True] * 4 + [False] * 4
    assert blocking(guide) == findings(guide)[:4]


def test_a_guide_needs_a_source() -> None:
    (finding,) = found(page(), "sources")
    assert finding.blocks
    assert (finding.field, finding.where) == ("sources", "Sources")
    assert found(page(sources=[("source", {"title": "Sleep problems", "publisher": "NHS", "url": ""})]), "sources") == []


def test_a_guide_says_who_gains_by_it() -> None:
    (finding,) = found(page(interests="  "), "interests")
    assert finding.blocks
    assert found(page(interests="Nobody."), "interests") == []


def test_a_page_that_is_not_signed_off_needs_no_source_review_or_interests() -> None:
    assert findings(InformationPage(title="About")) == []


@pytest.mark.parametrize(
    ("hard", "day", "wrong"),
    [
        (False, None, "Nobody has signed it off yet"),
        (False, date(2026, 11, 23), "was due on 23 November 2026"),
        (False, date(2026, 11, 24), None),
        (False, date(2028, 11, 24), None),
        (False, date(2028, 12, 1), "within two years"),
        (True, date(2027, 11, 24), None),
        (True, date(2027, 12, 1), "within a year"),
    ],
)
def test_the_next_review_is_near_enough(hard: bool, day: date | None, wrong: str | None) -> None:
    review = found(page(is_sensitive=hard, next_review=day), "review_date")
    assert [finding.blocks for finding in review] == ([day is not None] if wrong else [])
    assert not wrong or wrong in review[0].why


def test_a_sample_claims_no_review_and_is_only_reminded() -> None:
    (finding,) = found(page(sample=True), "review_date")
    assert not finding.blocks
    assert "no clinician has reviewed it" in finding.why


def test_a_guide_that_nobody_it_is_for_helped_to_make_is_reminded() -> None:
    (finding,) = found(page(), "co_creation")
    assert not finding.blocks
    took_part = {"who": "pupils", "when": "2026", "paid": "paid", "what_changed": "Much."}
    assert found(page(co_creation=[("taking_part", took_part)]), "co_creation") == []
    assert found(InformationPage(title="About"), "co_creation") == []


def test_a_hard_subject_says_who_helps() -> None:
    (finding,) = found(page(is_sensitive=True), "signpost")
    assert finding.blocks
    assert found(page(is_sensitive=True, body=[helplines()]), "signpost") == []


@pytest.mark.parametrize(
    "hard",
    [
        {"title": "After a suicide"},
        {"body": [("heading", {"text": "Self-harm", "level": "2"})]},
        {"body": [("paragraph", HARD)]},
    ],
)
def test_a_page_that_looks_like_a_hard_subject_is_asked_about_it(hard: dict) -> None:
    (finding,) = found(page(**hard), "signpost")
    assert not finding.blocks
    assert finding.field == "is_sensitive"


def test_a_page_that_only_says_who_helps_is_no_hard_subject() -> None:
    once = "<p>If you think of suicide, call.</p>"
    assert found(page(title="Sleep", body=[("paragraph", once)]), "signpost") == []


def test_a_hard_text_is_named_with_its_hardest_sentences() -> None:
    easy = "I sat down by the door and had a cup of tea. "
    (finding,) = found(page(body=[("paragraph", f"<p>{easy * 4}{LONG_WORDS * 12}</p>")]), "reading_age")
    assert not finding.blocks
    assert "Notwithstanding" in finding.mend
    assert finding.mend.count("“") == 3
    assert "cup of tea" not in finding.mend
    assert all(len(quote.split("”")[0]) <= 120 for quote in finding.mend.split("“")[1:])
    assert found(page(body=[("paragraph", f"<p>{easy * 20}</p>")]), "reading_age") == []
    assert found(page(body=[("paragraph", f"<p>{LONG_WORDS}</p>")]), "reading_age") == [], "too short to say"


@pytest.mark.django_db
def test_english_words_are_not_looked_for_in_another_language() -> None:
    polish, _made = Locale.objects.get_or_create(language_code="pl")
    body = [("paragraph", f"<p>He committed suicide. {LONG_WORDS * 12}</p>")]
    checks = {finding.check for finding in findings(page(locale=polish, body=body, title="Suicide"))}
    assert checks.isdisjoint({"unsafe_words", "reading_age", "signpost"})
    assert {"sources", "interests"} <= checks, "what needs no language is checked in each"


@pytest.mark.django_db
def test_an_ended_helpline_keeps_a_page_from_going_live_and_a_doubtful_one_does_not() -> None:
    lines = {line.key: line for line in Helpline.objects.filter(key__in=["the-mix", "childline", "samaritans", "saneline"])}
    ended, overdue, fine, sample = (lines[key] for key in ["the-mix", "childline", "samaritans", "saneline"])
    Helpline.objects.filter(pk=ended.pk).update(status="dead")
    Helpline.objects.filter(pk=overdue.pk).update(check_again_by=date(2026, 11, 1))
    fresh = list(Helpline.objects.filter(pk__in=[line.pk for line in lines.values()]))
    said = {finding.why: finding.blocks for finding in found(page(body=[helplines(*fresh), helplines(*fresh)]), "helplines")}
    assert said == {
        f"{ended} has ended: nobody answers any more.": True,
        f"{overdue} is overdue for its check.": False,
        f"{sample} is an unverified sample.": False,
    }
    assert fine in fresh


@pytest.mark.django_db
def test_every_check_works_on_a_draft_and_on_an_older_version() -> None:
    guide = build.guide("Before", body=[("paragraph", "<p>He committed suicide.</p>")], live=False)
    guide.save_revision()
    guide.body = [("paragraph", "<p>He died by suicide.</p>")]
    guide.save_revision()
    first, last = guide.revisions.order_by("pk").first(), guide.get_latest_revision_as_object()
    assert len(found(first.as_object(), "unsafe_words")) == 1
    assert found(first.as_object(), "unsafe_words")[0].block == first.as_object().body[0].id
    assert found(last, "unsafe_words") == []

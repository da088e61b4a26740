"""Training: courses read like guides, and a kit that adds up to the minute whatever is asked for."""

import json
import re
from html import unescape

from django.core.exceptions import ValidationError
from django.test import Client

from wagtail.blocks import StreamBlockValidationError, StructBlockValidationError

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from content.blocks import BodyBlock
from content.models import CoursePage, GuideIndexPage, GuidePage, ModulePage, PartnerShelf, TrainingIndexPage
from content.training.plan import HANDOUTS, PlanBlock, StepBlock
from tests import build

COURSES = {"wellbeing-at-work": 6, "making-every-contact-count": 5}
with_database = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def read(visitor: Client, address: str) -> str:
    response = visitor.get(address)
    assert response.status_code == 200, address
    return unescape(response.content.decode())


def minutes(html: str) -> list[int]:
    return [int(found) for found in re.findall(r'<li data-minutes="(\d+)">', html)]


def step(**changes: object) -> dict[str, object]:
    return {"kind": "input", "title": "x", "shortest": 1, "usual": 2, "longest": 3, "say": "<p>x</p>"} | changes


def test_both_courses_are_there_with_all_their_modules(visitor: Client) -> None:
    html = read(visitor, "/training/")
    for slug, count in COURSES.items():
        assert f'href="/training/{slug}/"' in html
        course = read(visitor, f"/training/{slug}/")
        assert len(set(re.findall(rf'class="card__link" href="(/training/{slug}/[\w-]+/)"', course))) == count
    for who in ("employers", "managers", "staff", "trainers"):
        assert f'href="/training/for-{who}/"' in html


def test_every_module_can_be_learnt_alone_in_twelve_minutes_and_run_in_half_an_hour(db: None) -> None:
    for module in ModulePage.objects.live():
        shortest, usual = module.session_minutes
        assert module.minutes <= 12, module
        assert shortest <= 15, module
        assert 28 <= usual <= 32, module
        assert 2 <= len(module.outcomes) <= 4, module
        kinds = [child.value["kind"] for child in module.plan]
        assert (kinds[0], kinds[-1]) == ("welcome", "close"), module
        assert [child for child in module.body if child.block_type == "knowledge_check"], module
        assert module.sources, module


def test_every_module_leads_to_its_session_with_what_to_say(visitor: Client) -> None:
    for module in ModulePage.objects.live():
        html = read(visitor, module.url)
        assert all(child.value["title"] in html for child in module.plan)
        address = re.search(r'href="([^"]+/kit/\?modules=[\w-]+)"', html)[1]
        kit = read(visitor, f"{address}&length=60")
        assert all(child.value["title"] in kit for child in module.plan)
        assert kit.count("What you say</h3>") == len(module.plan)


def test_every_handout_that_a_step_names_has_its_sheet(visitor: Client) -> None:
    for key, _words in HANDOUTS:
        assert "<h1>" in read(visitor, f"/training/sheets/{key}/")


@pytest.mark.parametrize("slug", COURSES)
@pytest.mark.parametrize("length", [30, 60, 90, 120, 47])
def test_a_kit_adds_up_to_the_minute_by_the_clock(slug: str, length: int, visitor: Client) -> None:
    everything = "&".join(f"modules={module.slug}" for module in CoursePage.objects.get(slug=slug).modules[:2])
    html = read(visitor, f"/training/{slug}/kit/?{everything}&length={length}&start=23:45")
    assert sum(minutes(html)) == length
    clocks = re.findall(r'run-sheet__time"><b>(\d\d):(\d\d)</b>', html)
    at = 23 * 60 + 45
    for (hours, past), lasting in zip(clocks, minutes(html), strict=True):
        assert int(hours) * 60 + int(past) == at % (24 * 60)
        at += lasting


def test_an_impossible_wish_is_refused_with_the_shortest_possible_length(visitor: Client) -> None:
    html = read(visitor, "/training/wellbeing-at-work/kit/?modules=noticing-stress&own=5")
    shortest = ModulePage.objects.get(slug="noticing-stress").session_minutes[0]
    assert f"This needs at least {shortest} minutes." in html
    assert 'name="length" value="5" checked' in html, "nothing is lost"
    assert minutes(html) == []
    assert (
        sum(minutes(read(visitor, f"/training/wellbeing-at-work/kit/?modules=noticing-stress&own={shortest}"))) == shortest
    )


@with_database
@given(
    st.dictionaries(
        st.sampled_from(["modules", "length", "own", "start", "mode"]),
        st.one_of(st.text(max_size=40), st.integers().map(str), st.sampled_from(["noticing-stress", "25:00", "online"])),
    )
)
def test_whatever_is_asked_for_there_is_a_plan_or_a_sentence(visitor: Client, asked: dict[str, str]) -> None:
    response = visitor.get("/training/wellbeing-at-work/kit/", asked)
    html = response.content.decode()
    assert response.status_code == 200
    assert minutes(html) or 'role="alert"' in html


def test_the_variant_for_the_room_is_the_one_that_was_asked_for(visitor: Client) -> None:
    modes = {"room": [False, False], "online": [True, False], "no-projector": [False, True]}
    for mode, shown in modes.items():
        html = read(visitor, f"/training/wellbeing-at-work/kit/?mode={mode}")
        assert ["In a video call</h3>" in html, "In a room without a screen</h3>" in html] == shown, mode


def test_a_course_that_is_not_there_has_no_kit(visitor: Client) -> None:
    assert visitor.get("/training/nowhere/kit/").status_code == 404
    assert visitor.get("/training/for-staff/kit/").status_code == 404
    CoursePage.objects.get(slug="wellbeing-at-work").unpublish()
    assert visitor.get("/training/wellbeing-at-work/kit/").status_code == 404


def test_a_guide_that_is_taken_down_leaves_every_plan(visitor: Client) -> None:
    module = next(module for module in ModulePage.objects.live() if any(child.value["guides"] for child in module.plan))
    guide = next(guide for child in module.plan for guide in child.value["guides"])
    kit = f"{module.get_parent().specific.url}kit/?modules={module.slug}&length=60"
    assert f'href="/guides/{guide.slug}/"' in read(visitor, kit)
    GuidePage.objects.get(pk=guide.pk).unpublish()
    assert f'href="/guides/{guide.slug}/"' not in read(visitor, kit)


def test_minutes_out_of_order_and_questions_without_an_answer_are_refused() -> None:
    block = StepBlock()
    with pytest.raises(StructBlockValidationError):
        block.clean(block.to_python(step(shortest=9)))
    assert block.clean(block.to_python(step()))["usual"] == 2
    check = BodyBlock().child_blocks["knowledge_check"]
    wrong = {"question": "?", "answers": [{"text": "a", "right": False, "why": "<p>b</p>"}] * 2}
    with pytest.raises(StructBlockValidationError):
        check.clean(check.to_python(wrong))


@pytest.mark.parametrize("slug", ["kit", "s", "results", "certificate"])
def test_an_address_that_the_site_needs_is_refused_with_another(db: None, slug: str) -> None:
    course = CoursePage.objects.get(slug="wellbeing-at-work")
    module = ModulePage(title="x", slug=slug)
    with pytest.raises(ValidationError, match="Choose another"):
        course.add_child(instance=module)


def test_training_is_found_and_can_be_asked_for_alone(visitor: Client) -> None:
    html = read(visitor, "/search/?q=wellness+plan+at+work&kind=training")
    cards = re.findall(r'class="card__link" href="([^"]+)"', html.partition("<main")[2])
    assert "/training/wellbeing-at-work/a-plan-that-stays-yours/" in cards
    assert "/training/sheets/wellness-plan/" in cards
    assert all(address.startswith("/training/") for address in cards)


def test_a_course_in_the_making_is_no_course(db: None, visitor: Client) -> None:
    course = build.page(CoursePage, CoursePage.objects.first().get_parent().specific, "Empty course")
    assert "This has no session plan yet" in read(visitor, f"{course.url}kit/")


def test_a_course_stands_on_a_shelf_that_is_no_part_of_its_address(visitor: Client) -> None:
    course = CoursePage.objects.get(slug="wellbeing-at-work")
    module = course.modules.first()
    shelf = course.get_parent().specific
    assert isinstance(shelf, PartnerShelf)
    assert module.url == f"/training/wellbeing-at-work/{module.slug}/"
    for address in [f"/training/{shelf.slug}/", f"/training/{shelf.slug}/wellbeing-at-work/"]:
        assert visitor.get(address).status_code == 404
    course.move(TrainingIndexPage.objects.get(), pos="last-child")
    assert CoursePage.objects.get(pk=course.pk).url == "/training/wellbeing-at-work/"
    for address in ["/training/wellbeing-at-work/", f"/training/wellbeing-at-work/{module.slug}/"]:
        assert visitor.get(address).status_code == 200


def test_no_course_stands_among_the_guides_and_no_guide_among_the_courses(db: None) -> None:
    courses, guides = (
        PartnerShelf.objects.child_of(index.objects.get()).first() for index in (TrainingIndexPage, GuideIndexPage)
    )
    course, guide = CoursePage.objects.first(), GuidePage.objects.get(slug="sleep")
    assert course.can_move_to(courses)
    assert not course.can_move_to(guides)
    assert not guide.can_move_to(courses)
    assert CoursePage not in [model for model in guides.creatable_subpage_models() if model.can_create_at(guides)]


@pytest.mark.parametrize("slug", ["wellbeing-at-work", "for-staff"])
def test_a_course_cannot_take_an_address_that_another_page_has(db: None, slug: str) -> None:
    shelf = PartnerShelf.objects.child_of(TrainingIndexPage.objects.get()).get()
    with pytest.raises(ValidationError, match="already"):
        shelf.add_child(instance=CoursePage(title="x", slug=slug))


def test_a_number_in_a_plan_is_refused() -> None:
    plan = PlanBlock()
    with pytest.raises(StreamBlockValidationError) as caught:
        plan.clean(plan.to_python([{"type": "step", "value": step(say="<p>Call 0800 123 4567.</p>")}]))
    assert "looks like a telephone number" in str(caught.value.block_errors[0])


def test_what_was_typed_wrong_is_still_there_to_be_mended(visitor: Client) -> None:
    html = read(visitor, "/training/wellbeing-at-work/kit/?own=three+hours&start=half+six&modules=where-to-turn")
    assert 'value="three hours"' in html
    assert 'value="half six"' in html
    assert 'value="where-to-turn" checked' in html
    assert html.count("<p>Write the ") == 2
    assert sum(minutes(html)) == 30, "and there is a plan meanwhile"


def test_a_length_of_ones_own_leaves_no_trap_behind(visitor: Client) -> None:
    html = read(visitor, "/training/wellbeing-at-work/kit/?length=30&own=47")
    assert 'name="length" value="47" checked' in html
    assert 'name="own" inputmode="numeric" maxlength="4">' in html, "an old length would overrule the next choice"


def test_the_slides_are_those_of_the_plan_and_its_steps(visitor: Client) -> None:
    kit = "/training/wellbeing-at-work/kit/"
    html = read(visitor, f"{kit}slides/?modules=noticing-stress&length=45")
    plan = ModulePage.objects.get(slug="noticing-stress").plan
    for child in plan:
        assert all(f"<h2>{slide['heading']}</h2>" in html for slide in child.value["slides"])
    assert sum(map(int, re.findall(r'class="talk" data-minutes="(\d+)"', html))) == 45
    assert "<picture>" in html
    assert "This needs at least" in read(visitor, f"{kit}slides/?modules=noticing-stress&own=5")
    assert visitor.get("/training/nowhere/kit/slides/").status_code == visitor.get("/training/nowhere/kit.zip").status_code


def test_a_course_without_slides_shows_the_names_of_its_steps_and_says_so(visitor: Client) -> None:
    course = build.page(CoursePage, TrainingIndexPage.objects.get(), "Plain course")
    build.page(
        ModulePage, course, "Plain", plan=[("step", step(title="Listen well", essential=True, longest=30))], **build.COMPLETE
    )
    html = read(visitor, f"{course.url}kit/slides/")
    assert "This plan has no slides of its own." in html
    assert "<h2>Listen well</h2>" in html


@pytest.mark.parametrize("wrong", [{"shortest": None}, {"shortest": 9}, {"longest": 0}, {"kind": "song"}])
def test_a_step_that_cannot_be_timed_is_named_and_breaks_nothing(wrong: dict, visitor: Client) -> None:
    course = build.page(CoursePage, TrainingIndexPage.objects.get(), "Plain course")
    module = build.page(
        ModulePage,
        course,
        "Plain",
        plan=[("step", step(title="Listen well")), ("step", step(title="Odd", **wrong))],
        **build.COMPLETE,
    )
    for part in ("", "slides/"):
        assert "The step “Odd” has no minutes that make sense." in read(visitor, f"{course.url}kit/{part}")
    assert visitor.get(f"{course.url}kit.zip").status_code == 200
    assert "Odd" in read(visitor, module.url)


def test_broken_references_leave_a_plan_whole(visitor: Client) -> None:
    course = build.page(CoursePage, TrainingIndexPage.objects.get(), "Plain course")
    slide = {"heading": "x", "picture": {"image": 999_999, "alt_text": "", "decorative": True}}
    gone = {"guides": [999_999], "helplines": [999_999], "handouts": ["no-such-sheet"], "slides": [slide]}
    lists = {name: [{"type": "item", "id": "1", "value": item} for item in found] for name, found in gone.items()}
    plan = [{"type": "step", "value": step(title="Listen well", longest=30, **lists)}]
    module = build.page(ModulePage, course, "Plain", plan=json.dumps(plan), **build.COMPLETE, live=False)
    build.publish_anyway(module)
    for part in ("kit/", "kit/slides/"):
        assert "Listen well" in read(visitor, f"{course.url}{part}")
    assert visitor.get(f"{course.url}kit.zip").status_code == 200

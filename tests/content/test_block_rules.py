"""What a body refuses: telephone numbers in text, headings out of order, link names used twice."""

from django.core.exceptions import ValidationError

import pytest

from content.blocks import BodyBlock
from content.models import CustomImage, Helpline
from tests import build

NUMBER = "0117 496 0018"
BLOCKS = BodyBlock().child_blocks


WORDS_WITH_A_NUMBER = [
    ("paragraph", f"<p>Call {NUMBER} now.</p>"),
    ("paragraph", f"<ul><li>Listen.</li><li>Call {NUMBER}</li></ul>"),
    ("heading", {"text": f"Ring {NUMBER}", "level": "2", "anchor": "ring"}),
    ("try_this", {"title": f"Ring {NUMBER}", "minutes": 1, "steps": ["Breathe."], "after": ""}),
    ("try_this", {"title": "Breathe", "minutes": 1, "steps": ["In.", f"Ring {NUMBER}."], "after": ""}),
    ("try_this", {"title": "Breathe", "minutes": 1, "steps": ["In."], "after": f"<p>Ring {NUMBER}.</p>"}),
    ("steps", {"title": f"Ring {NUMBER}", "steps": [{"title": "One", "text": ""}, {"title": "Two", "text": ""}]}),
    ("steps", {"title": "Do", "steps": [{"title": "One", "text": ""}, {"title": f"Ring {NUMBER}", "text": ""}]}),
    ("steps", {"title": "Do", "steps": [{"title": "One", "text": f"<p>{NUMBER}</p>"}, {"title": "Two", "text": ""}]}),
    ("callout", {"kind": "tip", "title": f"Ring {NUMBER}", "text": "<p>Any time.</p>"}),
    ("callout", {"kind": "tip", "title": "Ring", "text": f"<p>Any time: {NUMBER}.</p>"}),
    ("expander", {"title": f"Who is {NUMBER}?", "text": "<p>A friend.</p>"}),
    ("expander", {"title": "Who can I ring?", "text": f"<p>Ring {NUMBER}.</p>"}),
    ("links", {"title": f"Ring {NUMBER}", "links": [{"text": "NHS", "page": None, "url": "https://www.nhs.uk/"}]}),
    ("links", {"title": "More", "links": [{"text": f"Ring {NUMBER}", "page": None, "url": "https://www.nhs.uk/"}]}),
]


@pytest.mark.parametrize(("name", "value"), WORDS_WITH_A_NUMBER)
def test_a_telephone_number_in_a_text_is_refused_by_name(name: str, value: object) -> None:
    said = build.refusals(("paragraph", "<p>Hello.</p>"), (name, value))
    assert list(said) == [1]
    assert f"“{NUMBER}” looks like a telephone number" in said[1]


def test_a_telephone_number_above_helplines_is_refused(db: None) -> None:
    keys = list(Helpline.objects.values_list("pk", flat=True)[:1])
    for words in [{"title": f"Ring {NUMBER}", "intro": ""}, {"title": "Ring", "intro": f"Or {NUMBER}."}]:
        assert NUMBER in build.refusals(("helplines", words | {"helplines": keys}))[0]


def test_a_telephone_number_under_a_picture_is_refused(db: None) -> None:
    image = {"image": CustomImage.objects.first().pk, "alt_text": "A poster.", "decorative": False}
    assert NUMBER in build.refusals(("picture", {"image": image, "caption": f"Ring {NUMBER}."}))[0]
    assert NUMBER in build.refusals(("picture", {"image": image | {"alt_text": f"Ring {NUMBER}."}, "caption": ""}))[0]


def test_a_telephone_number_broken_by_bold_letters_is_refused() -> None:
    assert "looks like a telephone number" in build.refusals(("paragraph", "<p>Call 0117 <b>496 0018</b>.</p>"))[0]


def test_a_telephone_number_behind_a_link_is_refused() -> None:
    assert "01174960018" in build.refusals(("paragraph", '<p><a href="tel:01174960018">Ring us</a></p>'))[0]


def test_a_number_to_text_is_refused() -> None:
    assert (
        "“85258”" in build.refusals(("callout", {"kind": "tip", "title": "Text", "text": "<p>Text SHOUT to 85258.</p>"}))[0]
    )


def test_999_and_111_may_stand_in_a_text() -> None:
    assert build.checked(
        ("paragraph", "<p>Call 999 if a life is in danger, or 111 and choose option 2.</p>"),
        ("try_this", {"title": "Ring 111", "minutes": 1, "steps": ["Call 999.", "Call 111."], "after": ""}),
    )


def test_numbers_in_neighbouring_texts_are_not_taken_for_one() -> None:
    steps = ["Count down from 10 to 0", "1234 breaths", "567 steps"]
    assert build.checked(("try_this", {"title": "Count", "minutes": 1, "steps": steps, "after": ""}))


def heading(text: str, level: str = "2", anchor: str = "") -> tuple[str, dict]:
    return "heading", {"text": text, "level": level, "anchor": anchor}


def test_a_smaller_heading_needs_a_main_one_above_it() -> None:
    said = build.refusals(("paragraph", "<p>Hello.</p>"), heading("Small", "3"), heading("Main"))
    assert said == {1: "Put a main heading before the first smaller one."}
    assert build.checked(heading("Main"), heading("Small", "3"))


def test_two_headings_cannot_have_one_link_name() -> None:
    said = build.refusals(heading("Tonight"), heading("Later"), heading("Tonight!"))
    assert list(said) == [2]
    assert "same link name" in said[2]
    assert build.checked(heading("Tonight"), heading("Tonight", anchor="tonight-again"))


def test_a_link_name_is_made_from_the_heading_when_there_is_none() -> None:
    (made,) = build.checked(heading("What helps, tonight?"))
    assert made.value["anchor"] == "what-helps-tonight"
    assert 'id="what-helps-tonight"' in made.render()


def test_a_link_name_stays_when_the_heading_changes() -> None:
    (changed,) = build.checked(heading("Something else", anchor="tonight"))
    assert changed.value["anchor"] == "tonight"
    assert 'id="tonight"' in changed.render()


def test_a_link_name_has_only_what_an_address_can_have() -> None:
    (made,) = build.checked(heading("Tonight", anchor='To "Night" &'))
    assert made.value["anchor"] == "to-night"
    assert "plain letters" in str(link_name_error(heading("眠り")))


def link_name_error(stored: tuple[str, object]) -> ValidationError:
    with pytest.raises(ValidationError) as caught:
        build.checked(stored)
    return caught.value.block_errors[0].block_errors["anchor"]

"""Our two fields: blocks stay out of migrations, old migrations keep bodies whole, and hours are kept in one form."""

import json
import re

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import connection
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ModelState, ProjectState
from django.forms import modelform_factory
from django.test import Client

from wagtail import blocks

import pytest

from content import blocks as our_blocks
from content.blocks import BodyBlock
from content.fields import BodyField, OpeningHoursField
from content.models import GuidePage, HelplineWay, InformationPage

FEW = [("words", blocks.CharBlock())]
MANY = [*FEW, ("picture", blocks.StructBlock([("caption", blocks.CharBlock())]))]


def state_with(field: BodyField) -> ProjectState:
    state = ProjectState()
    state.add_model(ModelState("content", "Leaflet", [("body", field)]))
    return state


def test_a_new_block_needs_no_migration() -> None:
    few, many = BodyField(FEW, blank=True), BodyField(MANY, blank=True)
    assert few.deconstruct()[1:] == many.deconstruct()[1:] == ("content.fields.BodyField", [], {"blank": True})
    assert MigrationAutodetector(state_with(few), state_with(many))._detect_changes() == {}


def test_other_changes_of_a_body_do_need_one() -> None:
    changed = MigrationAutodetector(state_with(BodyField(FEW)), state_with(BodyField(FEW, blank=True)))._detect_changes()
    assert list(changed) == ["content"]


def test_no_migration_knows_a_block() -> None:
    known = [name for name in vars(our_blocks) if name.endswith("Block")]
    assert len(known) > 5
    files = sorted((settings.BASE_DIR / "content/migrations").glob("0*.py"))
    assert files
    for path in files:
        assert not re.search("|".join(known) + r"|wagtail\.blocks|block_lookup", path.read_text()), path.name


def historical(name: str) -> type:
    """A model as a data migration sees it, after all migrations there are."""
    return MigrationLoader(connection).project_state().apps.get_model("content", name)


@pytest.mark.parametrize(("name", "model"), [("InformationPage", InformationPage), ("GuidePage", GuidePage)])
def test_a_data_migration_that_saves_every_page_changes_no_body(name: str, model: type, db: None) -> None:
    before = {page.pk: page.body.get_prep_value() for page in model.objects.all()}
    assert any(before.values())
    for page in historical(name).objects.all():
        page.title += " (moved)"
        page.save()
    after = {page.pk: page.body.get_prep_value() for page in model.objects.all()}
    assert after == before
    assert all(page.title.endswith(" (moved)") for page in model.objects.all())


def test_a_data_migration_keeps_the_sources_of_a_guide(db: None) -> None:
    before = {page.pk: page.sources.get_prep_value() for page in GuidePage.objects.all()}
    assert any(before.values())
    for page in historical("GuidePage").objects.all():
        page.save()
    assert {page.pk: page.sources.get_prep_value() for page in GuidePage.objects.all()} == before


def test_a_data_migration_works_on_plain_lists(visitor: Client) -> None:
    page = historical("InformationPage").objects.get(slug="anonymity")
    assert isinstance(page.body, list)
    assert page.body[0].keys() >= {"type", "value"}
    page.body = [{"type": "paragraph", "value": "<p>Written by a migration.</p>"}]
    page.save()
    assert "Written by a migration." in visitor.get("/anonymity/").content.decode()


def test_a_page_made_by_a_data_migration_has_an_empty_body(db: None) -> None:
    assert historical("InformationPage")(title="New").body == []


def test_a_historical_body_hands_on_what_is_stored() -> None:
    stored = [{"type": "gone", "value": {"words": "Words of a block nobody has any more."}, "id": "1"}]
    field = BodyField()
    assert field.to_python(stored) == field.to_python(json.dumps(stored)) == stored
    assert field.get_prep_value(stored) == stored
    assert field.get_default() == []


def test_a_body_of_today_knows_its_blocks() -> None:
    field = BodyField(BodyBlock())
    value = field.to_python([{"type": "paragraph", "value": "<p>Words.</p>"}])
    assert value[0].block_type == "paragraph"
    assert field.get_prep_value(value)[0]["value"] == "<p>Words.</p>"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("24/7", "24/7"),
        ("", "unknown"),
        (None, "unknown"),
        ("Unknown", "unknown"),
        ("monday to friday 9.00–17.00", "Mon-Fri 09:00-17:00"),
        ("every day 17:00-24:00", "Mon-Sun 17:00-00:00"),
    ],
)
def test_hours_are_kept_in_one_form_however_they_are_typed(typed: str | None, kept: str) -> None:
    assert OpeningHoursField().clean(typed, None) == kept


@pytest.mark.parametrize("typed", ["whenever", "Mon-Fri 9-5", "Mon 9:00-10:00; Mon 11:00-12:00", ";", "Mon 25:00-26:00"])
def test_hours_that_make_no_sense_are_refused(typed: str) -> None:
    with pytest.raises(ValidationError) as caught:
        OpeningHoursField().clean(typed, None)
    assert "Write" in caught.value.messages[0] or "Put" in caught.value.messages[0]


def test_an_editor_is_told_what_to_write_instead(db: None) -> None:
    form_class = modelform_factory(HelplineWay, fields=["kind", "value", "hours"])
    form = form_class({"kind": "call", "value": "116 123", "hours": "whenever"})
    assert list(form.errors) == ["hours"]
    assert "Write 24/7, unknown, or for example: Mon-Fri 09:00-17:00" in form.errors["hours"][0]


def test_an_editors_hours_are_put_in_order(db: None) -> None:
    form_class = modelform_factory(HelplineWay, fields=["kind", "value", "hours"])
    form = form_class({"kind": "call", "value": "116 123", "hours": "Monday to Friday 9.00 – 17.00"})
    assert form.is_valid()
    assert form.instance.hours == "Mon-Fri 09:00-17:00"
    assert form.instance.opening_hours.known


def test_hours_of_odd_length_are_refused_and_not_cut(db: None) -> None:
    long = "; ".join(f"{day} " + ", ".join(f"0{hour}:00-0{hour}:30" for hour in range(9)) for day in ["Mon", "Wed", "Fri"])
    with pytest.raises(ValidationError):
        OpeningHoursField().clean(long, None)

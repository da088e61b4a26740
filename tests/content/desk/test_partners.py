"""A partner is added in one go and taken away without losing a word; a password that was made for somebody works once."""

import re
from io import StringIO

from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractBaseUser, Group
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page
from wagtail.test.utils.form_data import querydict_from_html

import pytest

from content.approvals.tasks import WORKFLOW
from content.desk.roles import set_up_roles
from content.models import CustomDocument, CustomImage, FirstPassword, PartnerShelf, PartnerTeam
from content.roles import LONDON_EDITORS
from goodthinking.management.commands.up import Command as Up
from tests import cast

EMAIL = "ann@riverside.example"
KEPT = [Page, CustomImage, CustomDocument]
OWN = "four words of mine 4"


def add(name: str = "Riverside Young People", *emails: str, **options: object) -> str:
    out = StringIO()
    call_command("add_partner", name, editor=list(emails or [EMAIL]), stdout=out, **options)
    return out.getvalue()


def password_in(said: str) -> str:
    return re.search(r"^  (\S{20})$", said, re.MULTILINE).group(1)


def sign_in(client: Client, password: str, **more: str) -> bool:
    client.post("/cms/login/", {"username": EMAIL, "password": password, **more})
    return "_auth_user_id" in client.session


def test_one_command_makes_all_that_a_partner_needs(db: None) -> None:
    said = add(training=True)
    team = PartnerTeam.objects.get()
    assert not team.partner.live, "its page is a draft"
    shelves = PartnerShelf.objects.filter(partner=team.partner)
    assert [shelf.get_parent().slug for shelf in shelves.order_by("path")] == ["guides", "training"]
    assert team.collection.get_parent().name == "Partners"
    assert team.editors == EMAIL
    for page in [*shelves, team.partner]:
        assert page.workflowpage.workflow.name == WORKFLOW
    assert password_in(said)
    assert "shown only now" in said


def test_a_first_password_opens_nothing_until_its_owner_has_chosen_her_own(db: None) -> None:
    given, client = password_in(add()), Client()
    html = client.post("/cms/login/", {"username": EMAIL, "password": given}).content.decode()
    assert "This password works once." in html
    assert 'name="own_password"' in html
    assert given not in html
    assert not sign_in(client, given)
    assert not sign_in(client, given, own_password=given), "the one that was given is not her own"
    assert not sign_in(client, given, own_password="short")
    assert not sign_in(client, "wrong", own_password=OWN)
    assert sign_in(client, given, own_password=OWN)
    assert not FirstPassword.objects.exists()
    assert not sign_in(Client(), given), "it worked once"
    assert sign_in(Client(), OWN)


def test_choosing_ones_own_password_is_not_counted_as_failing_to_sign_in(db: None) -> None:
    given, client = password_in(add()), Client()
    for _try in range(12):
        sign_in(client, given, own_password="short")
    assert sign_in(client, given, own_password=OWN)


def test_who_has_a_password_of_her_own_is_asked_for_nothing_more(db: None) -> None:
    get_user_model().objects.create_user(EMAIL, EMAIL, OWN)
    assert "signs in as before" in add()
    assert sign_in(Client(), OWN)


@pytest.mark.parametrize(
    ("name", "email", "says"),
    [
        ("Nightlight London", EMAIL, "There is a partner called “Nightlight London” already"),
        ("nightlight   LONDON", EMAIL, "already"),
        ("???", EMAIL, "Write the partner’s name, in letters"),
        ("x" * 140, EMAIL, "too long"),
        ("Riverside", "ann at riverside", "“ann at riverside” is no email address"),
        ("Riverside", "  ", "at least one editor"),
    ],
)
def test_what_cannot_be_done_is_said_in_words_and_leaves_nothing_behind(db: None, name: str, email: str, says: str) -> None:
    before = Page.objects.count(), Collection.objects.count(), Group.objects.count(), get_user_model().objects.count()
    with pytest.raises(CommandError, match=re.escape(says)):
        add(name, email)
    after = Page.objects.count(), Collection.objects.count(), Group.objects.count(), get_user_model().objects.count()
    assert after == before


def test_nobody_gets_into_another_section_by_calling_herself_by_somebody_elses_address(db: None) -> None:
    add()
    ann = get_user_model().objects.get(email=EMAIL)
    client = cast.browser(ann)
    data = querydict_from_html(client.get("/cms/account/").content.decode())
    data.update({"name_email-first_name": "Ann", "name_email-last_name": "A", "name_email-email": "bo@x.example"})
    client.post("/cms/account/", data)
    ann.refresh_from_db()
    assert (ann.first_name, ann.email) == ("Ann", EMAIL)


def test_an_account_that_is_switched_off_is_not_switched_on_by_the_way(db: None) -> None:
    get_user_model().objects.create_user(EMAIL, EMAIL, OWN, is_active=False)
    with pytest.raises(CommandError, match="is switched off"):
        add()
    assert not PartnerTeam.objects.exists()


def test_the_form_adds_a_partner_shows_its_passwords_once_and_keeps_what_was_typed_when_something_is_wrong(db: None) -> None:
    client = cast.browser(cast.somebody("London editor"))
    assert reverse("partners:index") in client.get("/cms/").content.decode()
    said = {"name": "Riverside", "emails": "ann@riverside.example\nbo at riverside"}
    html = client.post(reverse("partners:add"), said).content.decode()
    assert "“bo at riverside” is no email address" in html
    assert "ann@riverside.example\nbo at riverside" in html
    html = client.post(reverse("partners:add"), said | {"emails": EMAIL}).content.decode()
    given = re.search(r"<code>(\S+)</code>", html).group(1)
    assert get_user_model().objects.get(email=EMAIL).check_password(given)
    team = PartnerTeam.objects.get()
    html = client.post(reverse("partners:edit", args=[team.pk]), {"emails": "bo@riverside.example"}).content.decode()
    assert "bo@riverside.example signs in with this password" in html
    assert "ann@riverside.example, bo@riverside.example" in client.get(reverse("partners:index")).content.decode()


def test_taking_a_partner_away_ends_its_access_and_changes_nothing_of_its_content(db: None) -> None:
    section = cast.section("Harbour", "word")
    both = get_user_model().objects.create_user("both", "both@example.org", OWN)
    both.groups.add(section.team.group, Group.objects.get(name=LONDON_EDITORS))
    hers = cast.browser(section.editor)
    assert hers.get(f"/cms/pages/{section.draft.pk}/edit/").status_code == 200
    client, address = cast.browser(cast.somebody("London editor")), reverse("partners:delete", args=[section.team.pk])
    asked = client.get(address).content.decode()
    assert "can no longer sign in" in asked
    assert "stay as they are" in asked
    before = [list(model.objects.order_by("pk").values()) for model in KEPT]
    html = client.post(address, follow=True).content.decode()
    assert "Nothing of its content changed. 1 account was switched off." in html
    assert [list(model.objects.order_by("pk").values()) for model in KEPT] == before
    assert hers.get("/cms/").status_code == 302
    assert not _active(section.editor)
    assert _active(both), "she has another part here"
    assert client.get(f"/cms/pages/{section.draft.pk}/edit/").status_code == 200
    assert client.get(reverse("wagtailimages:edit", args=[section.picture.pk])).status_code == 200


def _active(user: AbstractBaseUser) -> bool:
    return get_user_model().objects.get(pk=user.pk).is_active


def test_nobody_deletes_by_mistake_what_a_partners_permissions_hang_on(editor: Client) -> None:
    add()
    team = PartnerTeam.objects.get()
    collection = reverse("wagtailadmin_collections:delete", args=[team.collection_id])
    assert "1 partner" in editor.get(collection).content.decode()
    assert editor.post(collection).status_code == 403
    for address in [
        reverse("wagtailadmin_pages:delete", args=[team.partner_id]),
        reverse("wagtailadmin_pages:delete", args=[team.partner.get_parent().pk]),
        f"{reverse('wagtail_bulk_action', args=['wagtailcore', 'page', 'delete'])}?id={team.partner_id}",
    ]:
        assert "A partner still works here." in editor.post(address, follow=True).content.decode(), address
    assert PartnerTeam.objects.filter(pk=team.pk, collection__isnull=False, partner__isnull=False).exists()


def test_setting_up_the_roles_again_changes_nothing_and_wagtails_own_groups_are_gone(db: None) -> None:
    def all_rights() -> list[tuple]:
        rows = [Group.permissions.through, GroupPagePermission, GroupCollectionPermission]
        return [tuple(sorted(map(str, model.objects.values_list()))) for model in rows]

    before = all_rights()
    set_up_roles()
    assert all_rights() == before
    assert not Group.objects.filter(name__in=["Editors", "Moderators"]).exists()


def test_wagtails_own_groups_stay_while_somebody_is_in_them(db: None, django_user_model: type) -> None:
    Group.objects.create(name="Editors").user_set.add(django_user_model.objects.create_user("old"))
    set_up_roles()
    assert Group.objects.filter(name="Editors").exists()


def test_the_first_editor_that_up_makes_is_still_an_administrator_of_everything(db: None) -> None:
    up = Up(stdout=StringIO())
    up._first_editor()
    assert get_user_model().objects.get(username="editor").is_superuser

"""Who may do what: every change of it is in a log that administrators read, whichever road it took."""

from django.apps import apps
from django.contrib.auth.models import Group, Permission, User
from django.test import Client

from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, ModelLogEntry, Page

import pytest

from content.models import GuidePage, PartnerIndexPage, PartnerPage
from content.roles import ADMINISTRATORS, HELPLINE_KEEPERS, LIVED_EXPERIENCE_REVIEWERS
from tests import build

PASSWORD = "correct horse battery staple"


def said() -> list[tuple[str, str, str]]:
    """Read the log as the report shows it: whose rights, what, and by whom; oldest first."""
    entries = ModelLogEntry.objects.filter(action__startswith="rights.").exclude(label="ed").order_by("pk")
    return [(entry.label, str(entry.message), entry.user_display_name) for entry in entries]


@pytest.fixture
def sam(editor: Client) -> User:
    sam = User.objects.create_user("sam", "sam@example.org", PASSWORD, first_name="Sam", last_name="Lee")
    ModelLogEntry.objects.all().delete()
    return sam


def user_form(**fields: object) -> dict[str, object]:
    return {
        "username": "sam",
        "email": "sam@example.org",
        "first_name": "Sam",
        "last_name": "Lee",
        "password1": "",
        "password2": "",
        "is_active": "on",
    } | fields


def test_adding_somebody_to_a_group_is_logged_with_who_did_it(editor: Client, sam: User) -> None:
    keepers = Group.objects.get(name=HELPLINE_KEEPERS)
    editor.post(f"/cms/users/edit/{sam.pk}/", user_form(groups=[keepers.pk]))
    editor.post(f"/cms/users/edit/{sam.pk}/", user_form())
    assert said() == [
        ("sam", "Given: member of “Helpline keepers”", "ed"),
        ("sam", "Taken: member of “Helpline keepers”", "ed"),
    ]


def test_making_somebody_administrator_or_keeping_her_out_is_logged(editor: Client, sam: User) -> None:
    editor.post(f"/cms/users/edit/{sam.pk}/", user_form(is_superuser="on"))
    editor.post(f"/cms/users/edit/{sam.pk}/", user_form(is_active=""))
    assert said() == [
        ("sam", "Given: everything (administrator)", "ed"),
        ("sam", "May no longer sign in", "ed"),
        ("sam", "Taken: everything (administrator)", "ed"),
    ]


def test_a_new_user_and_a_new_password_are_logged_but_signing_in_is_not(editor: Client, db: None) -> None:
    ModelLogEntry.objects.all().delete()
    editor.post("/cms/users/new/", user_form(password1=PASSWORD, password2=PASSWORD))
    sam = User.objects.get(username="sam")
    editor.post(f"/cms/users/edit/{sam.pk}/", user_form(password1=PASSWORD[::-1], password2=PASSWORD[::-1]))
    Client().post("/cms/login/", {"username": "sam", "password": PASSWORD[::-1]})
    sam.refresh_from_db()
    assert sam.last_login
    editor.post(f"/cms/users/delete/{sam.pk}/")
    assert said() == [("sam", "Added", "ed"), ("sam", "Has a new password", "ed"), ("sam", "Removed", "ed")]


def test_what_is_done_to_many_at_once_is_logged_for_each(editor: Client, sam: User) -> None:
    pat = User.objects.create_user("pat")
    ModelLogEntry.objects.all().delete()
    chosen = f"?id={sam.pk}&id={pat.pk}&next=/cms/users/"
    role = Group.objects.get(name=LIVED_EXPERIENCE_REVIEWERS)
    editor.post(f"/cms/bulk/auth/user/assign_role/{chosen}", {"role": role.pk})
    editor.post(f"/cms/bulk/auth/user/set_active_state/{chosen}", {"mark_as_active": "False"})
    editor.post(f"/cms/bulk/auth/user/delete/{chosen}")
    assert sorted(said()) == sorted(
        (name, what, "ed")
        for name in ("sam", "pat")
        for what in ("Given: member of “Youth and lived-experience reviewers”", "May no longer sign in", "Removed")
    )


def group_form(page: Page | None, *rights: str, name: str = "Writers", permissions: tuple[int, ...] = ()) -> dict:
    places = 1 if page else 0
    form = {"name": name, "permissions": permissions}
    for prefix in ("collection", "document_permissions", "image_permissions", "collection_permissions", "page_permissions"):
        form |= {f"{prefix}-TOTAL_FORMS": 0, f"{prefix}-INITIAL_FORMS": 0, f"{prefix}-MAX_NUM_FORMS": 1000}
    form |= {"page_permissions-TOTAL_FORMS": places}
    if page:
        form |= {"page_permissions-0-page": page.pk, "page_permissions-0-permissions": rights}
    return form


def test_what_a_group_may_do_with_pages_is_logged_when_its_form_is_saved(editor: Client, sam: User) -> None:
    shelf = build.shelf("nightlight-london")
    may_enter = Permission.objects.get(codename="access_admin")
    made = editor.post("/cms/groups/new/", group_form(shelf, "add_page", "change_page", permissions=(may_enter.pk,)))
    assert made.status_code == 302, made.context["form"].errors
    writers = Group.objects.get(name="Writers")
    editor.post(f"/cms/groups/edit/{writers.pk}/", group_form(shelf, "add_page", "publish_page"))
    assert said() == [
        ("Writers", "Added", "ed"),
        ("Writers", "Given: Can access Wagtail admin", "ed"),
        ("Writers", f"Given: Can add page – {shelf}, Can change page – {shelf}", "ed"),
        ("Writers", "Taken: Can access Wagtail admin", "ed"),
        ("Writers", f"Taken: Can change page – {shelf}", "ed"),
        ("Writers", f"Given: Publish any page – {shelf}", "ed"),
    ]
    editor.post(f"/cms/groups/delete/{writers.pk}/")
    assert said()[-1] == ("Writers", "Removed", "ed")


def test_commands_on_the_server_are_logged_as_the_system(sam: User) -> None:
    assert type(apps.get_app_config("goodthinking")).__name__ == "GoodthinkingConfig", (
        "it listens before any page is asked for"
    )
    group = Group.objects.create(name="Writers")
    right = GroupPagePermission.objects.create(group=group, page=Page.get_first_root_node(), permission_type="add")
    GroupCollectionPermission.objects.create(
        group=group, collection=Collection.get_first_root_node(), permission=right.permission
    )
    right.delete()
    group.user_set.add(sam)
    group.user_set.clear()
    sam.user_permissions.add(right.permission)
    sam.user_permissions.clear()
    right.permission.group_set.add(group)
    assert said() == [
        ("Writers", "Added", "system"),
        ("Writers", "Given: Can add page – Root", "system"),
        ("Writers", "Given: Can add page – Root", "system"),
        ("Writers", "Taken: Can add page – Root", "system"),
        ("sam", "Given: member of “Writers”", "system"),
        ("sam", "Taken: member of “Writers”", "system"),
        ("sam", "Given: Can add page", "system"),
        ("sam", "Taken: Can add page", "system"),
        ("Writers", "Given: Can add page", "system"),
    ]


def test_a_page_that_goes_takes_the_rights_on_it_along(editor: Client, sam: User) -> None:
    guide = build.guide("Soon gone")
    GroupPagePermission.objects.create(
        group=Group.objects.get(name=LIVED_EXPERIENCE_REVIEWERS), page=guide, permission_type="add"
    )
    assert editor.post(f"/cms/pages/{guide.pk}/delete/").status_code == 302
    assert not GuidePage.objects.filter(pk=guide.pk).exists()
    assert said()[-1][:2] == (LIVED_EXPERIENCE_REVIEWERS, "Taken: Can add page – Soon gone")


def test_administrators_read_it_as_a_report_with_the_partners_that_came_and_went(editor: Client, sam: User) -> None:
    sam.groups.add(Group.objects.get(name=HELPLINE_KEEPERS))
    partner = build.page(PartnerPage, PartnerIndexPage.objects.get(), "Riverside Listeners")
    editor.post(f"/cms/pages/{partner.pk}/delete/")
    build.guide("Not a right")
    editor.get("/cms/")  # shows the notice that the page is deleted
    html = editor.get("/cms/reports/rights/").content.decode()
    assert "Given: member of “Helpline keepers”" in html
    assert html.count("Riverside Listeners") == 2
    assert "Not a right" not in html
    assert "/cms/reports/rights/" in editor.get("/cms/account/").content.decode()
    listed = editor.get("/cms/reports/rights/?export=csv").getvalue().decode()
    assert "sam" in listed
    assert "Not a right" not in listed


def test_nobody_else_reads_it(editor: Client, sam: User) -> None:
    sam.groups.add(Group.objects.get(name=HELPLINE_KEEPERS))
    client = build.signed_in(sam)
    assert client.get("/cms/reports/rights/").status_code == 302
    assert client.get("/cms/reports/rights/results/").status_code == 302
    assert "/cms/reports/rights/" not in client.get("/cms/").content.decode()


def test_an_administrator_by_group_reads_it_too(editor: Client, sam: User) -> None:
    group = Group.objects.get(name=ADMINISTRATORS)
    codenames = ["access_admin", "change_user", "change_group"]
    group.permissions.set(Permission.objects.filter(codename__in=codenames))
    sam.groups.add(group)
    assert "Given: member of “Administrators”" in build.signed_in(sam).get("/cms/reports/rights/").content.decode()


def partner_editor(slug: str, *rights: str) -> Client:
    """Sign in somebody who looks after one partner's shelf."""
    user = User.objects.create_user(f"editor-of-{slug}")
    group = Group.objects.create(name=f"Partner editors: {slug}")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    for right in rights:
        GroupPagePermission.objects.create(group=group, page=build.shelf(slug), permission_type=right)
    user.groups.add(group)
    return build.signed_in(user)


def test_a_partner_sees_what_happened_in_its_own_section_and_not_in_anothers(editor: Client) -> None:
    slugs = list(PartnerPage.objects.live().values_list("slug", flat=True)[:2])
    own, other = (build.guide(f"A guide of {slug}", under=build.shelf(slug)) for slug in slugs)
    client = partner_editor(slugs[0], "add", "change", "publish")
    html = client.get("/cms/reports/site-history/").content.decode()
    assert own.title in html
    assert other.title not in html
    assert client.get(f"/cms/pages/{own.pk}/history/").status_code == 200
    assert client.get(f"/cms/pages/{other.pk}/history/").status_code == 302
    listed = client.get("/cms/reports/site-history/?export=csv").getvalue().decode()
    assert own.title in listed
    assert other.title not in listed
    assert "editor-of-" not in html.replace(f"editor-of-{slugs[0]}", ""), "nor who got which rights"

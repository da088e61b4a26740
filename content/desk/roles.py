"""The groups of /cms/ and what each may do: made by `manage.py up` and before a partner is added, as often as you like."""

from collections.abc import Iterable

from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction

from wagtail import hooks
from wagtail.documents.models import Document
from wagtail.images.models import Image
from wagtail.models import Collection, GroupApprovalTask, GroupCollectionPermission, GroupPagePermission, Page

from content.media import shared_collection
from content.roles import (
    ADMINISTRATORS,
    CLINICAL_REVIEWERS,
    HELPLINE_KEEPERS,
    LIVED_EXPERIENCE_REVIEWERS,
    LONDON_EDITORS,
)

ENTER = ["wagtailadmin.access_admin"]
TRANSLATE = ["wagtail_localize.submit_translation"]
EVERY_PAGE = ["add", "change", "publish", "bulk_delete", "lock", "unlock"]
EVERY_FILE = ["add", "change", "choose"]

FOR_THE_WHOLE_SITE = {
    LONDON_EDITORS: [
        *ENTER,
        *TRANSLATE,
        *(f"wagtailredirects.{action}_redirect" for action in ["add", "change", "delete"]),
        *(f"search.{action}_searchphrase" for action in ["add", "change", "delete"]),
        *(f"content.{action}_partnerteam" for action in ["add", "change", "delete"]),
        "content.view_helpline",
    ],
    CLINICAL_REVIEWERS: ENTER,
    LIVED_EXPERIENCE_REVIEWERS: ENTER,
    HELPLINE_KEEPERS: [*ENTER, *(f"content.{action}_helpline" for action in ["add", "change", "view"])],
}
"""What each role may do beyond pages, pictures and documents. A helpline that has ended is marked so, never deleted."""


@transaction.atomic
def set_up_roles() -> None:
    """Make the groups, give each what its role needs, and let Wagtail's own two go when nobody is in them."""
    for role, permissions in FOR_THE_WHOLE_SITE.items():
        group, _made = Group.objects.get_or_create(name=role)
        allow(group, permissions)
    administrators, _made = Group.objects.get_or_create(name=ADMINISTRATORS)
    for registered in hooks.get_hooks("register_permissions"):
        administrators.permissions.add(*registered())
    library = shared_collection()
    for group in Group.objects.filter(name__in=[LONDON_EDITORS, ADMINISTRATORS]):
        allow_pages(group, Page.get_first_root_node(), EVERY_PAGE)
        allow_files(group, Collection.get_first_root_node(), EVERY_FILE)
        allow_in(group, Collection.get_first_root_node(), Collection, ["add", "change", "delete"])
    for group in Group.objects.filter(name__in=FOR_THE_WHOLE_SITE):
        allow_files(group, library, ["choose"])
    _retire_wagtails_own_groups()


def allow(group: Group, names: Iterable[str]) -> None:
    """Give a group permissions that hold everywhere. names: such as `content.change_helpline`."""
    for name in names:
        app, codename = name.split(".")
        group.permissions.add(Permission.objects.get(content_type__app_label=app, codename=codename))


def allow_pages(group: Group, page: Page, actions: Iterable[str]) -> None:
    """Give a group Wagtail's page permissions on a page and all that stands under it."""
    for action in actions:
        GroupPagePermission.objects.get_or_create(group=group, page=page, permission=_permission(Page, action))


def allow_files(group: Group, collection: Collection, actions: Iterable[str]) -> None:
    """Give a group permissions on the pictures and documents of a collection and of those in it."""
    for model in [Image, Document]:
        allow_in(group, collection, model, actions)


def allow_in(group: Group, collection: Collection, model: type[models.Model], actions: Iterable[str]) -> None:
    """Give a group permissions on the rows of a model that lie in a collection and in those below it."""
    for action in actions:
        GroupCollectionPermission.objects.get_or_create(
            group=group, collection=collection, permission=_permission(model, action)
        )


def _permission(model: type[models.Model], action: str) -> Permission:
    content_type = ContentType.objects.get_for_model(model)
    return Permission.objects.get(content_type=content_type, codename=f"{action}_{model._meta.model_name}")


def _retire_wagtails_own_groups() -> None:
    """Delete Editors and Moderators, who may change every page, when nobody is in them; London editors take their tasks."""
    unused = Group.objects.filter(name__in=["Editors", "Moderators"], user=None)
    for task in GroupApprovalTask.objects.filter(groups__in=unused):
        task.groups.add(Group.objects.get(name=LONDON_EDITORS))
    unused.delete()

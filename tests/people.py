"""Signs in people of each role, as far as a test needs them."""

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.test import Client

from wagtail.models import GroupPagePermission, Page

from tests import build


def signed_in(role: str, *, edits: Page | None = None, may: tuple[str, ...] = ()) -> Client:
    """Sign in somebody of one role.

    role: a name of content.roles; edits: the page from which on down she may change and publish; may: further permissions
    of the content app, such as "change_helpline".
    """
    group, _made = Group.objects.get_or_create(name=role)
    own = Permission.objects.filter(content_type__app_label="content", codename__in=may)
    group.permissions.add(Permission.objects.get(codename="access_admin"), *own)
    if edits:
        for codename in ("change_page", "publish_page"):
            permission = Permission.objects.get(content_type__app_label="wagtailcore", codename=codename)
            GroupPagePermission.objects.get_or_create(group=group, page=Page.objects.get(pk=edits.pk), permission=permission)
    user = get_user_model().objects.create_user(f"{role} {get_user_model().objects.count()}", password="a long password")
    user.groups.add(group)
    return build.signed_in(user)

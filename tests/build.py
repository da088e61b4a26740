"""Makes what a test needs in one line."""

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.core.exceptions import ValidationError
from django.test import Client

from wagtail.models import GroupPagePermission, Page

import pytest

from content.base import BasePage
from content.blocks import BodyBlock
from content.models import GuideIndexPage, GuidePage, PartnerShelf, TopicPage


def page(model: type[BasePage], under: Page, title: str = "A page", *, live: bool = True, **fields: object) -> BasePage:
    """Make a page and publish it unless told not to; `topics` and other relations are set before it is saved."""
    made = model(title=title, live=False, **{name: value for name, value in fields.items() if name != "topics"})
    if "topics" in fields:
        made.topics = fields["topics"]
    under = type(under).objects.get(pk=under.pk)
    under.add_child(instance=made)
    if live:
        made.save_revision(keep_sample=True).publish()
        made.refresh_from_db()
    return made


def guide(title: str = "A guide", *, under: Page | None = None, **fields: object) -> GuidePage:
    """Make a guide about sleep in the index, or on a shelf."""
    topics = fields.pop("topics", [TopicPage.objects.get(slug="sleep")])
    return page(GuidePage, under or GuideIndexPage.objects.get(), title, topics=topics, **fields)


def shelf(slug: str) -> PartnerShelf:
    """Find a sample partner's shelf of guides."""
    return PartnerShelf.objects.child_of(GuideIndexPage.objects.get()).get(partner__slug=slug)


def partner_editor(*shelves: Page, name: str = "amina") -> Client:
    """Sign in somebody who may write and change pages on some shelves, and publish nothing."""
    group = Group.objects.create(name=f"Editors of {name}")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    for shelf in shelves:
        for codename in ("add_page", "change_page"):
            permission = Permission.objects.get(content_type__app_label="wagtailcore", codename=codename)
            GroupPagePermission.objects.create(group=group, page=shelf, permission=permission)
    user = get_user_model().objects.create_user(name, password="correct horse battery")
    user.groups.add(group)
    client = Client()
    client.force_login(user)
    return client


def checked(*stored: tuple[str, object]) -> list:
    """Give a body to the editor's checks."""
    body = BodyBlock()
    return list(body.clean(body.to_python([{"type": kind, "value": value} for kind, value in stored])))


def refusals(*stored: tuple[str, object]) -> dict[int, str]:
    """List what the editor's checks say, by the place of the block."""
    with pytest.raises(ValidationError) as caught:
        checked(*stored)
    return {place: " ".join(ValidationError(error).messages) for place, error in caught.value.block_errors.items()}

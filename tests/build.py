"""Makes what a test needs in one line."""

from datetime import date

from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractUser, Group, Permission
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.test import Client

from wagtail.models import GroupPagePermission, Page, Revision

import django_otp
import pytest
from django_otp.plugins.otp_totp.models import TOTPDevice

from content import roles
from content.approvals.models import WHO_MAY, Approval
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
        publish(made, keep_sample=True)
    return made


SOURCES = [("source", {"title": "Sleep problems", "publisher": "NHS", "url": "https://www.nhs.uk/"})]
COMPLETE = {"sources": SOURCES, "interests": "Nobody who made it gains by it.", "next_review": date(2027, 5, 1)}


def guide(title: str = "A guide", *, under: Page | None = None, **fields: object) -> GuidePage:
    """Make a guide about sleep in the index, or on a shelf, with all that a guide needs to go live."""
    topics = fields.pop("topics", None) or [TopicPage.objects.get(slug="sleep")]
    return page(GuidePage, under or GuideIndexPage.objects.get(), title, topics=topics, **COMPLETE | fields)


def user(name: str, *groups: str) -> AbstractUser:
    """Find or make somebody with some roles."""
    found, _ = get_user_model().objects.get_or_create(username=name)
    found.groups.set([Group.objects.get_or_create(name=group)[0] for group in groups])
    return found


def approve(revision: Revision, *kinds: str) -> None:
    """Give a version the approvals that it needs, or some of them, each by somebody with that role."""
    for kind in kinds or revision.as_object().needs_approvals:
        Approval.objects.create_for(revision, kind, user=user(f"{kind} approver", WHO_MAY[kind]), role="Psychologist")


def publish(page: BasePage, **kwargs: object) -> None:
    """Publish a page as it is, approved by those who must; a sample needs nobody."""
    revision = page.save_revision(**kwargs)
    if not page.sample or page.is_translation:
        approve(revision)
    revision.publish()
    page.refresh_from_db()


def from_the_library(revision: Revision) -> None:
    """Let the starter library vouch for a plain page."""
    Approval.objects.create_for(revision, Approval.Kind.STARTER, role="Starter library")


def publish_anyway(page: BasePage, **kwargs: object) -> None:
    """Publish a page as an administrator can in an emergency, whatever stands against it."""
    revision, administrator = page.save_revision(**kwargs), user("administrator", roles.ADMINISTRATORS)
    Approval.objects.create_for(revision, "emergency", user=administrator, role="Administrator", comment="It cannot wait.")
    revision.publish()
    page.refresh_from_db()


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
    editor = get_user_model().objects.create_user(name, password="correct horse battery")
    editor.groups.add(group)
    return signed_in(editor)


def checked(*stored: tuple[str, object]) -> list:
    """Give a body to the editor's checks."""
    body = BodyBlock()
    return list(body.clean(body.to_python([{"type": kind, "value": value} for kind, value in stored])))


def refusals(*stored: tuple[str, object]) -> dict[int, str]:
    """List what the editor's checks say, by the place of the block."""
    with pytest.raises(ValidationError) as caught:
        checked(*stored)
    return {place: " ".join(ValidationError(error).messages) for place, error in caught.value.block_errors.items()}


def signed_in(user: AbstractUser) -> Client:
    """Give the browser of somebody who gave her password and the code from her phone."""
    client = Client()
    client.force_login(user)
    request = HttpRequest()
    request.session, request.user = client.session, user
    django_otp.login(request, TOTPDevice.objects.get_or_create(user=user, name="app")[0])
    request.session.save()
    return client

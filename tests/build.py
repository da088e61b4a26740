"""Makes what a test needs in one line."""

from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.test import Client

from wagtail.models import Page

import django_otp
import pytest
from django_otp.plugins.otp_totp.models import TOTPDevice

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


def checked(*stored: tuple[str, object]) -> list:
    """Give a body to the editor's checks."""
    body = BodyBlock()
    return list(body.clean(body.to_python([{"type": kind, "value": value} for kind, value in stored])))


def refusals(*stored: tuple[str, object]) -> dict[int, str]:
    """List what the editor's checks say, by the place of the block."""
    with pytest.raises(ValidationError) as caught:
        checked(*stored)
    return {place: " ".join(ValidationError(error).messages) for place, error in caught.value.block_errors.items()}


def signed_in(user: AbstractBaseUser) -> Client:
    """Give the browser of somebody who gave her password and the code from her phone."""
    client = Client()
    client.force_login(user)
    request = HttpRequest()
    request.session, request.user = client.session, user
    django_otp.login(request, TOTPDevice.objects.get_or_create(user=user, name="app")[0])
    request.session.save()
    return client

"""Everybody who works in /cms/, and partners made by the real command with something of each kind in their sections."""

from dataclasses import dataclass
from datetime import timedelta
from io import BytesIO, StringIO

from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractBaseUser, Group
from django.core.files.base import ContentFile
from django.core.files.images import ImageFile
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from wagtail.contrib.redirects.models import Redirect

from PIL import Image

from content.media import shared_collection
from content.models import CustomDocument, CustomImage, GuidePage, Helpline, PartnerShelf, PartnerTeam
from content.roles import (
    ADMINISTRATORS,
    CLINICAL_REVIEWERS,
    HELPLINE_KEEPERS,
    LIVED_EXPERIENCE_REVIEWERS,
    LONDON_EDITORS,
)
from tests import build

ROLES = {
    "partner editor": "Harbour",
    "lived-experience reviewer": LIVED_EXPERIENCE_REVIEWERS,
    "clinical reviewer": CLINICAL_REVIEWERS,
    "London editor": LONDON_EDITORS,
    "helpline keeper": HELPLINE_KEEPERS,
    "administrator": ADMINISTRATORS,
}


@dataclass
class Section:
    """A partner's section, with one of each kind in it; the word is in each title that only its own people may read."""

    team: PartnerTeam
    shelf: PartnerShelf
    draft: GuidePage
    live: GuidePage
    in_review: GuidePage
    picture: CustomImage
    document: CustomDocument
    redirect: Redirect
    editor: AbstractBaseUser

    @property
    def pages(self) -> list:
        """All its pages."""
        return [self.draft, self.live, self.in_review, self.shelf, self.team.partner]


def section(name: str, word: str) -> Section:
    """Add a partner by the command and fill its section."""
    email = f"editor@{name.lower()}.example"
    call_command("add_partner", name, editor=[email], training=True, stdout=StringIO())
    team, user = PartnerTeam.objects.get(partner__title=name), get_user_model().objects.get(email=email)
    shelf = PartnerShelf.objects.filter(partner=team.partner).order_by("path").first()
    live = build.guide(f"{name} for all", under=shelf)
    live.title = f"{name} {word} to come"
    live.save_revision(user=user)
    helplines = ("helplines", {"title": "Call", "intro": "", "helplines": list(Helpline.objects.all())})
    said = {"summary": f"About {word}.", "body": [helplines]}
    draft = build.guide(f"{name} {word} draft", under=shelf, live=False, owner=user, **said)
    build.approve(draft.save_revision(user=user))
    in_review = build.guide(f"{name} {word} submitted", under=shelf, live=False, owner=user)
    in_review.save_revision(user=user)
    in_review.get_workflow().start(in_review, user)
    document = CustomDocument(title=f"{name} {word}", file=ContentFile(b"a", "a.pdf"), collection=team.collection)
    document._set_document_file_metadata()
    document.save()
    return Section(
        team,
        shelf,
        draft,
        live,
        in_review,
        CustomImage.objects.create(title=f"{name} {word}", file=picture(), collection=team.collection),
        document,
        Redirect.objects.create(old_path=f"/{word}-{name.lower()}", redirect_link=f"/{word}/"),
        user,
    )


def shared_picture() -> CustomImage:
    """Give a picture that everybody may choose, made the newest, so that it stands at the top of the chooser."""
    chosen = CustomImage.objects.filter(collection=shared_collection()).order_by("pk").first()
    CustomImage.objects.filter(pk=chosen.pk).update(created_at=timezone.now() + timedelta(minutes=1))
    return chosen


def picture() -> ImageFile:
    """Draw a grey square."""
    drawn = BytesIO()
    Image.new("RGB", (40, 40), "grey").save(drawn, "PNG")
    return ImageFile(BytesIO(drawn.getvalue()), "grey.png")


def somebody(role: str) -> AbstractBaseUser:
    """Make somebody with one of the roles, except a partner's editor, whom the command makes."""
    user = get_user_model().objects.create_user(role.lower().replace(" ", "-"), password="correct horse battery")
    user.groups.add(Group.objects.get(name=ROLES[role]))
    return user


def browser(user: AbstractBaseUser) -> Client:
    """Sign somebody in."""
    client = build.signed_in(user)
    client.raise_request_exception = False
    return client

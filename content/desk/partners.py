"""Adding a partner in one go, and taking one away without losing a word."""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractBaseUser, Group
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import Q
from django.dispatch import receiver
from django.utils.text import slugify
from django.utils.translation import gettext as _

from wagtail.models import Collection, GroupPagePermission, Locale, Page, WorkflowPage
from wagtail.signals import copy_for_translation_done

from content.approvals.tasks import set_up_workflow
from content.media import shared_collection
from content.models import FirstPassword, GuideIndexPage, PartnerIndexPage, PartnerPage, PartnerShelf, TrainingIndexPage
from content.models import PartnerTeam as Team
from content.roles import PARTNER_EDITORS

from .roles import ENTER, EVERY_FILE, TRANSLATE, allow, allow_files, allow_pages, set_up_roles

PARTNERS_COLLECTION = "Partners"
"""The collection that holds each partner's own."""


@dataclass
class Added:
    """A new partner, and the password of each editor who had none yet: it works once and is kept nowhere."""

    team: Team
    passwords: dict[str, str] = field(default_factory=dict)
    known: list[str] = field(default_factory=list)
    """Editors who sign in as they did before."""


def check_name(name: str) -> str:
    """Give the name of a new partner without the spaces around it. Raises ValidationError in words."""
    name = " ".join(name.split())
    if not slugify(name):
        raise ValidationError(_("Write the partner’s name, in letters."))
    taken = PartnerPage.objects.filter(Q(title__iexact=name) | Q(draft_title__iexact=name) | Q(slug=slugify(name)))
    if taken.exists() or Group.objects.filter(name=_group_name(name)).exists():
        raise ValidationError(
            _("There is a partner called “%(name)s” already. Add editors under Settings → Partners, or change the name."),
            params={"name": name},
        )
    if len(_group_name(name)) > Group._meta.get_field("name").max_length:
        raise ValidationError(_("That name is too long. Shorten it: the partner’s page can say it in full."))
    return name


def check_emails(emails: Iterable[str]) -> list[str]:
    """Give each address once, in small letters. Raises ValidationError that names the one that is none."""
    cleaned = list(dict.fromkeys(email.strip().lower() for email in emails if email.strip()))
    if not cleaned:
        raise ValidationError(_("Write the email address of at least one editor."))
    for email in cleaned:
        try:
            validate_email(email)
        except ValidationError as error:
            message = _("“%(email)s” is no email address. Write it like name@example.org.")
            raise ValidationError(message, params={"email": email}) from error
    return cleaned


@transaction.atomic
def add_partner(name: str, emails: Iterable[str], *, training: bool = False) -> Added:
    """Make a partner's page (a draft), shelf, group, collection, permissions, workflow and editors, or nothing at all.

    training: True for a shelf among the courses too. Raises ValidationError in words.
    """
    name, emails = check_name(name), check_emails(emails)
    set_up_roles()
    partner = PartnerPage(title=name, slug=slugify(name), live=False)
    _index(PartnerIndexPage).add_child(instance=partner)
    partner.save_revision()
    group = Group.objects.create(name=_group_name(name))
    team = Team.objects.create(partner=partner, group=group, collection=_partners_collection().add_child(name=name))
    allow(group, [*ENTER, *TRANSLATE])
    allow_files(group, team.collection, EVERY_FILE)
    allow_files(group, shared_collection(), ["choose"])
    _give(team, partner, ["change"])
    for index in [GuideIndexPage, *([TrainingIndexPage] if training else [])]:
        shelf = PartnerShelf(title=name, slug=f"shelf-{partner.slug}", partner=partner)
        _index(index).add_child(instance=shelf)
        _give(team, shelf, ["add", "change"])
    return add_editors(team, emails)


@transaction.atomic
def add_editors(team: Team, emails: Iterable[str]) -> Added:
    """Let people into a partner's section. Who has no account gets one, with a password that works once.

    Raises ValidationError in words.
    """
    added, users = Added(team), get_user_model().objects
    for email in check_emails(emails):
        user = users.filter(Q(email__iexact=email) | Q(username__iexact=email)).first()
        if user is None:
            added.passwords[email] = secrets.token_urlsafe(15)
            user = users.create_user(email, email, added.passwords[email])
            FirstPassword.objects.create(user=user)
        elif user.is_active:
            added.known.append(email)
        else:
            message = _("The account of %(email)s is switched off. Ask an administrator to switch it on first.")
            raise ValidationError(message, params={"email": email})
        user.groups.add(team.group)
    return added


@transaction.atomic
def remove_partner(team: Team) -> list[str]:
    """End a partner's access. Pages, pictures and documents stay where they are, in the care of London editors.

    Returns the names of the accounts that were switched off: those of people who have no other part here.
    """
    leaving = [user for user in team.group.user_set.all() if _has_no_other_part(user, team)]
    for user in leaving:
        user.is_active = False
        user.save(update_fields=["is_active"])
    team.group.delete()
    return [user.get_username() for user in leaving]


def _has_no_other_part(user: AbstractBaseUser, team: Team) -> bool:
    return not user.is_superuser and not user.groups.exclude(pk=team.group_id).exists()


def _give(team: Team, page: Page, actions: Iterable[str]) -> None:
    """Give a team its permissions on a page, and the page its workflow."""
    allow_pages(team.group, page, actions)
    WorkflowPage.objects.get_or_create(page=page, defaults={"workflow": set_up_workflow()})


@receiver(copy_for_translation_done)
def give_the_translation_too(sender: type, source_obj: object, target_obj: object, **kwargs: object) -> None:
    """What a partner may do on its shelf and its page, it may do on their translations, and they go through the same."""
    if isinstance(target_obj, PartnerShelf | PartnerPage):
        for permission in GroupPagePermission.objects.filter(page=source_obj.pk, group__partner_team__isnull=False):
            GroupPagePermission.objects.get_or_create(
                group=permission.group, page_id=target_obj.pk, permission=permission.permission
            )
        for link in WorkflowPage.objects.filter(page=source_obj.pk):
            WorkflowPage.objects.get_or_create(page_id=target_obj.pk, defaults={"workflow": link.workflow})


def _index(model: type[Page]) -> Page:
    return model.objects.get(locale=Locale.get_default())


def _partners_collection() -> Collection:
    root = Collection.get_first_root_node()
    return Collection.objects.child_of(root).filter(name=PARTNERS_COLLECTION).first() or root.add_child(
        name=PARTNERS_COLLECTION
    )


def _group_name(partner: str) -> str:
    return PARTNER_EDITORS.format(partner=partner)

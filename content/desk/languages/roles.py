"""Translators: a group for each language, whose members may change the pages of that language and no others."""

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, Group
from django.db.models.signals import post_save
from django.dispatch import receiver

from wagtail.models import GroupPagePermission, Locale

from content.desk.roles import ENTER, TRANSLATE, allow, allow_files, allow_pages
from content.media import shared_collection
from content.models import HomePage, PartnerShelf
from content.roles import LONDON_EDITORS, has_role, translators_of


def set_up_translators() -> None:
    """Make the group of each language, and open its pages to it where there are any. To be run as often as you like."""
    for locale in Locale.objects.exclude(language_code=settings.LANGUAGE_CODE):
        group, _is_new = Group.objects.get_or_create(name=translators_of(locale.language_code))
        allow(group, [*ENTER, *TRANSLATE])
        allow_files(group, shared_collection(), ["choose"])
        for home in HomePage.objects.filter(locale=locale):
            allow_pages(group, home, ["change"])


def may_translate(user: AbstractBaseUser, code: str) -> bool:
    """Tell whether the desk of a language is open to somebody. code: of a language of the settings."""
    return has_role(user, LONDON_EDITORS, translators_of(code))


@receiver(post_save, sender=HomePage)
def open_a_new_language(instance: HomePage, created: bool, **kwargs: object) -> None:
    """Open the pages of a language to its translators as soon as there is the first one."""
    group = Group.objects.filter(name=translators_of(instance.locale.language_code)).first()
    if created and group:
        allow_pages(group, instance, ["change"])


@receiver(post_save, sender=PartnerShelf)
def open_a_translated_shelf(instance: PartnerShelf, created: bool, **kwargs: object) -> None:
    """Let a partner's editors translate what is theirs: they may do on a translated shelf what they may on its source."""
    if not created or instance.locale.language_code == settings.LANGUAGE_CODE:
        return
    for given in GroupPagePermission.objects.filter(page__in=instance.get_translations().values("page_ptr")):
        GroupPagePermission.objects.get_or_create(group=given.group, page_id=instance.pk, permission=given.permission)

"""The desk of translators: what Wagtail's own forms check and the translation editor does not."""

import json

from django.db.models.signals import post_save
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from wagtail import hooks
from wagtail.admin import messages
from wagtail.models import Page
from wagtail.whitelist import check_url
from wagtail_localize.models import SegmentOverride


@receiver(post_save, sender=SegmentOverride)
def refuse_addresses_that_could_run(sender: type[SegmentOverride], instance: SegmentOverride, **about: object) -> None:
    """Mark a translated link that leads to a script and not to a page: a marked one is shown to its translator, never used.

    The translation editor takes any text for the address of a link within words, and asks no form of Wagtail's.
    """
    address = json.loads(instance.data_json)
    bad = isinstance(address, str) and check_url(address) is None
    said = _("This address cannot be used. Copy the one that your browser shows: it starts with https://") if bad else ""
    if (instance.has_error, instance.field_error) != (bad, said):
        instance.has_error, instance.field_error = bad, said
        sender.objects.filter(pk=instance.pk).update(has_error=bad, field_error=said)


@hooks.register("before_move_page")
def keep_beside_its_source(request: HttpRequest, page: Page, destination: Page) -> HttpResponse | None:
    """Move no translation by itself: it has the address of its source, and moves with it."""
    if not page.specific.is_translation:
        return None
    messages.error(
        request, _("A translation stands where its source stands. Move the English page: this one moves with it.")
    )
    return redirect("wagtailadmin_explore", page.get_parent().pk)

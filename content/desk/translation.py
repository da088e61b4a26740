"""The desk of translators: what Wagtail's own forms check and the translation editor does not."""

import json
import re
from urllib.parse import urlsplit

from django.db.models.signals import post_save
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from wagtail import hooks
from wagtail.admin import messages
from wagtail.models import Page
from wagtail_localize.models import OverridableSegment, SegmentOverride

_ADDRESS = re.compile(r"https://(?P<host>[a-z0-9.-]+)(?::\d+)?(?:[/?#][^\s\\\x00-\x1f\x7f]*)?", re.IGNORECASE)
"""An address that every browser reads as we do: no name before its host, no backslash, no space."""


@receiver(post_save, sender=SegmentOverride)
def refuse_links_to_elsewhere(sender: type[SegmentOverride], instance: SegmentOverride, **about: object) -> None:
    """Mark a translated link that does not lead to the host of its source: its translator sees why, and it is never used.

    The translation editor takes any text for the address of a link within words, and asks no form of Wagtail's.
    """
    address = json.loads(instance.data_json)
    said = _objection(address, _addresses(instance)) if isinstance(address, str) else ""
    if (instance.has_error, instance.field_error) != (bool(said), said):
        instance.has_error, instance.field_error = bool(said), said
        sender.objects.filter(pk=instance.pk).update(has_error=bool(said), field_error=said)


def _addresses(override: SegmentOverride) -> list[str]:
    """The addresses that the source has at this place."""
    segments = OverridableSegment.objects.filter(context_id=override.context_id)
    return [data for segment in segments if isinstance(data := segment.data, str)]


def _objection(address: str, originals: list[str]) -> str:
    """Say what is wrong with the address of a link in a translation; empty when nothing is."""
    if address in originals:
        return ""
    plain = _ADDRESS.fullmatch(address)
    if plain is None:
        return _("This address cannot be used. Copy the one that your browser shows: it starts with https://")
    hosts = {host for original in originals if (host := urlsplit(original).hostname)}
    if plain["host"].lower() not in hosts:
        return _("In English this leads to %(host)s. Link to a page there, or leave the English link.") % {
            "host": ", ".join(sorted(hosts)) or _("a page of ours")
        }
    return ""


@hooks.register("before_move_page")
def keep_beside_its_source(request: HttpRequest, page: Page, destination: Page) -> HttpResponse | None:
    """Move no translation by itself: it has the address of its source, and moves with it."""
    if not page.specific.is_translation:
        return None
    messages.error(
        request, _("A translation stands where its source stands. Move the English page: this one moves with it.")
    )
    return redirect("wagtailadmin_explore", page.get_parent().pk)

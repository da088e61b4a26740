"""Translations as files for translators' own programs: XLIFF out and in (OASIS XLIFF 1.2). PO is wagtail-localize's own."""

import xml.etree.ElementTree as ElementTree

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path
from django.utils.translation import gettext as _

from wagtail import hooks
from wagtail.admin import messages
from wagtail_localize.models import Translation

import polib
from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

XLIFF = "urn:oasis:names:tc:xliff:document:1.2"
LARGEST = 2_000_000
"""Bytes of a file that is read: a guide has some fifty thousand."""


def to_xliff(translation: Translation) -> bytes:
    """Write a translation as XLIFF 1.2: a unit for each sentence, its place as its name."""
    ElementTree.register_namespace("", XLIFF)
    root = ElementTree.Element(f"{{{XLIFF}}}xliff", version="1.2")
    source, target = translation.source.locale.language_code, translation.target_locale.language_code
    about = {"original": str(translation.uuid), "datatype": "htmlbody", "source-language": source, "target-language": target}
    file = ElementTree.SubElement(root, f"{{{XLIFF}}}file", about)
    body = ElementTree.SubElement(file, f"{{{XLIFF}}}body")
    for number, entry in enumerate(translation.export_po(), start=1):
        unit = ElementTree.SubElement(body, f"{{{XLIFF}}}trans-unit", id=str(number), resname=entry.msgctxt)
        ElementTree.SubElement(unit, f"{{{XLIFF}}}source").text = entry.msgid
        state = {"state": "translated"} if entry.msgstr else {"state": "new"}
        ElementTree.SubElement(unit, f"{{{XLIFF}}}target", state).text = entry.msgstr
    return ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)


def from_xliff(data: bytes, translation: Translation) -> polib.POFile:
    """Read a translation that comes back. Raises ValueError with what to do when it is no XLIFF of this translation."""
    try:
        root = fromstring(data)
    except (ElementTree.ParseError, DefusedXmlException, ValueError) as error:
        raise ValueError(_("This file is no XLIFF. Save it as XLIFF 1.2 and try again.")) from error
    file = root.find(f"{{{XLIFF}}}file")
    if file is None:
        raise ValueError(_("This file is no XLIFF 1.2. Save it as XLIFF 1.2 and try again."))
    if file.get("original") != str(translation.uuid):
        raise ValueError(_("This file belongs to another translation. Take out the right one and try again."))
    po = polib.POFile()
    for unit in file.iter(f"{{{XLIFF}}}trans-unit"):
        said = unit.findtext(f"{{{XLIFF}}}source"), unit.findtext(f"{{{XLIFF}}}target")
        if all(said):
            po.append(polib.POEntry(msgid=said[0], msgstr=said[1], msgctxt=unit.get("resname")))
    return po


def xliff(request: HttpRequest, translation_id: int) -> HttpResponse:
    """Give a translation as a file, or take one back. Raises Http404."""
    translation = get_object_or_404(Translation, pk=translation_id)
    page = translation.get_target_instance()
    if not page.permissions_for_user(request.user).can_edit():
        raise PermissionDenied
    if request.method != "POST":
        name = f"{page.slug}-{translation.target_locale.language_code}.xlf"
        disposition = {"Content-Disposition": f'attachment; filename="{name}"'}
        return HttpResponse(to_xliff(translation), content_type="application/xliff+xml", headers=disposition)
    uploaded = request.FILES.get("file")
    try:
        if uploaded is None or uploaded.size > LARGEST:
            raise ValueError(_("Choose an XLIFF file of at most 2 MB."))
        translation.import_po(from_xliff(uploaded.read(), translation), user=request.user, tool_name="XLIFF")
    except ValueError as error:
        messages.error(request, str(error))
    else:
        translation.save_target(user=request.user, publish=False)
        messages.success(request, _("Taken in as a draft. Nothing is live yet: somebody else checks it first."))
    return redirect("translation_check", page.pk)


@hooks.register("register_admin_urls")
def urls() -> list[URLPattern]:
    """Where files go out and come in."""
    return [path("translations/<int:translation_id>/xliff/", xliff, name="translation_xliff")]

"""A translation beside its source: what is missing, what is behind, and the second speaker's word that it is right."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path, reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.widgets import Button
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail_localize.models import Translation, TranslationSource

from content.approvals.fingerprint import fingerprint
from content.approvals.forms import ApprovalForm
from content.approvals.models import Approval, authors_of
from content.base import BasePage
from content.gate import obstacles
from content.quality.draft import words_of
from content.translations.models import PageTranslation
from content.translations.parts import Behind
from content.translations.step import source_of

from .roles import may_translate


@dataclass(frozen=True)
class Moved:
    """A part in which the source has moved on, with what it says now."""

    behind: Behind
    words: str

    @property
    def how_in_words(self) -> str:
        return {"changed": _("changed"), "added": _("new"), "removed": _("taken out")}[self.behind.how]


class CheckForm(ApprovalForm):
    """What a second speaker is asked for."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].help_text = _("Readers see it, never your name. For example: Interpreter.")
        self.fields["role"].error_messages["required"] = _("Write your role, for example: Interpreter.")


def translation_check(request: HttpRequest, page_id: int) -> HttpResponse:
    """Show how a translation stands, and publish it on a second speaker's word. Raises Http404 for an original."""
    page = get_object_or_404(Page, pk=page_id).specific
    if not page.permissions_for_user(request.user).can_edit():
        raise PermissionDenied
    source = source_of(page) if isinstance(page, BasePage) else None
    if source is None:
        raise Http404
    kept = TranslationSource.objects.get_for_instance_or_none(source)
    translation = Translation.objects.filter(source=kept, target_locale_id=page.locale_id).first()
    if request.method == "POST" and "assemble" in request.POST and translation:
        # Nobody's version: who wrote which sentence is noted with the sentence.
        translation.save_target(user=None, publish=False)
        return redirect("translation_check", page.pk)
    form = CheckForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            return _publish(request, page, form)
        except ValidationError as error:
            form.add_error(None, error)
    draft = page.get_latest_revision_as_object()
    findings, missing = obstacles(draft)
    record = PageTranslation.objects.filter(page_id=page.pk).first()
    context = {
        "page": page,
        "source": source,
        "record": record,
        "moved": list(moved(source, record)) if record else [],
        "findings": findings,
        "missing": missing,
        "translation": translation,
        "has_more": translation is not None and _has_more(translation, draft),
        "may_check": may_translate(request.user, page.locale.language_code),
        "is_author": request.user.pk in authors_of(page, Approval.Kind.TRANSLATION),
        "form": form,
    }
    return render(request, "desk/languages/check.html", context)


def _has_more(translation: Translation, draft: BasePage) -> bool:
    """Tell whether sentences were translated since the newest version was made: the editor saves each by itself."""
    whole = translation.source.get_ephemeral_translated_instance(translation.target_locale, fallback=True)
    return fingerprint(whole) != fingerprint(draft)


def moved(source: BasePage, record: PageTranslation) -> Iterator[Moved]:
    """List what the source has changed since, each with what it says now."""
    for behind in record.parts_behind:
        field, _dot, block_id = behind.name.partition(".")
        value = getattr(source, field)
        if isinstance(source._meta.get_field(field), StreamField):
            child = next((child for child in value if child.id == block_id), None)
            words = " ".join(child.block.get_searchable_content(child.value)) if child else ""
            words = words or (words_of(child.block, child.value) if child else "")
        else:
            words = str(value)
        yield Moved(behind, Truncator(words).chars(300))


def _publish(request: HttpRequest, page: BasePage, form: CheckForm) -> HttpResponse:
    revision = page.get_latest_revision()
    if findings := obstacles(revision.as_object())[0]:
        raise ValidationError([f"{finding.where}: {finding.why} {finding.mend}" for finding in findings])
    Approval.objects.create_for(revision, Approval.Kind.TRANSLATION, user=request.user, **form.cleaned_data)
    revision.publish(user=request.user, skip_permission_checks=True)
    messages.success(request, _("It is live, and says that a person has checked it."))
    return redirect("translation_check", page.pk)


@hooks.register("register_admin_urls")
def urls() -> list[URLPattern]:
    """Where a translation stands."""
    return [path("pages/<int:page_id>/translation/", translation_check, name="translation_check")]


@hooks.register("register_page_header_buttons")
def header_button(page: Page, user: AbstractBaseUser, view_name: str, next_url: str | None = None) -> Iterator[Button]:
    """The way there, from the page's form."""
    specific = page.specific
    if isinstance(specific, BasePage) and specific.is_translation and page.permissions_for_user(user).can_edit():
        address = reverse("translation_check", args=[page.pk])
        yield Button(_("Translation"), address, icon_name="wagtail-localize-language", priority=65)

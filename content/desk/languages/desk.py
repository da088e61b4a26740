"""The page of one language: its glossary, words to keep out, its crisis phrases and its words of the registry."""

from functools import cache

from django import forms
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path
from django.utils.translation import gettext as _

from wagtail import hooks
from wagtail.admin import messages
from wagtail.log_actions import log
from wagtail.models import Locale

import yaml

from content.library.translations import registry_texts
from content.local_forms import english_name
from content.quality.wording import wording
from content.translations import GLOSSARIES
from content.translations.figures import changed
from content.translations.models import CrisisPhrasesCheck, RegistryWords, crisis_phrases, phrases_check, phrases_digest

from .roles import may_translate


class PhrasesForm(forms.Form):
    """Somebody's word that the crisis phrases are right."""

    role = forms.CharField(
        max_length=120,
        label=_("Your role"),
        help_text=_("Readers do not see it. For example: Interpreter, native speaker."),
        error_messages={"required": _("Write your role, for example: Interpreter.")},
    )
    read = forms.BooleanField(
        label=_("I speak this language, and I have read each of them aloud."),
        error_messages={"required": _("Read each of them first, then tick this.")},
    )


class RegistryForm(forms.Form):
    """What the registry of helplines says, sentence by sentence."""

    checked_by = forms.CharField(
        max_length=120,
        required=False,
        label=_("Your role, when you have checked all of them"),
        help_text=_("Leave empty to save what you have so far. For example: Interpreter."),
    )

    def __init__(self, *args: object, texts: list[str], known: dict[str, str], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.texts = texts
        for number, text in enumerate(texts):
            self.fields[f"text_{number}"] = forms.CharField(
                max_length=200, required=False, label=text, initial=known.get(text, "")
            )

    def clean(self) -> dict[str, object]:
        """Refuse other figures than the English has."""
        given = super().clean()
        for name, text in self.by_field.items():
            words = given.get(name)
            if words and (figures := changed(text, words)):
                said = _("The figures differ: %(figures)s. Write the same ones as in English, as 0 to 9.")
                self.add_error(name, said % {"figures": ", ".join(figures)})
        return given

    @property
    def by_field(self) -> dict[str, str]:
        """The English of each field."""
        return {f"text_{number}": text for number, text in enumerate(self.texts)}


@cache
def glossary(code: str) -> list[dict[str, str]]:
    """Read the glossary of a language: rows with `english`, `write` and perhaps `note`; none where there is no file."""
    path_of = GLOSSARIES / f"{code}.yaml"
    return yaml.safe_load(path_of.read_text("utf-8")) if path_of.exists() else []


def language(request: HttpRequest, code: str) -> HttpResponse:
    """Show what a translator of a language needs, and take her word for its crisis phrases. Raises Http404."""
    locale = _locale(request, code)
    form = PhrasesForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        role = form.cleaned_data["role"]
        CrisisPhrasesCheck.objects.create(locale=locale, digest=phrases_digest(code), role=role, user=request.user)
        log(locale, "content.crisis_phrases", user=request.user, data={"role": role})
        messages.success(request, _("Thank you. The urgent support page no longer says that nobody has checked them."))
        return redirect("language_desk", code)
    rules = wording(code.partition("-")[0])
    context = {
        "locale": locale,
        "english_name": english_name(code),
        "glossary": glossary(code),
        "rules": rules.rules if rules else [],
        "phrases": crisis_phrases(code),
        "check": phrases_check(code),
        "form": form,
    }
    return render(request, "desk/languages/language.html", context)


def registry(request: HttpRequest, code: str) -> HttpResponse:
    """Show the words of the registry beside the English, and save what is written. Raises Http404."""
    locale = _locale(request, code)
    rows = {row.source: row for row in RegistryWords.objects.filter(locale=locale)}
    known = {source: row.words for source, row in rows.items()}
    form = RegistryForm(request.POST or None, texts=registry_texts(), known=known)
    if request.method == "POST" and form.is_valid():
        _save(form, locale, rows)
        messages.success(request, _("Saved. Readers see it at once, but for the urgent support page until it is checked."))
        return redirect("language_registry", code)
    return render(request, "desk/languages/registry.html", {"locale": locale, "form": form, "rows": rows})


def _save(form: RegistryForm, locale: Locale, rows: dict[str, RegistryWords]) -> None:
    role = form.cleaned_data["checked_by"]
    for name, text in form.by_field.items():
        words, row = form.cleaned_data[name].strip(), rows.get(text)
        if not words:
            if row:
                row.delete()
            continue
        row = row or RegistryWords(locale=locale, source=text)
        if row.words != words:
            row.words, row.by_machine, row.checked_by = words, False, ""
        row.checked_by = role or row.checked_by
        row.save()


def _locale(request: HttpRequest, code: str) -> Locale:
    """Find a language whose desk is open to whoever asks. Raises Http404 and PermissionDenied."""
    locale = Locale.objects.exclude(language_code=settings.LANGUAGE_CODE).filter(language_code=code).first()
    if locale is None:
        raise Http404
    if not may_translate(request.user, code):
        raise PermissionDenied
    return locale


@hooks.register("register_admin_urls")
def urls() -> list[URLPattern]:
    """The desk of each language."""
    return [
        path("languages/<slug:code>/", language, name="language_desk"),
        path("languages/<slug:code>/registry/", registry, name="language_registry"),
    ]

"""Replacing a wording everywhere: first each place is shown, then one click replaces them all."""

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import FormView

from wagtail.admin import messages
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from content.approvals.models import FEWEST_LETTERS as FEWEST_LETTERS_OF_A_REASON
from content.numbers import find_numbers

from .policy import LondonEditorsOnly
from .texts import Wording, find, replace_on

FEWEST_LETTERS = 3


class WordingForm(forms.Form):
    """The old words, the new words, and why."""

    old = forms.CharField(
        max_length=100,
        label=gettext_lazy("Words to replace"),
        help_text=gettext_lazy("Whole words, in any case. Words that are partly bold or partly a link are not found."),
    )
    new = forms.CharField(max_length=100, label=gettext_lazy("Words to put there"))
    reason = forms.CharField(
        min_length=FEWEST_LETTERS_OF_A_REASON,
        max_length=200,
        label=gettext_lazy("Why"),
        help_text=gettext_lazy("A sentence, for the log and the report of sign-offs."),
    )
    shown = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean_old(self) -> str:
        """Refuse what would be found everywhere. Raises ValidationError."""
        old = " ".join(self.cleaned_data["old"].split())
        if sum(letter.isalnum() for letter in old) < FEWEST_LETTERS:
            raise ValidationError(_("Write at least three letters: less is found in too many places."))
        return old

    def clean_new(self) -> str:
        """Refuse telephone numbers. Raises ValidationError."""
        new = " ".join(self.cleaned_data["new"].split())
        if found := find_numbers(new):
            said = _(
                "“%(number)s” looks like a telephone number. Numbers are changed under Helplines, for all pages at once."
            )
            raise ValidationError(said, params={"number": found[0]})
        return new

    def clean(self) -> dict:
        """Refuse a wording that stays as it is. Raises ValidationError."""
        asked = super().clean()
        if asked.get("old") and asked.get("old") == asked.get("new"):
            raise ValidationError({"new": _("These are the same words: write what should stand there instead.")})
        return asked

    @property
    def key(self) -> str:
        """What must be the same when the words are replaced as it was when their places were shown."""
        return f"{self.cleaned_data['old']}→{self.cleaned_data['new']}"


class RewordView(LondonEditorsOnly, WagtailAdminTemplateMixin, FormView):
    """Show each place of a wording, then replace it."""

    page_title = gettext_lazy("Replace a wording")
    header_icon = "edit"
    template_name = "desk/rewording.html"
    form_class = WordingForm

    def get_breadcrumbs_items(self) -> list[dict]:
        home = {"url": reverse("rapid_response"), "label": _("Rapid response")}
        return [*super().get_breadcrumbs_items(), home, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: object) -> dict:
        context = super().get_context_data(**kwargs)
        return context | {"action_url": self.request.path, "media": context["form"].media}

    def form_valid(self, form: WordingForm) -> HttpResponse:
        found = find(form.cleaned_data["old"])
        if "replace" in self.request.POST and form.cleaned_data["shown"] == form.key:
            return self._replace(form, found)
        again = WordingForm(initial=form.cleaned_data | {"shown": form.key})
        return self.render_to_response(self.get_context_data(form=again, found=found, was_asked=True))

    def _replace(self, form: WordingForm, found: list) -> HttpResponse:
        wish = Wording(**{name: form.cleaned_data[name] for name in ("old", "new", "reason")})
        outcomes = [replace_on(thing, wish, self.request.user) for thing, _places in found]
        count = len(outcomes)
        messages.success(
            self.request,
            ngettext("Done on %(count)d page or helpline.", "Done on %(count)d pages and helplines.", count)
            % {"count": count},
        )
        for outcome in outcomes:
            if outcome.why:
                said = _("“%(title)s” waits: readers still see the old words there. %(why)s")
                messages.warning(self.request, said % {"title": outcome.title, "why": outcome.why})
        return redirect("rapid_response_log")

"""What an approval asks for."""

from django import forms
from django.utils.translation import gettext_lazy as _


class ApprovalForm(forms.Form):
    """An editor's check."""

    role = forms.CharField(
        max_length=120,
        label=_("Your role"),
        error_messages={"required": _("Write your role, for example: Consultant psychologist.")},
        help_text=_("Readers see it, never your name. For example: Consultant psychologist."),
    )
    comment = forms.CharField(required=False, widget=forms.Textarea({"rows": 3, "cols": 28}), label=_("Comment"))


class ClinicalForm(ApprovalForm):
    """A clinician's sign-off."""

    registration = forms.CharField(
        max_length=120,
        label=_("Your registration body"),
        error_messages={"required": _("Write the body you are registered with, for example: HCPC.")},
        help_text=_("For example: GMC, HCPC, NMC. Only the desk sees it."),
    )
    field_order = ["role", "registration", "comment"]


class SendBackForm(forms.Form):
    """What whoever sends a page back is asked for."""

    comment = forms.CharField(
        widget=forms.Textarea({"rows": 3, "cols": 28}),
        label=_("What should change?"),
        error_messages={"required": _("Say what should change, so that the writer can mend it.")},
    )


class LinkForm(forms.Form):
    """Whom a one-time link is for."""

    invited = forms.CharField(
        max_length=120,
        label=_("Who is it for?"),
        help_text=_("So that you know later whom you asked. Only the desk sees it."),
    )


class EmergencyForm(forms.Form):
    """Why a page cannot wait for two others to read it."""

    comment = forms.CharField(
        min_length=10,
        widget=forms.Textarea({"rows": 3, "cols": 28}),
        label=_("Why can it not wait?"),
        help_text=_("A sentence. It is kept in the page’s history and in the report of sign-offs."),
        error_messages={"min_length": _("Say in a sentence why it cannot wait.")},
    )

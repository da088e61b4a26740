"""What an approval asks for."""

from django import forms
from django.utils.translation import gettext_lazy as _


class ApprovalForm(forms.Form):
    """An editor's check."""

    role = forms.CharField(
        max_length=120,
        label=_("Your role"),
        help_text=_("Readers see it, never your name. For example: Consultant psychologist."),
    )
    comment = forms.CharField(required=False, widget=forms.Textarea({"rows": 3}), label=_("Comment"))


class ClinicalForm(ApprovalForm):
    """A clinician's sign-off."""

    registration = forms.CharField(
        max_length=120,
        label=_("Your registration body"),
        help_text=_("For example: GMC, HCPC, NMC. Only the desk sees it."),
    )
    field_order = ["role", "registration", "comment"]

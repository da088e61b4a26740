"""A password that was made for somebody works once: she chooses her own in the same form that she signs in with."""

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext_lazy as _

from content.models import FirstPassword

from .login import ThrottledLoginForm


class SignInForm(ThrottledLoginForm):
    """Signs in, except with a first password: then it asks for a new one first, and nobody is in before it is set."""

    own_password = forms.CharField(
        label=_("Your own password"),
        required=False,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("At least 15 letters or signs. Three or four words that only you would put together are good."),
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self._own_password = self.fields.pop("own_password")
        if "own_password" in self.data:
            self.fields["own_password"] = self._own_password

    def clean(self) -> dict:
        """Let in who has a password of her own, and set one for who chose it just now. Raises ValidationError."""
        cleaned, user = super().clean(), self.get_user()
        first = FirstPassword.objects.filter(user=user).first()
        if first is None:
            return cleaned
        own = cleaned.get("own_password")
        if not own:
            self.fields["own_password"] = self._own_password
            message = _("This password works once. Write it again, and below it the one that you want to use from now on.")
            raise forms.ValidationError(message, code="first_password")
        if user.check_password(own):
            self._refuse(_("That is the password you were given. Choose another one."))
        try:
            validate_password(own, user)
        except forms.ValidationError as error:
            self._refuse(error)
        user.set_password(own)
        user.save(update_fields=["password"])
        first.delete()
        return cleaned

    def _refuse(self, why: object) -> None:
        raise forms.ValidationError({"own_password": why})

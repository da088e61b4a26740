"""Signing in to /cms/: a few tries, then a pause, alike for names that exist and names that do not."""

from django import forms
from django.core.cache import caches
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from wagtail.admin.forms.auth import LoginForm

PAUSE = 15 * 60
"""Seconds that a count of failures is kept."""

TRIES_FOR_NAME = 10
TRIES_FROM_ADDRESS = 15


class ThrottledLoginForm(LoginForm):
    """Wagtail's log-in form, refusing after ten failures for a name or fifteen from an address.

    Counts are kept for 15 minutes under keyed hashes, so that neither a name nor an address is written down.
    """

    error_messages = LoginForm.error_messages | {
        "throttled": _("Too many tries. Wait 15 minutes, then try again, or ask your administrator for help."),
    }

    def _counters(self) -> dict[str, int]:
        name = self.cleaned_data.get("username", "").strip().lower()
        address = self.request.META.get("REMOTE_ADDR", "")
        return {
            salted_hmac("login.name", name).hexdigest(): TRIES_FOR_NAME,
            salted_hmac("login.address", address).hexdigest(): TRIES_FROM_ADDRESS,
        }

    def clean(self) -> dict:
        """Check the counts first, then name and password; count a failure. Raises ValidationError."""
        counters, cache = self._counters(), caches["login"]
        if any(cache.get(key, 0) >= limit for key, limit in counters.items()):
            raise forms.ValidationError(self.error_messages["throttled"], code="throttled")
        try:
            return super().clean()
        except forms.ValidationError:
            for key in counters:
                cache.set(key, cache.get(key, 0) + 1, PAUSE)
            raise

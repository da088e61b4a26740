"""Signing in to /cms/: a few tries, then a pause, alike for names that exist and names that do not; and for how long.

A signed-in browser is forgotten after a working day, after an hour in which nobody touched it, and when it is closed, unless
"Remember me" was ticked. What was written until then is in a draft: Wagtail saves within two seconds of a change.
"""

import time
from collections.abc import Callable

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import SESSION_KEY
from django.contrib.auth.models import AbstractBaseUser
from django.contrib.auth.signals import user_logged_in
from django.core.cache import caches
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse
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


SIGNED_IN, TOUCHED = "signed_in", "touched"
"""In the session: when it began, and when somebody last did something in it. Seconds since 1970."""

TOUCH_EVERY = 60
"""Seconds between two notes of that, so that not each request writes."""

PINGS = f"{settings.EDITOR_PATH}editing-sessions/"
"""What an open page asks every few seconds whether anybody sits before it or not."""


@receiver(user_logged_in)
def start_session(request: HttpRequest, user: AbstractBaseUser, **about: object) -> None:
    """Note when a session began."""
    request.session[SIGNED_IN] = request.session[TOUCHED] = int(time.time())


def end_old_sessions(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Sign out whoever has been signed in, or away, for too long, and say so on the way to signing in again."""

    def look_at_the_clock(request: HttpRequest) -> HttpResponse:
        if SESSION_KEY in getattr(request, "session", ()):
            now, session = int(time.time()), request.session
            began, touched = session.get(SIGNED_IN, 0), session.get(TOUCHED, 0)
            if now - began >= settings.SESSION_COOKIE_AGE or now - touched >= settings.SESSION_IDLE_AGE:
                session.flush()
                messages.info(
                    request, _("You were signed out to keep the desk safe. Sign in to go on: your drafts are kept.")
                )
            elif now - touched >= TOUCH_EVERY and not request.path_info.startswith(PINGS):
                session[TOUCHED] = now
        return get_response(request)

    return look_at_the_clock

"""The second factor of signing in to /cms/: a code from an app on one's phone, asked of everybody who can publish.

Keys and the counting of wrong codes are django-otp's. Its middleware is left out: it wraps the user a second time, and then
Wagtail's log no longer sees that it is a user.
"""

import secrets
from base64 import b32encode
from binascii import unhexlify
from collections.abc import Callable

from django import forms
from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from wagtail.log_actions import log
from wagtail.models import GroupApprovalTask, Page
from wagtail.permissions import policy_registry

import django_otp
from django_otp.models import Device
from django_otp.oath import TOTP
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from content.roles import CLINICAL_REVIEWERS, HELPLINE_KEEPERS, LONDON_EDITORS, has_role

RIGHTS = ("auth.add_user", "auth.change_user", "auth.change_group", "content.change_helpline")
"""What reaches readers, or gives rights, without publishing a page."""

CODES = 10
CODE_DIGITS = 6
RECOVERY_DIGITS = 10
"""More than a code from the app has, so that one field can take both."""


def must_have_one(user: AbstractBaseUser) -> bool:
    """Tell whether somebody can change what readers see, or who may."""
    return (
        has_role(user, LONDON_EDITORS, CLINICAL_REVIEWERS, HELPLINE_KEEPERS)
        or any(map(user.has_perm, RIGHTS))
        or policy_registry.get_by_type(Page).user_has_permission(user, "publish")
        # The last approval publishes a page, whoever gives it.
        or GroupApprovalTask.objects.filter(active=True, groups__user=user).exists()
    )


def phone_of(user: AbstractBaseUser) -> TOTPDevice | None:
    """Find the app on somebody's phone that has been set up."""
    return TOTPDevice.objects.filter(user=user, confirmed=True).first()


def middleware(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Take whoever still owes a code for nobody, everywhere but where it is given and on the way out.

    So nothing has to be listed as closed: what needs a sign-in is closed, and what needs none stays open.
    """

    def ask(request: HttpRequest) -> HttpResponse:
        # Whoever follows a link to a draft has no user, though its address lies under /cms/.
        if hasattr(request, "user") and request.user.is_authenticated:
            request.user.otp_device = _device_of_session(request)
            if request.user.otp_device is None and _owes_a_code(request.user):
                if request.path_info == reverse("wagtailadmin_login") and request.method == "GET":
                    return redirect(reverse("second_factor", query=request.GET))
                if request.path_info not in {reverse("second_factor"), reverse("wagtailadmin_logout")}:
                    request.user = AnonymousUser()
        return get_response(request)

    return ask


def _device_of_session(request: HttpRequest) -> Device | None:
    kept = request.session.get(django_otp.DEVICE_ID_SESSION_KEY)
    device = Device.from_persistent_id(kept) if kept else None
    return device if device and device.confirmed and device.user_id == request.user.pk else None


def _owes_a_code(user: AbstractBaseUser) -> bool:
    if not user.has_perm("wagtailadmin.access_admin"):  # the desk is closed to her anyway, and Wagtail says so
        return False
    return phone_of(user) is not None or (settings.SECOND_FACTOR and must_have_one(user))


class CodeForm(forms.Form):
    """One field for a code from the app and for a recovery code: their lengths tell them apart."""

    code = forms.CharField(
        label=_("Code"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "autofocus": ""}),
    )

    def clean_code(self) -> str:
        """Drop the spaces that a code is written with. Raises ValidationError when it is not a code at all."""
        code = "".join(self.cleaned_data["code"].split())
        if not (code.isascii() and code.isdigit() and len(code) in {CODE_DIGITS, RECOVERY_DIGITS}):
            raise forms.ValidationError(_("A code is the 6 digits that your app shows now, or one of your recovery codes."))
        return code


def check(user: AbstractBaseUser, code: str) -> Device:
    """Take a code and give the device that it came from: the phone, or the list of recovery codes.

    Each code counts once. After a wrong one there is a pause of 1, 2, 4, 8 … seconds. Raises ValidationError.
    """
    kind, said = (TOTPDevice, code) if len(code) == CODE_DIGITS else (StaticDevice, _hashed(user, code))
    device = kind.objects.filter(user=user, confirmed=True).first()
    allowed, why = device.verify_is_allowed() if device else (True, None)
    if not allowed:
        until = timezone.localtime(why["locked_until"]).strftime("%H:%M:%S")
        raise forms.ValidationError(_("Too many wrong codes. Wait until %(until)s, then try again.") % {"until": until})
    if device is None or not django_otp.verify_token(user, device.persistent_id, said):
        raise forms.ValidationError(
            _("That code did not work. Each code counts once: wait for the next one, and look that the clock is right.")
        )
    return device


def let_in(request: HttpRequest, device: Device) -> None:
    """Remember in the session that the code was given, under a new session key."""
    django_otp.login(request, device)
    request.session.cycle_key()


def fits(key: str, code: str) -> TOTP | None:
    """Check the first code of a new phone. key: hexadecimal. Gives the clock of that phone when the code is right."""
    clock = TOTP(unhexlify(key))
    return clock if len(code) == CODE_DIGITS and clock.verify(int(code), tolerance=1) else None


@transaction.atomic
def set_up(user: AbstractBaseUser, key: str, clock: TOTP) -> tuple[TOTPDevice, list[str]]:
    """Keep a new phone in the place of any other, and give it with new recovery codes, which are not kept as they are."""
    TOTPDevice.objects.filter(user=user).delete()
    phone = TOTPDevice.objects.create(user=user, name="app", key=key, last_t=clock.t(), drift=clock.drift)
    log(user, "rights.second_factor_set_up")
    return phone, new_recovery_codes(user)


@transaction.atomic
def new_recovery_codes(user: AbstractBaseUser) -> list[str]:
    """Make ten recovery codes in the place of all older ones. Only keyed hashes are kept: show them now or never."""
    codes = [f"{secrets.randbelow(10**RECOVERY_DIGITS):0{RECOVERY_DIGITS}}" for _number in range(CODES)]
    device, _made = StaticDevice.objects.get_or_create(user=user, defaults={"name": "recovery codes"})
    device.token_set.all().delete()
    StaticToken.objects.bulk_create(StaticToken(device=device, token=_hashed(user, code)) for code in codes)
    return codes


def recovery_codes_left(user: AbstractBaseUser) -> int:
    """Count the recovery codes that somebody has not used yet."""
    return StaticToken.objects.filter(device__user=user).count()


@transaction.atomic
def forget(user: AbstractBaseUser) -> None:
    """Take somebody's phone and recovery codes away: she sets up new ones when she next signs in."""
    TOTPDevice.objects.filter(user=user).delete()
    StaticDevice.objects.filter(user=user).delete()
    log(user, "rights.second_factor_reset")


def _hashed(user: AbstractBaseUser, code: str) -> str:
    """Give what is kept of a recovery code: 80 bits, as many as django-otp's field holds."""
    digest = salted_hmac("second_factor.recovery", f"{user.pk}:{code}", algorithm="sha256").digest()
    return b32encode(digest[:10]).decode()

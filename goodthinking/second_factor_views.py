"""The pages of the second factor: set it up, give a code, make new recovery codes, take somebody's phone off."""

from base64 import b32encode
from binascii import unhexlify

from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.debug import sensitive_post_parameters

from wagtail.admin import messages
from wagtail.admin.utils import get_valid_next_url_from_request

import segno
from django_otp.plugins.otp_totp.models import TOTPDevice
from django_otp.util import random_hex

from content.roles import has_role

from . import second_factor as factor

KEY = "second_factor_key"
"""In the session, not the database: who only knows the password must not learn a key that its owner sets up later."""
ANOTHER_PHONE = "second_factor_another_phone"
FEW = 3


@sensitive_post_parameters("code")
def second_factor(request: HttpRequest) -> HttpResponse:
    """Lead somebody through what her second factor needs now."""
    form = factor.CodeForm(request.POST or None)
    if request.user.otp_device is None and factor.phone_of(request.user):
        return _ask(request, form)
    if request.user.otp_device is None or ANOTHER_PHONE in request.session:
        return _set_up(request, form)
    return _change(request, form)


def _set_up(request: HttpRequest, form: factor.CodeForm) -> HttpResponse:
    key = request.session.setdefault(KEY, random_hex(20))
    if form.is_valid():
        if clock := factor.fits(key, form.cleaned_data["code"]):
            phone, codes = factor.set_up(request.user, key, clock)
            factor.let_in(request, phone)
            for used in (KEY, ANOTHER_PHONE):
                request.session.pop(used, None)
            return _codes(request, codes)
        form.add_error(
            "code", _("That code does not belong to this picture. Scan it again, or type the key, then try again.")
        )
    secret = b32encode(unhexlify(key)).decode()
    spelt = " ".join(secret[start : start + 4] for start in range(0, len(secret), 4))
    picture = _picture(TOTPDevice(user=request.user, key=key))
    return _page(request, "set_up", _("Add your phone"), form=form, picture=picture, key=spelt)


def _codes(request: HttpRequest, codes: list[str]) -> HttpResponse:
    spelt = [f"{code[:5]} {code[5:]}" for code in codes]
    return _page(request, "codes", _("Your recovery codes"), codes=spelt)


def _ask(request: HttpRequest, form: factor.CodeForm) -> HttpResponse:
    if device := _given(request, form):
        factor.let_in(request, device)
        left = factor.recovery_codes_left(request.user)
        if left < FEW:
            said = ngettext("You have %d recovery code left.", "You have %d recovery codes left.", left) % left
            messages.warning(request, f"{said} {_('Make new ones under Account, Second factor.')}")
        return redirect(_next(request))
    return _page(request, "ask", _("The code from your phone"), form=form)


def _change(request: HttpRequest, form: factor.CodeForm) -> HttpResponse:
    if _given(request, form):
        if "another_phone" in request.POST:
            request.session[ANOTHER_PHONE] = True
            return redirect("second_factor")
        return _codes(request, factor.new_recovery_codes(request.user))
    return _page(request, "change", _("Second factor"), form=form, left=factor.recovery_codes_left(request.user))


def _given(request: HttpRequest, form: factor.CodeForm) -> factor.Device | None:
    """Give the device that the code in the form came from, or None after saying in the form why not."""
    if not form.is_valid():
        return None
    try:
        return factor.check(request.user, form.cleaned_data["code"])
    except factor.forms.ValidationError as refusal:
        form.add_error("code", refusal)
        return None


def _next(request: HttpRequest) -> str:
    return get_valid_next_url_from_request(request) or reverse("wagtailadmin_home")


def _page(request: HttpRequest, step: str, heading: str, **context: object) -> HttpResponse:
    context |= {"heading": heading, "next": _next(request)}
    return TemplateResponse(request, f"desk/second_factor/{step}.html", context)


def _picture(phone: TOTPDevice) -> SafeString:
    """Draw what the app scans, on this machine: no other host learns the key."""
    drawn = segno.make(phone.config_url, error="m", micro=False).svg_inline(
        svgclass="desk-code", omitsize=True, light="#fff"
    )
    label = escape(_("QR code for your authenticator app"))
    return mark_safe(drawn.replace("<svg ", f'<svg role="img" aria-label="{label}" ', 1))  # noqa: S308 (segno draws, we escape)


def reset(request: HttpRequest, user_id: int) -> HttpResponse:
    """Let an administrator take off the phone of somebody who lost it. Raises PermissionDenied for anybody else."""
    if not has_role(request.user):
        raise PermissionDenied
    user = get_object_or_404(get_user_model(), pk=user_id)
    if request.method != "POST":
        return TemplateResponse(request, "desk/second_factor/reset.html", {"person": user})
    factor.forget(user)
    messages.success(request, _("%(name)s sets up a new phone at the next sign-in.") % {"name": user.get_username()})
    return redirect("wagtailusers_users:index")

"""The people of a partner: their group and what hangs on it, and passwords that work once."""

from django.conf import settings
from django.contrib.auth.models import Group
from django.db import models
from django.utils.translation import gettext_lazy as _

from wagtail.models import Collection

from .partners import PartnerPage


class PartnerTeam(models.Model):
    """The editors of one partner. Permissions hang on the group; the rest says what belongs together."""

    partner = models.OneToOneField(PartnerPage, on_delete=models.PROTECT, related_name="team")
    group = models.OneToOneField(Group, on_delete=models.CASCADE, related_name="partner_team")
    collection = models.OneToOneField(Collection, on_delete=models.PROTECT, related_name="partner_team")
    made_on = models.DateField(_("since"), auto_now_add=True)

    class Meta:
        ordering = ["partner__title"]
        verbose_name = _("partner")
        verbose_name_plural = _("partners")

    def __str__(self) -> str:
        return self.partner.title

    @property
    def editors(self) -> str:
        """Who its editors are, by the names they sign in with."""
        return ", ".join(self.group.user_set.order_by("username").values_list("username", flat=True))


class FirstPassword(models.Model):
    """Says that somebody still has the password that was made for her: she chooses her own when she first signs in."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="first_password", primary_key=True
    )

    def __str__(self) -> str:
        return str(self.user)

"""Shelves: each partner's own place in the page tree, for its permissions, which is no part of any address."""

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from wagtail.admin.panels import PageChooserPanel
from wagtail.models import Page
from wagtail_localize.fields import SynchronizedField

from .base import BasePage
from .partners import PartnerPage

SHELF_DEPTH = 4
"""Depth of a shelf in the page tree: root, home, index, shelf."""


class PartnerShelf(BasePage):
    """A partner's own place in the page tree, for its permissions. It is no page to a reader and no part of an address."""

    partner = models.ForeignKey(
        PartnerPage,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="shelves",
        help_text=_("Whose shelf this is."),
    )

    content_panels = [*BasePage.content_panels, PageChooserPanel("partner")]
    parent_page_types = ["content.GuideIndexPage", "content.TrainingIndexPage"]
    is_a_partners_place = True
    preview_modes = []
    # A partner's own name.
    override_translatable_fields = [*BasePage.override_translatable_fields, SynchronizedField("title", overridable=False)]
    approvals_of_its_kind = ()
    subpage_types = ["content.GuidePage", "content.CoursePage"]

    def get_url_parts(self, request: HttpRequest | None = None) -> None:
        return None

    def get_admin_display_title(self) -> str:
        return _("Shelf: %(title)s") % {"title": super().get_admin_display_title()}


class ShelvedPage(BasePage):
    """A page that may stand on a shelf. Its address is the same without: it keeps it when it moves."""

    below_shelf = 1
    """How many levels below the shelf it stands."""

    class Meta:
        abstract = True

    @classmethod
    def can_exist_under(cls, parent: Page) -> bool:
        """Allow a shelf only where its index takes such pages too: no course among the guides."""
        if issubclass(parent.specific_class, PartnerShelf) and not cls.can_exist_under(parent.get_parent()):
            return False
        return super().can_exist_under(parent)

    def clean(self) -> None:
        """Refuse a slug that another page beside it has, on whichever shelf of its language. Raises ValidationError."""
        super().clean()
        indexes = [model for model in self.clean_parent_page_models() if model is not PartnerShelf]
        kinds = {kind for index in indexes for kind in index.allowed_subpage_models()}
        others = Page.objects.type(*kinds).filter(slug=self.slug, locale_id=self.locale_id).exclude(pk=self.pk)
        if self.below_shelf == 1 and self.slug and self.locale_id and others.exists():
            message = _("Another page has this address already. Change the last part, for example to “%(slug)s-at-work”.")
            raise ValidationError({"slug": ValidationError(message, params={"slug": self.slug})})

    def get_url_parts(self, request: HttpRequest | None = None) -> tuple | None:
        """Leave the shelf out of the address."""
        parts = super().get_url_parts(request)
        if parts is None or parts[2] is None:
            return parts
        site_id, root_url, path = parts
        return site_id, root_url, without_shelf(path, self)


def without_shelf(path: str, page: Page) -> str:
    """Leave the shelf out of a page's path, if it stands on one.

    path: with slashes around it; page: of any kind, and not necessarily its specific self.
    """
    below = getattr(page.specific_class, "below_shelf", None)
    if below is None or page.depth != SHELF_DEPTH + below:
        return path
    slugs = path.strip("/").split("/")
    del slugs[-1 - below]
    return f"/{'/'.join(slugs)}/"

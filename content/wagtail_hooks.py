"""The contents page of the desk: Wagtail looks here for hooks, and each module registers its own."""

from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _

from wagtail import hooks
from wagtail.admin.menu import MenuItem

from .desk import (
    changes,
    dashboard,
    due,
    helplines,
    languages,
    partner_desk,
    previews,
    quality,
    rapid_response,
    reviewers,
    sections,
    sign_off,
    starting_points,
    translation,
)
from .style_guide import style_guide

__all__ = [
    "changes",
    "dashboard",
    "due",
    "helplines",
    "languages",
    "partner_desk",
    "previews",
    "quality",
    "rapid_response",
    "reviewers",
    "sections",
    "sign_off",
    "starting_points",
    "translation",
]


@hooks.register("register_admin_urls")
def style_guide_url() -> list[URLPattern]:
    """The style guide, for editors and developers."""
    return [path("style-guide/", style_guide, name="style_guide")]


@hooks.register("register_help_menu_item")
def style_guide_menu_item() -> MenuItem:
    """The way to it, under Help."""
    return MenuItem(_("Style guide"), reverse("style_guide"), icon_name="view", order=10)

"""The front door: what is going on, for whom, and who we are."""

from django.http import Http404, HttpRequest
from django.utils.translation import gettext_lazy as _

from wagtail.admin.panels import FieldPanel
from wagtail.models import Page, Site
from wagtail.url_routing import RouteResult

from .base import BasePage, BodyPage
from .guides.pages import GuidePage
from .shelves import PartnerShelf, without_shelf
from .topics import AudiencePage, TopicPage

AT_ONCE = ("picture__day", "translation_record")
"""What is fetched with a page."""


class HomePage(BodyPage):
    """Asks one question and offers what people say as answers."""

    subpage_types = [
        "content.TopicIndexPage",
        "content.AudienceIndexPage",
        "content.GuideIndexPage",
        "content.PartnerIndexPage",
        "content.UrgentSupportPage",
        "content.TrainingIndexPage",
        "content.InformationPage",
    ]
    parent_page_types = ["wagtailcore.Page"]

    content_panels = [
        *BodyPage.content_panels[:-1],
        FieldPanel("body", help_text=_("Something to try in two minutes, then who makes this.")),
    ]

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        page = page_below(self.url_path, path_components)
        if page is None:
            raise Http404
        return RouteResult(page)

    def get_context(self, request: HttpRequest, *args: object, **kwargs: object) -> dict:
        topics = TopicPage.objects.shown().descendant_of(self).filter(on_home=True).exclude(saying="").order_by("path")
        return super().get_context(request, *args, **kwargs) | {
            "topics": list(topics),
            "audiences": list(AudiencePage.objects.shown().descendant_of(self)),
        }


def page_at(path: str, language: str) -> BasePage | None:
    """Find the live page of an address in two or three queries, however deep it lies.

    path: below the language's own part, such as "guides/sleep/"; language: a code of settings.LANGUAGES.
    """
    roots = [root.root_path for root in Site.get_site_root_paths() if root.language_code == language]
    return page_below(roots[0], [part for part in path.split("/") if part]) if roots else None


def page_below(root: str, parts: list[str]) -> BasePage | None:
    """Find a live page below a home page, whoever's shelf it stands on.

    root: the home page's own place in the tree, with slashes; parts: the slugs of the address.
    """
    if len(parts) == 2:
        index, slug = parts
        guides = GuidePage.objects.live().select_related(*AT_ONCE)
        guide = guides.filter(slug=slug, url_path__startswith=f"{root}{index}/").first()
        if guide is not None:
            return guide
    place = root + "".join(f"{part}/" for part in parts)
    below = f"{root}{parts[0]}/" if parts else root
    named = Page.objects.live().not_type(GuidePage, PartnerShelf).filter(url_path__startswith=below)
    # By slug, for that has an index and a place in the tree has none.
    if len(parts) > 2:
        # Many pages may have the last part of the address, such as easy-read: few have the last two.
        named = named.filter(url_path__endswith=f"/{parts[-2]}/{parts[-1]}/")
    for found in named.filter(slug=parts[-1]) if parts else named.filter(url_path=root):
        if without_shelf(found.url_path, found) == place:
            return found.specific_class.objects.select_related(*AT_ONCE).get(pk=found.pk)
    return None

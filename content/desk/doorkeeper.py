"""Stands before Wagtail's own addresses in /cms/: one that names somebody else's page or file is not opened at all.

Most of Wagtail's views ask for permission themselves, and some do so after they have shown a title, or not at all
(submitting a page for translation, the dialogs for many things at once). Here the question is asked once for all of them,
with Wagtail's own permission policies. What is not an address of Wagtail's or wagtail-localize's asks for itself.
"""

from collections.abc import Callable, Iterator

from django.apps import apps
from django.contrib.auth.models import AbstractBaseUser
from django.db import models
from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import ResolverMatch

from wagtail.admin.auth import permission_denied
from wagtail.models import Page
from wagtail.permissions import page_permission_policy, policy_registry
from wagtail_localize.models import Translation, TranslationSource

from content.models import Helpline
from content.rights import may_change, may_see

SNIPPET_CHOOSER = "wagtailsnippetchoosers_"
OF_WAGTAIL = ("wagtailadmin", "wagtail_", SNIPPET_CHOOSER)

SHARED_SNIPPETS = {Helpline}
"""Registers that every section chooses from."""

PAGE_IDS = {"page_id", "page_pk", "page_to_move_id"}
"""What Wagtail's addresses call a page. The parent of a new page and the place to move one to are asked for by its views."""

PAGE_IS_PK = {
    "wagtailadmin_pages:revisions_compare",
    "wagtailadmin_api:pages:detail",
    "wagtailadmin_api:pages:action",
}

TO_LOOK = {
    "wagtailadmin_explore",
    "wagtailadmin_explore_results",
    "wagtailadmin_api:pages:detail",
}
"""Addresses at which one only finds one's way: they open for one's own section and what it stands in."""

TO_CHOOSE = {"wagtailadmin_choose_page_child"}
"""Addresses at which one chooses a page to link to: they open for every page one may know of."""

TO_REVIEW = {
    "wagtailadmin_pages:" + name
    for name in [
        "edit",
        "preview_on_edit",
        "view_draft",
        "workflow_action",
        "collect_workflow_action_data",
        "workflow_preview",
        "history",
        "history_results",
        "revisions_index",
        "revisions_view",
        "revisions_compare",
        "workflow_history",
        "workflow_history_detail",
    ]
}
"""Addresses that open for a reviewer who may read a page and comment on it. The others are for those who may change it."""

FOR_ALL_SECTIONS = {
    "wagtailadmin_tag_autocomplete",
    "wagtailadmin_tag_model_autocomplete",
}
"""Lists that know no sections: for those who may change every page."""


class Doorkeeper:
    """Middleware that refuses an editor what belongs to another section, before any view sees the request."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Callable, args: tuple, kwargs: dict) -> HttpResponse | None:
        """Answer in the place of a view that the user may not open; None lets her through."""
        user, match = getattr(request, "user", None), request.resolver_match
        if user is None or not user.is_active or user.is_superuser or not match.view_name.startswith(OF_WAGTAIL):
            return None
        return None if may_open(user, match, request.GET) else permission_denied(request)


def may_open(user: AbstractBaseUser, match: ResolverMatch, query: QueryDict) -> bool:
    """Tell whether somebody may open an address, by what it names.

    match: where the address leads; query: what stands after its question mark.
    """
    name = match.view_name
    if name in FOR_ALL_SECTIONS:
        return may_change(user, Page.get_first_root_node())
    if name == "wagtail_bulk_action":
        return _may_handle_all(user, match, query)
    if name.startswith(SNIPPET_CHOOSER):
        return _may_choose_from(user, apps.get_model(*name.removeprefix(SNIPPET_CHOOSER).split(":")[0].split("_", 1)))
    if name == "wagtailadmin_choose_page_chosen_multiple":
        ids = query.getlist("id")
        return _are_numbers(ids) and all(may_see(user, page) for page in Page.objects.filter(pk__in=ids))
    return all(_may_open_page(user, name, page) for page in _pages_named(match))


def _pages_named(match: ResolverMatch) -> Iterator[Page]:
    """Find the pages that an address names, itself or through what is translated."""
    kwargs, name = match.kwargs, match.view_name
    pks = [value for key, value in kwargs.items() if key in PAGE_IDS]
    if name in PAGE_IS_PK:
        pks.append(kwargs["pk"])
    if name in TO_LOOK | TO_CHOOSE and "parent_page_id" in kwargs:
        pks.append(kwargs["parent_page_id"])
    yield from Page.objects.filter(pk__in=pks)
    translation = Translation.objects.filter(pk=kwargs.get("translation_id")).first()
    source = TranslationSource.objects.filter(pk=kwargs.get("translation_source_id")).first()
    for found in [translation and translation.get_target_instance(), source and source.get_source_instance()]:
        if isinstance(found, Page):
            yield found


def _may_open_page(user: AbstractBaseUser, name: str, page: Page) -> bool:
    if name in TO_CHOOSE:
        return may_see(user, page)
    if name in TO_LOOK:
        return page_permission_policy.explorable_instances(user).filter(pk=page.pk).exists()
    return may_change(user, page) or (name in TO_REVIEW and page.permissions_for_user(user).can_edit())


def _may_handle_all(user: AbstractBaseUser, match: ResolverMatch, query: QueryDict) -> bool:
    """Tell whether everything that is ticked belongs to her: the dialogs name even what one may not touch."""
    model: type[models.Model] = apps.get_model(match.kwargs["app_label"], match.kwargs["model_name"])
    policy = policy_registry.get_by_type(model)
    ids, yes = query.getlist("id"), {"change", "delete"}
    if "all" in ids and not issubclass(model, Page):
        return policy.user_has_any_permission(user, yes)
    if "all" in ids:
        # Everything in a place is hers when the place is.
        ids = [query.get("childOf") or Page.get_first_root_node().pk]
    if not _are_numbers(ids):
        return False
    ticked = model._default_manager.filter(pk__in=ids)
    return all(policy.user_has_any_permission_for_instance(user, yes, row) for row in ticked)


def _are_numbers(ids: list[object]) -> bool:
    """Refuse what is not written as a number: Django would read `7` out of ` 7`, and we must ask for what it will read."""
    return all(str(pk).isdecimal() for pk in ids)


def _may_choose_from(user: AbstractBaseUser, model: type[models.Model]) -> bool:
    policy = policy_registry.get_by_type(model)
    return model in SHARED_SNIPPETS or policy.user_has_any_permission(user, {"add", "change", "delete", "view"})

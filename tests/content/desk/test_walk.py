"""A partner's editor opens every address of /cms/ with what is another partner's: she finds nothing and changes nothing."""

import re
from collections.abc import Iterator

from django.apps import apps
from django.contrib.auth.models import AbstractBaseUser
from django.db import connection, models
from django.http import HttpResponse
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from wagtail.models import Locale, Site, Task, Workflow
from wagtail_localize.models import StringSegment, Translation, TranslationSource
from wagtail_localize.operations import translate_object

import pytest

from content.models import Helpline
from search.models import SearchPhrase
from tests import cast

WORD = "zyzzyva"
SECRET = "moonflower"
"""Each title that only Lighthouse's own people may read holds both: the one is searched for, the other must not be seen."""


def addresses(resolver: URLResolver, namespace: str = "") -> Iterator[tuple[str, list[str]]]:
    """List what /cms/ has: the name of each address, and what it asks for."""
    for entry in resolver.url_patterns:
        if isinstance(entry, URLPattern):
            names = list(entry.pattern.converters) or list(getattr(entry.pattern, "regex", re.compile("")).groupindex)
            yield (f"{namespace}{entry.name}" if entry.name else ""), names
        else:
            yield from addresses(entry, f"{namespace}{entry.namespace}:" if entry.namespace else namespace)


def rows(section: cast.Section, page: models.Model, name: str) -> dict[str, object]:
    """Say what of Lighthouse's fills the blanks of an address."""
    source = TranslationSource.objects.get_for_instance(section.draft)
    state = section.in_review.current_workflow_state
    by_place = {
        "api:pages": page,
        "revisions_compare": page,
        "documents": section.document,
        "docs": section.document,
        "images": section.picture,
        "collections": section.team.collection,
        "users_users": section.editor,
        "users_groups": section.team.group,
        "sites": Site.objects.first(),
        "task": Task.objects.first(),
        "workflows": Workflow.objects.last(),
        "searchphrase": SearchPhrase.objects.last(),
        "helpline": Helpline.objects.last(),
        "partners": section.team,
    }
    pk = next((row.pk for place, row in by_place.items() if place in name), page.pk)
    model = ("wagtailcore", "page") if "editing" in name else ("content", "guidepage")
    return {
        **dict.fromkeys(["page_id", "parent_page_id", "page_to_move_id", "destination_id", "page_pk"], page.pk),
        "pk": pk,
        "object_id": page.pk,
        "session_id": 1,
        "image_id": section.picture.pk,
        "doc_id": section.document.pk,
        "document_id": section.document.pk,
        "collection_id": section.team.collection_id,
        "redirect_id": section.redirect.pk,
        "revision_id": page.latest_revision_id or 0,
        "revision_id_a": page.latest_revision_id or 0,
        "revision_id_b": "latest",
        "task_state_id": state.current_task_state_id,
        "workflow_state_id": state.pk,
        "task_id": Task.objects.first().pk,
        "workflow_pk": Workflow.objects.last().pk,
        "uploaded_file_id": 1,
        "filter_spec": "width-100",
        "translation_id": Translation.objects.get(source=source).pk,
        "translation_source_id": source.pk,
        "string_segment_id": StringSegment.objects.filter(source=source).first().pk,
        "overridable_segment_id": 1,
        "action_name": "publish",
        "app_label": model[0],
        "model_name": model[1],
        "content_type_app_name": "content",
        "content_type_model_name": "guidepage",
        "app_name": "taggit",
        "mode": "whole",
        "code": "ar",
        "uidb64": "MQ",
        "user_id": section.editor.pk,
        "parent_id": section.shelf.pk,
        "link_id": 1,
        "token": "x-y",
    }


BULK = [
    ("wagtailcore", "page", ["delete", "move", "publish", "unpublish"]),
    ("content", "customimage", ["delete", "add_tags", "add_to_collection"]),
    ("content", "customdocument", ["delete", "add_tags", "add_to_collection"]),
    ("content", "helpline", ["delete"]),
    ("search", "searchphrase", ["delete"]),
    ("auth", "user", ["delete", "assign_role", "set_active_state"]),
]
WITHOUT_FORM = "/cms/snippets/choose/content/helpline/create/"
"""Wagtail answers 500 there to whoever may add a helpline and sends what no chooser of ours offers."""

NOT_OPENED = {"wagtail_bulk_action", "wagtailadmin_logout", "wagtailadmin_error_test", "wagtailadmin_login"}
SENT = {
    "title": "Taken over",
    "slug": "taken-over",
    "name": "Taken over",
    "action-publish": "1",
    "action-submit": "1",
    "include_descendants": "on",
    "new_title": "Copy",
    "new_slug": "copy",
    "move_applies_to_children": "on",
    "action-workflow-action": "1",
    "workflow-action-name": "approve",
    "email": "other@example.org",
    "tags": "taken",
    "destination_page_id": "2",
    "recursive": "true",
    "locale": "ar",
    "value": "Taken",
    "action-cancel-workflow": "1",
    "external-link-chooser-url": "https://example.org/",
}


@pytest.fixture
def lighthouse(arabic: Locale) -> cast.Section:
    """Another partner's section, with a draft in two languages and everything in it named by the two words."""
    section = cast.section("Lighthouse", f"{WORD} {SECRET}")
    SearchPhrase.objects.create(we_say=f"{WORD} {SECRET}", people_say=WORD)
    translate_object(section.draft, [arabic])
    section.team.partner.title = f"{WORD} {SECRET}"
    section.team.partner.save_revision()
    return section


def visits(section: cast.Section) -> Iterator[str]:
    """List every address of /cms/, filled in with what is Lighthouse's, as it is and with a search and ticks."""
    pages = [section.draft, section.live, section.in_review, section.team.partner, section.draft.get_translations().get()]
    phrase = SearchPhrase.objects.get(people_say=WORD)
    files = [section.picture, section.document]
    asked = "&".join([f"q={WORD}&search={WORD}&term={WORD}", *(f"id={row.pk}" for row in [*pages, *files])])
    cms = next(entry for entry in get_resolver().url_patterns if getattr(entry, "url_patterns", None) and _is_cms(entry))
    for name, blanks in addresses(cms):
        if name and name not in NOT_OPENED:
            for page in pages:
                address = reverse(name, kwargs={blank: rows(section, page, name)[blank] for blank in blanks})
                yield from [address, f"{address}?{asked}"]
    ticked = {"page": pages, "customimage": files[:1], "customdocument": files[1:], "user": [section.editor]}
    ticked |= {"helpline": Helpline.objects.all()[:1], "searchphrase": [phrase]}
    for app, model, actions in BULK:
        for action in actions:
            address = reverse("wagtail_bulk_action", args=[app, model, action])
            yield f"{address}?{'&'.join(f'id={row.pk}' for row in ticked[model])}"
            yield from [f"{address}?id=all", f"{address}?id=all&childOf=1"]


def _is_cms(entry: URLResolver) -> bool:
    return str(entry.pattern) == "cms/"


def everything() -> dict[str, list[str]]:
    """Take down every row of the database, but for what opening a page writes: sessions, thumbnails, who looks at what."""
    passing = {"Session", "EditingSession", "PageSubscription", "CustomRendition", "UserProfile"}
    tables = {model._meta.db_table for model in apps.get_models(include_auto_created=True) if model.__name__ not in passing}
    return {table: _rows(table) for table in sorted(tables)}


def _rows(table: str) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT * FROM "{table}"')
        return sorted(map(str, cursor.fetchall()))


def said_by(response: HttpResponse) -> str:
    """Join all that an answer says, also where it leads."""
    body = b"".join(response.streaming_content) if response.streaming else response.content
    return body.decode("utf-8", "replace") + response.headers.get("Location", "")


def is_her_own_work(role: str, address: str) -> bool:
    """Tell what is for a role to change, whosever section it looks as if it came from: the registry of helplines."""
    return role == "helpline keeper" and "/content/helpline/still-right/" in address


def outsider(role: str) -> AbstractBaseUser:
    return cast.section("Harbour", "harbour").editor if role == "partner editor" else cast.somebody(role)


@pytest.mark.parametrize("role", ["partner editor", pytest.param("helpline keeper", marks=pytest.mark.deep)])
def test_who_has_no_part_in_a_section_finds_no_title_of_it_and_changes_nothing(role: str, lighthouse: cast.Section) -> None:
    client = cast.browser(outsider(role))
    visited, before, wrong = list(dict.fromkeys(visits(lighthouse))), everything(), []
    assert len(visited) > 700
    for address in visited:
        answers = {"GET": client.get(address)}
        # What is ticked as “all” is all of one's own.
        if "q=" not in address and "id=all" not in address and not is_her_own_work(role, address):
            answers["POST"] = client.post(address, SENT)
        for method, response in answers.items():
            broken = response.status_code >= 500 and address != WITHOUT_FORM
            if SECRET in said_by(response) or broken:
                wrong.append(f"{method} {address} {response.status_code}")
    assert wrong == []
    after = everything()
    assert [table for table in before if before[table] != after[table]] == []

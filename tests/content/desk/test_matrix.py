"""Who may do what in /cms/, to her own and to others' things: the table is our promise, and every cell of it is driven."""

from collections.abc import Iterator

from django.db import transaction
from django.test import Client
from django.urls import reverse

from wagtail.models import Locale, Page

import pytest

from content.media import shared_collection
from content.models import (
    GuideIndexPage,
    Helpline,
    PartnerTeam,
)
from search.models import SearchPhrase
from tests import cast
from tests.cast import Section

from . import acts
from .acts import Act, finds, opens, to

# hers: a partner's editor in her own section. other: the same person in another partner's section.
MATRIX = """
                                            hers  other  youth  clinic  London  keeper  admin
find a draft in the page chooser            yes   no     no     no      yes     no      yes
find a live page in the page chooser        yes   yes    yes    yes     yes     yes     yes
read a draft                                yes   no     no     no      yes     no      yes
read what is in review                      yes   no     yes    yes     yes     no      yes
compare two versions                        yes   no     no     no      yes     no      yes
restore an older version                    yes   no     no     no      yes     no      yes
restore an older version in review          no    no     no     no      yes     no      yes
change a draft                              yes   no     no     no      yes     no      yes
change what is in review                    no    no     no     no      yes     no      yes
comment on a draft                          yes   no     no     no      yes     no      yes
comment on what is in review                no    no     yes    yes     yes     no      yes
preview a draft                             yes   no     no     no      yes     no      yes
submit a draft                              yes   no     no     no      yes     no      yes
publish a draft                             no    no     no     no      yes     no      yes
schedule a draft                            no    no     no     no      yes     no      yes
unpublish a page                            no    no     no     no      yes     no      yes
lock a draft                                no    no     no     no      yes     no      yes
unlock a draft                              no    no     no     no      yes     no      yes
move a draft                                no    no     no     no      yes     no      yes
copy a draft                                yes   no     no     no      yes     no      yes
translate a draft                           yes   no     no     no      yes     no      yes
delete a draft                              yes   no     no     no      yes     no      yes
delete a live page                          no    no     no     no      yes     no      yes
delete the shelf                            no    no     no     no      yes     no      yes
write a page on the shelf                   yes   no     no     no      yes     no      yes
choose a picture                            yes   no     no     no      yes     no      yes
change a picture                            yes   no     no     no      yes     no      yes
delete a picture                            yes   no     no     no      yes     no      yes
choose a document                           yes   no     no     no      yes     no      yes
change a document                           yes   no     no     no      yes     no      yes
delete a document                           yes   no     no     no      yes     no      yes
choose a shared picture                     yes   yes    yes    yes     yes     yes     yes
change a shared picture                     no    no     no     no      yes     no      yes
choose a helpline                           yes   yes    yes    yes     yes     yes     yes
change a helpline                           no    no     no     no      no      yes     yes
delete a helpline                           no    no     no     no      no      no      yes
change a search phrase                      no    no     no     no      yes     no      yes
change a redirect                           no    no     no     no      yes     no      yes
change a user                               no    no     no     no      no      no      yes
change a group                              no    no     no     no      no      no      yes
add a partner                               no    no     no     no      yes     no      yes
remove a partner                            no    no     no     no      yes     no      yes
"""
_head, *_lines = MATRIX.strip("\n").splitlines()
COLUMNS = dict(zip(_head.split(), [None, None, *list(cast.ROLES)[1:]], strict=True))
TABLE = {line[:44].strip(): dict(zip(COLUMNS, line[44:].split(), strict=True)) for line in _lines}


def unlocks(client: Client, page: Page) -> bool:
    Page.objects.filter(pk=page.pk).update(locked=True)
    client.post(to("unlock", page.pk))
    return not Page.objects.get(pk=page.pk).locked


def locks(client: Client, page: Page) -> bool:
    client.post(to("lock", page.pk))
    return Page.objects.get(pk=page.pk).locked


def moves(client: Client, page: Page) -> bool:
    index = GuideIndexPage.objects.get(locale=page.locale)
    client.post(to("move_confirm", page.pk, index.pk))
    return Page.objects.child_of(index).filter(pk=page.pk).exists()


def copies(client: Client, page: Page) -> bool:
    parent = page.get_parent()
    client.post(to("copy", page.pk), {"new_title": "Twin", "new_slug": "twin", "new_parent_page": parent.pk})
    return Page.objects.child_of(parent).filter(slug="twin").exists()


def translates(client: Client, page: Page) -> bool:
    arabic = Locale.objects.get(language_code="ar")
    client.post(reverse("wagtail_localize:submit_page_translation", args=[page.pk]), {"locales": [arabic.pk]})
    return page.has_translation(arabic)


def deletes(client: Client, page: Page) -> bool:
    client.post(to("delete", page.pk))
    return not Page.objects.filter(pk=page.pk).exists()


def unpublishes(client: Client, page: Page) -> bool:
    client.post(to("unpublish", page.pk))
    return not Page.objects.get(pk=page.pk).live


def writes(client: Client, section: Section) -> bool:
    data = acts.form(section.draft, title="New here", slug="new-here")
    client.post(to("add", "content", "guidepage", section.shelf.pk), data)
    return Page.objects.child_of(section.shelf).filter(slug="new-here").exists()


def renames(client: Client, address: str, row: object, field: str = "title", **more: object) -> bool:
    client.post(address, {field: "/renamed", **more})
    return getattr(type(row).objects.get(pk=row.pk), field) == "/renamed"


def goes(client: Client, address: str, row: object) -> bool:
    client.post(address)
    return not type(row).objects.filter(pk=row.pk).exists()


def snippet(model: type, act: str) -> str:
    return reverse(model.snippet_viewset.get_url_name(act), args=[model.objects.first().pk])


def changes_helpline(client: Client) -> bool:
    page = client.get(snippet(Helpline, "edit"))
    if page.status_code != 200:
        return False
    data = acts.as_shown(page) | {"doubt": "Ask again"}
    client.post(snippet(Helpline, "edit"), data)
    return Helpline.objects.first().doubt == "Ask again"


def adds_partner(client: Client) -> bool:
    client.post(reverse("partners:add"), {"name": "Riverside", "emails": "new@riverside.example"})
    return PartnerTeam.objects.filter(partner__title="Riverside").exists()


def word(section: Section) -> str:
    return section.team.partner.title


def pictures(section: Section) -> str:
    return f"{reverse('wagtailimages_chooser:choose_results')}?collection_id={section.team.collection_id}"


def shared_pictures() -> str:
    return f"{reverse('wagtailimages_chooser:choose_results')}?collection_id={shared_collection().pk}"


CHOOSER = "/cms/choose-page/search/?q="
ACTS: dict[str, Act] = {
    "find a draft in the page chooser": lambda c, s: finds(c, f"{CHOOSER}{word(s)} draft", f"{word(s)} secret draft"),
    "find a live page in the page chooser": lambda c, s: finds(c, f"{CHOOSER}{word(s)}", f"{word(s)} for all"),
    "read a draft": lambda c, s: opens(c, to("view_draft", s.draft.pk)),
    "read what is in review": lambda c, s: opens(c, to("edit", s.in_review.pk)),
    "compare two versions": lambda c, s: opens(c, to("revisions_compare", s.live.pk, "live", "latest")),
    "restore an older version": lambda c, s: acts.restore(c, s.draft),
    "restore an older version in review": lambda c, s: acts.restore(c, s.in_review),
    "change a draft": lambda c, s: acts.change(c, s.draft),
    "change what is in review": lambda c, s: acts.change(c, s.in_review),
    "comment on a draft": lambda c, s: acts.comment(c, s.draft),
    "comment on what is in review": lambda c, s: acts.comment(c, s.in_review),
    "preview a draft": lambda c, s: acts.preview(c, s.draft),
    "submit a draft": lambda c, s: acts.submit(c, s.draft),
    "publish a draft": lambda c, s: acts.publish(c, s.draft),
    "schedule a draft": lambda c, s: acts.publish(c, s.draft, go_live_at="2027-01-05 09:00"),
    "unpublish a page": lambda c, s: unpublishes(c, s.live),
    "lock a draft": lambda c, s: locks(c, s.draft),
    "unlock a draft": lambda c, s: unlocks(c, s.draft),
    "move a draft": lambda c, s: moves(c, s.draft),
    "copy a draft": lambda c, s: copies(c, s.draft),
    "translate a draft": lambda c, s: translates(c, s.draft),
    "delete a draft": lambda c, s: deletes(c, s.draft),
    "delete a live page": lambda c, s: deletes(c, s.live),
    "delete the shelf": lambda c, s: deletes(c, s.shelf),
    "write a page on the shelf": writes,
    "choose a picture": lambda c, s: finds(c, pictures(s), s.picture.title),
    "change a picture": lambda c, s: renames(
        c, reverse("wagtailimages:edit", args=[s.picture.pk]), s.picture, collection=s.team.collection_id
    ),
    "delete a picture": lambda c, s: goes(c, reverse("wagtailimages:delete", args=[s.picture.pk]), s.picture),
    "choose a document": lambda c, s: finds(c, reverse("wagtaildocs_chooser:choose_results"), s.document.title),
    "change a document": lambda c, s: renames(
        c, reverse("wagtaildocs:edit", args=[s.document.pk]), s.document, collection=s.team.collection_id
    ),
    "delete a document": lambda c, s: goes(c, reverse("wagtaildocs:delete", args=[s.document.pk]), s.document),
    "choose a shared picture": lambda c, s: finds(c, shared_pictures(), cast.shared_picture().title),
    "change a shared picture": lambda c, s: renames(
        c,
        reverse("wagtailimages:edit", args=[cast.shared_picture().pk]),
        cast.shared_picture(),
        collection=shared_collection().pk,
    ),
    "choose a helpline": lambda c, s: finds(c, "/cms/snippets/choose/content/helpline/results/?q=Samaritans", "Samaritans"),
    "change a helpline": lambda c, s: changes_helpline(c),
    "delete a helpline": lambda c, s: goes(c, snippet(Helpline, "delete"), Helpline.objects.first()),
    "change a search phrase": lambda c, s: renames(
        c, snippet(SearchPhrase, "edit"), SearchPhrase.objects.first(), "we_say", people_say="x", language="en-gb"
    ),
    "change a redirect": lambda c, s: renames(
        c,
        reverse("wagtailredirects:edit", args=[s.redirect.pk]),
        s.redirect,
        "old_path",
        redirect_link="https://example.org/",
    ),
    "change a user": lambda c, s: opens(c, reverse("wagtailusers_users:edit", args=[s.editor.pk])),
    "change a group": lambda c, s: opens(c, reverse("wagtailusers_groups:edit", args=[s.team.group_id])),
    "add a partner": lambda c, s: adds_partner(c),
    "remove a partner": lambda c, s: goes(c, reverse("partners:delete", args=[s.team.pk]), s.team),
}


@pytest.fixture
def sections(arabic: Locale) -> Iterator[dict[str, Section]]:
    return {"hers": cast.section("Harbour", "secret"), "other": cast.section("Lighthouse", "secret")}


@pytest.mark.parametrize("column", COLUMNS)
def test_everybody_can_do_what_her_role_needs_and_no_more(column: str, sections: dict[str, Section]) -> None:
    assert list(ACTS) == list(TABLE)
    section = sections.get(column, sections["other"])
    person = cast.somebody(COLUMNS[column]) if COLUMNS[column] else sections["hers"].editor
    found = {}
    for name, act in ACTS.items():
        with transaction.atomic():
            client = cast.browser(person)
            found[name] = "yes" if act(client, section) else "no"
            transaction.set_rollback(True)
    assert found == {name: row[column] for name, row in TABLE.items()}

"""What one can try in /cms/, each through the real addresses: every act tells whether it worked."""

from collections.abc import Callable

from django.http import HttpResponse, QueryDict
from django.test import Client
from django.urls import reverse

from wagtail.models import Comment, Page, Revision
from wagtail.test.utils.form_data import querydict_from_html

from content.models import GuidePage, TopicPage
from tests.cast import Section
from tests.forms import edit_form

Act = Callable[[Client, Section], bool]


def to(name: str, *args: object) -> str:
    """Give an address of pages by its short name."""
    return reverse(f"wagtailadmin_pages:{name}", args=args)


def form(page: Page, **changed: object) -> QueryDict:
    """Fill in the form of a guide as it stands, but for what is changed."""
    data = QueryDict(mutable=True)
    fields = ["title", "slug", "summary", "ask", "assist", "act"]
    page = page.get_latest_revision_as_object()
    data.update({name: getattr(page, name) for name in fields})
    data.update({"topics": TopicPage.objects.get(slug="sleep").pk, "comment_notifications": ""})
    data.update(dict.fromkeys(["body-count", "sources-count", "co_creation-count"], 0))
    for rows in ["credits", "related_picks", "comments"]:
        data.update({f"{rows}-{name}": value for name, value in {"TOTAL_FORMS": 0, "INITIAL_FORMS": 0}.items()})
        data.update({f"{rows}-MIN_NUM_FORMS": 0, f"{rows}-MAX_NUM_FORMS": 1000})
    for name, value in changed.items():
        data[name] = value
    return data


def title_of(page: Page) -> str:
    """Read the title of the newest version."""
    return GuidePage.objects.get(pk=page.pk).get_latest_revision_as_object().title


def change(client: Client, page: Page) -> bool:
    """Write another title."""
    client.post(to("edit", page.pk), form(page, title="Rewritten"))
    return title_of(page) == "Rewritten"


def comment(client: Client, page: Page) -> bool:
    """Leave a comment on the title."""
    said = {
        "TOTAL_FORMS": 1,
        "0-text": "Could this be shorter?",
        "0-contentpath": "title",
        "0-position": "",
        "0-id": "",
        "0-replies-TOTAL_FORMS": 0,
        "0-replies-INITIAL_FORMS": 0,
        "0-replies-MIN_NUM_FORMS": 0,
        "0-replies-MAX_NUM_FORMS": 0,
    }
    before = title_of(page)
    client.post(to("edit", page.pk), form(page, title=before, **{f"comments-{name}": value for name, value in said.items()}))
    return Comment.objects.filter(page_id=page.pk).exists() and title_of(page) == before


def submit(client: Client, page: Page) -> bool:
    """Send it to be checked."""
    client.post(to("edit", page.pk), form(page, **{"action-submit": "1"}))
    return Page.objects.get(pk=page.pk).workflow_in_progress


def publish(client: Client, page: Page, **when: object) -> bool:
    """Publish it, now or later."""
    client.post(to("edit", page.pk), edit_form(client, page) | {"action-publish": "1"} | when)
    scheduled = Revision.page_revisions.filter(object_id=str(page.pk), approved_go_live_at__isnull=False)
    return scheduled.exists() if when else Page.objects.get(pk=page.pk).live


def restore(client: Client, page: Page) -> bool:
    """Bring back the first version."""
    first = page.revisions.order_by("created_at").first()
    newer = page.revisions.count()
    client.post(to("revisions_revert", page.pk, first.pk), form(page))
    return page.revisions.count() > newer


def opens(client: Client, address: str) -> bool:
    """Tell whether an address shows something rather than leading away."""
    return client.get(address).status_code == 200


def finds(client: Client, address: str, word: str) -> bool:
    """Tell whether a list names something."""
    return word in client.get(address).content.decode()


def preview(client: Client, page: Page) -> bool:
    """Ask how it would look."""
    response = client.post(to("preview_on_edit", page.pk), form(page))
    return response.status_code == 200 and response.json()["is_valid"]


def as_shown(response: HttpResponse) -> dict[str, object]:
    """Read the fields of an editor's form as a browser would send them."""
    return querydict_from_html(response.content.decode(), form_id="w-editor-form").dict()

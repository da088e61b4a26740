"""Each page of the desk that is ours says in its one main heading what it is."""

import re

from django.test import Client
from django.urls import reverse

import pytest

from content.models import GuidePage

FOR_A_PAGE = ["sign_off", "what_changed", "preview_links"]
FOR_A_LANGUAGE = ["language_desk", "language_registry"]
ALONE = ["languages_report", "sign_off_report", "quality_report", "due_for_review"]


@pytest.mark.parametrize("name", [*FOR_A_PAGE, *FOR_A_LANGUAGE, *ALONE])
def test_a_page_of_the_desk_has_one_main_heading(name: str, editor: Client) -> None:
    guide = GuidePage.objects.get(slug="sleep", locale__language_code="en-gb")
    args = [guide.pk] if name in FOR_A_PAGE else ["uk"] if name in FOR_A_LANGUAGE else []
    answer = editor.get(reverse(name, args=args))
    assert answer.status_code == 200
    headings = re.findall(r"<h1[^>]*>(.*?)</h1>", answer.content.decode(), re.DOTALL)
    assert len(headings) == 1
    assert re.sub(r"<[^>]+>|\s", "", headings[0])

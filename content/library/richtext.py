"""Markdown of the library's files to Wagtail's rich text and back."""

import re
from typing import Protocol

from bs4 import BeautifulSoup, Tag
from markdown_it import MarkdownIt
from markdownify import MarkdownConverter

_PARSER = MarkdownIt("zero").enable(["emphasis", "link", "list", "newline", "escape", "entity"])
_PARSER.add_render_rule("softbreak", lambda *args: " ")


class Pages(Protocol):
    """What knows the pages of the site by address and by number."""

    def page_pk(self, path: str) -> int: ...

    def page_path(self, pk: int) -> str: ...


class _ToMarkdown(MarkdownConverter):
    class Options(MarkdownConverter.DefaultOptions):
        bullets = "-"
        newline_style = "backslash"
        autolinks = False

    def escape(self, text: str, parent_tags: set[str]) -> str:
        signs = re.sub(r"([\\*_\[\]`]|&(?=#?\w+;))", r"\\\1", text)
        bullets = re.sub(r"(?m)^(\s*)([#+\-])", r"\1\\\2", signs)
        return re.sub(r"(?m)^(\s*\d+)([.)])", r"\1\\\2", bullets)

    def convert_a(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        address = re.sub(r"([\\()])", r"\\\1", el.get("href", ""))
        return f"[{text}]({address})" if address else text


def to_html(markdown: str, pages: Pages) -> str:
    """Turn Markdown into rich text as Wagtail stores it.

    markdown: paragraphs, flat lists, bold, italic and links; a link that starts with / leads to a page of ours.
    Raises LibraryError for a link to a page that is not there.
    """
    soup = BeautifulSoup(_PARSER.render(markdown), "html.parser")
    for link in soup.find_all("a"):
        if link["href"].startswith("/") and not link["href"].startswith("//"):
            link.attrs = {"linktype": "page", "id": str(pages.page_pk(link["href"]))}
    for bold in soup.find_all("strong"):
        bold.name = "b"
    for italic in soup.find_all("em"):
        italic.name = "i"
    for item in soup.find_all("li"):
        for paragraph in item.find_all("p"):
            paragraph.unwrap()
    return "".join(
        re.sub(r"\s*\n\s*", "", str(child)) if child.name in {"ul", "ol"} else str(child) for child in soup
    ).replace("\n", "")


def to_markdown(html: str, pages: Pages) -> str:
    """Turn rich text as Wagtail stores it into Markdown."""
    soup = BeautifulSoup(html, "html.parser")
    for link in soup.find_all("a"):
        if link.get("linktype") == "page":
            link.attrs = {"href": pages.page_path(int(link["id"]))}
    return _ToMarkdown().convert_soup(soup).strip("\n")

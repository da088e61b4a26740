"""`manage.py weigh_pages`: what a first visit to each page costs, beside the goals."""

import logging
import re
import time
from dataclasses import dataclass
from statistics import median
from urllib.parse import urljoin

from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.management.base import BaseCommand
from django.test import Client

from wagtail.models import Page

import brotli

from content.base import BasePage
from content.models import CoursePage
from content.timing import LONGEST_SESSION

GOALS = {
    # name: (most for the median page, most for the heaviest, unit)
    "HTML and styles": (13_500, 13_500, "B"),
    "scripts": (10_000, 10_000, "B"),
    "first visit": (60_000, 150_000, "B"),
    "requests": (8, 8, ""),
}
"""One round trip carries some 13.5 kB: ten packets less their headers (RFC 6928)."""


@dataclass
class Weight:
    """What a browser fetches to show a page the first time: its own words and styles, scripts, icon, first picture."""

    address: str
    page: int
    scripts: int
    pictures: int
    requests: int

    def of(self, name: str) -> int:
        """Give the figure that a goal is about."""
        first = self.page + self.scripts + self.pictures
        return {"HTML and styles": self.page, "scripts": self.scripts, "first visit": first, "requests": self.requests}[name]


class Command(BaseCommand):
    help = "Weighs every live page as a browser fetches it: compressed, pictures as AVIF in their larger size."

    def handle(self, *args: object, **options: object) -> None:
        logging.disable(logging.INFO)  # its own requests are nobody's
        client = Client(SERVER_NAME=settings.ALLOWED_HOSTS[0])
        pages = [page for page in Page.objects.live().specific() if isinstance(page, BasePage) and page.url]
        kits = [f"{page.url}kit/{part}" for page in pages if isinstance(page, CoursePage) for part in ("", "slides/")]
        weights = [weigh(client, address) for address in [*(page.url for page in pages), *kits]]
        self.stdout.write(f"{len(weights)} pages")
        self.stdout.write(f"{'':18}{'median':>9}{'goal':>9}{'ratio':>7}{'worst':>10}{'goal':>9}{'ratio':>7}  which")
        for name, (usual, most, unit) in GOALS.items():
            middle, worst = median(weight.of(name) for weight in weights), max(weights, key=lambda one: one.of(name))
            self.stdout.write(
                f"{name:18}{middle:>9,.0f}{usual:>9,}{middle / usual:>7.2f}"
                f"{worst.of(name):>10,}{most:>9,}{worst.of(name) / most:>7.2f}  {worst.address} {unit}".rstrip()
            )
        for course in (page for page in pages if isinstance(page, CoursePage)):
            self._archive(client, course)

    def _archive(self, client: Client, course: CoursePage) -> None:
        """Say what the largest kit of a course weighs and takes, beside a page of that course."""
        modules = ",".join(module.slug for module in course.modules)
        taken = []
        for address in (course.url, f"{course.url}kit.zip?modules={modules}&length={LONGEST_SESSION}"):
            client.get(address)
            began = time.process_time()
            size = len(client.get(address).content)
            taken.append(time.process_time() - began)
        milliseconds, ratio = taken[1] * 1000, taken[1] / taken[0]
        self.stdout.write(f"{course.url}kit.zip, whole: {size:,} B, {milliseconds:.0f} ms CPU, {ratio:.1f} of its page")


def weigh(client: Client, address: str) -> Weight:
    """Weigh one page.

    client: asks it as a browser would; address: its path. Sizes are in bytes as sent.
    """
    answer = client.get(address, headers={"Accept-Encoding": "br"})
    html = brotli.decompress(answer.content).decode()
    scripts = [_at_rest(path) for path in re.findall(r'<script[^>]* src="([^"]+)"', html)]
    sheets = [_at_rest(path) for path in re.findall(r'<link rel="stylesheet" href="([^"]+)"', html)]
    icons = [_at_rest(path) for path in re.findall(r'<link rel="icon" href="([^"]+)"', html)]
    eager = [part for part in html.split("<picture>")[1:] if 'loading="eager"' in part.partition("</picture>")[0]]
    pictures = [_picture(client, urljoin(address, _largest(part))) for part in eager]
    requests = 1 + len(scripts) + len(sheets) + len(icons) + len(pictures)
    return Weight(address, len(answer.content) + sum(sheets), sum(scripts), sum(icons + pictures), requests)


def _largest(picture: str) -> str:
    """Choose what a sharp screen by night takes: the larger size in the smallest format."""
    kind = settings.PICTURE_FORMATS[0]
    return re.search(rf'<source type="image/{kind}" srcset="[^"]*?([^", ]+) \d+w"', picture)[1]


def _picture(client: Client, path: str) -> int:
    return len(client.get(path).getvalue())


def _at_rest(path: str) -> int:
    """Weigh a static file as it is sent: compressed when it was collected."""
    name = re.sub(r"\.[0-9a-f]{12}(?=\.)", "", path.removeprefix(settings.STATIC_URL))
    with open(finders.find(name), "rb") as opened:
        return len(brotli.compress(opened.read()))

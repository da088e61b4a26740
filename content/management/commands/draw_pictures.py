"""`manage.py draw_pictures`: SVG sources become the pictures that the library loads, by night and by day."""

import io
import re
import shutil
from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from PIL import Image

from content.library import FOLDER
from content.library.palette import by_day

COLOURS = 96
"""Flat shapes need no more; the files are a quarter of the size."""


class Command(BaseCommand):
    help = "Draws NAME.svg of a pictures folder as NAME.png and NAME-day.png. Needs Chromium and the dev packages."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("names", nargs="*", help="pictures without their ending; default: all that have an SVG")
        parser.add_argument("--folder", type=Path, default=FOLDER / "pictures")

    def handle(self, *args: object, names: list[str], folder: Path, **options: object) -> None:
        try:
            from playwright.sync_api import sync_playwright
        except ImportError as error:
            raise CommandError("Playwright is not here. Install the dev packages: pip install -e '.[dev]'") from error
        chromium = next(filter(None, map(shutil.which, ["chromium", "chromium-browser", "google-chrome"])), None)
        if chromium is None:
            raise CommandError("Chromium is not here. Install it: apt-get install chromium")
        with (
            sync_playwright() as playwright,
            playwright.chromium.launch(executable_path=chromium, chromium_sandbox=False) as browser,
        ):
            page = browser.new_page(viewport={"width": 1200, "height": 675})
            for name in names or sorted(path.stem for path in folder.glob("*.svg")):
                source = folder / f"{name}.svg"
                if not source.exists():
                    raise CommandError(f"There is no {source.name} in {folder}. Draw it first.")
                night = source.read_text("utf-8")
                for svg, target in [(night, f"{name}.png"), (by_day(night), f"{name}-day.png")]:
                    _draw(page, svg, folder / target)
                    self.stdout.write(f"  {target}")


def _draw(page: object, svg: str, target: Path) -> None:
    page.set_content(f"<body style='margin:0'>{svg}</body>")
    shot = page.locator("svg").screenshot()
    picture = Image.open(io.BytesIO(shot)).convert("RGB")
    # The drawing's own colours stay exact; what is left is for the soft edges between them.
    own = bytes.fromhex("".join(sorted(set(re.findall(r"#([0-9a-f]{6})\b", svg)))))
    edges = bytes(picture.quantize(COLOURS).getpalette())
    palette = Image.new("P", (1, 1))
    palette.putpalette((own + edges)[: 3 * COLOURS])
    picture.quantize(palette=palette, dither=Image.Dither.NONE).save(target, optimize=True)

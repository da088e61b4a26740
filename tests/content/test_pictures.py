"""Readers get each picture in the size, format and scheme of their device, made before it is published."""

import re

from django.test import Client
from django.urls import reverse

from content.models import CustomImage, GuidePage
from tests import build


def picture(html: str) -> str:
    return html.partition('<div class="lead-picture">')[2].partition("</picture>")[0]


def test_a_device_set_to_light_gets_the_days_version_and_others_the_night(visitor: Client) -> None:
    html = picture(visitor.get("/guides/sleep/").content.decode())
    sources = re.findall(r"<source([^>]*)>", html)
    assert 'media="(prefers-color-scheme: light)"' in sources[0]
    assert "sleep-day" in sources[0]
    assert "media=" not in sources[-1]
    assert "sleep-day" not in sources[-1] + html.partition("<img")[2]


def test_a_picture_without_a_days_version_is_shown_all_the_same(visitor: Client) -> None:
    CustomImage.objects.filter(title="sleep.png").update(day=None)
    html = picture(visitor.get("/guides/sleep/").content.decode())
    assert "prefers-color-scheme" not in html
    assert 'alt="An older man' in html


def test_the_browser_knows_the_shape_before_the_picture_comes(visitor: Client) -> None:
    assert re.search(r'<img[^>]* width="960" height="384"', picture(visitor.get("/guides/sleep/").content.decode()))


def test_all_sizes_are_there_before_a_guide_is_published(
    db: None, settings: object, django_capture_on_commit_callbacks: object
) -> None:
    settings.PICTURE_FORMATS = ["avif", "webp"]
    lead, inside = (CustomImage.objects.get(title=f"{name}.png") for name in ("sleep", "work"))
    for image in (lead, lead.day, inside, inside.day):
        image.renditions.all().delete()
    inside.contextual_alt_text = "A canteen"
    body = [("picture", {"image": inside, "caption": ""})]
    with django_capture_on_commit_callbacks(execute=True):
        guide = build.guide("Pictures", picture=lead, body=body, live=False)
        guide.save_revision()
    made = {(image.title, spec) for image in (lead, lead.day, inside) for spec in specs(image)}
    assert ("sleep.png", "fill-480x192|format-avif") in made
    assert ("sleep.png", "fill-960x384|format-webp") in made
    assert ("sleep.png", "fill-960x384|format-jpeg") in made
    assert ("sleep.png", "fill-1200x630|format-jpeg") in made
    assert ("sleep-day.png", "fill-960x384|format-avif") in made
    assert ("work.png", "width-800|format-avif") in made
    assert not guide.live


def specs(image: CustomImage) -> list[str]:
    return list(image.renditions.values_list("filter_spec", flat=True))


def test_the_crop_follows_the_middle_that_an_editor_chose(db: None) -> None:
    image = CustomImage.objects.get(title="sleep.png")
    low = image.get_rendition("fill-960x200").file.read()
    image.focal_point_y = 60
    image.save()
    assert CustomImage.objects.get(pk=image.pk).get_rendition("fill-960x200").file.read() != low


def test_an_editor_chooses_the_days_version_on_the_pictures_own_page(editor: Client) -> None:
    image = CustomImage.objects.get(title="sleep.png")
    edit = editor.get(reverse("wagtailimages:edit", args=[image.pk])).content.decode()
    assert "version for the day" in edit.lower()
    assert 'name="day"' in edit
    assert 'name="day"' not in editor.get(reverse("wagtailimages:add")).content.decode()


def test_other_sites_are_shown_our_own_picture(visitor: Client) -> None:
    for address in ["/guides/sleep/", "/anonymity/", "/"]:
        html = visitor.get(address).content.decode()
        shown = re.search(r'<meta property="og:image" content="([^"]+)"', html)[1]
        assert shown.startswith("http://"), address
        path = shown.partition("//")[2].partition("/")[2]
        assert path.startswith(("media/images/", "static/images/")), address
    assert GuidePage.objects.get(slug="sleep").picture.renditions.filter(filter_spec="fill-1200x630|format-jpeg").exists()

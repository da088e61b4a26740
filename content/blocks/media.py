"""What is seen: pictures."""

from django.utils.translation import gettext_lazy as _

from wagtail import blocks
from wagtail.images import get_image_model
from wagtail.images.blocks import ImageBlock


def _newest_picture() -> dict[str, object]:
    """Show editors a picture of this site, when there is one."""
    return {"image": get_image_model().objects.order_by("-pk").first(), "caption": "A lamp left on in a window."}


class PictureBlock(blocks.StructBlock):
    """A picture with what it shows said in words."""

    image = ImageBlock(label=_("Picture"))
    caption = blocks.CharBlock(required=False, max_length=200, label=_("Caption"))

    class Meta:
        icon = "image"
        label = _("Picture")
        template = "blocks/picture.html"
        description = _("A picture. Say in words what matters in it, for readers who cannot see it.")
        preview_value = staticmethod(_newest_picture)

"""Easy read: one idea, one picture, short lines."""

from django.utils.translation import gettext_lazy as _

from wagtail import blocks
from wagtail.images import get_image_model
from wagtail.images.blocks import ImageBlock

LONGEST_LINE = 90


def _newest_picture() -> dict[str, object]:
    """Show editors a picture of this site, when there is one."""
    picture = get_image_model().objects.order_by("-pk").first()
    return {"picture": picture, "lines": ["Exams can make you worry.", "Many people feel like this."]}


class IdeaBlock(blocks.StructBlock):
    """One idea in one to three short lines, beside one picture that shows it."""

    picture = ImageBlock(label=_("Picture"))
    lines = blocks.ListBlock(
        blocks.CharBlock(max_length=LONGEST_LINE, label=_("Line")),
        min_num=1,
        max_num=3,
        label=_("Lines"),
        help_text=_("One short sentence a line: everyday words, one thing at a time."),
    )

    class Meta:
        icon = "pilcrow"
        label = _("Idea")
        template = "blocks/idea.html"
        description = _("One idea with one picture, for easy read.")
        preview_value = staticmethod(_newest_picture)

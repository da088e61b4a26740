"""Ways onward: links to our pages and to others."""

from django.apps import apps
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from wagtail import blocks


class LinkValue(blocks.StructValue):
    """A link that knows where it leads."""

    @property
    def href(self) -> str:
        """Its address; none for a page that is not live."""
        page = self.get("page")
        if page:
            # The specific class knows its own address; deferred, so that asking costs no query.
            return (page.live and page.specific_deferred.url) or ""
        return self.get("url") or ""

    @property
    def is_external(self) -> bool:
        return not self.get("page")


class LinkBlock(blocks.StructBlock):
    """One link, to a page of ours or to another site."""

    text = blocks.CharBlock(max_length=120, label=_("Words"), help_text=_("Say what the reader will find there."))
    page = blocks.PageChooserBlock(required=False, label=_("A page of this site"))
    url = blocks.URLBlock(required=False, label=_("Or another site's address"))

    def clean(self, value: blocks.StructValue) -> blocks.StructValue:
        cleaned = super().clean(value)
        if bool(cleaned.get("page")) == bool(cleaned.get("url")):
            message = ValidationError(_("Choose a page of this site or write another site's address: one of the two."))
            raise blocks.StructBlockValidationError(block_errors={"page": message})
        return cleaned

    class Meta:
        icon = "link"
        value_class = LinkValue
        label = _("Link")


class LinksBlock(blocks.StructBlock):
    """A short list of links."""

    title = blocks.CharBlock(max_length=80, label=_("Title"))
    links = blocks.ListBlock(LinkBlock(), min_num=1, label=_("Links"))

    class Meta:
        icon = "link"
        label = _("Links")
        template = "blocks/links.html"
        description = _("A short list of links to read more.")
        preview_value = {
            "title": "Read more",
            "links": [{"text": "How sleep works", "page": None, "url": "https://www.nhs.uk/every-mind-matters/"}],
        }


class CardsBlock(blocks.StructBlock):
    """A few ways onward, each with a sentence."""

    title = blocks.CharBlock(max_length=80, label=_("Title"))
    cards = blocks.ListBlock(
        blocks.StructBlock([("link", LinkBlock()), ("text", blocks.CharBlock(max_length=160, label=_("Sentence")))]),
        min_num=1,
        label=_("Cards"),
    )

    class Meta:
        icon = "grip"
        label = _("Cards")
        template = "blocks/cards.html"
        description = _("Two to four ways onward, each with a sentence that says what is there.")
        preview_value = {
            "title": "Choose what fits",
            "cards": [
                {
                    "link": {"text": "If you are at school", "page": None, "url": "https://www.gov.uk/bullying-at-school"},
                    "text": "What a school must do.",
                }
            ],
        }


def _two_guides() -> dict[str, object]:
    """Show editors real guides: the first two."""
    return {"title": "Read next", "guides": list(apps.get_model("content.GuidePage").objects.live()[:2])}


class RelatedGuidesBlock(blocks.StructBlock):
    """Guides to read next, in the middle of a text."""

    title = blocks.CharBlock(max_length=80, default=_("Read next"), label=_("Title"))
    guides = blocks.ListBlock(
        blocks.PageChooserBlock(page_type="content.GuidePage"), min_num=1, max_num=4, label=_("Guides")
    )

    class Meta:
        icon = "doc-full"
        label = _("Related guides")
        template = "blocks/related_guides.html"
        description = _("Guides that fit right here. Those at the end of the page choose themselves.")
        preview_value = staticmethod(_two_guides)


def _a_page() -> dict[str, object]:
    """Show editors a real page: the first guide."""
    return {"page": apps.get_model("content.GuidePage").objects.live().first(), "caption": "The guide"}


class QRCodeBlock(blocks.StructBlock):
    """A code on paper that leads a phone to a page of this site."""

    page = blocks.PageChooserBlock(label=_("Page"))
    caption = blocks.CharBlock(max_length=80, label=_("What it leads to"))

    class Meta:
        icon = "mobile-alt"
        label = _("QR code")
        template = "blocks/qr_code.html"
        description = _("For a poster or a card: a code to scan, with the address in letters beside it.")
        preview_value = staticmethod(_a_page)

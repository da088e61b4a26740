"""The style guide at /cms/style-guide/: every block and every part as readers see it, from left and from right."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from wagtail import blocks
from wagtail.images.blocks import ImageBlock
from wagtail.rich_text import RichText

from .blocks import BodyBlock, VersionBlock
from .blocks.text import AnchorBlock
from .models import CoursePage, GuidePage, Helpline, ModulePage, Notice, PageTranslation, TopicPage
from .training.kit import kit
from .translations.reader import LanguageLink

ARABIC = (
    "من الشائع أن تبقى مستيقظًا قبل الامتحان. خذ نفسًا بطيئًا، ثم اختر خطوة صغيرة واحدة يمكنك القيام بها الليلة. "
    "يمكنك دائمًا التحدث إلى شخص ما."
)
"""It is common to stay awake before an exam. Take a slow breath, then choose one small step. You can always talk."""


EXAMPLES = (("easy-read", "/"), ("bsl", "/"))


def _guide() -> GuidePage | None:
    return GuidePage.objects.live().exclude(picture=None).first()


def _languages() -> list[LanguageLink]:
    return [LanguageLink("en-gb", "English", "/", True), LanguageLink("ar", "العربية", "/ar/", True)]


def _step() -> blocks.StructValue | None:
    module = ModulePage.objects.live().first()
    return module.plan[0].value if module and module.plan else None


def _kit() -> dict[str, object]:
    course = CoursePage.objects.live().first()
    return kit(course, {"own": "30"}, []) if course else {}


PARTS: dict[str, Callable[[], dict[str, object]]] = {
    "breadcrumbs": lambda: {"address": "/topics/", "name": _("Topics")},
    "draft_bar": lambda: {"draft_until": timezone.now()},
    "first_card": lambda: {"guide": _guide()},
    "guide_list": lambda: {"guides": GuidePage.objects.live()[:2]},
    "page_list": lambda: {"pages": TopicPage.objects.live()[:2]},
    "kit_form": _kit,
    "languages": lambda: {"languages": _languages()},
    "helpline_phrases": lambda: {"helpline": Helpline.objects.shown().prefetch_related("ways").first()},
    "translation_note": lambda: {"translation": PageTranslation(by_machine=True), "languages": _languages()},
    "helpline": lambda: {"helpline": Helpline.objects.shown().prefetch_related("ways").first()},
    "lead_picture": lambda: {"page": _guide()},
    "made_by": lambda: {"page": _guide()},
    "notices": lambda: {"notices": [Notice(text=_("The line below is busy today. Text works."), starts=timezone.now())]},
    "on_this_page": lambda: {"on_this_page": [{"anchor_id": "main", "text": _("Before the exam")}]},
    "own_words": dict,
    "pager": lambda: {"pages": Paginator(range(90), 30).page(2), "kept": "q=sleep"},
    "quick_calls": lambda: {"helplines": Helpline.objects.first_calls()},
    "refusals": lambda: {"refusals": [_("This needs at least 12 minutes. Choose a longer session, or fewer modules.")]},
    "run_sheet": _kit,
    "sample_notice": lambda: {"page": _guide()},
    "search_filters": lambda: {"filters": [(_("Topic"), [(_("Sleep"), 12, "?q=sleep&topic=sleep", False)])]},
    "search_form": lambda: {"typed": "cant sleep"},
    "session_step": lambda: {"step": _step(), "mode": "online"},
    "slides": _kit,
    "share": lambda: {"page": _guide(), "guide": _guide()},
    "versions": lambda: {
        "here": "en-gb",
        "languages": [replace(_languages()[0], versions=(("easy-read", "/"), ("bsl", "/")))],
    },
    "urgent_panel": lambda: {"urgent_calls": Helpline.objects.first_calls()},
    "use_until": lambda: {"use_until": date(2027, 5, 1)},
}
"""Parts that can stand alone, each with an example. Those that frame a page or stand in another part are seen there."""


def style_guide(request: HttpRequest) -> HttpResponse:
    """Show every block from its preview value and every part from its example; with `?language=ar` in Arabic sample text."""
    arabic = request.GET.get("language") == "ar"
    with translation.override("ar" if arabic else translation.get_language()):
        blocks_of_bodies = VersionBlock().child_blocks | BodyBlock().child_blocks
        shown = [(name, block, _shown(block, arabic)) for name, block in blocks_of_bodies.items()]
        parts = [(name, _part(name, example, request)) for name, example in PARTS.items()]
        return render(request, "content/style_guide.html", {"blocks": shown, "parts": parts, "arabic": arabic})


def _part(name: str, example: Callable[[], dict[str, object]], request: HttpRequest) -> str:
    return render_to_string(f"parts/{name}.html", example(), request)


def _shown(block: blocks.Block, arabic: bool) -> str:
    value = block.get_preview_value()
    return block.render(in_arabic(block, value) if arabic else value)


def in_arabic(block: blocks.Block, value: object) -> object:
    """Put Arabic sample text where a value has words.

    block: a block definition; value: its value. Returns a value of the same shape; choices, numbers and references stay.
    """
    if not value or isinstance(block, ImageBlock | AnchorBlock):
        return value
    if isinstance(block, blocks.StructBlock):
        return block.normalize({name: in_arabic(child, value.get(name)) for name, child in block.child_blocks.items()})
    if isinstance(block, blocks.ListBlock):
        return block.normalize([in_arabic(block.child_block, item) for item in value])
    if isinstance(block, blocks.RichTextBlock):
        return RichText(f"<p>{ARABIC}</p>")
    if isinstance(block, blocks.CharBlock | blocks.TextBlock):
        return ARABIC.partition(".")[0]
    return value

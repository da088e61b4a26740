"""What every page has: a summary, search words, a picture, and whether it is a sample."""

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.html import strip_tags
from django.utils.translation import gettext_lazy as _

from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.blocks import StreamValue
from wagtail.locks import BaseLock, WorkflowLock
from wagtail.log_actions import get_active_log_context, log
from wagtail.models import Page, PageManager, PageQuerySet, Revision, get_page_models
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField, TranslatableField

from . import appearance, reading
from .approvals.fingerprint import fingerprint
from .blocks import BodyBlock
from .blocks.prepare import pictures_in, prepare
from .blocks.text import HeadingValue
from .fields import BodyField
from .media import CustomImage
from .rights import PageForm, ReviewLock, Rights, may_change, may_see
from .translations.reader import body_to_show, languages_of, record_of
from .translations.step import source_of

FEWEST_TO_LIST = 3
"""A page with fewer headings is seen at a glance."""


class ShownQuerySet(PageQuerySet):
    """Pages, and which of them a reader may see."""

    def shown(self) -> "ShownQuerySet":
        """Keep what is live; samples only while SAMPLE_CONTENT is on."""
        return self.live() if settings.SAMPLE_CONTENT else self.live().filter(sample=False)

    def update(self, **changes: object) -> int:
        """Change rows without saving them: for anything but going live, which must be asked for page by page."""
        if changes.get("live"):
            raise ValueError("A page goes live when it is published, so that it can be checked: publish each one.")
        return super().update(**changes)


class BasePage(Page):
    """What every page of the site has. Pages are public or drafts: there are no private pages, for nobody signs in."""

    summary = models.CharField(
        max_length=160,
        blank=True,
        help_text=_("One line under the title: what the reader gets from this page. At most 160 letters."),
    )
    also_searched_as = models.CharField(
        max_length=255,
        blank=True,
        help_text=_(
            "Words people type when they need this page, parted by commas. Write as they speak: cant sleep, up all night."
        ),
    )
    picture = models.ForeignKey(
        settings.WAGTAILIMAGES_IMAGE_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    picture_alt = models.CharField(
        max_length=200,
        blank=True,
        verbose_name=_("what the picture shows"),
        help_text=_("In words, for readers who cannot see it. Leave empty if it is only decoration."),
    )
    sample = models.BooleanField(default=False, editable=False)

    content_panels = [*Page.content_panels, FieldPanel("summary")]
    promote_panels = [
        MultiFieldPanel(
            [
                FieldPanel("slug"),
                FieldPanel("seo_title"),
                FieldPanel("search_description"),
                FieldPanel("also_searched_as"),
            ],
            _("How it is found"),
        ),
        MultiFieldPanel([FieldPanel("picture"), FieldPanel("picture_alt")], _("Picture")),
    ]
    search_fields = [
        *Page.search_fields,
        index.SearchField("summary"),
        index.SearchField("also_searched_as", boost=2),
        index.FilterField("sample"),
    ]
    # One address in all languages, and no translator can change it.
    override_translatable_fields = [
        SynchronizedField("slug", overridable=False),
        TranslatableField("also_searched_as"),
    ]
    base_form_class = PageForm
    private_page_options = []
    approvals_of_its_kind = ("editorial",)
    """The kinds of approval without which such a page cannot go live (content/approvals/, content/gate.py)."""
    preview_modes = [
        ("", _("As my device is set")),
        (appearance.LIGHT, _("By day (light)")),
        (appearance.DARK, _("By night (dark)")),
        (appearance.PRINT, _("On paper")),
    ]
    is_a_partners_place = False
    """Whether a partner's permissions hang on it: then only somebody who may publish may delete or move it."""
    is_crisis = False
    """Whether people in danger come to it: then no text of a machine goes live on it unread."""
    sample_label = _("Sample.")
    sample_notice = _("This is a made-up sample, to show what such a page looks like.")
    allowed_http_methods = ["GET", "HEAD", "OPTIONS"]
    exclude_fields_in_copy = ["sample"]

    objects = PageManager.from_queryset(ShownQuerySet)()

    class Meta:
        abstract = True

    @property
    def is_shown(self) -> bool:
        """Tell whether a reader may see this page."""
        return self.live and (settings.SAMPLE_CONTENT or not self.sample)

    def versions(self) -> PageQuerySet | None:
        """Give its other forms (easy read, sign language) in all languages; None for a page that has none."""
        return None

    @property
    def is_translation(self) -> bool:
        """Tell whether it says in another language what a page in the site's own language says."""
        if not self.locale_id or self.locale.language_code == settings.LANGUAGE_CODE:
            return False
        return source_of(self) is not None

    @property
    def needs_approvals(self) -> tuple[str, ...]:
        """The kinds of approval without which it cannot go live: of a translation, a second speaker's check."""
        if self.approvals_of_its_kind and self.is_translation:
            return ("translation",)
        return self.approvals_of_its_kind

    def permissions_for_user(self, user: AbstractBaseUser) -> Rights:
        return Rights(user, self)

    def get_lock(self) -> BaseLock | None:
        lock = super().get_lock()
        return ReviewLock(self, lock.task) if isinstance(lock, WorkflowLock) else lock

    def get_admin_display_title(self) -> str:
        """Give the title as whoever works in /cms/ may know it: of another's page, the one that readers see, if any."""
        user = get_active_log_context().user
        if user is None or self._state.adding or may_change(user, self):
            return super().get_admin_display_title()
        if self.live:
            return self.title
        return super().get_admin_display_title() if may_see(user, self) else str(_("A draft of another section"))

    def save_revision(
        self, *args: object, keep_sample: bool = False, overwrite_revision: Revision | None = None, **kwargs: object
    ) -> Revision:
        """Save a version. A sample that anybody edits, by whatever road, is an ordinary draft from then on.

        A translation of a sample is a sample, whoever writes it: its source has had no clinician's word.

        keep_sample: True only for the starter library's own loading, and where a wording is replaced on many pages at once.
        overwrite_revision: the version that saving without being asked writes over; one that somebody has approved is left
        as it is.
        """
        if not keep_sample:
            source = source_of(self) if self.is_translation else None
            self.sample = source is not None and source.sample
        if overwrite_revision and self.approvals.filter(revision=overwrite_revision).exists():
            overwrite_revision = None
        revision = super().save_revision(*args, overwrite_revision=overwrite_revision, **kwargs)
        transaction.on_commit(self.make_pictures_ready)
        return revision

    def publish(self, revision: Revision, *args: object, log_action: object = True, **kwargs: object) -> None:
        """Publish a version. One that was scheduled and may not go live stays a draft, and keeps no other waiting."""
        try:
            with transaction.atomic():
                super().publish(revision, *args, log_action=log_action, **kwargs)
        except ValidationError as error:
            if log_action != "wagtail.publish.scheduled":
                raise
            self.revisions.filter(pk=revision.pk).update(approved_go_live_at=None)
            log(self, "content.held_back", revision=revision, data={"why": error.messages})

    def save(self, *args: object, **kwargs: object) -> None:
        if not self._is_a_draft_of_a_live_translation(kwargs.get("update_fields")):
            super().save(*args, **kwargs)

    def _is_a_draft_of_a_live_translation(self, update_fields: object) -> bool:
        """Tell whether saving would change what readers have without publishing it.

        wagtail-localize saves a page, live or not, before it makes a version of it: the version is all that is wanted.
        """
        if update_fields is not None or not (self.pk and self.live) or self.locale.language_code == settings.LANGUAGE_CODE:
            return False
        live = type(self).objects.filter(pk=self.pk, live=True, live_revision_id=self.live_revision_id).first()
        return live is not None and fingerprint(live) != fingerprint(self)

    @property
    def pictures(self) -> list[tuple[CustomImage, str]]:
        """Its pictures, each with the shape it is shown in: a key of content.media.SIZES."""
        return [(self.picture, "lead")] if self.picture else []

    def make_pictures_ready(self) -> None:
        """Make the sizes of its pictures while it is a draft, so that they are there before it is published."""
        for picture, shape in self.pictures:
            picture.make_ready(shape)

    def serve(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if not self.is_shown:
            raise Http404
        return super().serve(request, *args, **kwargs)

    def get_context(self, request: HttpRequest, *args: object, **kwargs: object) -> dict:
        return super().get_context(request, *args, **kwargs) | {
            "languages": languages_of(self),
            "translation": record_of(self),
        }

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        response = super().serve_preview(request, mode_name).render()
        response.content = appearance.as_seen(response.content.decode(), mode_name)
        return response

    def get_sitemap_urls(self, request: HttpRequest | None = None) -> list[dict]:
        return super().get_sitemap_urls(request) if self.is_shown and self.get_url_parts(request) else []


class BodyPage(BasePage):
    """A page to read. Reading time and reading age are worked out when it is saved, not when it is read."""

    body = BodyField(BodyBlock(), blank=True)
    reading_minutes = models.PositiveSmallIntegerField(default=1, editable=False)
    reading_age = models.FloatField(default=0, editable=False)

    content_panels = [*BasePage.content_panels, FieldPanel("body")]
    search_fields = [*BasePage.search_fields, index.SearchField("body")]

    class Meta:
        abstract = True

    @property
    def body_text(self) -> str:
        """The words of the body, one block a line, without markup."""
        return "\n".join(
            strip_tags(part) for part in self.body.stream_block.get_searchable_content(self.body) if part.strip()
        )

    @property
    def pictures(self) -> list[tuple[CustomImage, str]]:
        return super().pictures + [(picture, "body") for picture in pictures_in(self.body)]

    def save(self, *args: object, **kwargs: object) -> None:
        text = self.body_text
        self.reading_minutes = reading.reading_minutes(text)
        self.reading_age = reading.reading_age(text)
        super().save(*args, **kwargs)

    def get_context(self, request: HttpRequest, *args: object, **kwargs: object) -> dict:
        context = super().get_context(request, *args, **kwargs)
        shown, in_source = body_to_show(self, context["translation"])
        body = prepare(shown, self.picture, linkable)
        return context | {
            "body": body,
            "in_source": in_source,
            "on_this_page": on_this_page(body),
            "is_form": any(child.block_type == "writing_space" and child.value["on_screen"] for child in body),
        }


def linkable(ids: set[int]) -> dict[int, Page]:
    """Find those of some pages that a reader may see, in one query.

    ids: their primary keys. Returns the pages by primary key.
    """
    pages = Page.objects.live().filter(pk__in=ids)
    if not settings.SAMPLE_CONTENT:
        for model in get_page_models():
            if issubclass(model, BasePage):
                pages = pages.exclude(**{f"{model._meta.model_name}__sample": True})
    return pages.in_bulk()


def on_this_page(body: StreamValue) -> list[HeadingValue]:
    """List the main headings of a body, as values with `text` and `anchor_id`; none when there are too few to list."""
    headings = [child.value for child in body if child.block_type == "heading" and child.value["level"] == "2"]
    return headings if len(headings) >= FEWEST_TO_LIST else []

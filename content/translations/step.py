"""Keeps translations in step: notes what a page was made from when it goes live, and what its source has left behind."""

from dataclasses import astuple

from django.conf import settings
from django.db.models import F
from django.dispatch import receiver
from django.utils import timezone

from wagtail.fields import StreamField
from wagtail.models import Page, PageQuerySet
from wagtail.signals import page_published, page_slug_changed, post_page_move
from wagtail_localize.fields import get_translatable_fields
from wagtail_localize.models import StringSegment, StringTranslation, TranslationSource

from .models import PageTranslation
from .parts import Part, compare


def source_of(page: Page) -> Page | None:
    """Find the page in the site's own language that a page is a translation of, of its own class; None for an original."""
    sources = type(page).objects.filter(translation_key=page.translation_key, locale__language_code=settings.LANGUAGE_CODE)
    return sources.exclude(pk=page.pk).first()


def source_as_translated(source: Page) -> Page:
    """Give a source as its translators see it, which may be older than what is live."""
    kept = TranslationSource.objects.get_for_instance_or_none(source)
    return kept.as_instance() if kept else source


def parts_of(page: Page) -> dict[str, Part]:
    """Sum up the parts of a page that are translated: a field by its name, a block by its field and its id."""
    parts = {}
    for translatable in get_translatable_fields(type(page)):
        name = translatable.field_name
        field = page._meta.get_field(name)
        if isinstance(field, StreamField):
            for item in field.stream_block.get_prep_value(getattr(page, name)):
                parts[f"{name}.{item['id']}"] = Part.of(item["type"], item["value"])
        elif field.concrete and not field.is_relation:
            parts[name] = Part.of(name, getattr(page, name))
    return parts


@receiver(page_published)
def keep_in_step(instance: Page, **kwargs: object) -> None:
    """Note what a translation was made from, or what its source has left behind. Nothing is published by it."""
    page = instance.specific
    if page.locale.language_code == settings.LANGUAGE_CODE:
        _source_went_live(page)
    elif source := source_of(page):
        note_translation(page, source)


@receiver(page_slug_changed)
def keep_the_address(instance: Page, **kwargs: object) -> None:
    """Give a page one address in all languages, also when it gets a new one."""
    for translation in _translations_of_source(instance).exclude(slug=instance.slug):
        translation.slug = instance.slug
        translation.save()


@receiver(post_page_move)
def move_along(instance: Page, parent_page_before: Page, parent_page_after: Page, **kwargs: object) -> None:
    """Move the translations of a page with it, where the page it moves to is translated too."""
    if parent_page_before.pk == parent_page_after.pk:
        return
    for translation in _translations_of_source(instance):
        parent = parent_page_after.get_translations().filter(locale_id=translation.locale_id).first()
        if parent is not None and translation.get_parent().pk != parent.pk:
            translation.move(parent, pos="last-child")


def _translations_of_source(page: Page) -> PageQuerySet:
    if page.locale.language_code != settings.LANGUAGE_CODE or page.depth <= 2:  # the first pages share no slug
        return Page.objects.none()
    return page.get_translations().specific()


def note_translation(page: Page, source: Page) -> PageTranslation:
    """Write down what a translation that goes live was made from, who wrote it and who checked it."""
    made_from = parts_of(source_as_translated(source))
    check = page.approvals.model.objects.of(page).filter(kind="translation").first()
    record, _is_new = PageTranslation.objects.update_or_create(
        page_id=page.pk,
        defaults={
            "made_from": {name: astuple(part) for name, part in made_from.items()},
            "behind": [astuple(part) for part in compare(made_from, parts_of(source))] if source.live else [],
            "by_machine": a_machine_wrote(page, source),
            "checked_by": check.role if check else "",
            "checked_on": timezone.localdate(check.made_at) if check else None,
            "made_at": timezone.now(),
        },
    )
    return record


def _source_went_live(source: Page) -> None:
    records = PageTranslation.objects.filter(page__translation_key=source.translation_key).exclude(page_id=source.pk)
    now = parts_of(source)
    for record in records:
        behind = [astuple(part) for part in compare(record.parts_then, now)]
        if behind != [tuple(kept) for kept in record.behind]:
            record.behind = behind
            record.save(update_fields=["behind"])
    kept = TranslationSource.objects.get_for_instance_or_none(source)
    if kept:
        # Translators see the new words at once; Wagtail would wait until somebody asks for them.
        kept.update_from_db()


def translated_by(page: Page) -> list[int]:
    """List who wrote words that a translation is made of: wagtail-localize notes it with each sentence, in no version.

    Returns primary keys of users.
    """
    rows = StringTranslation.objects.filter(locale_id=page.locale_id, context__object_id=page.translation_key)
    return list(rows.exclude(last_translated_by=None).values_list("last_translated_by", flat=True).distinct())


def a_machine_wrote(page: Page, source: Page) -> bool:
    """Tell whether a machine wrote any of the words a translation is made of."""
    segments = StringSegment.objects.filter(source__object_id=source.translation_key)
    return StringTranslation.objects.filter(
        locale_id=page.locale_id,
        translation_type=StringTranslation.TRANSLATION_TYPE_MACHINE,
        translation_of__in=segments.values("string"),
        context__in=segments.filter(string=F("string")).values("context"),
    ).exists()

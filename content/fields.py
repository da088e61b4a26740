"""Two fields of our own: a body whose block definitions stay out of migrations, and opening hours."""

import json

from django.core.exceptions import ValidationError
from django.db import models

from wagtail.fields import StreamField

from . import hours


class BodyField(StreamField):
    """A StreamField that keeps block definitions out of migrations.

    Adding or changing a block then needs no migration. In a migration the field has no blocks, and there it hands the stored
    list on as it is: a data migration that saves a page must not empty its body. Such a migration works on plain lists;
    Wagtail's MigrateStreamData cannot be used with it.
    """

    def __init__(self, block_types: object = None, **kwargs: object) -> None:
        self.is_historical = block_types is None
        super().__init__(block_types or [], **kwargs)

    def deconstruct(self) -> tuple:
        name, path, _, kwargs = models.Field.deconstruct(self)
        return name, path, [], kwargs

    def to_python(self, value: object) -> object:
        if not self.is_historical:
            return super().to_python(value)
        return json.loads(value) if isinstance(value, str) else value

    def get_prep_value(self, value: object) -> object:
        return value if self.is_historical else super().get_prep_value(value)

    def get_default(self) -> object:
        return [] if self.is_historical else super().get_default()


class OpeningHoursField(models.CharField):
    """Opening hours, kept in the one form that `content.hours` writes and reads."""

    def __init__(self, **kwargs: object) -> None:
        super().__init__(**{"max_length": 200, "default": "unknown", **kwargs})

    def clean(self, value: object, model_instance: models.Model | None) -> str:
        try:
            return super().clean(str(hours.parse(str(value or ""))), model_instance)
        except ValueError as error:
            raise ValidationError(str(error)) from error

"""What may be uploaded as a picture."""

import struct

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm
from wagtail.images.widgets import AdminImageChooser
from wagtail.permissions import policy_registry

from .rights import FOR_USE


class WholeImageField(WagtailImageField):
    """An image upload that is read to its end, so that a broken file is an error in the form and not a broken page."""

    def to_python(self, data: object) -> object:
        unreadable = ValidationError(
            _("This picture is broken and cannot be opened. Save it again from your photo app, then upload it."),
            code="invalid_image",
        )
        try:
            upload = super().to_python(data)
            if upload is not None:
                upload.image.auto_orient()
        except ValidationError:
            raise
        except (OSError, SyntaxError, ValueError, EOFError, KeyError, IndexError, RuntimeError, struct.error) as error:
            raise unreadable from error
        if upload is not None and hasattr(upload, "seek"):
            upload.seek(0)
        return upload


class ImageForm(BaseImageForm):
    """Wagtail's image form with an upload that is read to its end."""

    file = WholeImageField(label=_("File"), widget=BaseImageForm._meta.widgets["file"])

    def __init__(self, *args: object, **kwargs: object) -> None:
        user = kwargs.get("user")
        super().__init__(*args, **kwargs)
        # The day's version is a picture of its own, so it is chosen once this one is there.
        if self.instance._state.adding:
            self.fields.pop("day", None)
        elif user is not None and "day" in self.fields:
            choosable = policy_registry.get_by_type(self._meta.model).instances_user_has_any_permission_for(user, FOR_USE)
            there = Q(pk__in=choosable) | Q(pk=self.instance.day_id)
            self.fields["day"].queryset = self._meta.model.objects.filter(there)
        # Naming a picture after several were uploaded at once leaves the file out, which a declared field would ignore.
        if "file" in (self._meta.exclude or ()):
            del self.fields["file"]

    class Meta(BaseImageForm.Meta):
        widgets = BaseImageForm.Meta.widgets | {"day": AdminImageChooser}

"""Half a minute for somebody else: what a barber, a librarian or an imam can say to point to a guide."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wagtail.admin.panels import FieldPanel, MultiFieldPanel

from content.numbers import find_numbers

LONGEST = 200
"""Letters of a sentence: three of them are said in half a minute (about 150 words a minute)."""


class Signpost(models.Model):
    """The words of a guide's signpost: ask, assist, act. What is left empty is made of the guide's own title and summary."""

    ask = models.CharField(
        max_length=LONGEST,
        blank=True,
        help_text=gettext_lazy("One open question that anybody may overhear. Example: How have you been sleeping?"),
    )
    assist = models.CharField(
        max_length=LONGEST, blank=True, help_text=gettext_lazy("One true and useful thing from the guide, in a sentence.")
    )
    act = models.CharField(
        max_length=LONGEST,
        blank=True,
        help_text=gettext_lazy(
            "One small step, which the other person chooses. Where somebody may be in danger, safety comes first."
        ),
    )

    signpost_panel = MultiFieldPanel(
        [FieldPanel("ask"), FieldPanel("assist"), FieldPanel("act")],
        gettext_lazy("Half a minute: what somebody can say to point to this guide. Leave empty for usual words"),
        classname="collapsed",
    )

    class Meta:
        abstract = True

    def clean(self) -> None:
        """Refuse telephone numbers: whoever says them by heart would say them when they have long changed."""
        super().clean()
        said = _("“%(number)s” looks like a telephone number. Say “urgent support” instead: the page has the numbers.")
        errors = {
            name: ValidationError(said, params={"number": found[0]})
            for name in ("ask", "assist", "act")
            if (found := find_numbers(getattr(self, name)))
        }
        if errors:
            raise ValidationError(errors)

    @property
    def script(self) -> dict[str, str]:
        """What to say, by step: the editor's words, or usual ones."""
        return {
            "ask": self.ask or _("How are things with you these days?"),
            "assist": self.assist or self.summary,
            "act": self.act or self._usual_step(),
        }

    def _usual_step(self) -> str:
        title = {"title": self.title}
        if self.is_sensitive:
            return (
                _(
                    "If you are not safe, let’s get help now. If you are, there is a page called “%(title)s”. "
                    "Shall we find it together, here?"
                )
                % title
            )
        return _("There is a page called “%(title)s”. Shall I show you how to find it?") % title

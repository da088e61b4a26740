"""What is done to a helpline, and what its history says: a change from what to what, a check that it is still right.

Helplines keep no revisions: the history shows each change, and nobody can bring an old number back with one click.
"""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wagtail import hooks
from wagtail.actions.base import BaseAction
from wagtail.actions.edit import EditAction
from wagtail.actions.registry import ActionRegistry
from wagtail.log_actions import LogActionRegistry, LogFormatter, log
from wagtail.models import ModelLogEntry

from content import review_cycle, roles
from content.models import Helpline, HelplineWay

CHECKED_BY = "Helpline keeper"
"""What readers are told of who checked: a role, not a name."""


class EditHelpline(EditAction):
    """Wagtail's own action for an edit; it logs what was changed, from what to what."""

    def execute(self, skip_permission_checks: bool = False) -> Helpline:
        before = _fields(old := Helpline.objects.get(pk=self.instance.pk)), _ways(old)
        self.log_action = None
        helpline = super().execute(skip_permission_checks)
        after = _fields(helpline), _ways(helpline)
        data = {
            "fields": [[name, before[0][name], now] for name, now in after[0].items() if now != before[0][name]],
            "taken_out": [way for way in before[1] if way not in after[1]],
            "put_in": [way for way in after[1] if way not in before[1]],
        }
        if any(data.values()):
            log(helpline, "helpline.change", user=self.user, data=data, content_changed=True)
        return helpline


class StillRight(BaseAction):
    """A keeper has checked a helpline today and found it right: confirmed, and to be checked again in 90 days."""

    action_name = "still_right"

    def user_has_permission(self) -> bool:
        return roles.has_role(self.user, roles.HELPLINE_KEEPERS)

    @transaction.atomic
    def execute(self, skip_permission_checks: bool = False) -> Helpline:
        """Say so and log it. Raises ValidationError for one that has ended, and for a number known to be dead."""
        self.check(skip_permission_checks)
        helpline, today = self.instance, timezone.localdate()
        if helpline.status == Helpline.Status.DEAD:
            said = _("“%(name)s” has ended. If somebody answers again, change its state first, then check its number here.")
            raise ValidationError(said, params={"name": helpline.name})
        for way in helpline.ways.all():
            way.clean()
        helpline.status, helpline.checked_on, helpline.checked_by = Helpline.Status.CONFIRMED, today, CHECKED_BY
        helpline.check_again_by = review_cycle.next_check(today)
        helpline.full_clean()
        helpline.save()
        log(helpline, "helpline.still_right", user=self.user, data={"check_again_by": helpline.check_again_by.isoformat()})
        return helpline


def _fields(helpline: Helpline) -> dict[str, str]:
    """What a keeper can change of a helpline, in words, by the name of the field."""
    shown = {}
    for field in Helpline._meta.concrete_fields:
        if field.editable and not field.primary_key:
            value = getattr(helpline, f"get_{field.name}_display", lambda field=field: getattr(helpline, field.name))()
            shown[field.name] = "" if value is None else str(value)
    return shown


def _ways(helpline: Helpline) -> list[str]:
    """The ways to reach it, each in one line."""
    return [_way(way) for way in helpline.ways.all()]


def _way(way: HelplineWay) -> str:
    return ", ".join(filter(None, [str(way), way.keyword, way.note, way.hours]))


class Changed(LogFormatter):
    """Says what was changed, from what to what."""

    label = gettext_lazy("Change a helpline")

    def format_message(self, log_entry: ModelLogEntry) -> str:
        data, nothing = log_entry.data, _("nothing")
        said = [
            _("%(name)s: “%(old)s” is now “%(new)s”.") % {"name": _label(name), "old": old or nothing, "new": new or nothing}
            for name, old, new in data["fields"]
        ]
        said += [_("Taken out: %(way)s.") % {"way": way} for way in data["taken_out"]]
        said += [_("Put in: %(way)s.") % {"way": way} for way in data["put_in"]]
        return " ".join(said)


class Checked(LogFormatter):
    """Says that it was found right, and when it is to be checked again."""

    label = gettext_lazy("Check a helpline: still right")

    def format_message(self, log_entry: ModelLogEntry) -> str:
        then = date_format(date.fromisoformat(log_entry.data["check_again_by"]), "j F Y")
        return _("Checked: still right. To be checked again by %(then)s.") % {"then": then}


def _label(name: str) -> str:
    return capfirst(Helpline._meta.get_field(name).verbose_name)


@hooks.register("register_log_actions")
def log_actions(actions: LogActionRegistry) -> None:
    """What can be read in a helpline's history beside Wagtail's own."""
    actions.register_action("helpline.change")(Changed)
    actions.register_action("helpline.still_right")(Checked)


@hooks.register("register_actions")
def helpline_actions(actions: ActionRegistry) -> None:
    """Wagtail's forms, and whatever else changes a helpline by its actions, log through ours."""
    actions.register(Helpline, EditHelpline)
    actions.register(Helpline, StillRight)

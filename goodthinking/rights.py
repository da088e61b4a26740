"""A log of who may do what in /cms/: every change of rights, whichever road it takes, with who made it.

It stands in Wagtail's own log. Who made a change is known inside /cms/; a command on the server counts as “system”.
"""

from collections.abc import Iterable

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.core.exceptions import ObjectDoesNotExist
from django.db.models import Model
from django.db.models.signals import m2m_changed, post_delete, post_save, pre_save
from django.dispatch import receiver
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wagtail.log_actions import LogActionRegistry, LogFormatter, log
from wagtail.models import GroupCollectionPermission, GroupPagePermission, GroupSitePermission, ModelLogEntry

User = get_user_model()
PLACED = (GroupPagePermission, GroupCollectionPermission, GroupSitePermission)
"""Rights of a group that hold in one place: a part of the page tree, a collection, a site."""

GIVEN, TAKEN = "rights.given", "rights.taken"
PLAIN = {
    "rights.added": (gettext_lazy("Add a user or group"), gettext_lazy("Added")),
    "rights.removed": (gettext_lazy("Remove a user or group"), gettext_lazy("Removed")),
    "rights.let_in": (gettext_lazy("Let a user sign in"), gettext_lazy("May sign in again")),
    "rights.kept_out": (gettext_lazy("Keep a user out"), gettext_lazy("May no longer sign in")),
    "rights.password": (gettext_lazy("Change a password"), gettext_lazy("Has a new password")),
    "rights.second_factor_set_up": (gettext_lazy("Add a phone"), gettext_lazy("Has added a phone for signing in")),
    "rights.second_factor_reset": (
        gettext_lazy("Take a phone off"),
        gettext_lazy("Phone taken off: adds one at next sign-in"),
    ),
}
"""What can happen that needs no more words: how a filter calls it, and how the log says it."""

ACTIONS = {GIVEN, TAKEN, *PLAIN}


def register(actions: LogActionRegistry) -> None:
    """Tell Wagtail's log how each change is called."""
    for name, (label, message) in PLAIN.items():
        actions.register_action(name, label, message)

    class Change(LogFormatter):
        def format_message(self, log_entry: ModelLogEntry) -> str:
            return f"{self.message} {', '.join(log_entry.data['what'])}"

    for name, label, message in (
        (GIVEN, gettext_lazy("Give a right"), gettext_lazy("Given:")),
        (TAKEN, gettext_lazy("Take a right"), gettext_lazy("Taken:")),
    ):
        actions.register_action(name)(type("Change", (Change,), {"label": label, "message": message}))


def given(whom: Model, what: Iterable[str]) -> None:
    """Log that a user or a group can do more. what: rights in words."""
    if what := sorted(what):
        log(whom, GIVEN, data={"what": what})


def taken(whom: Model, what: Iterable[str]) -> None:
    """Log that a user or a group can do less. what: rights in words."""
    if what := sorted(what):
        log(whom, TAKEN, data={"what": what})


def in_words(right: Model) -> str:
    """Say what a group may do in one place. right: of one of PLACED. Raises ObjectDoesNotExist when the place is gone."""
    place = getattr(right, next(name for name in ("page", "collection", "site") if hasattr(right, f"{name}_id")))
    return f"{right.permission.name} – {place}"


def placed(group: Group) -> set[str]:
    """List in words what a group may do in which places."""
    return {in_words(right) for kind in PLACED for right in kind.objects.filter(group=group).select_related("permission")}


@receiver([post_save, post_delete])
def log_placed(sender: type[Model], instance: Model, signal: object, created: bool = False, **about: object) -> None:
    """Log a right in one place that was given or taken by itself; forms give several at once, see groups.py."""
    if sender not in PLACED or about.get("raw"):
        return
    try:
        if signal is post_delete:
            taken(instance.group, [in_words(instance)])
        elif created:
            given(instance.group, [in_words(instance)])
    except ObjectDoesNotExist:  # the place goes too, and has its own line in the log
        return


@receiver(pre_save, sender=User)
def remember_former_rights(sender: type[Model], instance: Model, update_fields: set | None = None, **about: object) -> None:
    """Look at what somebody could do before she is saved; not at sign-in, which saves only when it was."""
    asked = instance.pk and (update_fields is None or {"is_active", "is_superuser"} & set(update_fields))
    instance.former_rights = (
        sender.objects.filter(pk=instance.pk).values("is_active", "is_superuser").first() if asked else None
    )


@receiver(post_save, sender=User)
def log_user(sender: type[Model], instance: Model, created: bool, raw: bool = False, **about: object) -> None:
    """Log that somebody was added, let in or kept out, made an administrator, or has a new password."""
    if raw:
        return
    former = instance.former_rights or {
        "is_active": instance.is_active,
        "is_superuser": not created and instance.is_superuser,
    }
    if created:
        log(instance, "rights.added")
    elif instance._password is not None:  # set until the save is over; a better hash of the same password leaves it empty
        log(instance, "rights.password")
    if former["is_active"] != instance.is_active:
        log(instance, "rights.let_in" if instance.is_active else "rights.kept_out")
    if former["is_superuser"] != instance.is_superuser:
        (given if instance.is_superuser else taken)(instance, [_("everything (administrator)")])


@receiver(post_save, sender=Group)
def log_group(sender: type[Model], instance: Model, created: bool, raw: bool = False, **about: object) -> None:
    """Log that there is a new group."""
    if created and not raw:
        log(instance, "rights.added")


@receiver(post_delete, sender=User)
@receiver(post_delete, sender=Group)
def log_removed(sender: type[Model], instance: Model, **about: object) -> None:
    """Log that a user or a group is no more."""
    log(instance, "rights.removed", deleted=True)


@receiver(m2m_changed, sender=User.groups.through)
def log_membership(
    sender: type[Model], instance: Model, action: str, reverse: bool, pk_set: set | None, **about: object
) -> None:
    """Log who joined or left which group, from whichever end it was done."""
    if reverse:
        users = User.objects.filter(pk__in=pk_set) if pk_set is not None else instance.user_set.all()
        changes = [(user, [instance.name]) for user in users]
    else:
        groups = Group.objects.filter(pk__in=pk_set) if pk_set is not None else instance.groups.all()
        changes = [(instance, groups.values_list("name", flat=True))]
    _log_changes(action, [(user, [_("member of “%s”") % name for name in names]) for user, names in changes])


@receiver(m2m_changed, sender=Group.permissions.through)
@receiver(m2m_changed, sender=User.user_permissions.through)
def log_permissions(
    sender: type[Model], instance: Model, action: str, reverse: bool, pk_set: set | None, model: type[Model], **about: object
) -> None:
    """Log which rights without a place a group or a user was given or lost, from whichever end it was done."""
    own = "permissions" if sender is Group.permissions.through else "user_permissions"
    back = "group_set" if sender is Group.permissions.through else "user_set"
    if reverse:
        holders = model.objects.filter(pk__in=pk_set) if pk_set is not None else getattr(instance, back).all()
        _log_changes(action, [(holder, [instance.name]) for holder in holders])
    else:
        rights = Permission.objects.filter(pk__in=pk_set) if pk_set is not None else getattr(instance, own).all()
        _log_changes(action, [(instance, rights.values_list("name", flat=True))])


def _log_changes(action: str, changes: list[tuple[Model, Iterable[str]]]) -> None:
    said = {"post_add": given, "post_remove": taken, "pre_clear": taken}.get(action)
    for whom, what in changes if said else []:
        said(whom, what)

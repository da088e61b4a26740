"""Wagtail's forms of users and groups, where they change rights past the signals that goodthinking/rights.py listens to."""

from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractBaseUser
from django.http import HttpRequest, HttpResponse

from wagtail.admin.views.bulk_action import BulkAction
from wagtail.log_actions import log
from wagtail.users.views import groups

from . import rights


class LogPlacedRights:
    """Logs what a form gave: it makes its rights in bulk, which sends no signal. What it takes away sends one."""

    def process_form(self) -> HttpResponse:
        """Compare what the group may do in which places before and after."""
        before = rights.placed(self.object) if self.object.pk else set()
        response = super().process_form()
        if self.object.pk:
            rights.given(self.object, rights.placed(self.object) - before)
        return response


class GroupCreateView(LogPlacedRights, groups.CreateView):
    """Wagtail's form for a new group."""


class GroupEditView(LogPlacedRights, groups.EditView):
    """Wagtail's form for a group."""


class GroupViewSet(groups.GroupViewSet):
    """Wagtail's screens of groups."""

    add_view_class = GroupCreateView
    edit_view_class = GroupEditView


def log_state_set_in_bulk(request: HttpRequest, kind: str, objects: list[AbstractBaseUser], action: BulkAction) -> None:
    """Log who was let in or kept out from the list of users, which sends no signal either."""
    if kind == "set_active_state" and action.model is get_user_model():
        for user in objects:
            log(user, "rights.let_in" if action.cleaned_form.cleaned_data["mark_as_active"] else "rights.kept_out")

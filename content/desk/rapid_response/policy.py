"""Who may act at once: London editors and administrators."""

from collections.abc import Collection

from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractBaseUser
from django.db.models import Q, QuerySet

from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.permission_policies import BasePermissionPolicy
from wagtail.permissions import register_permission_policy

from content import roles
from content.models import Notice


class LondonEditorsPolicy(BasePermissionPolicy):
    """London editors do all but delete: a notice is ended, and what was said stays on record."""

    def user_has_permission(self, user: AbstractBaseUser, action: str) -> bool:
        return action != "delete" and roles.has_role(user, roles.LONDON_EDITORS)

    def users_with_any_permission(self, actions: Collection[str]) -> QuerySet:
        one_of_them = Q(groups__name__in=[roles.LONDON_EDITORS, roles.ADMINISTRATORS]) | Q(is_superuser=True)
        return get_user_model().objects.filter(one_of_them, is_active=True).distinct()


POLICY = LondonEditorsPolicy(Notice)
register_permission_policy(Notice, POLICY)


class LondonEditorsOnly(PermissionCheckedMixin):
    """A view of rapid response."""

    permission_policy = POLICY
    permission_required = "change"

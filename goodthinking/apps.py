from django.apps import AppConfig

from wagtail.users.apps import WagtailUsersAppConfig


class GoodthinkingConfig(AppConfig):
    name = "goodthinking"
    default = True  # of the two here; without it Django takes neither, and nothing listens

    def ready(self) -> None:
        """Listen to sign-ins and to changes of rights."""
        from . import login, rights  # noqa: F401


class UsersConfig(WagtailUsersAppConfig):
    group_viewset = "goodthinking.groups.GroupViewSet"

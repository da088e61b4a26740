from django.apps import AppConfig


class SnapshotsConfig(AppConfig):
    name = "goodthinking.snapshots"

    def ready(self) -> None:
        """Listen to changes from the start, in every process that can make one."""
        from . import changes  # noqa: F401

from django.apps import AppConfig


class ContentConfig(AppConfig):
    name = "content"
    verbose_name = "Content"

    def ready(self) -> None:
        from . import gate  # noqa: F401 (the gate stands as soon as it is imported)
        from .translations import step  # noqa: F401 (translations are kept in step from then on)

"""Own section only: lists in /cms/ leave out what belongs to somebody else."""

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import URLPattern, path

from wagtail import hooks
from wagtail.api.v2.router import WagtailAPIRouter
from wagtail.documents.api.admin.views import DocumentsAdminAPIViewSet
from wagtail.images.api.admin.views import ImagesAdminAPIViewSet
from wagtail.permissions import page_permission_policy, policy_registry
from wagtail_localize.views.report import TranslationsReportView

from content.rights import seen_by


@hooks.register("construct_page_chooser_queryset")
def only_pages_she_may_know_of(pages: QuerySet, request: HttpRequest) -> QuerySet:
    """Any live page may be linked to; of drafts, only those of her own section."""
    return pages.filter(seen_by(request.user))


class ChosenByPermission:
    """An endpoint of the editor's API that lists what its user may choose."""

    def get_queryset(self) -> QuerySet:
        """Leave out the pictures and documents of other sections."""
        policy = policy_registry.get_by_type(self.model)
        return super().get_queryset() & policy.instances_user_has_any_permission_for(self.request.user, ["choose", "change"])


class OwnDocuments(ChosenByPermission, DocumentsAdminAPIViewSet):
    """Wagtail's list of documents, without those of other sections."""


class OwnImages(ChosenByPermission, ImagesAdminAPIViewSet):
    """Wagtail's list of pictures, without those of other sections."""


@hooks.register("construct_admin_api", order=100)
def own_files_in_the_api(router: WagtailAPIRouter) -> None:
    """Put our two endpoints in the place of Wagtail's, which list everything."""
    router.register_endpoint("documents", OwnDocuments)
    router.register_endpoint("images", OwnImages)


class OwnTranslations(TranslationsReportView):
    """The report of translations, without those of other sections."""

    def get_queryset(self) -> QuerySet:
        """Keep what is translated from pages that she may change."""
        mine = page_permission_policy.instances_user_has_permission_for(self.request.user, "change")
        keys = mine.values("translation_key")
        return super().get_queryset().filter(source__object_id__in=keys).order_by("-pk")


@hooks.register("register_admin_urls", order=-1)
def own_translations_urls() -> list[URLPattern]:
    """Stand before wagtail-localize's own addresses, which list everything."""
    report = "localize/reports/translations/"
    return [
        path(report, OwnTranslations.as_view()),
        path(f"{report}results/", OwnTranslations.as_view(results_only=True)),
    ]

"""The report of changes of rights, for administrators."""

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from wagtail.admin.menu import MenuItem
from wagtail.admin.views.reports.audit_logging import LogEntriesView

from content.models import PartnerPage, PartnerShelf
from content.roles import has_role

from . import rights

COME_AND_GO = ("wagtail.create", "wagtail.delete")


class RightsReport(LogEntriesView):
    """Every change of who may do what, and which partners came and went: what, whose, by whom, when."""

    page_title = _("Changes of rights")
    header_icon = "key"
    index_url_name = "rights_report"
    index_results_url_name = "rights_report_results"

    def dispatch(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        """Raises PermissionDenied for all but administrators."""
        if not has_role(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def filter_queryset(self, queryset: QuerySet) -> QuerySet:
        """Leave out everything else that the log holds."""
        partners = ContentType.objects.get_for_models(PartnerPage, PartnerShelf).values()
        ours = Q(action__in=rights.ACTIONS) | Q(action__in=COME_AND_GO, content_type__in=partners)
        return super().filter_queryset(queryset.filter(ours))

    def get_filename(self) -> str:
        """Name the file that the report is exported to."""
        return "changes-of-rights"


class AdministratorsMenuItem(MenuItem):
    """A menu item that only administrators see."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Tell whether to show it."""
        return has_role(request.user)

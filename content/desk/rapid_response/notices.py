"""Putting up a notice above topics and their guides, changing it, ending it."""

from django.forms import CheckboxSelectMultiple, Textarea
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from wagtail import hooks
from wagtail.actions.base import BaseAction
from wagtail.actions.create import CreateAction
from wagtail.actions.edit import EditAction
from wagtail.actions.registry import ActionRegistry
from wagtail.admin import messages
from wagtail.admin.panels import FieldPanel
from wagtail.admin.ui.tables import Column
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.log_actions import log

from content.models import Notice

from .log import OURS


class CreateNotice(CreateAction):
    """Wagtail's own action for a new thing; it notes who made the notice and logs why and until when."""

    def execute(self, skip_permission_checks: bool = False) -> Notice:
        self.instance.made_by, self.log_action = self.user, None
        return _logged(super().execute(skip_permission_checks), self)


class EditNotice(EditAction):
    """Wagtail's own action for an edit; it logs why and until when."""

    def execute(self, skip_permission_checks: bool = False) -> Notice:
        self.log_action = None
        return _logged(super().execute(skip_permission_checks), self)


class EndNotice(BaseAction):
    """Readers no longer see a notice from now on."""

    action_name = "end"
    permission_policy_action = "change"

    def execute(self, skip_permission_checks: bool = False) -> Notice:
        """End it and log it."""
        self.check(skip_permission_checks)
        self.instance.expires = timezone.now()
        self.instance.save(update_fields=["expires"])
        log(self.instance, f"{OURS}notice_ended", user=self.user)
        return self.instance


def _logged(notice: Notice, action: BaseAction) -> Notice:
    data = {
        "topics": [topic.title for topic in notice.topics.all()],
        "until": timezone.localdate(notice.expires).isoformat(),
        "reason": notice.reason,
    }
    log(notice, f"{OURS}notice", user=action.user, data=data, content_changed=True)
    return notice


@require_POST
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """End a notice now. Raises PermissionDenied."""
    EndNotice(get_object_or_404(Notice, pk=pk), user=request.user).execute()
    messages.success(request, _("The notice has ended: readers no longer see it."))
    return redirect("rapid_response")


class NoticeViewSet(ModelViewSet):
    """The notices, past and present."""

    model = Notice
    name = "notices"
    url_prefix = "rapid-response/notices"
    icon = "warning"
    copy_view_enabled = False
    list_display = [
        "text",
        Column("reason", label=gettext_lazy("Why")),
        Column("starts", label=gettext_lazy("From")),
        Column("expires", label=gettext_lazy("Until"), sort_key="expires"),
        Column("made_by", label=gettext_lazy("By")),
    ]
    panels = [
        FieldPanel("text", widget=Textarea(attrs={"rows": 3})),
        FieldPanel("reason"),
        FieldPanel("expires"),
        FieldPanel("topics", widget=CheckboxSelectMultiple),
    ]

    def get_add_view_kwargs(self, **kwargs: object) -> dict:
        return super().get_add_view_kwargs(submit_button_label=gettext_lazy("Put it up now"), **kwargs)


@hooks.register("register_admin_viewset")
def notices() -> NoticeViewSet:
    """The forms and the list of notices."""
    return NoticeViewSet()


@hooks.register("register_actions")
def notice_actions(actions: ActionRegistry) -> None:
    """The forms log through ours."""
    for action in (CreateNotice, EditNotice, EndNotice):
        actions.register(Notice, action)

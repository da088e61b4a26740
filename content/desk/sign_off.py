"""Approvals at the desk: what is logged, one-time links for clinicians, and what an administrator may do in an emergency."""

from django.utils.translation import gettext_lazy as _

from wagtail import hooks
from wagtail.log_actions import LogActionRegistry


@hooks.register("register_log_actions")
def log_actions(actions: LogActionRegistry) -> None:
    """What stands in the history of a page."""
    actions.register_action("content.approve", _("Approve"), _("Approved this version"))
    actions.register_action("content.emergency", _("Publish in an emergency"), _("Published without sign-off"))
    actions.register_action("content.held_back", _("Hold back"), _("Held back: it was due to go live and was not ready"))
    actions.register_action("content.sign_off_link", _("Ask for sign-off"), _("Made a one-time link for a clinician"))

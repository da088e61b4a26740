"""The two steps of the workflow. Whoever approves one, by whatever road, leaves an approval of exactly that version."""

from django import forms
from django.contrib.auth.models import AbstractBaseUser, Group
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from wagtail.models import AbstractGroupApprovalTask, Page, TaskState, Workflow, WorkflowPage, WorkflowState, WorkflowTask

from content import roles

from .forms import ApprovalForm, ClinicalForm
from .models import Approval, ApprovalKind, authors_of

WORKFLOW = "Editorial check, then clinical sign-off"


class ApprovalTask(AbstractGroupApprovalTask):
    """A step that somebody approves who had no hand in the version. A page passes by that does not need it, or has it."""

    kind = ApprovalKind.EDITORIAL
    form = ApprovalForm

    class Meta:
        abstract = True

    def start(self, workflow_state: WorkflowState, user: AbstractBaseUser | None = None) -> TaskState:
        task_state = super().start(workflow_state, user=user)
        page = workflow_state.content_object.specific
        is_given = Approval.objects.of(page.get_latest_revision_as_object()).filter(kind=self.kind).exists()
        if is_given or self.kind not in page.needs_approvals:
            task_state.status = TaskState.STATUS_SKIPPED
            task_state.save()
        return task_state

    def get_actions(self, obj: Page, user: AbstractBaseUser) -> list[tuple[str, str, bool]]:
        if not super().get_actions(obj, user):
            return []
        actions = [("reject", _("Send back with a comment"), True)]
        if user.pk not in authors_of(obj, self.kind):
            actions.append(("approve", _("Approve this version"), True))
        return actions

    def get_form_for_action(self, action: str) -> type[forms.Form]:
        return self.form if action == "approve" else super().get_form_for_action(action)

    @transaction.atomic
    def on_action(
        self, task_state: TaskState, user: AbstractBaseUser, action_name: str, comment: str = "", **said: str
    ) -> None:
        if action_name == "approve":
            revision = task_state.workflow_state.content_object.get_latest_revision()
            Approval.objects.create_for(revision, self.kind, user=user, comment=comment, **said)
        super().on_action(task_state, user, action_name, comment=comment)


class EditorialCheckTask(ApprovalTask):
    """Somebody of the London desk reads it: is it safe, clear and true to its sources?"""

    class Meta:
        verbose_name = _("editorial check")
        verbose_name_plural = _("editorial checks")

    @classmethod
    def get_description(cls) -> str:
        return _("A London editor who did not write it reads it.")


class ClinicalSignOffTask(ApprovalTask):
    """A clinician reads it, signed in or by a one-time link."""

    kind = ApprovalKind.CLINICAL
    form = ClinicalForm

    class Meta:
        verbose_name = _("clinical sign-off")
        verbose_name_plural = _("clinical sign-offs")

    @classmethod
    def get_description(cls) -> str:
        return _("A clinician reads it and signs it off, signed in or by a one-time link.")


def set_up_workflow() -> Workflow:
    """Make the workflow that every page of the site goes through, unless it is there, and give it to the whole tree."""
    workflow, is_new = Workflow.objects.get_or_create(name=WORKFLOW)
    if is_new:
        steps = [
            (EditorialCheckTask, "Editorial check", roles.LONDON_EDITORS),
            (ClinicalSignOffTask, "Clinical sign-off", roles.CLINICAL_REVIEWERS),
        ]
        for place, (model, name, role) in enumerate(steps):
            task = model.objects.create(name=name)
            task.groups.add(Group.objects.get_or_create(name=role)[0])
            WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=place)
        WorkflowPage.objects.update_or_create(page=Page.get_first_root_node(), defaults={"workflow": workflow})
    return workflow

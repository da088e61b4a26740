"""What somebody may see of a page and do with it: her own section, what is live, and what she was asked to read."""

from collections.abc import Iterator

from django.contrib.auth.models import AbstractBaseUser
from django.contrib.contenttypes.models import ContentType
from django.db.models import Model, Q
from django.utils.translation import gettext_lazy as _

from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.locks import WorkflowLock
from wagtail.models import (
    CollectionMember,
    Page,
    PagePermissionTester,
    ReferenceIndex,
    WorkflowState,
)
from wagtail.permissions import page_permission_policy, policy_registry

from .roles import CLINICAL_REVIEWERS, LIVED_EXPERIENCE_REVIEWERS, has_role

FOR_USE = {"choose", "change"}
"""Wagtail's permissions on pictures and documents of which one is enough to use them in a page."""

REVIEWERS = (CLINICAL_REVIEWERS, LIVED_EXPERIENCE_REVIEWERS)


def may_change(user: AbstractBaseUser, page: Page) -> bool:
    """Tell whether a page is in somebody's own section: she may change it, whatever stage it is at."""
    return page_permission_policy.user_has_permission_for_instance(user, "change", page)


def seen_by(user: AbstractBaseUser) -> Q:
    """Say which pages somebody may know of: live ones, her own section, and for a reviewer what is in review.

    Returns a condition for a query of pages.
    """
    if user.is_superuser:
        return Q(pk__isnull=False)
    seen = Q(live=True)
    for permission in page_permission_policy.get_cached_permissions_for_user(user):
        seen |= Q(path__startswith=permission.page.path)
    if has_role(user, *REVIEWERS):
        seen |= Q(pk__in=in_review())
    return seen


def in_review() -> list[int]:
    """List the primary keys of the pages that wait for somebody's word."""
    waiting = WorkflowState.objects.filter(
        status=WorkflowState.STATUS_IN_PROGRESS, base_content_type__app_label=Page._meta.app_label
    )
    return [int(pk) for pk in waiting.values_list("object_id", flat=True)]


def may_see(user: AbstractBaseUser, page: Page) -> bool:
    """Tell whether somebody may know of a page and read what it is called."""
    return page.live or Page.objects.filter(seen_by(user), pk=page.pk).exists()


def files_in(page: Page) -> Iterator[tuple[type[Model], str]]:
    """List the pictures and documents that a page shows, each as its model and primary key."""
    for content_type_id, pk, _model_path, _content_path in ReferenceIndex._extract_references_from_object(page):
        model = ContentType.objects.get_for_id(content_type_id).model_class()
        if issubclass(model, CollectionMember):
            yield model, pk


class Rights(PagePermissionTester):
    """Wagtail's answers, and ours where its own say too much: a reviewer may read and comment, and change nothing."""

    def may_change(self) -> bool:
        """Tell whether the words of the page are hers to change."""
        return may_change(self.user, self.page)

    def may_comment(self) -> bool:
        """Tell whether a reviewer may read the page and comment on it: from submission until it is decided."""
        return self.user.is_active and self.page.workflow_in_progress and has_role(self.user, *REVIEWERS)

    def can_edit(self) -> bool:
        return super().can_edit() or self.may_comment()

    def can_copy(self) -> bool:
        return self.may_change()

    def can_delete(self, ignore_bulk: bool = False) -> bool:
        return super().can_delete(ignore_bulk) and (self.can_publish() or not self.page.specific_class.is_a_partners_place)

    def can_submit_for_moderation(self) -> bool:
        return self.may_change() and super().can_submit_for_moderation()

    def can_view_revisions(self) -> bool:
        return super().can_view_revisions() and (self.can_edit() or self.can_publish())


class ReviewLock(WorkflowLock):
    """Keeps a page in review as it is for all but those whose turn it is, and lets every reviewer comment."""

    def for_user(self, user: AbstractBaseUser) -> bool:
        return super().for_user(user) and not self.object.permissions_for_user(user).may_comment()


class PageForm(WagtailAdminPageForm):
    """The form of a page. Whoever may only read the page can comment in it; whatever else she sends stays as it was."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        is_new = self.instance._state.adding
        self.only_comments = not (is_new or self.for_user is None or may_change(self.for_user, self.instance))
        if self.only_comments:
            for name, field in self.fields.items():
                field.disabled = name != "comment_notifications"
        elif self.for_user is not None:
            self._offer_only_what_she_may_know_of()

    def _offer_only_what_she_may_know_of(self) -> None:
        """Leave drafts of other sections out of lists to tick. What is ticked already stays."""
        for name, field in self.fields.items():
            choices = getattr(field, "queryset", None)
            if choices is not None and issubclass(choices.model, Page):
                chosen = self.initial.get(name) or []
                kept = [getattr(row, "pk", row) for row in (chosen if hasattr(chosen, "__iter__") else [chosen])]
                field.queryset = choices.filter(seen_by(self.for_user) | Q(pk__in=kept))

    def _post_clean(self) -> None:
        """Refuse files of other sections, which the choosers do not offer, unless they were there before."""
        there = set(files_in(self.instance))
        super()._post_clean()
        for model, pk in set(files_in(self.instance)) - there:
            policy, row = policy_registry.get_by_type(model), model.objects.filter(pk=pk).first()
            if row and self.for_user and not policy.user_has_any_permission_for_instance(self.for_user, FOR_USE, row):
                self.add_error(None, _("You chose a file of another section. Choose one of yours, or a shared one."))

    def save(self, commit: bool = True) -> Page:
        if self.instance._state.adding:
            # A draft first: so nothing is lost where Wagtail would save it live at once and it may not go live.
            self.instance.live = False
        if self.only_comments:
            self.formsets = {name: rows for name, rows in self.formsets.items() if name == "comments"}
        return super().save(commit)

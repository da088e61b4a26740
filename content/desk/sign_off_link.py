"""What a clinician without an account meets: one version to read, what changed since the last signed one, and her word."""

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from wagtail.log_actions import log

from content.approvals.forms import ClinicalForm, SendBackForm
from content.approvals.models import Approval, SignOffLink
from content.approvals.tasks import ClinicalSignOffTask
from content.base import BasePage
from content.changes import in_words
from content.quality.run import findings


def read_and_sign(request: HttpRequest, token: str) -> HttpResponse:
    """Show what is to be signed off, and take the answer once. A link that is spent, late or void gets a kind 404."""
    link = SignOffLink.objects.open_with(token)
    if link is None:
        return _private(render(request, "desk/sign_off_gone.html", status=404))
    form = _form(request)
    if form.is_bound and form.is_valid():
        try:
            thanks = _answer(link, form)
            return _private(render(request, "desk/sign_off_thanks.html", {"thanks": thanks}))
        except ValidationError as error:
            form.add_error(None, error)
    page = link.revision.as_object()
    last = Approval.objects.filter(page=link.page, kind=Approval.Kind.CLINICAL).exclude(revision=None).first()
    context = {
        "page": page,
        "link": link,
        "token": token,
        "last": last,
        "changes": in_words(last.revision.as_object(), page) if last else [],
        # That nobody has signed it off yet is why she is here.
        "findings": [finding for finding in findings(page) if finding.check != "review_date"],
        "sign": form if isinstance(form, ClinicalForm) else ClinicalForm(),
        "send_back": form if isinstance(form, SendBackForm) else SendBackForm(),
    }
    return _private(render(request, "desk/sign_off_link.html", context))


def version(request: HttpRequest, token: str) -> HttpResponse:
    """Show the version that a link is for, as readers would see it."""
    link = SignOffLink.objects.open_with(token)
    if link is None:
        return _private(render(request, "desk/sign_off_gone.html", status=404))
    page: BasePage = link.revision.as_object()
    return _private(page.make_preview_request(request, page.default_preview_mode))


def _form(request: HttpRequest) -> forms.Form:
    if request.method != "POST":
        return ClinicalForm()
    return SendBackForm(request.POST) if request.POST.get("answer") == "send-back" else ClinicalForm(request.POST)


def _answer(link: SignOffLink, form: forms.Form) -> str:
    """Keep the answer and move the workflow on. Returns a sentence of thanks. Raises ValidationError."""
    page, said = link.page.specific, form.cleaned_data
    state = page.current_workflow_task_state
    waiting = state if state and isinstance(state.task.specific, ClinicalSignOffTask) else None
    with transaction.atomic():
        link.spend()
        if isinstance(form, SendBackForm):
            log(page, "content.sent_back", revision=link.revision, data=said)
            if waiting:
                waiting.reject(comment=said["comment"])
            return _("Thank you. The writer will read your comment and come back to you.")
        Approval.objects.create_for(link.revision, Approval.Kind.CLINICAL, link=link, **said)
        log(page, "content.sign_off", revision=link.revision, data={"role": said["role"]})
    try:
        if waiting:
            with transaction.atomic():
                waiting.approve(comment=said["comment"])
    except ValidationError:
        return _("Thank you. You have signed it off. The desk has one more thing to mend before it goes live.")
    return _("Thank you. You have signed it off.")


def _private(response: HttpResponse) -> HttpResponse:
    """Let nothing of it be kept or found, nor its address be passed on."""
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response

"""Who comes: by the signed link of the mail, signed out, or in the portal."""

from zoneinfo import ZoneInfo

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from advocacy.accounts.requests import SignedInRequest, writing
from members.taskforce import links
from members.taskforce.actions import answers
from members.taskforce.forms import AnswerForm
from members.taskforce.models import Answer, AnsweredHow, Meeting, MeetingInvitation


@login_not_required
@never_cache
@writing
def answer(request: HttpRequest, token: str) -> HttpResponse:
    """The page behind the link: it shows name, moment and buttons. Looking at it answers nothing."""
    try:
        invitation = links.behind(token, now=timezone.now())
    except links.LinkProblem as problem:
        return render(request, "taskforce/answer_problem.html", {"problem": str(problem)}, status=410)
    person = invitation.person
    with translation.override(person.language), timezone.override(ZoneInfo(person.time_zone)):
        return _question(request, invitation)


def _question(request: HttpRequest, invitation: MeetingInvitation) -> HttpResponse:
    form = AnswerForm(request.POST or None, initial={"wants_last_reminder": invitation.wants_last_reminder})
    is_recorded = request.method == "POST" and form.is_valid() and _recorded(form, invitation)
    context = {
        "invitation": invitation,
        "meeting": invitation.meeting,
        "person": invitation.person,
        "answers": [choice for choice in Answer.choices if choice[0] != Answer.DELEGATE],
        "form": form,
        "is_recorded": is_recorded,
        # A message of the page, not of the session: nobody is signed in here.
        "LANGUAGE_CODE": invitation.person.language,
    }
    return render(request, "taskforce/answer.html", context)


def _recorded(form: AnswerForm, invitation: MeetingInvitation) -> bool:
    try:
        answers.answer(invitation, now=timezone.now(), how=AnsweredHow.LINK, **form.said())
    except answers.DelegateNeedsName as problem:
        form.add_error("delegate_name", str(problem))
        return False
    return True


@require_POST
@writing
def answer_here(request: SignedInRequest, pk: int) -> HttpResponse:
    meeting = get_object_or_404(Meeting.objects.visible_to(request.user), pk=pk)
    form = AnswerForm(request.POST)
    if form.is_valid():
        try:
            answers.answer_in_portal(meeting, by=request.user, now=timezone.now(), **form.said())
            messages.success(request, _("Your answer is recorded."))
        except (answers.TooLate, answers.DelegateNeedsName) as problem:
            messages.error(request, str(problem))
    else:
        messages.error(request, _("Choose an answer."))
    return redirect(meeting)


@require_POST
@writing
def check_in(request: SignedInRequest, pk: int) -> HttpResponse:
    meeting = get_object_or_404(Meeting.objects.visible_to(request.user), pk=pk)
    try:
        answers.check_in(meeting, by=request.user, now=timezone.now())
        messages.success(request, _("You are checked in. The note-taker confirms it."))
    except answers.NotOpen as problem:
        messages.error(request, str(problem))
    return redirect(meeting)

"""The survey after an Advocacy Day: on a page of the portal, and behind the signed link of a registration.

Behind the link nobody is known: no session, no cookie. `csrf_exempt`, because there is no session that a stranger's
form could use; the token is the key.
"""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from advocacy.accounts.models import Language, User
from advocacy.accounts.requests import SignedInRequest, writing
from advocacy.events import links
from advocacy.events.actions import surveys
from advocacy.events.forms.survey import SurveyForm
from advocacy.events.models import Registration, SurveyAnswer
from advocacy.events.tabs import sight_of
from advocacy.events.views.events import framed, visible_event
from members.views import quiet


@writing
def survey(request: SignedInRequest, pk: int) -> HttpResponse:
    """Of a colleague who came; who did not finds nothing."""
    event = visible_event(request, pk)
    rows = Registration.objects.visible_to(request.user).checked_in().filter(person=request.user)
    row = get_object_or_404(rows.select_related("event"), event=event)
    answer, form = _form(request, row)
    if _is_answered(request, row, form, by=request.user):
        messages.success(request, _("Thank you. You can change your answer until the day is closed."))
        return redirect("events:survey", pk)
    context = framed(event, sight_of(event, request.user), "events:survey", **_shown(row, answer, form))
    return render(request, "events/survey.html", context, status=_status(request, row))


@csrf_exempt
@login_not_required
@never_cache
@writing
def guest_survey(request: HttpRequest, language: str, token: str) -> HttpResponse:
    if language not in Language.values:
        raise Http404
    with override(language):
        row = links.behind(token)
        if row is None or row.person_id or row.checked_in_at is None:
            return quiet.page("events/public/gone.html", {}, status=410)
        answer, form = _form(request, row)
        if _is_answered(request, row, form, by=None):
            return HttpResponseRedirect(links.survey_path_of(row, language), status=303)
        code = next(one for one in Language.values if one != language)
        other = {
            "code": code,
            "url": links.survey_path_of(row, code),
            "name": "Français" if code == "fr" else "English",
        }
        context = {"event": row.event, "other": other, **_shown(row, answer, form)}
        return quiet.page("events/public/survey.html", context, status=_status(request, row))


def _form(request: HttpRequest, row: Registration) -> tuple[SurveyAnswer | None, SurveyForm]:
    answer = SurveyAnswer.objects.filter(registration=row).first()
    return answer, SurveyForm(request.POST if request.method == "POST" else None, answer=answer)


def _is_answered(request: HttpRequest, row: Registration, form: SurveyForm, *, by: User | None) -> bool:
    """False where the form is shown: asked for, not complete, or too late."""
    if request.method != "POST" or not form.is_valid():
        return False
    try:
        surveys.answer(row, by=by, now=timezone.now(), **form.cleaned_data)
    except surveys.SurveyClosed:
        row.event.refresh_from_db()
        return False
    return True


def _shown(row: Registration, answer: SurveyAnswer | None, form: SurveyForm) -> dict[str, Any]:
    return {"answer": answer, "form": form, "is_open": row.may_answer}


def _status(request: HttpRequest, row: Registration) -> int:
    if request.method != "POST":
        return 200
    return 422 if row.may_answer else 409

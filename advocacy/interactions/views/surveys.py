"""The yearly "Whom do you know?": one's own list, and the queue of those who review the answers."""

from datetime import date

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from advocacy.accounts.requests import SignedInRequest, reading, writing
from advocacy.interactions.actions import surveys
from advocacy.interactions.forms.survey import KnownForm, ReviewForm
from advocacy.interactions.models import AnswerState, KeyContact, Survey, SurveyAnswer, year_of
from advocacy.kernel import listing
from advocacy.kernel.picking import row_keys
from members.access import reach_of
from members.models import Chapter


@writing
def own_survey(request: SignedInRequest) -> HttpResponse:
    """One's list of this year: kept as it grows, sent for review when it is ready."""
    chapter = Chapter.objects.filter(pk=reach_of(request.user).primary_chapter_id or 0).first()
    if chapter is None:
        raise Http404
    today = request.user.today(timezone.now())
    mine = _answers_of(request, today)
    if request.method == "POST" and ("send" in request.POST or "remove" in request.POST):
        _send_or_remove(request, today)
        return redirect("interactions:survey")
    form = KnownForm(request.POST or None, user=request.user)
    form.is_judged = "find" not in request.POST
    if request.method == "POST" and form.is_judged and form.is_valid():
        added = _add(request, form, chapter, today)
        text = ngettext("%(count)d is on your list.", "%(count)d are on your list.", added)
        messages.success(request, text % {"count": added})
        return redirect("interactions:survey")
    year = year_of(today)
    context = {
        "form": form,
        "chapter": chapter,
        "years": Survey(year=year).years,
        "answers": mine,
        "drafts": sum(one.state == AnswerState.DRAFT for one in mine),
        "to_review": SurveyAnswer.objects.reviewable_by(request.user).count(),
        "may_review": _may_review(request),
    }
    return render(request, "interactions/survey.html", context)


def _answers_of(request: SignedInRequest, today: date) -> list[SurveyAnswer]:
    mine = SurveyAnswer.objects.visible_to(request.user).filter(survey__person=request.user)
    this_year = mine.filter(survey__year=year_of(today)).select_related("official", "staffer")
    return list(this_year.order_by("official__sort_name", "pk"))


def _add(request: SignedInRequest, form: KnownForm, chapter: Chapter, today: date) -> int:
    cleaned = form.cleaned_data
    return surveys.add(
        by=request.user,
        chapter=chapter,
        known=form.known(),
        basis=cleaned["basis"],
        strength=cleaned["strength"],
        calls_within_a_day=cleaned["calls_within_a_day"],
        on=today,
    )


def _send_or_remove(request: SignedInRequest, today: date) -> None:
    if "send" in request.POST:
        sent = surveys.send(by=request.user, on=today)
        text = ngettext("%(count)d answer is sent.", "%(count)d answers are sent.", sent)
        messages.success(request, text % {"count": sent})
        return
    mine = SurveyAnswer.objects.visible_to(request.user).filter(survey__person=request.user)
    answer = get_object_or_404(mine, pk__in=row_keys([request.POST["remove"]]))
    if not surveys.remove(answer):
        messages.info(request, _("It was sent already."))


def _may_review(request: SignedInRequest) -> bool:
    reach = reach_of(request.user)
    return reach.is_staff or bool(reach.advocate_of)


@reading
def survey_review(request: SignedInRequest) -> HttpResponse:
    if not _may_review(request):
        raise Http404
    rows = SurveyAnswer.objects.reviewable_by(request.user)
    every = rows.select_related("survey__person", "survey__chapter", "official", "staffer")
    page = listing.page(every, request.GET, ("answered_on", "pk"))
    context = {"page": page, "count_label": listing.count_label(listing.counted(rows))}
    return render(request, "interactions/survey_review.html", context)


@writing
def survey_answer_decide(request: SignedInRequest, pk: int) -> HttpResponse:
    rows = SurveyAnswer.objects.reviewable_by(request.user)
    answer = get_object_or_404(
        rows.select_related("survey__person", "survey__chapter", "official", "staffer"), pk=pk
    )
    ties = KeyContact.objects.open().filter(person=answer.survey.person_id, official=answer.official_id)
    tie = ties.select_related("chapter").first()
    form = ReviewForm(request.POST or None, tie=tie)
    if request.method == "POST" and form.is_valid():
        if _decide(request, answer, form):
            messages.success(request, _("Decided."))
        else:
            messages.info(request, _("Somebody decided this already."))
        return redirect("interactions:survey_review")
    return render(
        request, "interactions/survey_answer_decide.html", {"answer": answer, "form": form, "tie": tie}
    )


def _decide(request: SignedInRequest, answer: SurveyAnswer, form: ReviewForm) -> bool:
    today, decision = request.user.today(timezone.now()), form.cleaned_data["decision"]
    if decision == form.REJECT:
        return surveys.reject(answer, by=request.user, on=today, reason=form.cleaned_data["reason"])
    as_key_contact = decision == form.KEY_CONTACT
    return surveys.accept(answer, by=request.user, on=today, as_key_contact=as_key_contact)

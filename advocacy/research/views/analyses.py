"""Nonpartisan analyses: the list, one of them, and the steps of its life."""

import uuid

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from advocacy.accounts.requests import SignedInRequest, reading, writing
from advocacy.coalitions.holders import may_write, may_write_at_all
from advocacy.kernel import listing
from advocacy.kernel.filters import active_filters
from advocacy.kernel.nonpartisan import words_to_look_at
from advocacy.research import errors
from advocacy.research.actions import analyses
from advocacy.research.forms.filters import AnalysisFilters
from advocacy.research.forms.writing import AnalysisForm, CitationFormSet, ReviewForm, with_another
from advocacy.research.models import Analysis
from advocacy.research.views.tabs import tabs


@reading
def analysis_list(request: SignedInRequest) -> HttpResponse:
    form = AnalysisFilters(request.GET, user=request.user)
    rows = form.narrow(Analysis.objects.visible_to(request.user))
    context = {
        "form": form,
        "tabs": tabs("research:analysis_list"),
        "page": listing.page(rows.select_related("chapter", "author"), request.GET, form.sorting),
        "count_label": listing.count_label(listing.counted(rows)),
        "active": active_filters(form, request.GET),
        "reset_url": reverse("research:analysis_list"),
        "new_url": reverse("research:analysis_new") if may_write_at_all(request.user) else "",
    }
    return render(request, "research/analysis_list.html", context)


@writing
def analysis_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    """The document, and the step that comes next for whoever may take it."""
    visible = Analysis.objects.visible_to(request.user)
    rows = visible.select_related("chapter", "author", "reviewer", "replaces")
    analysis = get_object_or_404(rows, pk=pk)
    may_edit = Analysis.objects.editable_by(request.user).filter(pk=pk).exists()
    reviews = Analysis.objects.reviewable_by(request.user).filter(pk=pk).exists()
    may_begin = analysis.status == "published" and may_write(request.user, analysis.chapter)
    form = ReviewForm(request.POST or None) if reviews else None
    if request.method == "POST":
        if form is None and not may_edit and not may_begin:
            raise Http404
        if form is None or form.is_valid():
            return redirect(_step(request, analysis, form))
    later = visible.filter(replaces=analysis).first()
    context = {
        "analysis": analysis,
        "citations": list(analysis.citations.all()),
        "measures": list(analysis.measures.select_related("session")),
        "issues": list(analysis.issues.all()),
        "later": later,
        "form": form,
        "words": words_to_look_at([analysis.title, analysis.body]) if reviews or may_edit else [],
        "edit_url": reverse("research:analysis_edit", args=[pk]) if may_edit else "",
        "may_submit": may_edit,
        "may_begin": may_begin and later is None,
    }
    return render(request, "research/analysis_detail.html", context)


def _step(request: SignedInRequest, analysis: Analysis, form: ReviewForm | None) -> Analysis:
    """A draft is submitted, what waits is reviewed, of what is published a new version begins."""
    by, today = request.user, request.user.today(timezone.now())
    try:
        if form is None and analysis.status == "published":
            draft = analyses.begin_version(analysis, by=by, form_key=uuid.uuid4())
            messages.success(request, _("A draft of the next version. The published one stands meanwhile."))
            return draft
        if form is None:
            analyses.submit(analysis, by=by)
            messages.success(request, _("Somebody else reads it before it is published."))
        elif form.cleaned_data["verdict"] == ReviewForm.PUBLISH:
            said = form.cleaned_data["is_nonpartisan"]
            analyses.publish(analysis, by=by, on=today, is_nonpartisan=said)
            messages.success(request, _("Published."))
        else:
            analyses.send_back(analysis, by=by, remarks=form.cleaned_data["remarks"])
            messages.success(request, _("Sent back to its author."))
    except errors.NeedsCitation:
        messages.error(request, _("Cite at least one source first."))
    except errors.WrongMoment:
        messages.error(request, _("This changed meanwhile. Look again."))
    return analysis


@writing
def analysis_new(request: SignedInRequest) -> HttpResponse:
    if not may_write_at_all(request.user):
        raise Http404
    return _write(request, None, reverse("research:analysis_list"))


@writing
def analysis_edit(request: SignedInRequest, pk: int) -> HttpResponse:
    analysis = get_object_or_404(Analysis.objects.editable_by(request.user), pk=pk)
    return _write(request, analysis, analysis.get_absolute_url())


def _write(request: SignedInRequest, analysis: Analysis | None, back: str) -> HttpResponse:
    stored = analysis.citations.values("title", "url", "accessed_on") if analysis else []
    initial = {"measures": list(analysis.measures.all())} if analysis else {}
    form = AnalysisForm(request.POST or None, user=request.user, instance=analysis, initial=initial)
    citations = CitationFormSet(with_another(request.POST or None), initial=list(stored), prefix="citations")
    form.is_judged = "find" not in request.POST and "add" not in request.POST
    citations.judge(form.is_judged)
    if request.method == "POST" and form.is_judged and form.is_valid() and citations.is_valid():
        kept = analyses.keep(form.filled(), by=request.user, citations=citations.sources(), **form.chosen)
        messages.success(request, _("Saved. Submit it when it is ready for a second pair of eyes."))
        return redirect(kept)
    faulty = [citations] if form.is_judged else []
    context = {"form": form, "citations": citations, "faulty": faulty, "analysis": analysis, "back": back}
    return render(request, "research/analysis_form.html", context)

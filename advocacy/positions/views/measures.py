"""Putting a measure on record by hand, and how measures belong together."""

from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from advocacy.accounts.requests import SignedInRequest, writing
from advocacy.positions.actions import measures, trackings
from advocacy.positions.errors import NumberTaken
from advocacy.positions.forms.measures import MeasureForm, RelationForm
from advocacy.positions.views.tracking import workable
from legislation.models import Measure, MeasureRelation
from legislation.relatives import relatives
from members.access import jurisdictions_worked_with, reach_of


@writing
def measure_add(request: SignedInRequest) -> HttpResponse:
    if not reach_of(request.user).may_track:
        raise Http404
    form = MeasureForm(request.POST or None, user=request.user)
    form.is_judged = "find" not in request.POST
    if request.method == "POST" and form.is_judged and form.is_valid() and (new := _added(request, form)):
        messages.success(request, _("%(measure)s is on record.") % {"measure": new})
        return redirect(new)
    return render(request, "positions/measure_add.html", {"form": form})


def _added(request: SignedInRequest, form: MeasureForm) -> Measure | None:
    """The measure with what was said about it; None where somebody was faster with its number."""
    try:
        measure = measures.add(form.new(), by=request.user)
    except NumberTaken as taken:
        form.known = taken.measure
        form.add_error("number", _("This session has a measure with this number already."))
        return None
    for other in form.same_ideas:
        measures.carry_on(measure, other, by=request.user)
    if form.is_followed:
        today = request.user.today(timezone.now())
        trackings.add(measure, chapter=form.chapter, by=request.user, on=today)
    return measure


@writing
def measure_relate(request: SignedInRequest, pk: int) -> HttpResponse:
    measure = workable(request, pk)
    form = RelationForm(request.POST or None, user=request.user, measure=measure)
    form.is_judged = "find" not in request.POST
    if request.method == "POST" and form.is_judged and form.is_valid():
        is_new = form.relate(by=request.user)
        messages.success(request, _("Both pages show it now.") if is_new else _("That is on record already."))
        return redirect(measure)
    by_hand = [row for row in relatives(measure, request.user) if not row.relation.is_imported]
    context = {"form": form, "measure": measure, "by_hand": by_hand}
    return render(request, "positions/measure_relate.html", context)


@require_POST
@writing
def relation_remove(request: SignedInRequest, pk: int) -> HttpResponse:
    """Take back a relation that somebody entered by hand; those of sources stay."""
    places = jurisdictions_worked_with(request.user).values("pk")
    ours = Q(measure__session__jurisdiction__in=places) | Q(other__session__jurisdiction__in=places)
    relations = MeasureRelation.objects.visible_to(request.user).filter(ours, is_imported=False)
    if not reach_of(request.user).may_track:
        raise Http404
    relation = get_object_or_404(relations.select_related("measure__session", "other__session"), pk=pk)
    measures.part(relation, by=request.user)
    messages.success(request, _("The two are no longer related."))
    came_from = relation.other if request.POST.get("from") == str(relation.other_id) else relation.measure
    return redirect("tracking:measure_relate", came_from.pk)

"""The testimony register: registering, and writing down how it went."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from advocacy.accounts.requests import SignedInRequest, writing
from advocacy.positions.actions import testimonies
from advocacy.positions.forms.testimony import ReceptionForm, RegisterForm
from advocacy.positions.holders import THE_SOCIETY, chapters_to_testify_for, may_testify_at_all
from advocacy.positions.models import Testimony
from advocacy.positions.use import Use
from legislation.models import Measure
from members.access import reach_of
from members.models import Chapter


@writing
def testimony_register(request: SignedInRequest, pk: int, holder: str) -> HttpResponse:
    """In the name of one chapter, by its short name, or of the `society`. Without an approved position: the reason."""
    measure = get_object_or_404(
        Measure.objects.visible_to(request.user).select_related("session__jurisdiction"), pk=pk
    )
    chapter = _holder(request, holder)
    use = Use(measure)
    position = use.position_of(chapter)
    if position is None:
        messages.info(request, use.why_not(chapter))
        return redirect(measure)
    form = RegisterForm(
        request.POST or None, user=request.user, measure=measure, chapter=chapter, position=position
    )
    if request.method == "POST" and form.is_valid():
        on = request.user.today(timezone.now())
        testimonies.register(by=request.user, on=on, measure=measure, chapter=chapter, **form.said())
        messages.success(request, _("Registered."))
        return redirect(measure)
    context = {"measure": measure, "position": position, "chapter": chapter, "form": form}
    return render(request, "positions/testimony_register.html", context, status=422 if form.errors else 200)


def _holder(request: SignedInRequest, holder: str) -> Chapter | None:
    if not may_testify_at_all(request.user):
        raise Http404
    if holder != THE_SOCIETY:
        return get_object_or_404(chapters_to_testify_for(request.user), slug=holder)
    if not reach_of(request.user).is_staff:
        raise Http404
    return None


@writing
def testimony_edit(request: SignedInRequest, pk: int) -> HttpResponse:
    rows = Testimony.objects.visible_to(request.user).editable_by(request.user)
    row = get_object_or_404(rows.select_related("measure__session", "chapter", "person", "hearing"), pk=pk)
    form = ReceptionForm(request.POST or None, instance=Testimony.objects.get(pk=pk))
    if request.method == "POST" and form.is_valid():
        testimonies.write_down(row, by=request.user, **form.said())
        messages.success(request, _("Saved."))
        return redirect(row.measure)
    context = {"testimony": row, "form": form}
    return render(request, "positions/testimony_edit.html", context, status=422 if form.errors else 200)

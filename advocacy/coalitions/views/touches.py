"""Logging a touch, correcting one, and the partners who were at an office with us."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from advocacy.accounts.requests import SignedInRequest, writing
from advocacy.coalitions.actions import touches
from advocacy.coalitions.forms.touches import PresenceForm, TouchForm
from advocacy.coalitions.models import Presence, Touch
from advocacy.interactions.models import Interaction
from advocacy.kernel.picking import row_keys
from members.access import reach_of


@writing
def touch_log(request: SignedInRequest) -> HttpResponse:
    """`?subject=` and `?interaction=` fill in what is known already."""
    if not reach_of(request.user).may_log:
        raise Http404
    known = {name: request.GET[name] for name in ("subject", "interaction") if name in request.GET}
    today = request.user.today(timezone.now())
    form = TouchForm(request.POST or None, user=request.user, today=today, initial=known)
    if request.method == "POST" and form.is_valid():
        key = form.cleaned_data["form_key"]
        touch, is_new = touches.log(form.filled(Touch()), by=request.user, form_key=key)
        if is_new:
            messages.success(request, _("Touch logged."))
        else:
            messages.info(request, _("This touch is on record already; it was saved once."))
        return redirect(touch)
    back = reverse("coalitions:grasstops_list")
    return render(request, "coalitions/touch_form.html", {"form": form, "touch": None, "back": back})


@writing
def touch_edit(request: SignedInRequest, pk: int) -> HttpResponse:
    rows = Touch.objects.editable_by(request.user).with_subjects()
    touch = get_object_or_404(rows, pk=pk)
    today = request.user.today(timezone.now())
    form = TouchForm(request.POST or None, user=request.user, today=today, touch=touch)
    if request.method == "POST" and form.is_valid():
        touches.correct(form.filled(touch), by=request.user)
        messages.success(request, _("Saved."))
        return redirect(touch)
    context = {"form": form, "touch": touch, "back": touch.get_absolute_url()}
    return render(request, "coalitions/touch_form.html", context)


@writing
def presences(request: SignedInRequest, pk: int) -> HttpResponse:
    """Names a partner who was at the contact; the button beside one strikes it again."""
    interaction = get_object_or_404(Interaction.objects.visible_to(request.user), pk=pk)
    if not touches.may_note_presence(request.user, interaction):
        raise Http404
    there = Presence.objects.visible_to(request.user).filter(interaction=interaction)
    there = there.select_related("organisation", "contact", "interaction")
    if gone := row_keys([request.POST.get("remove", "")]):
        touches.strike_presence(get_object_or_404(there, pk=gone[0]), by=request.user)
        messages.success(request, _("Taken off the record of this contact."))
        return redirect("coalitions:presences", pk)
    form = PresenceForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        organisation, contact = form.chosen()
        touches.note_presence(interaction, by=request.user, organisation=organisation, contact=contact)
        messages.success(request, _("Saved."))
        return redirect(interaction)
    context = {"form": form, "interaction": interaction, "there": list(there)}
    return render(request, "coalitions/presences.html", context)

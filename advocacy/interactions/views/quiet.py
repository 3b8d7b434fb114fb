"""Asking colleagues to leave an office alone for a while, and saying that it is fine again."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from advocacy.accounts.requests import SignedInRequest, writing
from advocacy.interactions.actions import do_not_contact
from advocacy.interactions.forms.requests import DoNotContactForm
from advocacy.interactions.models import DoNotContact
from legislation.models import Official


@writing
def do_not_contact_ask(request: SignedInRequest, official_pk: int) -> HttpResponse:
    official = get_object_or_404(Official.objects.visible_to(request.user), pk=official_pk)
    today = request.user.today(timezone.now())
    if not do_not_contact.may_ask(request.user, official, today):
        raise Http404
    form = DoNotContactForm(request.POST or None, today=today)
    if request.method == "POST" and form.is_valid():
        do_not_contact.ask(by=request.user, official=official, on=today, **form.cleaned_data)
        messages.success(request, _("Colleagues are asked to wait."))
        return redirect(official)
    notes = DoNotContact.objects.visible_to(request.user).in_force(today).filter(official=official)
    context = {"official": official, "form": form, "notes": notes.select_related("set_by")}
    status = 422 if form.errors else 200
    return render(request, "interactions/do_not_contact.html", context, status=status)


@writing
def do_not_contact_lift(request: SignedInRequest, pk: int) -> HttpResponse:
    today = request.user.today(timezone.now())
    notes = DoNotContact.objects.visible_to(request.user).select_related("official", "set_by")
    note = get_object_or_404(notes.in_force(today), pk=pk)
    if not do_not_contact.may_ask(request.user, note.official, today):
        raise Http404
    if request.method == "POST":
        do_not_contact.lift(note, by=request.user, on=today)
        messages.success(request, _("Contact is fine again."))
        return redirect(note.official)
    return render(request, "interactions/do_not_contact_lift.html", {"note": note})

"""Keeping in touch with an official: put them on one's list, take them off."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from advocacy.accounts.requests import SignedInRequest, writing
from advocacy.interactions.actions import relationships
from advocacy.interactions.forms.followups import KeepInTouchForm
from advocacy.interactions.models import KeyContact, RelationshipScore
from legislation.models import Official
from members.access import chapter_logged_for_first


@writing
def keep_in_touch(request: SignedInRequest, official_pk: int) -> HttpResponse:
    official = get_object_or_404(Official.objects.visible_to(request.user), pk=official_pk)
    chapter = chapter_logged_for_first(request.user)
    if chapter is None:
        raise Http404
    today = request.user.today(timezone.now())
    tie = KeyContact.objects.filter(person=request.user, official=official, ends_on=None).first()
    initial = {"rhythm_days": tie.rhythm_days} if tie else {}
    score = RelationshipScore.objects.filter(person=request.user, official=official, staffer=None).first()
    if score:
        initial |= {name: getattr(score, name) for name in ("strength", "willingness", "influence")}
    form = KeepInTouchForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        relationships.adopt(
            by=request.user,
            official=official,
            chapter=chapter,
            rhythm_days=form.cleaned_data["rhythm_days"],
            on=today,
        )
        if form.is_judged:
            relationships.judge(
                by=request.user,
                official=official,
                chapter=chapter,
                strength=form.cleaned_data["strength"],
                willingness=form.cleaned_data["willingness"],
                influence=form.cleaned_data["influence"],
                on=today,
            )
        messages.success(request, _("%(name)s is on your list.") % {"name": official})
        return redirect(official)
    return render(
        request,
        "interactions/keep_in_touch.html",
        {"official": official, "form": form, "tie": tie, "score": score},
    )


@writing
def let_go(request: SignedInRequest, official_pk: int) -> HttpResponse:
    official = get_object_or_404(Official.objects.visible_to(request.user), pk=official_pk)
    get_object_or_404(KeyContact.objects.filter(person=request.user, ends_on=None), official=official)
    if request.method == "POST":
        relationships.release(by=request.user, official=official, on=request.user.today(timezone.now()))
        messages.success(
            request, _("%(name)s is off your list. The log keeps every contact.") % {"name": official}
        )
        return redirect(official)
    return render(request, "interactions/let_go.html", {"official": official})

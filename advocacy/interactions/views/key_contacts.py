"""The key contacts of a chapter with an official: naming them, ending one, and what an election asks."""

from datetime import date

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from advocacy.accounts.requests import SignedInRequest, writing
from advocacy.interactions.actions import key_contacts
from advocacy.interactions.actions.key_contacts import KeepsInTouchElsewhere, TeamIsSpokenFor
from advocacy.interactions.forms.key_contacts import EndKeyContactForm, KeyContactForm
from advocacy.interactions.models import KeyContact, Rank
from legislation.forms.leavers import LeaverDecisionForm
from legislation.models import Decision, Official, Seat
from legislation.succession import successor_in
from legislation.titles import called, titled
from members.models import Chapter


@writing
def seat_contacts(request: SignedInRequest, slug: str, official_pk: int) -> HttpResponse:
    """Who keeps in touch with this official for the chapter, who did, and naming somebody."""
    chapter = get_object_or_404(Chapter.objects.visible_to(request.user), slug=slug)
    official = get_object_or_404(Official.objects.visible_to(request.user).with_seats(), pk=official_pk)
    if not key_contacts.may_assign_for(request.user, chapter):
        raise Http404
    today = request.user.today(timezone.now())
    seat = _seat_meant(official, request.GET.get("seat", ""), today)
    form = KeyContactForm(request.POST or None, user=request.user, chapter=chapter, seat=seat, today=today)
    if request.method == "POST" and form.is_valid() and _assign(request, form, official, chapter, seat):
        return redirect("interactions:chapter_coverage", slug=slug)
    ties = KeyContact.objects.visible_to(request.user).filter(chapter=chapter, official=official)
    rows = list(ties.select_related("person", "team").order_by("rank", "-starts_on", "-pk"))
    context = {
        "chapter": chapter,
        "official": official,
        "name": titled(official, today, get_language()),
        "seat": seat,
        "form": form,
        "now": [tie for tie in rows if tie.ends_on is None or tie.ends_on > today],
        "before": [tie for tie in rows if tie.ends_on and tie.ends_on <= today],
    }
    return render(request, "interactions/seat_contacts.html", context)


def _seat_meant(official: Official, asked: str, today: date) -> Seat | None:
    """The seat of the coverage's row, where they hold it today; else their newest."""
    held = [tenure.seat for tenure in official.tenures_in_force(today)]
    return next((seat for seat in held if str(seat.pk) == asked), held[0] if held else None)


def _assign(
    request: SignedInRequest, form: KeyContactForm, official: Official, chapter: Chapter, seat: Seat | None
) -> bool:
    cleaned = form.cleaned_data
    try:
        tie = key_contacts.assign(
            by=request.user,
            person=cleaned["person"],
            official=official,
            chapter=chapter,
            rank=Rank(cleaned["rank"]),
            team=cleaned.get("team"),
            seat=seat,
            on=request.user.today(timezone.now()),
            former_stays=cleaned["former_stays"],
        )
    except TeamIsSpokenFor as problem:
        form.add_error("team", str(problem))
        return False
    except KeepsInTouchElsewhere as problem:
        form.add_error("person", str(problem))
        return False
    said = {"person": tie.person, "rank": tie.get_rank_display(), "official": official}
    messages.success(request, _("%(official)s: %(person)s is the key contact (%(rank)s).") % said)
    return True


@writing
def key_contact_end(request: SignedInRequest, pk: int) -> HttpResponse:
    today = request.user.today(timezone.now())
    ties = KeyContact.objects.decidable_by(request.user).in_force(today)
    tie = get_object_or_404(ties.select_related("person", "official", "chapter"), pk=pk)
    form = EndKeyContactForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        key_contacts.end(tie, by=request.user, on=today, reason=form.cleaned_data["reason"])
        messages.success(request, _("%(person)s is no longer the key contact.") % {"person": tie.person})
        return redirect(tie.official)
    return render(request, "interactions/key_contact_end.html", {"tie": tie, "form": form})


@writing
def key_contact_answer(request: SignedInRequest, pk: int) -> HttpResponse:
    """Keep for Sen. Holt? The tie was made for a seat whose holder has changed."""
    now = timezone.now()
    today = request.user.today(now)
    ties = KeyContact.objects.decidable_by(request.user).asking(today)
    tie = get_object_or_404(ties.select_related("person", "official", "chapter", "seat"), pk=pk)
    successor = successor_in(tie.seat_id or 0, tie.official_id, today)
    form = LeaverDecisionForm(request.POST or None, successor=successor)
    if request.method == "POST" and form.is_valid():
        decision, reason = Decision(form.cleaned_data["decision"]), form.cleaned_data["reason"]
        if key_contacts.answer(tie, decision, by=request.user, now=now, reason=reason):
            messages.success(request, _("Decided: %(what)s.") % {"what": decision.label})
        else:
            messages.info(request, _("Somebody decided this already."))
        return redirect("interactions:chapter_coverage", slug=tie.chapter.slug)
    name = called(successor, today, get_language()) if successor else ""
    context = {"tie": tie, "form": form, "successor": successor, "name": name}
    return render(request, "interactions/key_contact_answer.html", context)

"""The composer: what we write or say to an office, and putting down that it was handed over."""

from datetime import date

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from advocacy.accounts.models import Language
from advocacy.accounts.requests import SignedInRequest, writing
from advocacy.interactions import letters
from advocacy.interactions.actions import do_not_contact, meeting_requests
from advocacy.interactions.forms.write import Letter, Setting, WriteForm
from advocacy.interactions.guard import guard
from advocacy.interactions.letters import Piece
from advocacy.interactions.models import Kind
from advocacy.interactions.ways import ways_to
from legislation import titles
from legislation.models import Official
from members.access import reach_of
from members.calendars import workdays_in

# What a text that asks for no day ends as in the log.
_LOGGED_AS = {Piece.CALL: Kind.PHONE_CALL, Piece.MESSAGE: Kind.EMAIL_EXCHANGE}


@writing
def write(request: SignedInRequest, official_pk: int) -> HttpResponse:
    """`?what=` names the piece, `?language=` its language. POST draws the text again, or records the request."""
    official = get_object_or_404(Official.objects.visible_to(request.user).with_seats(), pk=official_pk)
    if not reach_of(request.user).may_write:
        raise Http404
    today = request.user.today(timezone.now())
    warning = guard(official, user=request.user, today=today)
    setting = _setting(request, official, today, is_quiet=bool(warning.notes))
    records = request.POST.get("act") == "record" and setting.asks_for_a_day
    form = WriteForm(request.POST or None, setting=setting, records=records)
    if request.method == "POST" and form.is_valid():
        do_not_contact.go_on(warning.notes, by=request.user, reason=form.cleaned_data["reason_to_go_on"])
        if records and form.letter:
            return _record(request, form, form.letter)
    letter = form.letter
    context = {
        "official": official,
        "name": titles.titled(official, today, request.user.language),
        "form": form,
        "setting": setting,
        "letter": letter,
        "ways": ways_to(official, subject=letter.subject, text=letter.text) if letter else None,
        "pieces": Piece,
        "languages": Language,
        "fields": letters.FIELDS.items(),
        "guard": warning,
        "holds_office": titles.seat_held(official, today) is not None,
        "logged_as": _LOGGED_AS.get(setting.piece, "") if reach_of(request.user).may_log else "",
    }
    return render(request, "interactions/write.html", context, status=422 if form.errors else 200)


def _setting(request: SignedInRequest, official: Official, today: date, *, is_quiet: bool) -> Setting:
    tenure = titles.seat_held(official, today)
    what, language = request.GET.get("what", ""), request.GET.get("language", "")
    return Setting(
        official=official,
        user=request.user,
        piece=Piece(what) if what in Piece.values else Piece.MEETING,
        language=language if language in Language.values else letters.language_of(tenure),
        today=today,
        workdays=workdays_in(tenure.seat.chamber.jurisdiction if tenure else None),
        is_quiet=is_quiet,
    )


def _record(request: SignedInRequest, form: WriteForm, letter: Letter) -> HttpResponse:
    made, is_new = meeting_requests.record(
        by=request.user,
        asked=form.asked(letter),
        form_key=form.cleaned_data["form_key"],
        now=timezone.now(),
    )
    if is_new:
        messages.success(request, _("Recorded. You will be reminded after 5 business days without a reply."))
    else:
        messages.info(request, _("This request is on record already; it was saved once."))
    return redirect(made)

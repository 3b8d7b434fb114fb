"""Sign-on letters: the list, one letter, and what is done with it."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from advocacy.accounts.requests import SignedInRequest, reading, writing
from advocacy.audit import trail
from advocacy.coalitions import errors, letter_pdf
from advocacy.coalitions.actions import letters
from advocacy.coalitions.forms.letters import DecisionForm, LetterFilters, LetterForm
from advocacy.coalitions.holders import may_write_at_all
from advocacy.coalitions.models import LetterStatus, SignOnInvitation, SignOnLetter
from advocacy.coalitions.models.letter import UNSENT
from advocacy.coalitions.models.visibility import works_with_partners
from advocacy.coalitions.signatories import signatories, table_of
from advocacy.coalitions.timeline import events_of
from advocacy.kernel import downloads, listing
from advocacy.kernel.filters import active_filters
from advocacy.positions.errors import NotUsable
from advocacy.positions.use import why_not_usable
from members.access import reach_of

_RELATED = ("chapter", "lead", "measure__session", "owner", "brought_in_by", "decided_by")


def visible_letter(request: SignedInRequest, pk: int) -> SignOnLetter:
    return get_object_or_404(SignOnLetter.objects.visible_to(request.user).select_related(*_RELATED), pk=pk)


def editable_letter(request: SignedInRequest, pk: int) -> SignOnLetter:
    """Who may not change it, or may no longer, finds nothing."""
    rows = SignOnLetter.objects.visible_to(request.user) & SignOnLetter.objects.editable_by(request.user)
    return get_object_or_404(rows.select_related(*_RELATED), pk=pk)


@reading
def letter_list(request: SignedInRequest) -> HttpResponse:
    if not works_with_partners(reach_of(request.user)):
        raise Http404
    now = timezone.now()
    form = LetterFilters(request.GET, user=request.user)
    rows = form.narrow(SignOnLetter.objects.visible_to(request.user), now)
    page = listing.page(rows.select_related("chapter", "lead", "owner"), request.GET, form.sorting)
    context = {
        "form": form,
        "page": page,
        "rows": [_row(letter, request, now) for letter in page.rows],
        "count_label": listing.count_label(listing.counted(rows)),
        "active": active_filters(form, request.GET),
        "reset_url": reverse("coalitions:letter_list"),
        "new_url": reverse("coalitions:letter_new") if may_write_at_all(request.user) else "",
    }
    return render(request, "coalitions/letter_list.html", context)


def _row(letter: SignOnLetter, request: SignedInRequest, now: Any) -> dict[str, Any]:
    return {
        "letter": letter,
        "status": letter.status_label(now),
        "is_open": not letter.is_locked(now),
        "deadline": letter.hard_deadline_for(request.user.time_zone),
    }


@reading
def letter_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    letter, now, user = visible_letter(request, pk), timezone.now(), request.user
    invitations = list(letter.invitations.select_related("organisation", "contact"))
    may_edit = SignOnLetter.objects.editable_by(user).filter(pk=pk).exists()
    is_late = letter.is_locked(now)
    may_add_late = letters.may_add_late(letter, user)
    decidable = SignOnLetter.objects.decidable_by(user).filter(pk=pk).exists()
    context = {
        "letter": letter,
        "status": letter.status_label(now),
        "is_locked": is_late,
        "addressees": letter.addressees(),
        "soft_deadline": letter.soft_deadline_for(user.time_zone),
        "hard_deadline": letter.hard_deadline_for(user.time_zone),
        "invitations": invitations,
        "signatories": signatories(letter),
        "events": events_of(letter, invitations),
        "steps": steps_of(letter, now) if may_edit else [],
        "may_edit": may_edit and not is_late,
        "may_decide": decidable and (not is_late or may_add_late),
        "may_invite": may_edit and letter.is_led_by_us and letter.is_signed_by_us and not is_late,
        "may_add_late": may_add_late and is_late,
        "why_not_sign": _why_not_sign(letter),
        "is_mine_alone": letter.brought_in_by_id == user.pk and not letter.decision and not is_late,
    }
    return render(request, "coalitions/letter_detail.html", context)


def _why_not_sign(letter: SignOnLetter) -> str:
    """Empty where nothing stands in the way of our name, or where it stands there already."""
    if letter.measure is None or letter.is_signed_by_us:
        return ""
    return why_not_usable(letter.measure, letter.chapter)


def steps_of(letter: SignOnLetter, now: Any) -> list[tuple[str, str]]:
    """What comes next, with the words on its button; the first is the usual one."""
    steps = []
    if letter.status == LetterStatus.OPEN and not letter.is_over(now):
        steps.append(("lock", _("Lock it now")))
    elif letter.status in UNSENT and (letter.is_signed_by_us or not letter.is_led_by_us):
        steps.append(("send", _("It has been sent")))
    if letter.status != LetterStatus.CLOSED:
        steps.append(("close", _("Close it")))
    return steps


@writing
def letter_new(request: SignedInRequest) -> HttpResponse:
    if not may_write_at_all(request.user):
        raise Http404
    form = LetterForm(request.POST or None, user=request.user)
    form.is_judged = "find" not in request.POST
    if request.method == "POST" and form.is_judged and form.is_valid():
        letter = letters.bring_in(by=request.user, **form.said())
        messages.success(request, _("The letter is on record. Somebody else decides whether we sign."))
        return redirect(letter)
    back = reverse("coalitions:letter_list")
    context = {"form": form, "letter": None, "is_frozen": False, "back": back}
    return render(request, "coalitions/letter_form.html", context)


@writing
def letter_edit(request: SignedInRequest, pk: int) -> HttpResponse:
    letter = editable_letter(request, pk)
    if letter.is_locked(timezone.now()):
        raise Http404
    form = LetterForm(request.POST or None, user=request.user, letter=letter)
    form.is_judged = "find" not in request.POST
    is_frozen = letters.is_text_signed(letter)
    if is_frozen:
        form.freeze_what_is_signed()
    if request.method == "POST" and form.is_judged and form.is_valid() and _changed(request, letter, form):
        return redirect(letter)
    back = letter.get_absolute_url()
    context = {"form": form, "letter": letter, "is_frozen": is_frozen, "back": back}
    return render(request, "coalitions/letter_form.html", context)


def _changed(request: SignedInRequest, letter: SignOnLetter, form: LetterForm) -> bool:
    try:
        letters.change(letter, by=request.user, now=timezone.now(), **form.said())
    except errors.DeadlineBeforeAnswers:
        form.add_error("hard_deadline_at", _("Somebody has answered after this moment already."))
    except (errors.Locked, errors.TextIsSigned):
        messages.error(request, _("This changed meanwhile: the letter was signed or locked. Look again."))
        return True
    else:
        messages.success(request, _("Saved."))
        return True
    return False


@writing
def letter_decide(request: SignedInRequest, pk: int) -> HttpResponse:
    rows = SignOnLetter.objects.visible_to(request.user) & SignOnLetter.objects.decidable_by(request.user)
    letter, now = get_object_or_404(rows.select_related(*_RELATED), pk=pk), timezone.now()
    is_late = letter.is_locked(now)
    if is_late and not letters.may_add_late(letter, request.user):
        raise Http404
    stored = {name: getattr(letter, name) for name in ("decision", "reason", "signed_as")}
    stored["signed_as"] = letter.signed_as or str(letter.chapter or "")
    form = DecisionForm(
        request.POST or None, is_late=is_late, why_not_sign=_why_not_sign(letter), initial=stored
    )
    if request.method == "POST" and form.is_valid():
        try:
            letters.decide(letter, by=request.user, now=now, **form.cleaned_data)
        except (errors.Locked, NotUsable):
            messages.error(request, _("The letter was locked meanwhile, or the position has ended."))
        else:
            messages.success(request, _("Decided."))
        return redirect(letter)
    context = {
        "form": form,
        "letter": letter,
        "hard_deadline": letter.hard_deadline_for(request.user.time_zone),
        "is_late": is_late,
    }
    return render(request, "coalitions/letter_decide.html", context)


@reading
def letter_export(request: SignedInRequest, pk: int, file_format: str) -> HttpResponseBase:
    """It names who approved for each partner, so it leaves a trace."""
    letter = visible_letter(request, pk)
    trail.record(by=request.user, verb="exported", of=letter)
    return downloads.send([table_of(letter)], f"{_file_name(letter)}-signatories", file_format)


@reading
def letter_paper(request: SignedInRequest, pk: int) -> HttpResponse:
    letter = visible_letter(request, pk)
    response = HttpResponse(letter_pdf.written(letter), content_type="application/pdf")
    response.headers["Content-Disposition"] = f'attachment; filename="{_file_name(letter)}.pdf"'
    return response


def _file_name(letter: SignOnLetter) -> str:
    return slugify(letter.title)[:60] or f"letter-{letter.pk}"


def invitation_of(request: SignedInRequest, pk: int) -> SignOnInvitation:
    rows = SignOnInvitation.objects.visible_to(request.user)
    related = ("letter__chapter", "letter__measure__session", "organisation", "contact")
    return get_object_or_404(rows.select_related(*related), pk=pk)

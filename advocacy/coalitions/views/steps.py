"""The steps of a sign-on letter that are asked about once more: lock, send, close; and inviting others to it."""

from collections.abc import Callable
from typing import Any, NamedTuple

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from advocacy.accounts.requests import SignedInRequest, writing
from advocacy.coalitions import errors
from advocacy.coalitions.actions import invitations, letters
from advocacy.coalitions.forms.letters import StepForm
from advocacy.coalitions.forms.partners import InviteForm, LateAnswerForm
from advocacy.coalitions.models import SignOnLetter
from advocacy.coalitions.views.letters import editable_letter, invitation_of, steps_of
from advocacy.positions.errors import NotUsable


class _Words(NamedTuple):
    title: Any
    what: Any
    button: Any
    done: Any


_WORDS = {
    "lock": _Words(
        gettext_lazy("Lock the letter"),
        gettext_lazy("Nobody signs, declines or changes an answer any more. This cannot be undone."),
        gettext_lazy("Lock it now"),
        gettext_lazy("The letter is locked."),
    ),
    "send": _Words(
        gettext_lazy("The letter has been sent"),
        gettext_lazy("The list of signatories is final from then on, and those who were invited see it."),
        gettext_lazy("It has been sent"),
        gettext_lazy("Noted: the letter has been sent."),
    ),
    "close": _Words(
        gettext_lazy("Close the letter"),
        gettext_lazy("The work on it ends. What came of it stays on record."),
        gettext_lazy("Close it"),
        gettext_lazy("The letter is closed."),
    ),
}


def _wanted(step: str, letter: SignOnLetter) -> tuple[str, ...]:
    if step == "send":
        return ("sent_on",) if letter.is_led_by_us else ("sent_on", "final_count")
    return ("outcome",) if step == "close" else ()


def _taken(letter: SignOnLetter, step: str, request: SignedInRequest, said: dict[str, Any]) -> None:
    acts: dict[str, Callable[[], None]] = {
        "lock": lambda: letters.lock(letter, by=request.user),
        "send": lambda: letters.send(letter, by=request.user, now=timezone.now(), **said),
        "close": lambda: letters.close(letter, by=request.user, **said),
    }
    acts[step]()


@writing
def letter_step(request: SignedInRequest, pk: int, step: str) -> HttpResponse:
    """The question before a step that cannot be undone."""
    letter = editable_letter(request, pk)
    if step not in dict(steps_of(letter, timezone.now())):
        raise Http404
    today, words = request.user.today(timezone.now()), _WORDS[step]
    wanted = _wanted(step, letter)
    form = StepForm(request.POST if request.method == "POST" else None, wanted=wanted, today=today)
    if request.method == "POST" and form.is_valid():
        try:
            _taken(letter, step, request, form.cleaned_data)
        except (errors.WrongMoment, errors.NotSignedByUs, NotUsable):
            messages.error(request, _("The letter is not at this step, or its position has ended."))
        else:
            messages.success(request, words.done)
        return redirect(letter)
    return render(
        request, "coalitions/letter_step.html", {"form": form, "letter": letter, "words": words, "step": step}
    )


@writing
def letter_invite(request: SignedInRequest, pk: int) -> HttpResponse:
    letter, now = editable_letter(request, pk), timezone.now()
    if letter.is_locked(now) or not letter.is_led_by_us or not letter.is_signed_by_us:
        raise Http404
    form = InviteForm(request.POST or None, user=request.user, letter=letter)
    if request.method == "POST" and form.is_valid():
        made = invitations.invite(letter, by=request.user, now=now, contacts=form.cleaned_data["contacts"])
        text = ngettext("%(count)d organization invited.", "%(count)d organizations invited.", len(made))
        messages.success(request, text % {"count": len(made)})
        return redirect(letter)
    context = {"form": form, "letter": letter, "has_people": form.has_people}
    return render(request, "coalitions/letter_invite.html", context)


@writing
def invitation_late(request: SignedInRequest, pk: int) -> HttpResponse:
    """Staff add what a partner told us after the deadline."""
    invitation, now = invitation_of(request, pk), timezone.now()
    letter = invitation.letter
    if not (letters.may_add_late(letter, request.user) and letter.is_locked(now)):
        raise Http404
    names = ("answer", "reason", "signed_as", "approver_name", "approver_title")
    stored = {name: getattr(invitation, name) for name in names}
    stored["signed_as"] = invitation.signed_as or str(invitation.organisation)
    form = LateAnswerForm(request.POST or None, initial=stored)
    if request.method == "POST" and form.is_valid():
        why = form.cleaned_data["late_reason"]
        invitations.add_late(invitation, by=request.user, now=now, said=form.answered(), late_reason=why)
        messages.success(request, _("Added, with the reason."))
        return redirect(letter)
    context = {"form": form, "letter": letter, "invitation": invitation}
    return render(request, "coalitions/invitation_late.html", context)

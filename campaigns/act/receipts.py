"""What a supporter sees afterwards, by a link of their own: what was sent, by which way, and what we know of it."""

from dataclasses import dataclass
from datetime import timedelta
from typing import NamedTuple

from django.core import signing
from django.utils.translation import gettext as _

from advocacy.outbox.models import MessageState
from campaigns.act import mailto, offices
from campaigns.act.offices import WAYS, OfficeToWrite
from campaigns.act.shown import Shown
from campaigns.actions.letters import Sent
from campaigns.models import (
    CallOutcome,
    Confirmation,
    Letter,
    Method,
    Participation,
    ParticipationState,
    Target,
)
from campaigns.phone_script import PhoneScript, script_of
from campaigns.reply_forms import ReplyForm
from members.access import society_today

_SALT = "campaigns.receipt"
_LASTS = timedelta(days=90)


class Receipt(NamedTuple):
    """The letters of one form; `already` are targets the person had written to before."""

    participation: Participation
    letters: list[Letter]
    already: list[Target]


@dataclass(frozen=True)
class Line:
    """One letter on the receipt. `stands` is false where it was not sent before its office was left alone."""

    letter: Letter
    office: OfficeToWrite
    way: str
    known: str
    tone: str
    mail_link: str
    script: PhoneScript | None
    reply: ReplyForm | None
    stands: bool

    @property
    def is_still_to_send(self) -> bool:
        return self.stands and self.letter.method != Method.PORTAL_EMAIL

    @property
    def is_for_paper(self) -> bool:
        return self.stands and bool(self.letter.text) and self.letter.method != Method.CALL

    @property
    def outcomes(self) -> list[tuple[str, str]]:
        is_call = self.letter.method == Method.CALL
        return [(str(code), str(label)) for code, label in CallOutcome.choices] if is_call else []


def token_of(sent: Sent) -> str:
    """It names the letters of this form and no others: who typed somebody's address reads nothing of theirs."""
    return signing.dumps(
        [sent.participation.pk, [one.pk for one in sent.letters], sent.already], salt=_SALT, compress=True
    )


def behind(token: str) -> Receipt | None:
    """None for a link that is forged or older than three months, and for somebody who asked to be forgotten."""
    try:
        participation, letters, already = signing.loads(token, salt=_SALT, max_age=_LASTS)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    rows = Participation.objects.select_related("contact", "campaign").filter(contact__erased_at=None)
    found = rows.filter(pk=participation).first()
    if found is None:
        return None
    theirs = found.letters.filter(pk__in=letters).select_related("message", "target").order_by("pk")
    return Receipt(
        found, list(theirs), list(Target.objects.filter(pk__in=already).select_related("official"))
    )


def lines(receipt: Receipt, shown: Shown, asked: ReplyForm | None = None) -> list[Line]:
    """`asked`: what somebody has just told of an answer, where it could not be taken."""
    targets = {one.target_id for one in receipt.letters}
    today = society_today()
    known = offices.of_targets(targets, shown, today)
    counts = receipt.participation.state == ParticipationState.COUNTED
    forms = {one.pk: ReplyForm(letter=one, today=today) for one in receipt.letters if counts and _left(one)}
    if asked and asked.letter.pk in forms:
        forms[asked.letter.pk] = asked
    in_office = set(Target.objects.written_to(today).filter(pk__in=targets).values_list("pk", flat=True))
    return [
        _line(one, known[one.target_id], forms.get(one.pk), is_written_to=one.target_id in in_office)
        for one in receipt.letters
    ]


def _left(letter: Letter) -> bool:
    """Whether there is something to be answered."""
    return letter.told_at is not None or letter.confirmation == Confirmation.CONFIRMED


def _line(letter: Letter, office: OfficeToWrite, reply: ReplyForm | None, *, is_written_to: bool) -> Line:
    stands = is_written_to or _is_done(letter)
    known, tone = _known(letter) if stands else _not_any_more(letter)
    is_mail = letter.method == Method.OWN_MAIL and office.email and letter.text
    return Line(
        letter,
        office,
        way=str(WAYS[Method(letter.method)]),
        known=known,
        tone=tone,
        mail_link=mailto.link(office.email, letter.subject, letter.text) if is_mail else "",
        script=script_of(letter.text) if letter.method == Method.CALL else None,
        reply=reply,
        stands=stands,
    )


def _is_done(letter: Letter) -> bool:
    """It left, or the supporter says so: that the office changed hands since then takes nothing back."""
    left = letter.confirmation == Confirmation.CONFIRMED or _is(letter, MessageState.SENT)
    return left or letter.told_at is not None


def _not_any_more(letter: Letter) -> tuple[str, str]:
    """Who left office, or is left alone, since the letter was written."""
    if letter.method == Method.PORTAL_EMAIL:
        return _("Not sent: this office is not written to any more."), "bad"
    return _("This office is not written to any more. Please do not send it."), "bad"


def _known(letter: Letter) -> tuple[str, str]:
    """In the words of what really happened: what we saw, and what we were told, are two things."""
    if letter.method != Method.PORTAL_EMAIL:
        if letter.call_outcome:
            return _("You told us: %(what)s.") % {"what": letter.get_call_outcome_display()}, "good"
        if letter.told_at:
            return _("You told us that you sent it."), "good"
        return _("Your turn: this one you send yourself."), "info"
    if letter.confirmation == Confirmation.CONFIRMED or _is(letter, MessageState.SENT):
        return _("The mail server of the office took it."), "good"
    if letter.confirmation == Confirmation.FAILED:
        return _("It could not be delivered. Print it, or send the text yourself."), "bad"
    if letter.message_id:
        return _("It is on its way to the office."), "info"
    return _("It waits until you open the link that we mailed you."), "warn"


def _is(letter: Letter, state: MessageState) -> bool:
    return letter.message is not None and letter.message.state == state

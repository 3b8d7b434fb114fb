"""The send log of a campaign: for each mailing how many were written to, and how many were skipped for which reason."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count
from django.utils.translation import gettext as _

from advocacy.outbox import arming
from advocacy.outbox.models import IN_HAND, WAITING, MessageState, OutboundMessage
from campaigns.audience import SkipReason
from campaigns.mailing_work import LANES
from campaigns.models import Campaign, Mailing, MailingState, Recipient

# What a mail server said of these is of use to whoever looks into it; of mail that is sent it is noise.
_EXPLAINED = {*WAITING, MessageState.REJECTED, MessageState.UNCERTAIN, MessageState.FAILED}


@dataclass(frozen=True)
class Sent:
    """One mailing in figures. `states` are what became of the messages; `skipped` are reasons with their numbers.

    `left` is how many a mail server took. `standing` is where it is: a mailing that was written is being sent until the
    last of its messages has an end.
    """

    mailing: Mailing
    written_to: int
    left: int
    waiting: int
    skipped_count: int
    skipped: list[tuple[str, str, int]]
    states: list[tuple[str, int]]
    standing: str


@dataclass(frozen=True)
class Line:
    """One person: what became of their mail, in words; `said` is how the last try ended, where that explains it."""

    recipient: Recipient
    reason: str
    became: str
    tone: str
    said: str


def reason_label(code: str) -> str:
    return str(SkipReason(code).label) if code in SkipReason.values else code


def sent(campaign: Campaign) -> list[Sent]:
    """The newest mailing first, in three queries."""
    mailings = list(campaign.mailings.select_related("begun_by"))
    rows = Recipient.objects.filter(mailing__campaign=campaign).order_by()
    reasons: dict[int, dict[str, int]] = {}
    for mailing, skipped, number in rows.values_list("mailing", "skipped").annotate(n=Count("pk")):
        reasons.setdefault(mailing, {})[skipped] = number
    states: dict[int, dict[str, int]] = {}
    written = rows.filter(message__isnull=False).values_list("mailing", "message__state")
    for mailing, state, number in written.annotate(n=Count("pk")).order_by("message__state"):
        states.setdefault(mailing, {})[state] = number
    return [_sent(one, reasons.get(one.pk, {}), states.get(one.pk, {})) for one in mailings]


def why_it_waits(found: Iterable[Sent], now: datetime) -> str:
    """Why the mail of a campaign does not leave just now, for any reason but the campaign's own pause."""
    return arming.why_it_waits(LANES, now=now).rstrip(".") if any(one.waiting for one in found) else ""


def line(recipient: Recipient, now: datetime) -> Line:
    message = recipient.message
    if recipient.skipped:
        return Line(recipient, reason_label(recipient.skipped), "", "warn", "")
    if message is None:
        return Line(recipient, "", _("Written to"), "neutral", "")
    return Line(recipient, "", message.in_words(now), message.tone, said_of(message))


def said_of(message: OutboundMessage | None) -> str:
    """How the last try ended: what the mail server answered, or what happened to the line."""
    if message is None or message.state not in _EXPLAINED:
        return ""
    return f"{message.last_code or ''} {message.last_text}".strip()


def _sent(mailing: Mailing, by_reason: dict[str, int], by_state: dict[str, int]) -> Sent:
    ranked = sorted((code for code in by_reason if code), key=lambda code: -by_reason[code])
    skipped = [(code, reason_label(code), by_reason[code]) for code in ranked]
    return Sent(
        mailing,
        written_to=by_reason.get("", 0),
        left=by_state.get(MessageState.SENT, 0),
        waiting=sum(by_state.get(state, 0) for state in WAITING),
        skipped_count=sum(count for _code, _label, count in skipped),
        skipped=skipped,
        states=[(str(MessageState(state).label), count) for state, count in by_state.items()],
        standing=_standing(mailing, by_state),
    )


def _standing(mailing: Mailing, by_state: dict[str, int]) -> str:
    is_under_way = any(state in (*WAITING, *IN_HAND) for state in by_state)
    if mailing.state == MailingState.SENDING and not is_under_way:
        return _("Finished")
    return mailing.get_state_display()

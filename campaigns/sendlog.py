"""The send log of a campaign: for each mailing how many were written to, and how many were skipped for which reason."""

from dataclasses import dataclass

from django.db.models import Count

from advocacy.outbox.models import MessageState
from campaigns.audience import SkipReason
from campaigns.models import Campaign, Mailing, Recipient


@dataclass(frozen=True)
class Sent:
    """One mailing in figures. `states` are what became of the messages; `skipped` are reasons with their numbers."""

    mailing: Mailing
    written_to: int
    skipped_count: int
    skipped: list[tuple[str, str, int]]
    states: list[tuple[str, int]]


def reason_label(code: str) -> str:
    return str(SkipReason(code).label) if code in SkipReason.values else code


def sent(campaign: Campaign) -> list[Sent]:
    """The newest mailing first, in three queries."""
    mailings = list(campaign.mailings.select_related("begun_by"))
    rows = Recipient.objects.filter(mailing__campaign=campaign).order_by()
    reasons: dict[int, dict[str, int]] = {}
    for mailing, skipped, number in rows.values_list("mailing", "skipped").annotate(n=Count("pk")):
        reasons.setdefault(mailing, {})[skipped] = number
    states: dict[int, list[tuple[str, int]]] = {}
    written = rows.filter(message__isnull=False).values_list("mailing", "message__state")
    for mailing, state, number in written.annotate(n=Count("pk")).order_by("message__state"):
        states.setdefault(mailing, []).append((_state_label(state), number))
    return [_sent(one, reasons.get(one.pk, {}), states.get(one.pk, [])) for one in mailings]


def _sent(mailing: Mailing, by_reason: dict[str, int], states: list[tuple[str, int]]) -> Sent:
    ranked = sorted((code for code in by_reason if code), key=lambda code: -by_reason[code])
    skipped = [(code, reason_label(code), by_reason[code]) for code in ranked]
    number = sum(count for _code, _label, count in skipped)
    return Sent(mailing, by_reason.get("", 0), number, skipped, states)


def _state_label(state: str) -> str:
    return str(MessageState(state).label)

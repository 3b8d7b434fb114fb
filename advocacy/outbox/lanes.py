"""Limits on the flow of mail, applied where it is taken in hand, so that nothing waits behind a slow domain."""

import logging
from collections import Counter
from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.utils.translation import gettext as _

from advocacy.audit import trail
from advocacy.outbox.models import EVERYTHING, Lane, OutboundMessage, Phase
from advocacy.outbox.models.message import OutboundMessageQuerySet
from advocacy.outbox.verdicts import Outcome, Verdict, asks_for_patience

logger = logging.getLogger(__name__)
_MOST_COUNTED = 1_000
_FAILURES_THAT_OPEN_THE_CIRCUIT = 5
_STEPS_PAUSED = 10
_STEPS_SLOWED = 5
_STEPS_DISTRUSTED = 60
# The limit is staff's, and its tokens are spent by whoever takes mail in hand meanwhile.
_OURS = ["failures", "paused_until", "paused_because"]


class Limits:
    """What may leave in this round: spent message by message, written back at once."""

    def __init__(self, rows: Collection[Lane]) -> None:
        self._rows = {row.name: row for row in rows if row.per_hour is not None}
        self._spent: Counter[str] = Counter()
        self.in_trouble = {row.name for row in rows if row.failures}

    def most(self, wanted: int) -> int:
        everything = self._rows.get(EVERYTHING)
        return min(wanted, int(everything.tokens)) if everything else wanted

    def allows(self, message: OutboundMessage) -> bool:
        """Whether there is room for this one too; then it counts."""
        names = [name for name in names_of(message) if name in self._rows]
        if any(self._rows[name].tokens - self._spent[name] < 1 for name in names):
            return False
        self._spent.update(names)
        return True

    def spend(self) -> None:
        if not self._rows:
            return
        for name, count in self._spent.items():
            self._rows[name].tokens -= count
        Lane.objects.bulk_update(self._rows.values(), ["tokens", "filled_at"])


def names_of(message: OutboundMessage) -> list[str]:
    return [EVERYTHING, f"identity:{message.identity}", f"domain:{message.domain}"]


def open_to(due: OutboundMessageQuerySet, *, now: datetime) -> tuple[OutboundMessageQuerySet, Limits]:
    """The due messages whose lanes are neither paused nor empty, and what each lane still lets through."""
    lanes = Lane.objects.order_by("name")
    rows = list(lanes.select_for_update() if connection.features.has_select_for_update else lanes)
    closed: dict[str, list[str]] = {"identity": [], "domain": [], "stream": [], "scope": []}
    for row in rows:
        row.fill(now)
        if row.is_paused(now) or (row.per_hour is not None and row.tokens < 1):
            part, _colon, name = row.name.partition(":")
            if row.name == EVERYTHING:
                due = due.none()
            elif part in closed:
                closed[part].append(name)
    for part, names in closed.items():
        if names:
            due = due.exclude(**{f"{part}__in": names})
    return due, Limits(rows)


@transaction.atomic
def hold(name: str, *, because: str, until: datetime, now: datetime) -> None:
    """Let nothing of this lane go before `until`. What a worker has in hand already may still go."""
    lane = _locked(name, now=now)
    lane.paused_until, lane.paused_because = until, because[:300]
    lane.save(update_fields=_OURS)


def let_go(name: str) -> None:
    """What waits in this lane may go again."""
    Lane.objects.filter(name=name).update(paused_until=None, paused_because="", failures=0)


def note(
    outcomes: Collection[Outcome],
    rows: Mapping[int, OutboundMessage],
    in_trouble: Collection[str],
    *,
    now: datetime,
) -> set[str]:
    """Slow down where a server asks for patience; stop for a while where nothing gets through at all.

    `in_trouble` are the lanes known to have failures in a row; returned are those that have some now.
    """
    found = set(in_trouble)
    if distrusted := [outcome for outcome in outcomes if outcome.is_distrusted]:
        _stop_all(distrusted[-1].text, now=now)
        found.add(EVERYTHING)
    elif EVERYTHING in found and any(outcome.verdict == Verdict.SENT for outcome in outcomes):
        Lane.objects.filter(name=EVERYTHING).update(failures=0, paused_until=None, paused_because="")
        found.discard(EVERYTHING)
    for name, group in _by_lane(outcomes, rows).items():
        if any(outcome.verdict == Verdict.SENT for outcome in group):
            if name in found:
                Lane.objects.filter(name=name).update(failures=0)
                found.discard(name)
        else:
            _failed(name, group, now=now)
            found.add(name)
    return found


def _by_lane(outcomes: Collection[Outcome], rows: Mapping[int, OutboundMessage]) -> dict[str, list[Outcome]]:
    """What concerns the relay counts for the identity; what is said of a recipient, for their domain."""
    found: dict[str, list[Outcome]] = {}
    for outcome in outcomes:
        row = rows[outcome.pk]
        concerns_domain = outcome.phase == Phase.RCPT or outcome.phase == Phase.DONE
        name = f"domain:{row.domain}" if concerns_domain else f"identity:{row.identity}"
        if outcome.verdict == Verdict.SENT:
            found.setdefault(f"identity:{row.identity}", []).append(outcome)
        elif outcome.verdict in (Verdict.DEFERRED, Verdict.UNCERTAIN) and not outcome.is_distrusted:
            found.setdefault(name, []).append(outcome)
    return found


def _stop_all(said: str, *, now: datetime) -> None:
    """No mail at all until the relay can be trusted; it is asked once an hour. Staff are told when it begins."""
    lane = _locked(EVERYTHING, now=now)
    is_new = lane.failures == 0
    lane.failures = min(lane.failures + 1, _MOST_COUNTED)
    lane.paused_until = now + _STEPS_DISTRUSTED * settings.MAIL_STEP
    lane.paused_because = (_("The mail server cannot be trusted: %(said)s") % {"said": said})[:300]
    lane.save(update_fields=_OURS)
    if is_new:
        logger.error("No mail leaves: %s", lane.paused_because)
        trail.record(by=None, verb="paused", of=lane, reason=lane.paused_because)


def _failed(name: str, outcomes: Collection[Outcome], *, now: datetime) -> None:
    lane = _locked(name, now=now)
    lane.failures += len(outcomes)
    if any(asks_for_patience(outcome.code) for outcome in outcomes):
        lane.paused_until, lane.paused_because = (
            now + _STEPS_SLOWED * settings.MAIL_STEP,
            _("The server asked for patience."),
        )
    if lane.failures >= _FAILURES_THAT_OPEN_THE_CIRCUIT:
        lane.paused_until = now + _STEPS_PAUSED * settings.MAIL_STEP
        lane.paused_because = _("%(count)d tries in a row failed.") % {"count": lane.failures}
        lane.failures = 0
    lane.save(update_fields=_OURS)


def _locked(name: str, *, now: datetime) -> Any:
    Lane.objects.get_or_create(name=name, defaults={"filled_at": now})
    rows = Lane.objects.filter(name=name)
    return (rows.select_for_update() if connection.features.has_select_for_update else rows).get()

"""One look at the ledger: changes nobody planned yet become alerts, once; what is due is mailed, once.

The bell rings when something changes, and the clock looks every minute. Two at once, a lost bell and a replay give the
same rows: an alert is unique by change and person, a mail by its alerts, and each person is served in one transaction.
"""

import logging
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef

from advocacy.accounts.models import User
from advocacy.outbox.models import (
    NOT_DELIVERED,
    MessageState,
    OutboundMessage,
    OutboundMessageQuerySet,
)
from advocacy.positions.alerts import mail
from advocacy.positions.alerts.recipients import Readers, alerts_for
from advocacy.positions.alerts.standing import KIND, fallen
from advocacy.positions.models import Alert, AlertState, Cadence, PlannedEvent, Silence
from legislation.models import MeasureEvent

logger = logging.getLogger(__name__)
# A planner that was away for longer leaves older changes to the page of the measure: in mail they would be no news.
LOOKS_BACK = timedelta(days=3)
_EVENTS_AT_ONCE = 250
_ROWS_AT_ONCE = 1_000


def tick(now: datetime) -> Counter[str]:
    """Plan, then mail; how many alerts were planned, told and not told."""
    tally = Counter({"planned": plan(now)})
    return tally + mail_due(now)


def plan(now: datetime) -> int:
    """Who is to hear of what has changed. Returns how many alerts were made out; memory does not grow with them."""
    readers, planned = Readers(now), 0
    for events in _unplanned(now):
        with transaction.atomic():
            planned += _plan(events, readers)
    return planned


def _unplanned(now: datetime) -> Iterator[Sequence[MeasureEvent]]:
    rows = MeasureEvent.objects.news().since(now - LOOKS_BACK).filter(planned=None).order_by("pk")
    last = 0
    while events := list(rows.filter(pk__gt=last)[:_EVENTS_AT_ONCE]):
        last = events[-1].pk
        yield events


def _plan(events: Sequence[MeasureEvent], readers: Readers) -> int:
    people: Counter[int] = Counter()
    batch: list[Alert] = []
    for alert in alerts_for(events, readers):
        people[alert.event_id] += 1
        batch.append(alert)
        if len(batch) >= _ROWS_AT_ONCE:
            Alert.objects.bulk_create(batch, ignore_conflicts=True)
            batch = []
    Alert.objects.bulk_create(batch, ignore_conflicts=True)
    PlannedEvent.objects.bulk_create(
        [PlannedEvent(event=event, at=readers.now, people=people[event.pk]) for event in events],
        ignore_conflicts=True,
    )
    return people.total()


def mail_due(now: datetime) -> Counter[str]:
    """Write to everybody for whom something is due, or whose mail was taken back before it went."""
    due = Alert.objects.due(now).order_by().values_list("person", flat=True).distinct()
    back = _taken_back(now).order_by().values_list("user", flat=True).distinct()
    tally: Counter[str] = Counter()
    for pk in sorted({*due, *(person for person in back if person)}):
        tally += _serve(pk, now=now)
    return tally


def _serve(pk: int, *, now: datetime) -> Counter[str]:
    """One person whose mail cannot be written does not keep the others waiting."""
    try:
        with transaction.atomic():
            # One planner at a time for each person: the second waits here, and finds nothing left to do.
            person = User.objects.select_for_update(no_key=True).get(pk=pk)
            _take_up_again(person, now=now)
            rows = list(Alert.objects.due(now).addressed_to(person).select_related("event").order_by("pk"))
            at_once = [row for row in rows if row.cadence == Cadence.AT_ONCE]
            digest = [row for row in rows if row.cadence != Cadence.AT_ONCE]
            return _tell(person, at_once, now=now) + _tell(person, digest, now=now)
    except Exception:
        logger.exception("The alerts of person %s could not be written.", pk)
        return Counter({"failed": 1})


def _tell(person: User, rows: Sequence[Alert], *, now: datetime) -> Counter[str]:
    """One mail for all of them, without those that fell meanwhile."""
    silent = fallen(person, rows)
    _silence(silent)
    told = [row for row in rows if row.pk not in silent]
    if not told:
        return Counter({"not told": len(silent)})
    message = mail.post(person, told, now=now)
    if message.state in NOT_DELIVERED:
        _silence({row.pk: Silence.UNWANTED for row in told})
        return Counter({"not told": len(rows)})
    told_keys = [row.pk for row in told]
    Alert.objects.filter(pk__in=told_keys).update(state=AlertState.MAILED, message=message)
    return Counter({"told": len(told), "not told": len(silent)})


def _taken_back(now: datetime) -> OutboundMessageQuerySet:
    """Mails of ours that were cancelled before they went."""
    told = Alert.objects.filter(message=OuterRef("pk"), state=AlertState.MAILED)
    cancelled = OutboundMessage.objects.filter(kind=KIND, state=MessageState.CANCELLED)
    return cancelled.filter(Exists(told), settled_at__gte=now - LOOKS_BACK)


def _take_up_again(person: User, *, now: datetime) -> None:
    """Of a mail that was taken back because part of it fell, the rest goes into a new one."""
    rows = Alert.objects.filter(message__in=_taken_back(now).filter(user=person)).select_related("event")
    by_message: dict[int | None, list[Alert]] = {}
    for row in rows.order_by("pk"):
        by_message.setdefault(row.message_id, []).append(row)
    for group in by_message.values():
        silent = fallen(person, group)
        if (
            not silent
        ):  # somebody cancelled it, or its reader does not want it: to write it again would go on for ever
            _silence({row.pk: Silence.CANCELLED for row in group})
            continue
        _silence(silent)
        left = [row.pk for row in group if row.pk not in silent]
        again = {"state": AlertState.PLANNED, "message": None, "due_at": now}
        Alert.objects.filter(pk__in=left).update(**again)


def _silence(reasons: dict[int, Silence]) -> None:
    by_reason: dict[Silence, list[int]] = {}
    for pk, reason in reasons.items():
        by_reason.setdefault(reason, []).append(pk)
    for reason, pks in by_reason.items():
        Alert.objects.filter(pk__in=pks).update(state=AlertState.SKIPPED, silence=reason, message=None)

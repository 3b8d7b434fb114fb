"""A schedule is published once nothing stands in its way, and again after changes."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from advocacy.accounts.models import User
from advocacy.audit import trail
from advocacy.events.actions import notices
from advocacy.events.actions.running import check_runs
from advocacy.events.errors import NotReady, WrongMoment
from advocacy.events.findings import findings_of, in_the_way
from advocacy.events.models import SCHEDULING, AcceptedWarning, AdvocacyEvent, EventStatus

# Whoever presses the button while registration is open closes it with that.
PUBLISHABLE = (EventStatus.FROZEN, EventStatus.PUBLISHED)


@transaction.atomic
def publish(event: AdvocacyEvent, *, by: User, now: datetime) -> int:
    """Everybody whose schedule is new to them is told; returns how many.

    Raises MayNotRun, WrongMoment where somebody was faster, and NotReady with what stands in the way.
    """
    check_runs(event, by)
    if problems := [one.text for one in in_the_way(findings_of(event))]:
        raise NotReady(problems)
    if not event.appointments.all().on_the_schedule().exists():
        raise NotReady([_("No meeting stands on the schedule yet.")])
    changed = AdvocacyEvent.objects.filter(pk=event.pk, status__in=PUBLISHABLE, edition=event.edition).update(
        status=EventStatus.PUBLISHED, edition=event.edition + 1, published_at=now
    )
    if not changed:
        raise WrongMoment
    event.status, event.edition, event.published_at = EventStatus.PUBLISHED, event.edition + 1, now
    trail.record(by=by, verb="published", of=event)
    return notices.tell(event, now=now)


@transaction.atomic
def accept(event: AdvocacyEvent, *, by: User, key: str, reason: str, now: datetime) -> bool:
    """Let a warning stand. False where it is accepted already, or is gone; what blocks cannot be accepted.

    Raises MayNotRun and WrongMoment.
    """
    check_runs(event, by)
    if event.status not in SCHEDULING:
        raise WrongMoment
    finding = next((one for one in findings_of(event) if one.key == key), None)
    if finding is None or finding.blocks or finding.accepted:
        return False
    _row, is_new = AcceptedWarning.objects.get_or_create(
        event=event, key=key, defaults={"reason": reason, "accepted_by": by, "accepted_at": now}
    )
    if is_new:
        trail.record(by=by, verb="accepted", of=event, changes={"warning": ["", finding.text]}, reason=reason)
    return is_new


@transaction.atomic
def take_back(warning: AcceptedWarning, *, by: User) -> None:
    """It stands in the way again. Raises MayNotRun."""
    check_runs(warning.event, by)
    trail.record(by=by, verb="took back", of=warning.event, reason=warning.reason)
    warning.delete()

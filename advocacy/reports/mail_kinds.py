"""The mail of the reports: the national one, once for each lock and person."""

from collections.abc import Collection
from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from advocacy.outbox.kinds import Delivery, Kind, kind
from advocacy.outbox.models import OutboundMessage
from advocacy.outbox.streams import Stream
from advocacy.reports import letters
from advocacy.reports.models import PeriodLock
from members.taskforce.roster import people_on, society_day

_NO_ROLE, _RESTATED = "The role has ended.", "The month was restated meanwhile."


def _refused(messages: Collection[OutboundMessage]) -> dict[int, str]:
    """Those who left the task force are not told, and nobody is told of numbers that were restated since."""
    expected = set(people_on(society_day(timezone.now())).values_list("pk", flat=True))
    locks = {message.pk: int(message.key.rsplit(":", 2)[1]) for message in messages}
    known = PeriodLock.objects.in_bulk(set(locks.values()))
    newest: dict[str, int] = {}
    months = {lock.period for lock in known.values()}
    for row in PeriodLock.objects.filter(period__in=months).order_by("period", "version"):
        newest[row.period] = row.pk
    found = {}
    for message in messages:
        lock = known.get(locks[message.pk])
        if message.user_id not in expected:
            found[message.pk] = _NO_ROLE
        elif lock is None or newest[lock.period] != lock.pk:
            found[message.pk] = _RESTATED
    return found


kind(
    letters.NATIONAL,
    Kind(
        Delivery.AT_MOST_ONCE,
        Stream.DUTY,
        "reminders",
        label=_("National report"),
        lives_for=timedelta(days=5),
        refusals=_refused,
    ),
)

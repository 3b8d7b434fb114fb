"""Mail to many that comes back, or is complained about, stops itself before providers stop all of our mail.

Their limits are lower than ours: Gmail asks for complaints under 0.1 %, and never 0.3 % (RELIABILITY.md §9.1).
"""

import logging
from datetime import datetime, timedelta

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from advocacy.audit import trail
from advocacy.outbox.models import DeliveryEvent, EventKind, Lane, MessageState, OutboundMessage
from advocacy.outbox.streams import Stream

logger = logging.getLogger(__name__)
WATCHED = [Stream.CAMPAIGN, Stream.OPTIONAL]
_LOOKS_BACK = timedelta(days=7)
# The share that is too much, and how many there must be at least: one in a dozen says nothing.
_BOUNCES, _FEWEST_BOUNCES = 0.05, 5
_COMPLAINTS, _FEWEST_COMPLAINTS = 0.003, 2
_UNTIL_SOMEBODY_LOOKS = timedelta(days=3650)
_LEFT_US = [
    MessageState.SENT,
    MessageState.PRESUMED_SENT,
    MessageState.UNCERTAIN,
    MessageState.REJECTED,
]


def lane_of(stream: str) -> str:
    return f"stream:{stream}"


def watch(stream: str, *, now: datetime) -> bool:
    """Pause this class of mail if too much of it came back. True where that happened just now.

    Only staff let it go on; from then on the counting begins anew.
    """
    if stream not in WATCHED:
        return False
    lane = Lane.objects.filter(name=lane_of(stream)).first()
    if lane is not None and lane.is_paused(now):
        return False
    since = max(now - _LOOKS_BACK, lane.filled_at) if lane is not None else now - _LOOKS_BACK
    if not (why := _why_too_much(stream, since=since)):
        return False
    lane, _is_new = Lane.objects.update_or_create(
        name=lane_of(stream),
        defaults={"paused_until": now + _UNTIL_SOMEBODY_LOOKS, "paused_because": why},
        create_defaults={
            "filled_at": now,
            "paused_until": now + _UNTIL_SOMEBODY_LOOKS,
            "paused_because": why,
        },
    )
    logger.error("Mail of the class %s is paused: %s", stream, why)
    trail.record(by=None, verb="paused", of=lane, reason=why)
    return True


def _why_too_much(stream: str, *, since: datetime) -> str:
    found = DeliveryEvent.objects.filter(stream=stream, noted_at__gt=since).aggregate(
        bounces=Count("address", distinct=True, filter=Q(kind=EventKind.HARD_BOUNCE)),
        complaints=Count("address", distinct=True, filter=Q(kind=EventKind.COMPLAINT)),
    )
    bounces, complaints = found["bounces"], found["complaints"]
    if bounces < _FEWEST_BOUNCES and complaints < _FEWEST_COMPLAINTS:
        return ""
    tried = Q(settled_at__gt=since) | Q(state=MessageState.UNCERTAIN, created_at__gt=since)
    total = OutboundMessage.objects.filter(tried, stream=stream, state__in=_LEFT_US).count()
    numbers = {"bounces": bounces, "complaints": complaints, "total": total}
    if bounces >= max(_FEWEST_BOUNCES, _BOUNCES * total):
        return _("%(bounces)d of %(total)d addresses do not exist.") % numbers
    if complaints >= max(_FEWEST_COMPLAINTS, _COMPLAINTS * total):
        return _("%(complaints)d of %(total)d readers complained.") % numbers
    return ""

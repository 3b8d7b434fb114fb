"""What of an alert still stands: asked when its mail is written, and again just before the mail goes."""

from collections.abc import Collection, Iterable

from django.utils import timezone
from django.utils.translation import gettext as _

from advocacy.accounts.models import User
from advocacy.outbox.models import OutboundMessage
from advocacy.positions.models import (
    CADENCE_OF,
    Alert,
    AlertCadence,
    Because,
    Cadence,
    Silence,
    Testimony,
    Tier,
    Tracking,
)
from legislation.models import MeasureEvent

KIND = "positions.alert"


def fallen(person: User, alerts: Iterable[Alert]) -> dict[int, Silence]:
    """Those of which this person is not to be told any more, each with the reason. For rows with their event."""
    rows = list(alerts)
    followed = _followed(person, {row.tracking_id for row in rows if row.tracking_id})
    speaks_at = _speaks_at(person, {row.event.hearing_id for row in rows if row.because == Because.TESTIFIER})
    newer = _newest_of_hearings(rows)
    chosen = dict(AlertCadence.objects.visible_to(person).values_list("tier", "cadence"))
    found: dict[int, Silence] = {}
    for row in rows:
        event = row.event
        if row.because == Because.TESTIFIER:
            is_theirs = (event.hearing_id, event.measure_id) in speaks_at
            cadence = Cadence.AT_ONCE
        else:
            is_theirs = row.tracking_id in followed
            tier = followed.get(row.tracking_id or 0) or Tier.MONITOR
            cadence = Cadence(chosen.get(tier, CADENCE_OF.get(tier, Cadence.NEVER)))
        if not is_theirs:
            found[row.pk] = Silence.LET_GO
        elif newer.get((event.hearing_id, event.measure_id), event.pk) > event.pk:
            found[row.pk] = Silence.SUPERSEDED
        elif cadence == Cadence.NEVER:
            found[row.pk] = Silence.NEVER
    return found


def refusals(messages: Collection[OutboundMessage]) -> dict[int, str]:
    """The mails in which something fell: the planner writes what is left anew."""
    kept = {message.pk for message in messages if message.pk}
    rows = Alert.objects.filter(message__in=kept).select_related("event", "person").order_by("pk")
    by_message: dict[int, list[Alert]] = {}
    for row in rows if kept else ():
        by_message.setdefault(row.message_id or 0, []).append(row)
    return {
        pk: _("What it tells has changed since it was written.")
        for pk, group in by_message.items()
        if fallen(group[0].person, group)
    }


def _followed(person: User, trackings: set[int]) -> dict[int, int | None]:
    """Those of these that the person may read and looks after, with their tier; not what was archived."""
    if not trackings or not person.is_active:
        return {}
    rows = Tracking.objects.visible_to(person).looked_after_by(person).filter(pk__in=trackings)
    known = rows.with_tier(timezone.now().date()).only("pk")
    return {row.pk: row.tier for row in known if row.tier != Tier.ARCHIVE}


def _speaks_at(person: User, hearings: set[int | None]) -> set[tuple[int | None, int]]:
    if not hearings or not person.is_active:
        return set()
    rows = Testimony.objects.visible_to(person).filter(person=person, hearing__in=hearings)
    return set(rows.order_by().values_list("hearing", "measure"))


def _newest_of_hearings(rows: Collection[Alert]) -> dict[tuple[int | None, int], int]:
    """The newest change of each hearing: whoever was not told yet of an older one hears only of that."""
    hearings = {row.event.hearing_id for row in rows if row.event.hearing_id}
    if not hearings:
        return {}
    events = MeasureEvent.objects.news().filter(hearing__in=hearings).order_by("pk")
    return {(hearing, measure): pk for hearing, measure, pk in events.values_list("hearing", "measure", "pk")}

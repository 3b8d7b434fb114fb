"""Confirming what became of measures at the end of a session: `session_sweep.confirm(end, …, by=angela)` (W10)."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from advocacy.accounts.models import User
from advocacy.audit import trail
from legislation.actions import measure_events
from legislation.actions.measure_events import Teller
from legislation.changeset.held import chunks
from legislation.measure_search import index_measures
from legislation.models import (
    STAGE_OF,
    TERMINAL_STAGES,
    Disposition,
    DispositionKind,
    LegislativeSession,
    Measure,
    MeasureAction,
    Stage,
    StageEvent,
)
from legislation.session_sweep import Proposal, SessionEnd, pending

# Whatever else is on record of that day happened before the gavel fell.
_LAST_OF_ITS_DAY = 30_000


@dataclass(frozen=True)
class Swept:
    """How many measures were confirmed, and how many were not because they may still be signed."""

    confirmed: int = 0
    may_be_signed: int = 0


def confirm(
    end: SessionEnd,
    measures: Collection[int],
    *,
    by: User,
    now: datetime,
    day: date,
    kind: DispositionKind | None = None,
) -> Swept:
    """Confirm these measures as the rules propose, or as `kind`.

    Whoever is second finds nothing left: what is confirmed, or ended meanwhile, is passed over.
    """
    with transaction.atomic():
        # Two people who sweep one session wait for each other.
        LegislativeSession.objects.select_for_update().get(pk=end.session.pk)
        waiting = pending([end], day)[end.session.pk]
        chosen = {pk: waiting[pk] for pk in sorted(set(measures)) if pk in waiting}
        allowed = {pk: one for pk, one in chosen.items() if kind is None or one.may_become(kind)}
        done = sum(
            _confirm(end, dict(chunk), kind, by=by, now=now, day=day) for chunk in chunks(allowed.items())
        )
    return Swept(done, len(chosen) - len(allowed))


def _confirm(
    end: SessionEnd,
    chosen: dict[int, Proposal],
    kind: DispositionKind | None,
    *,
    by: User,
    now: datetime,
    day: date,
) -> int:
    kinds = {pk: kind or proposal.kind for pk, proposal in chosen.items()}
    earlier = Disposition.objects.filter(measure__in=chosen, adjourned_on=end.adjourned_on)
    before = {row.measure_id: str(row.get_kind_display()) for row in earlier}
    # It waited for a signature, or was overruled: what is confirmed now stands in its place.
    earlier.delete()
    stood = measure_events.standing_of(chosen, day)
    events = _enter(end, chosen, kinds, day)
    measure_events.ring_for(measure_events.note_changes(stood, Teller(now, by=by)))
    rows = [
        Disposition(
            measure_id=pk,
            kind=kinds[pk],
            adjourned_on=end.adjourned_on,
            window_ends_on=proposal.window_ends_on if kinds[pk] == DispositionKind.AWAITING else None,
            event=events.get(pk),
            confirmed_by=by,
            confirmed_at=now,
        )
        for pk, proposal in chosen.items()
        if pk in events or kinds[pk] not in STAGE_OF
    ]
    Disposition.objects.bulk_create(rows)
    _record(rows, before, by)
    _reindex(events)
    return len(rows)


def _enter(
    end: SessionEnd, chosen: dict[int, Proposal], kinds: dict[int, DispositionKind], day: date
) -> dict[int, StageEvent]:
    """The last stage of each, on the day it came to that. A step that somebody entered already is not repeated."""
    wanted = {}
    for pk, proposal in chosen.items():
        if stage := STAGE_OF.get(kinds[pk]):
            on = _day_of(end, stage, proposal, day)
            wanted[pk] = StageEvent(
                measure_id=pk,
                on=on,
                stage=stage,
                order=_LAST_OF_ITS_DAY,
                note=_("Confirmed at the end of the session."),
            )
    there = StageEvent.objects.filter(measure__in=wanted, chamber="", stage__in=STAGE_OF.values())
    taken = set(there.values_list("measure", "on", "stage"))
    events = {pk: one for pk, one in wanted.items() if (pk, one.on, one.stage) not in taken}
    StageEvent.objects.bulk_create(events.values())
    return events


def _day_of(end: SessionEnd, stage: Stage, proposal: Proposal, day: date) -> date:
    """Open measures end with the session; what was passed, when the window closed, or today."""
    if stage in (Stage.DIED, Stage.CARRIED_OVER):
        return end.adjourned_on
    return min(proposal.window_ends_on or day, day)


def take_back(rows: "QuerySet[Disposition]", *, by: User) -> int:
    """The measures are open again, as they were. Returns how many; none where somebody was faster."""
    with transaction.atomic():
        found = list(rows.select_for_update(of=("self",)).select_related("measure__session", "event"))
        for chunk in chunks(found):
            gone = [(row.measure, {"dispositions": [str(row.get_kind_display()), None]}) for row in chunk]
            trail.record_all(gone, by=by, verb="undone")
            _remove(chunk)
    return len(found)


def _remove(rows: Sequence[Disposition]) -> None:
    Disposition.objects.filter(pk__in=[row.pk for row in rows]).delete()
    StageEvent.objects.filter(pk__in=[row.event_id for row in rows if row.event_id]).delete()
    _reindex([row.measure_id for row in rows])


def overrule(measures: Iterable[int], *, now: datetime) -> int:
    """The official record goes before ours: a stage that was confirmed here gives way where an import says otherwise.

    It does once the import knows an end, or that the measure reached the executive, or a step after the one that was
    entered here. Older steps that arrive late change nothing. Asked after every batch of an import.
    """
    given_way = []
    for keys in chunks(measures):
        rows = Disposition.objects.standing().filter(measure__in=keys, event__isnull=False)
        given_way += list(rows.filter(_says_otherwise()).select_related("measure__session"))
    if given_way:
        _give_way(given_way, now)
    return len(given_way)


def _says_otherwise() -> Q:
    official = StageEvent.objects.filter(measure=OuterRef("measure"), source__isnull=False)
    known = Q(stage__in=TERMINAL_STAGES) | Q(stage=Stage.ENROLLED) | Q(on__gt=OuterRef("event__on"))
    return Q(Exists(official.filter(known)))


def _give_way(rows: Sequence[Disposition], now: datetime) -> None:
    keys = [row.pk for row in rows]
    events = [row.event_id for row in rows if row.event_id]
    Disposition.objects.filter(pk__in=keys).update(event=None, overruled_at=now)
    StageEvent.objects.filter(pk__in=events).delete()
    trail.record_all(
        ((row.measure, {"dispositions": [str(row.get_kind_display()), None]}) for row in rows),
        by=None,
        verb="overruled",
    )


def _record(rows: Sequence[Disposition], before: dict[int, str], by: User) -> None:
    measures = Measure.objects.select_related("session").in_bulk([row.measure_id for row in rows])
    trail.record_all(
        (
            (
                measures[row.measure_id],
                {"dispositions": [before.get(row.measure_id), str(row.get_kind_display())]},
            )
            for row in rows
        ),
        by=by,
        verb="swept",
    )


def _reindex(measures: Iterable[int]) -> None:
    """Only where the newest stage dates the measure: the words that it is found by are the same."""
    acted = MeasureAction.objects.filter(measure=OuterRef("pk"))
    rows = Measure.objects.filter(~Exists(acted), pk__in=list(measures))
    index_measures(list(rows.order_by("pk").values_list("pk", flat=True)))

"""Noting what changed about measures, in the transaction that changes it: stages, texts, hearings.

What is news is decided here and nowhere else. A measure that is new to the record is not: nobody follows it yet, and
its whole history comes with it. Of a known one, a stage or a text is news if it is dated within the last days before
we heard of it, so that an archive that is loaded late alerts nobody; a hearing is news while it lies ahead.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any, NamedTuple

from django.db.models import F

from advocacy.accounts.models import User
from advocacy.kernel import happenings
from legislation import news
from legislation.changeset.held import chunks
from legislation.models import EventKind, Hearing, MeasureEvent, StageEvent, TextVersion

NEWS_FOR = timedelta(days=14)


class Teller(NamedTuple):
    """When we heard of it, and from whom: a source that was imported, or a person."""

    now: datetime
    source: int | None = None
    by: User | None = None


class Step(NamedTuple):
    on: date
    stage: str
    chamber: str
    label: str


class Text(NamedTuple):
    key: str
    label: str
    label_fr: str
    on: date | None


class Standing(NamedTuple):
    """Where a measure stands, and its newest text."""

    step: Step | None = None
    text: Text | None = None


class Announcement(NamedTuple):
    """What is announced of a hearing."""

    starts_at: datetime
    zone: str
    room: str
    is_cancelled: bool

    @classmethod
    def of(cls, hearing: Hearing) -> "Announcement":
        return cls(hearing.starts_at, hearing.zone, hearing.room, hearing.is_cancelled)


def standing_of(measures: Iterable[int], day: date) -> dict[int, Standing]:
    """Where these stand at the end of that day: to be asked before they are changed."""
    found: dict[int, Standing] = {}
    for chunk in chunks(sorted(measures)):
        steps = StageEvent.objects.filter(measure__in=chunk).until(day).oldest_first()
        newest_steps = {
            measure: Step(on, stage, chamber, label)
            for measure, on, stage, chamber, label in steps.values_list(
                "measure", "on", "stage", "chamber", "local_label"
            )
        }
        texts = TextVersion.objects.filter(measure__in=chunk).order_by(
            "measure", F("on").asc(nulls_first=True), "order", "pk"
        )
        newest_texts = {
            measure: Text(key, label, label_fr, on)
            for measure, key, label, label_fr, on in texts.values_list(
                "measure", "key", "label", "label_fr", "on"
            )
        }
        found |= {pk: Standing(newest_steps.get(pk), newest_texts.get(pk)) for pk in chunk}
    return found


def note_changes(before: Mapping[int, Standing], teller: Teller) -> int:
    """Note what differs from how these stood before; how many changes are news."""
    after = standing_of(before, teller.now.date())
    return keep(event for pk in before for event in _differences(pk, before[pk], after[pk], teller))


def note_hearing(
    hearing: Hearing, measures: Iterable[int], teller: Teller, *, before: Announcement | None = None
) -> int:
    """Note for these measures that the hearing was set, or differs from what was announced `before`."""
    return keep(of_hearing(hearing, measures, teller, before=before))


def keep(events: Iterable[MeasureEvent]) -> int:
    """Write them; one that is noted already stays as it is. How many are news."""
    rows = list(events)
    MeasureEvent.objects.bulk_create(rows, ignore_conflicts=True, batch_size=500)
    fresh = [row for row in rows if row.is_news]
    if fresh:
        happenings.tell("measure.changed", sorted({row.measure_id for row in fresh}), at=fresh[0].noted_at)
    return len(fresh)


def ring_for(count: int) -> None:
    """Say that there is news, once the transaction stands."""
    if count:
        news.ring_after_commit()


def of_hearing(
    hearing: Hearing, measures: Iterable[int], teller: Teller, *, before: Announcement | None
) -> Iterator[MeasureEvent]:
    now_is = Announcement.of(hearing)
    kind = _what_happened(before, now_is)
    if kind is None:
        return
    starts = [one.starts_at for one in (before, now_is) if one]
    for measure in measures:
        yield MeasureEvent(
            measure_id=measure,
            kind=kind,
            key=f"{hearing.pk}:{hearing.sequence}",
            noted_at=teller.now,
            old=_announced(None if kind == EventKind.HEARING_SET else before),
            new=_announced(None if kind == EventKind.HEARING_CANCELLED else now_is),
            is_news=max(starts) > teller.now,
            hearing=hearing,
            source_id=teller.source,
            by=teller.by,
        )


def _what_happened(before: Announcement | None, now_is: Announcement) -> EventKind | None:
    """A room that becomes known is no move."""
    if now_is.is_cancelled:
        return EventKind.HEARING_CANCELLED if before and not before.is_cancelled else None
    if before is None or before.is_cancelled:
        return EventKind.HEARING_SET
    if before.starts_at != now_is.starts_at or (before.room and before.room != now_is.room):
        return EventKind.HEARING_MOVED
    return None


def _announced(one: Announcement | None) -> dict[str, str]:
    if one is None:
        return {}
    return {"starts_at": one.starts_at.astimezone(UTC).isoformat(), "zone": one.zone, "room": one.room}


def _differences(pk: int, old: Standing, new: Standing, teller: Teller) -> Iterator[MeasureEvent]:
    known = {"measure_id": pk, "noted_at": teller.now, "source_id": teller.source, "by": teller.by}
    if new.step and _has_moved(old.step, new.step):
        # A step that was taken back sends the measure to an older one: the later of the two says how fresh it is.
        dated = max(new.step.on, old.step.on) if old.step else new.step.on
        yield MeasureEvent(
            kind=EventKind.STAGE_CHANGED,
            key=f"{new.step.on}:{new.step.stage}:{new.step.chamber}",
            old=_in_json(old.step),
            new=_in_json(new.step),
            is_news=_is_recent(dated, teller.now),
            **known,
        )
    if new.text and _is_another(old.text, new.text):
        yield MeasureEvent(
            kind=EventKind.TEXT_CHANGED,
            key=new.text.key,
            old=_in_json(old.text),
            new=_in_json(new.text),
            is_news=_is_recent(new.text.on, teller.now) if new.text.on else old.text is not None,
            **known,
        )


def _has_moved(old: Step | None, new: Step) -> bool:
    """Another source may have other words for the same step of the same day: that is no move."""
    if old is None:
        return True
    return (old.on, old.stage, old.chamber) != (new.on, new.stage, new.chamber) and (
        (old.stage, old.label) != (new.stage, new.label)
    )


def _is_another(old: Text | None, new: Text) -> bool:
    """Another source may call the text of that day by another name."""
    if old is None:
        return True
    return old.key != new.key and (new.on is None or old.on != new.on)


def _is_recent(day: date, now: datetime) -> bool:
    return day >= (now - NEWS_FOR).date()


def _in_json(fact: Step | Text | None) -> dict[str, Any]:
    if fact is None:
        return {}
    return {
        name: value.isoformat() if isinstance(value, date) else value
        for name, value in fact._asdict().items()
    }

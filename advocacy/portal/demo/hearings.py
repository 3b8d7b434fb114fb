"""Hearings in the demo: one ahead, one moved, one called off, one held. Days count from the day it is furnished."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from advocacy.kernel.schedules import moment_of
from advocacy.kernel.zones import today_in
from advocacy.portal.demo.record import SCHEME, PublicRecord
from legislation.models import Committee, Hearing, HearingMove, HearingStatus, Source

_FRIDAY = 4


@dataclass(frozen=True)
class Sitting:
    """`committee` is its place in the list of those of the legislature; `was` what had been announced before."""

    place: str
    committee: int
    numbers: tuple[str, ...]
    day: int
    at: time
    zone: str
    room: str
    status: HearingStatus = HearingStatus.SCHEDULED
    was: tuple[int, time, str] | None = None
    languages: str = ""
    note: str = ""


SITTINGS = (
    Sitting(
        "TX", 2, ("HB 210", "HB 1377"), 9, time(10, 30), "America/Chicago", "E2.012", HearingStatus.MOVED,
        was=(5, time(8), "E1.030"),
    ),
    Sitting("TX", 0, ("SB 84",), 4, time(9), "America/Chicago", "E1.016", HearingStatus.CANCELLED),
    Sitting(
        "QC", 0, ("Bill 47",), 12, time(15), "America/Toronto", "Salle Louis-Hippolyte-La Fontaine",
        languages="Un mémoire dans une seule langue est transmis cinq jours ouvrables d’avance.",
    ),
    Sitting("BC", 0, ("Bill 38",), 6, time(13, 30), "America/Vancouver", "Douglas Fir Room"),
    Sitting(
        "MD", 0, ("SB 377",), -11, time(13), "America/New_York", "East, 2", HearingStatus.HELD,
        note="Testimony took two hours.",
    ),
)  # fmt: skip


class HearingBuilder:
    """As if a source had announced them: they come and go with the invented record."""

    def __init__(self, *, record: PublicRecord, now: datetime) -> None:
        self.record, self.now = record, now
        self.source = Source.objects.get(key=SCHEME)

    def build(self) -> None:
        for number, sitting in enumerate(SITTINGS, start=1):
            self._hold(sitting, f"hearing-{number}")

    def _hold(self, sitting: Sitting, external_id: str) -> None:
        starts_at = self._moment(sitting, sitting.day, sitting.at)
        hearing = Hearing.objects.create(
            jurisdiction=self.record.jurisdictions[sitting.place],
            committee=self._committee(sitting),
            starts_at=starts_at,
            zone=sitting.zone,
            status=sitting.status,
            room=sitting.room,
            sign_up_by=starts_at - timedelta(days=1),
            written_by=starts_at - timedelta(days=3),
            language_rule=sitting.languages,
            note=sitting.note,
            sequence=0 if sitting.status == HearingStatus.SCHEDULED else 1,
            source=self.source,
            external_id=external_id,
        )
        known = self.record.measures[sitting.place]
        hearing.measures.set(measure for measure in known if measure.number in sitting.numbers)
        if sitting.was:
            day, at, room = sitting.was
            before = self._moment(sitting, day, at)
            changed_at = self.now - timedelta(hours=20)
            HearingMove.objects.create(hearing=hearing, at=changed_at, started_at=before, room=room)

    def _committee(self, sitting: Sitting) -> Committee:
        return self.record.committees[sitting.place][sitting.committee]

    def _moment(self, sitting: Sitting, day: int, at: time) -> datetime:
        """Committees sit on weekdays: what falls on a weekend is on the Monday after it."""
        on = today_in(sitting.zone, self.now) + timedelta(days=day)
        if on.weekday() > _FRIDAY:
            on += timedelta(days=7 - on.weekday())
        return moment_of(on, at, sitting.zone)

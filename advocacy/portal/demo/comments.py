"""A proposed rule in the demo, with comments that are open and were extended."""

from datetime import datetime, time, timedelta

from advocacy.kernel.schedules import moment_of
from advocacy.kernel.zones import today_in
from advocacy.portal.demo.record import SCHEME, PublicRecord
from legislation.models import (
    CommentPeriod,
    LegislativeSession,
    Measure,
    MeasureKind,
    Source,
    Stage,
    StageEvent,
)

_ZONE = "America/Chicago"
_LAST_MINUTE = time(23, 59)


class CommentBuilder:
    """Rules have no session: the year stands for it."""

    def __init__(self, *, record: PublicRecord, now: datetime) -> None:
        self.place, self.today = record.jurisdictions["TX"], today_in(_ZONE, now)
        self.source = Source.objects.get(key=SCHEME)

    def build(self) -> None:
        year = str(self.today.year)
        session = LegislativeSession.objects.create(
            jurisdiction=self.place, identifier=year, name=f"{self.place.name}, rules of {year}"
        )
        rule = Measure.objects.create(
            session=session,
            kind=MeasureKind.REGULATION,
            number="Rule 414",
            title_en="Exchange of immunization records between registries",
            title_fr="Échange de dossiers de vaccination entre registres",
        )
        published_on = self.today - timedelta(days=20)
        StageEvent.objects.create(
            measure=rule,
            on=published_on,
            stage=Stage.PROPOSED,
            local_label="Proposed rule",
            source=self.source,
        )
        CommentPeriod.objects.create(
            measure=rule,
            agency="Department of State Health Services",
            docket_id="414-R",
            published_on=published_on,
            closes_at=self._close(10),
            extended_to=self._close(24),
            zone=_ZONE,
            url="https://example.org/rules/414",
        )

    def _close(self, days: int) -> datetime:
        return moment_of(self.today + timedelta(days=days), _LAST_MINUTE, _ZONE)

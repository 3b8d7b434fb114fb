"""What the demo's legislatures wrote about its measures: history, sponsors, texts, recorded votes, session dates."""

from datetime import UTC, date, datetime, time, timedelta

from advocacy.portal.demo.record import SCHEME, PublicRecord
from legislation.actions import measure_events
from legislation.actions.measure_events import Teller
from legislation.measure_search import index_measures
from legislation.models import (
    PASSED_A_CHAMBER,
    CarryOver,
    DeadlineKind,
    Jurisdiction,
    LegislativeSession,
    Measure,
    MeasureAction,
    Official,
    RollCall,
    SessionDeadline,
    SessionKind,
    Source,
    SponsorRole,
    Sponsorship,
    Stage,
    StageEvent,
    TextVersion,
    Vote,
    VoteOption,
    VoteResult,
)

# A surname that several could bear: it stays a name.
_UNMATCHED = "Moreau"
_VOTERS, _EVERY_NAY = 8, 4
_DATES_AHEAD = ((DeadlineKind.COMMITTEE, 17), (DeadlineKind.CROSSOVER, 31), (DeadlineKind.SINE_DIE, 96))
_OF_THE_SPECIAL_SESSION = (
    ("HB 4", "Relating to flood warnings for hospitals", Stage.COMMITTEE_1),
    ("HB 7", "Relating to shared records in a declared disaster", Stage.PASSED_1),
    ("SB 2", "Relating to emergency messages between health systems", Stage.ENROLLED),
)


class HistoryBuilder:
    """Tells the history of each measure from its steps, which are built before."""

    def __init__(self, *, record: PublicRecord, now: datetime) -> None:
        self.record = record
        self.today: date = now.date()
        self.source = Source.objects.get(key=SCHEME)

    def build(self) -> None:
        for place, measures in self.record.measures.items():
            members = self._members(place)
            for number, measure in enumerate(measures):
                self._tell(measure, members[number:] + members[:number])
            self._date_the_session(measures[0])
        self._adjourn_a_special_session(self.record.jurisdictions["TX"])
        index_measures(Measure.objects.order_by("pk").values_list("pk", flat=True))

    def _members(self, place: str) -> list[Official]:
        keys = [pk for pk, where in self.record.sits_in.items() if where == place]
        return list(Official.objects.filter(pk__in=keys).order_by("pk"))

    def _tell(self, measure: Measure, members: list[Official]) -> None:
        steps = list(StageEvent.objects.filter(measure=measure).oldest_first())
        MeasureAction.objects.bulk_create(
            MeasureAction(measure=measure, order=order, on=step.on, text=str(step), chamber=step.chamber)
            for order, step in enumerate(steps)
        )
        if steps:
            first = steps[0]
            TextVersion.objects.create(
                measure=measure, key="1", label="As introduced", label_fr="Tel que déposé", on=first.on
            )
        self._sponsor(measure, members)
        self._note_the_last_change(measure, [step for step in steps if step.on <= self.today])
        for step in steps:
            if step.stage in PASSED_A_CHAMBER:
                self._vote(step, members[:_VOTERS])

    def _sponsor(self, measure: Measure, members: list[Official]) -> None:
        for order, official in enumerate(members[:2]):
            role = SponsorRole.COSPONSOR if order else SponsorRole.SPONSOR
            Sponsorship.objects.create(
                measure=measure, name=official.name, role=role, order=order, official=official
            )
        Sponsorship.objects.create(measure=measure, name=_UNMATCHED, role=SponsorRole.COSPONSOR, order=2)

    def _vote(self, step: StageEvent, voters: list[Official]) -> None:
        ways = [
            VoteOption.NO if place % _EVERY_NAY == _EVERY_NAY - 1 else VoteOption.YES
            for place in range(len(voters))
        ]
        roll_call = RollCall.objects.create(
            measure=step.measure,
            source=self.source,
            external_id=f"{step.measure_id}-{step.pk}",
            on=step.on,
            chamber=step.chamber,
            motion="Third reading and passage",
            motion_fr="Troisième lecture et adoption",
            result=VoteResult.PASSED,
            yes=ways.count(VoteOption.YES),
            no=ways.count(VoteOption.NO),
        )
        Vote.objects.bulk_create(
            Vote(roll_call=roll_call, name=official.name, official=official, option=way, order=order)
            for order, (official, way) in enumerate(zip(voters, ways, strict=True))
        )

    def _adjourn_a_special_session(self, texas: Jurisdiction) -> None:
        """It is over, and nobody has said yet what became of its measures: one may still be signed."""
        ended_on = self.today - timedelta(days=5)
        session = LegislativeSession.objects.create(
            jurisdiction=texas,
            identifier="89S",
            name="Texas, 89th Legislature, special session",
            kind=SessionKind.SPECIAL,
            starts_on=ended_on - timedelta(days=30),
            ends_on=ended_on + timedelta(days=1),
            carry_over=CarryOver.ENDS,
            signing_days=20,
            special_note="Called on flood warnings.",
        )
        SessionDeadline.objects.create(session=session, kind=DeadlineKind.SINE_DIE, on=ended_on)
        for number, title, stage in _OF_THE_SPECIAL_SESSION:
            measure = Measure.objects.create(session=session, number=number, title_en=title)
            StageEvent.objects.create(measure=measure, stage=stage, on=ended_on - timedelta(days=3))

    def _note_the_last_change(self, measure: Measure, steps: list[StageEvent]) -> None:
        """As an import of that day would have noted it."""
        if len(steps) > 1:
            day = steps[-1].on
            stood = measure_events.standing_of([measure.pk], day - timedelta(days=1))
            noon = datetime.combine(day, time(12), tzinfo=UTC)
            measure_events.note_changes(stood, Teller(noon, self.source.pk))

    def _date_the_session(self, measure: Measure) -> None:
        """It sits: it has begun before its first measure moved, and its last days are set."""
        first = StageEvent.objects.filter(measure__session=measure.session_id).oldest_first().first()
        began_on = min(first.on if first else self.today, self.today) - timedelta(days=7)
        LegislativeSession.objects.filter(pk=measure.session_id).update(starts_on=began_on)
        SessionDeadline.objects.bulk_create(
            SessionDeadline(session_id=measure.session_id, kind=kind, on=self.today + timedelta(days=days))
            for kind, days in _DATES_AHEAD
        )

"""Following measures in the demo: tiers, steps and positions, as `tales` tells them."""

from datetime import date, datetime, time, timedelta

from django.db import models

from advocacy.accounts.models import User
from advocacy.audit.models import Entry
from advocacy.kernel.periods import Month
from advocacy.kernel.schedules import moment_of
from advocacy.kernel.zones import today_in
from advocacy.portal.demo.record import SCHEME, PublicRecord
from advocacy.portal.demo.society import Cast
from advocacy.portal.demo.tales import TALES, THE_SOCIETY, Spoken, Taken, Tale
from advocacy.positions import approval
from advocacy.positions.actions import decisions, testimonies, trackings
from advocacy.positions.models import (
    Effect,
    Issue,
    Likelihood,
    Outcome,
    Position,
    Ruling,
    Testimony,
    TierChange,
    Tracking,
    TrackingNote,
    TrackingWatcher,
)
from legislation.models import Measure, Source, StageEvent
from members.confidentiality import Confidentiality
from members.models import Chapter


class MeasureBuilder:
    """What advocates propose is approved step by step, by the portal's own action."""

    def __init__(self, *, record: PublicRecord, cast: Cast, now: datetime) -> None:
        self.record, self.cast = record, cast
        self.zone = cast.society.time_zone
        self.today = today_in(self.zone, now)
        self.first = Month.of(self.today).previous().first
        self.source = Source.objects.get(key=SCHEME)

    def build(self) -> None:
        for tale in TALES:
            measure = self._measure(tale)
            self._follow(tale, measure)
            StageEvent.objects.bulk_create(
                StageEvent(
                    measure=measure,
                    on=self._day(step.day),
                    stage=step.stage,
                    local_label=step.local,
                    chamber=step.chamber,
                    source=self.source,
                )
                for step in tale.steps
            )
            for taken in tale.taken:
                self._take(measure, taken)
            for spoken in tale.spoken:
                self._speak(measure, spoken)
        self._work_on_what_dana_leads()
        self._wait_for_triage()

    def _measure(self, tale: Tale) -> Measure:
        return next(one for one in self.record.measures[tale.place] if one.number == tale.number)

    def _day(self, number: int) -> date:
        return self.first + timedelta(days=number)

    def _chapter(self, holder: str) -> Chapter | None:
        return None if holder == THE_SOCIETY else self.cast.chapters[holder]

    def _who(self, holder: str) -> User:
        return self.cast.people["jordan"] if holder == THE_SOCIETY else self.cast.loggers[holder][0]

    def _follow(self, tale: Tale, measure: Measure) -> None:
        issue = Issue.objects.get(title_en=tale.issue)
        for holder, tiers in tale.followed.items():
            tracking = Tracking.objects.create(
                measure=measure, chapter=self._chapter(holder), owner=self._who(holder)
            )
            tracking.issues.add(issue)
            TierChange.objects.bulk_create(
                TierChange(tracking=tracking, on=self._day(day), tier=tier) for day, tier in tiers
            )

    def _work_on_what_dana_leads(self) -> None:
        """The measure that the demo opens with: triaged in full, watched, and with a note."""
        dana, luis = self._who("gulf-prairie"), self._who("hill-country")
        tracking = Tracking.objects.get(chapter=self._chapter("gulf-prairie"), measure__number="HB 210")
        tracking.why = "Hospitals here would exchange records by right and no longer by favour."
        tracking.effect, tracking.likelihood = Effect.HELPS, Likelihood.MEDIUM
        tracking.save()
        TrackingWatcher.objects.create(tracking=tracking, person=luis)
        TrackingNote.objects.create(
            tracking=tracking,
            author=dana,
            written_at=moment_of(self.today - timedelta(days=3), time(16), self.zone),
            text="The committee clerk expects a substitute before the hearing.",
            confidentiality=Confidentiality.CHAPTER,
        )

    def _wait_for_triage(self) -> None:
        """One that nobody has decided about, for longer than it should be."""
        (measure,) = [one for one in self.record.measures["TX"] if one.number == "HB 33"]
        added_on = self.today - timedelta(days=12)
        chapter = self._chapter("gulf-prairie")
        trackings.add(measure, chapter=chapter, by=self._who("gulf-prairie"), on=added_on)

    def _take(self, measure: Measure, taken: Taken) -> None:
        proposed_on = self._day(taken.day)
        row = Position.objects.create(
            measure=measure,
            chapter=self._chapter(taken.holder),
            position=taken.position,
            rationale=taken.why,
            proposed_on=proposed_on,
            proposed_by=self._who(taken.holder),
        )
        if taken.part or taken.amendments:
            self._end(row, taken)
        if not taken.waits:
            approved_on = proposed_on + timedelta(days=1)
            self._approve(row, approved_on)
            self._date_the_history(row, approved_on)

    def _end(self, row: Position, taken: Taken) -> None:
        """What the holder recorded when the measure had ended."""
        Outcome.objects.create(
            measure=row.measure,
            chapter=row.chapter,
            contribution=taken.part,
            amendments_obtained=taken.amendments,
            recorded_on=self.today,
            recorded_by=self._who(taken.holder),
        )

    def _approve(self, row: Position, on: date) -> None:
        """Whoever may take a step takes it; the first of them where several may."""
        course = approval.course_of(row, self.today)
        while course.next_step:
            by = course.deciders[0]
            decisions.decide(row, step=course.next_step, ruling=Ruling.APPROVED, by=by, on=on)
            course = approval.course_of(row, self.today)

    def _speak(self, measure: Measure, spoken: Spoken) -> None:
        day, chapter, who = self._day(spoken.day), self._chapter(spoken.holder), self._who(spoken.holder)
        row = testimonies.register(
            by=who,
            on=day,
            measure=measure,
            chapter=chapter,
            person=who,
            form=spoken.form,
            side=spoken.side,
            organisation=str(chapter),
            submitted_at=moment_of(day, time(10), self.zone),
            was_delivered=True if spoken.reception else None,
            reception=spoken.reception,
        )
        self._date_the_history(row, day)

    def _date_the_history(self, row: Position | Testimony, day: date) -> None:
        """The history carries the day it tells of, not the moment the demo was built."""
        # The trail itself refuses changes; the demo builds its history, it does not rewrite one.
        trail: models.QuerySet[Entry] = models.QuerySet(Entry)
        about = trail.filter(model=row._meta.label_lower, object_id=str(row.pk))
        about.update(at=moment_of(day, time(16), self.zone))

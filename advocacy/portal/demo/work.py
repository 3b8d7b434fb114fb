"""What hangs on the log: follow-ups closed or forgotten, keeping in touch, drafts, plans and corrections."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from itertools import groupby
from random import Random

from advocacy.accounts.models import User
from advocacy.interactions.actions import contacts, followups, relationships, surveys
from advocacy.interactions.entry import Entry, Facts, Met
from advocacy.interactions.models import Basis, FollowUp, Interaction, Kind, Level, Purpose, Strength
from advocacy.kernel.zones import today_in
from advocacy.portal.demo.log import UNTOUCHED, LogBuilder, Told
from advocacy.portal.demo.record import PublicRecord
from advocacy.portal.demo.society import Cast
from advocacy.portal.demo.telling import weekday
from legislation.models import Official

# Whose list is never empty, so that every demo sign-in meets something overdue.
LEFT_OVERDUE = {"dana": 2, "luis": 2, "noor": 1, "elise": 2, "ruth": 1, "marcus": 1}
RHYTHMS = (30, 60, 90, 90, 120, 180)
_DRAFTS = (
    ("dana", 3, "Notes from the call with the health staff: they want the numbers by"),
    ("dana", 0, "Coffee with the district director"),
    ("luis", 4, "Capitol visit, three offices, write up properly"),
    ("elise", 3, "Appel de la conseillère, à compléter"),
)
_PLANS = (
    ("dana", 3, "Meeting on the committee substitute"),
    ("dana", 9, "Site visit at the county hospital, two nurses invited"),
    ("luis", 5, "Virtual meeting with the health staff"),
    ("noor", 6, "Constituency meeting on virtual care"),
    ("elise", 8, "Rencontre au bureau de circonscription"),
)
_REASONS = (
    "Logged twice: the same call is in the log already.",
    "Wrong official; logged again under the right one.",
    "This was a chapter board matter, not a contact.",
)


class WorkBuilder:
    """Brings the log to life: what was done about it since, and what waits."""

    def __init__(
        self, *, log: LogBuilder, record: PublicRecord, cast: Cast, random: Random, now: datetime
    ) -> None:
        self.log, self.record, self.cast, self.random, self.now = log, record, cast, random, now
        self.keys = {person.pk: key for key, person in cast.people.items()}

    def build(self) -> None:
        self._correct()
        self._take_out()
        self._keep_in_touch()
        self._tell_whom_they_know()
        self._begin_drafts()
        self._plan()
        self._close_followups()

    def _today(self, person: User) -> date:
        return today_in(person.time_zone, self.now)

    def _close_followups(self) -> None:
        """Most were done in time, some late; the newest overdue ones of each person are left open."""
        everything = FollowUp.objects.open().select_related("owner", "interaction")
        newest_first = everything.order_by("owner", "-due_on", "-pk")
        for owner, theirs in groupby(newest_first, key=lambda followup: followup.owner):
            today = self._today(owner)
            left = LEFT_OVERDUE.get(self.keys.get(owner.pk, ""), self.random.choice((0, 0, 1)))
            for followup in theirs:
                if followup.due_on >= today:
                    continue
                if left > 0:
                    left -= 1
                    continue
                self._close(followup, today)

    def _close(self, followup: FollowUp, today: date) -> None:
        done_on = followup.due_on - timedelta(days=self.random.choice((0, 0, 0, 1)))
        if self.random.random() < 0.16:
            done_on = followup.due_on + timedelta(days=self.random.randint(1, 9))
        earliest = followup.interaction.occurred_on if followup.interaction else done_on
        done_on = min(max(done_on, earliest), today)
        if self.random.random() < 0.02:
            followups.cancel(followup, by=followup.owner, on=done_on, reason="The office wrote first.")
        else:
            followups.complete(followup, by=followup.owner, on=done_on)

    def _keep_in_touch(self) -> None:
        """Advocates adopt the officials they meet most; Dana also one she has not met yet."""
        self._adopt(self.cast.people["dana"], self.record.by_seat[UNTOUCHED], 90, for_days=104)
        for slug, people in self.cast.loggers.items():
            if slug not in self.cast.chapters:
                continue
            for person, number in zip(people, (4, 2, 1), strict=False):
                for official in self._met_most(person)[:number]:
                    self._adopt(person, official, self.random.choice(RHYTHMS), for_days=380)
                for official in self._out_of_touch(person)[: number // 2]:
                    self._adopt(person, official, 60, for_days=380)

    def _tell_whom_they_know(self) -> None:
        """Sam and Marcus answered this year's survey; Dana has their answers to review, Sam one more to send."""
        chapter = self.cast.chapters["gulf-prairie"]
        met = self._met_most(self.cast.people["dana"])
        answers = (
            ("sam", met[1], Basis.SCHOOL, Strength.TAKES_OUR_CALLS),
            ("marcus", met[2], Basis.FORMER_STAFF, Strength.CHAMPION),
            ("sam", self.record.by_seat[UNTOUCHED], Basis.NEIGHBOUR, Strength.MET),
        )
        for number, (key, official, basis, strength) in enumerate(answers):
            person = self.cast.people[key]
            on = self._today(person) - timedelta(days=6 - number)
            surveys.add(
                by=person,
                chapter=chapter,
                known=[(official, None)],
                basis=basis,
                strength=strength,
                calls_within_a_day=strength == Strength.CHAMPION,
                on=on,
            )
            if number < 2:
                surveys.send(by=person, on=on)

    def _met_most(self, person: User) -> list[Official]:
        met = [official for told in self._by(person) for official in told.entry.officials]
        return sorted(dict.fromkeys(met), key=lambda official: (-met.count(official), official.pk))

    def _out_of_touch(self, person: User) -> list[Official]:
        """Met once, and not for the last two months: the newest of them first."""
        last = {
            official: told.entry.facts.occurred_on
            for told in self._by(person)
            for official in told.entry.officials
        }
        before = self._today(person) - timedelta(days=65)
        kept = set(self._met_most(person)[:4])
        gone = [official for official, day in last.items() if day < before and official not in kept]
        return sorted(gone, key=lambda official: (last[official], official.pk), reverse=True)

    def _by(self, person: User) -> list[Told]:
        return [told for told in self.log.told if told.author == person]

    def _adopt(self, person: User, official: Official, rhythm: int, *, for_days: int) -> None:
        chapter = next(
            self.cast.chapters[slug]
            for slug, people in self.cast.loggers.items()
            if person in people and slug in self.cast.chapters
        )
        since = self._today(person) - timedelta(days=for_days)
        relationships.adopt(by=person, official=official, chapter=chapter, rhythm_days=rhythm, on=since)

    def _begin_drafts(self) -> None:
        for key, days_ago, summary in _DRAFTS:
            entry = self._sketch(key, self._today(self.cast.people[key]) - timedelta(days=days_ago), summary)
            began = self.now - timedelta(days=days_ago, hours=1)
            draft, _ = contacts.save_draft(
                by=self.cast.people[key], entry=entry, form_key=self.log.new_key(), now=began
            )
            Interaction.objects.filter(pk=draft.pk).update(created_at=began, updated_at=began)

    def _plan(self) -> None:
        for key, days_ahead, summary in _PLANS:
            day = weekday(self._today(self.cast.people[key]) + timedelta(days=days_ahead))
            entry = self._sketch(key, day, summary, complete=True)
            contacts.plan(by=self.cast.people[key], entry=entry, form_key=self.log.new_key(), now=self.now)

    def _sketch(self, key: str, day: date, summary: str, *, complete: bool = False) -> Entry:
        """An entry with little in it, about the office this person met last."""
        last = self._by(self.cast.people[key])[-1].entry
        official = self.random.choice(self._met_most(self.cast.people[key])[:5])
        facts = Facts(
            kind=Kind.MEETING_IN_PERSON,
            occurred_on=day,
            occurred_at_time=time(10) if complete else None,
            chapter=last.facts.chapter,
            zone=last.facts.zone,
            purpose=Purpose.POLICY,
            summary=summary,
            discussed_specific_legislation=False if complete else None,
        )
        return Entry(
            facts=facts,
            officials=(official,),
            met=(Met(level=Level.OFFICIAL, official=official),) if complete else (),
            our_people=(self.cast.people[key],),
            issues=last.issues if complete else (),
        )

    def _correct(self) -> None:
        """A few records were amended after the fact, so that their history has something to show."""
        for told in self.random.sample(self.log.told, k=9):
            current = Interaction.objects.get(pk=told.interaction.pk)
            facts = replace(
                told.entry.facts,
                duration_minutes=(told.entry.facts.duration_minutes or 20) + 10,
                recommendations=told.entry.facts.recommendations or "Write to the committee clerk as well.",
            )
            contacts.edit(
                by=told.author,
                interaction=current,
                entry=replace(told.entry, facts=facts),
                version=current.version,
                now=self.now,
            )

    def _take_out(self) -> None:
        for told, reason in zip(self.random.sample(self.log.told, k=3), _REASONS, strict=True):
            contacts.delete(by=told.author, interaction=told.interaction, reason=reason, now=self.now)

"""Meeting requests of the demo in each part of their life, and an office that wants to be left alone."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from advocacy.interactions import letters
from advocacy.interactions.actions import do_not_contact, meeting_requests
from advocacy.interactions.actions.meeting_requests import NUDGE_AFTER, Asked, Outcome
from advocacy.interactions.letters import Piece, Slot
from advocacy.interactions.models import Channel, MeetingRequest, Occasion, Step
from advocacy.kernel.zones import today_in
from advocacy.portal.demo.log import LogBuilder
from advocacy.portal.demo.record import PublicRecord
from advocacy.portal.demo.society import Cast
from advocacy.portal.demo.telling import weekday
from legislation import titles
from legislation.models import Official
from members.access import reach_of
from members.calendars import workdays_in
from members.models import Chapter


@dataclass(frozen=True)
class _Request:
    """Who asked how many days ago; `replied` and `meets` count days from today, back and ahead."""

    who: str
    days_ago: int
    purpose: str
    channel: Channel = Channel.WEB_FORM
    occasion: Occasion = Occasion.MEETING
    last_step: Step | None = None
    replied: int = 0
    meets: int = 0
    # Where in the list of the offices they have met most; -1 for the office that two chapters ask.
    office: int = 0


_REQUESTS = (
    _Request("dana", 44, "rural broadband for clinics", last_step=Step.DECLINE, replied=37, office=3),
    _Request("dana", 20, "the data exchange bill", last_step=Step.HOLD, replied=16, meets=-1, office=2),
    _Request(
        "dana", 12, "telehealth after the session", last_step=Step.CONFIRM, replied=9, meets=4, office=1
    ),
    _Request("dana", 9, "privacy of health records", office=4),
    _Request("luis", 2, "the data exchange bill", Channel.EMAIL, office=-1),
    _Request("luis", 30, "funding of the state exchange", last_step=Step.GIVE_UP, office=2),
    _Request("noor", 10, "virtual care", last_step=Step.CONFIRM, replied=6, meets=8),
    _Request("elise", 3, "le dossier santé numérique", Channel.EMAIL, Occasion.SITE_VISIT),
)
_ASKED_BY_TWO, _QUIET = "Texas Senate 15", "Texas Senate 13"


class RequestBuilder:
    """Asks offices as people do, with the text of the composer."""

    def __init__(self, *, log: LogBuilder, record: PublicRecord, cast: Cast, now: datetime) -> None:
        self.log, self.record, self.cast, self.now = log, record, cast, now

    def build(self) -> None:
        for plan in _REQUESTS:
            self._move(self._ask(plan), plan)
        lead = self.cast.people["angela"]
        today = today_in(lead.time_zone, self.now)
        do_not_contact.ask(
            by=lead,
            official=self.record.by_seat[_QUIET],
            until=today + timedelta(days=12),
            reason="The office asks us to wait until the committee has voted.",
            on=today,
        )

    def _ask(self, plan: _Request) -> MeetingRequest:
        person = self.cast.people[plan.who]
        today = today_in(person.time_zone, self.now)
        on = weekday(today - timedelta(days=plan.days_ago))
        chapter = Chapter.objects.get(pk=reach_of(person).primary_chapter_id or 0)
        official = self._office(plan)
        made, _ = meeting_requests.record(
            by=person,
            asked=Asked(
                official=official,
                chapter=chapter,
                purpose=plan.purpose,
                wording=self._wording(plan, official, chapter, on),
                language=letters.language_of(titles.seat_held(official, on)),
                zone=person.time_zone,
                channel=plan.channel,
                occasion=plan.occasion,
                requested_on=on,
                slot_1_on=weekday(on + timedelta(days=14)),
                slot_1_time=time(10),
            ),
            form_key=self.log.new_key(),
            now=self.now,
        )
        return made

    def _office(self, plan: _Request) -> Official:
        if plan.office < 0:
            return self.record.by_seat[_ASKED_BY_TWO]
        person = self.cast.people[plan.who]
        met = [office for told in self.log.told if told.author == person for office in told.entry.officials]
        left_out = {self.record.by_seat[_QUIET], self.record.by_seat[_ASKED_BY_TWO]}
        often = sorted(set(met) - left_out, key=lambda official: (-met.count(official), official.pk))
        return often[plan.office]

    def _wording(self, plan: _Request, official: Official, chapter: Chapter, on: date) -> str:
        person, tenure = self.cast.people[plan.who], titles.seat_held(official, on)
        language = letters.language_of(tenure)
        facts = letters.facts_of(official, sender=person, chapter=chapter, language=language, today=on)
        draft = letters.draft(Piece(plan.occasion), language, facts)
        followup_day = workdays_in(tenure.seat.chamber.jurisdiction if tenure else None).after(
            on, NUDGE_AFTER
        )
        slots = {
            f"slot_{number}": Slot(weekday(on + timedelta(days=days)), time(10)).in_words(
                person.time_zone, language
            )
            for number, days in ((1, 14), (2, 16))
        }
        values = (
            facts
            | slots
            | {
                "purpose": plan.purpose,
                "followup_day": letters.day_in_words(followup_day, language),
            }
        )
        return f"{letters.fill(draft.subject, values)}\n\n{letters.fill(draft.body, values)}"

    def _move(self, request: MeetingRequest, plan: _Request) -> None:
        """Through the steps that came before the last one, each on its day."""
        if plan.last_step is None:
            return
        by = self.cast.people[plan.who]
        today = today_in(by.time_zone, self.now)
        replied_on = max(today - timedelta(days=plan.replied), request.requested_on)
        meets_on = today + timedelta(days=plan.meets)
        steps = [Step.CONFIRM, Step.HOLD] if plan.last_step == Step.HOLD else [plan.last_step]
        for step in steps:
            is_confirmed = step == Step.CONFIRM
            outcome = Outcome(
                step=step,
                on=replied_on,
                meets_on=meets_on if is_confirmed else None,
                meets_time=time(10) if is_confirmed else None,
            )
            meeting_requests.take(request, outcome, by=by, now=self.now)

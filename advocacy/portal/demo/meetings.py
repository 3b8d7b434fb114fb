"""The task force's meetings in the demo: two that were held, with minutes and open action items, and the next one."""

from datetime import datetime, time, timedelta

from django.utils import timezone

from advocacy.accounts.models import User
from advocacy.kernel.periods import Month
from advocacy.portal.demo.society import Cast
from members.taskforce.actions import answers, attendance, meetings, minutes
from members.taskforce.actions.attendance import Seen
from members.taskforce.models import AnsweredHow, Meeting, MeetingSeries, Presence
from members.taskforce.roster import people_on

_HELD = (
    (
        ("Federal update", "inform", "The telehealth extension is expected before the recess.", ""),
        ("Data exchange bills in the states", "discuss", "Five chapters follow one. Texas moves first.", ""),
        (
            "A common position on telehealth parity",
            "decide",
            "Two drafts were compared; the shorter one found more friends.",
            "Work from the shorter draft",
        ),
    ),
    (
        ("Wins", "inform", "Colorado funded its exchange; Quebec was heard in committee.", ""),
        ("How we ask offices for meetings", "discuss", "Naming the members in the district helps most.", ""),
        ("One-page brief for telehealth", "decide", "The draft is ready for the chapters.", "Adopted"),
    ),
)
_TO_DO = (
    (
        ("dana", "Share model telehealth language", 12),
        ("noor", "Collect what provinces pay for virtual care", 40),
    ),
    (("elise", "Translate the one-page brief", -4), ("dana", "List the committee hearings of March", 9)),
)
_NEXT = (
    ("dana", "Telehealth parity: what Texas asks", "discuss"),
    ("noor", "Peer lesson: a site visit", "inform"),
)
# Stayed away twice without a word: the vice chair is asked to call.
_SILENT, _ANSWERS = "luis", {"noor": "yes", "elise": "maybe", "tom": "yes"}


class MeetingBuilder:
    """Runs the meetings as a lead does, by the portal's own actions."""

    def __init__(self, *, cast: Cast, now: datetime) -> None:
        self.cast, self.now = cast, now
        self.lead = cast.people["angela"]

    def build(self) -> None:
        series = MeetingSeries.objects.create(
            name="Task force meeting",
            starts=time(13),
            host=self.lead,
            link="https://meet.example.org/task-force",
        )
        months = self._months_before(series)
        for number, month in enumerate(months):
            self._hold(meetings.plan_in_series(series, month, by=self.lead), number)
        self._invite(meetings.plan_in_series(series, meetings.next_month_of(series, self.now), by=self.lead))

    def _months_before(self, series: MeetingSeries) -> list[Month]:
        """The last two months whose meeting is over, the older first."""
        month = Month.of(self.now.date())
        if series.starts_at(month) + timedelta(hours=2) > self.now:
            month = month.previous()
        return [month.previous(), month]

    def _hold(self, meeting: Meeting, number: int) -> None:
        points = [
            minutes.propose(meeting, by=self.lead, title=title, purpose=purpose)
            for title, purpose, _summary, _outcome in _HELD[number]
        ]
        attendance.take(meeting, self._seen(meeting), by=self.lead, now=meeting.ends_at)
        for point, (_title, purpose, summary, outcome) in zip(points, _HELD[number], strict=True):
            point.meeting = meeting
            minutes.write(point, by=self.lead, version=point.version, summary=summary, outcome=outcome)
            if purpose == "decide":
                minutes.decide(
                    point, by=self.lead, text=f"{outcome}.", how="vote", votes_for=9, votes_against=1
                )
        for key, text, days in _TO_DO[number]:
            due_on = timezone.localdate(self.now) + timedelta(days=days)
            minutes.assign(
                meeting, by=self.lead, item=points[-1], text=text, owner=self.cast.people[key], due_on=due_on
            )
        published = minutes.publish(meeting, by=self.lead, now=meeting.starts_at + timedelta(days=2))
        if number == 0:
            text = "Six chapters follow a data exchange bill, not five: Arizona joined."
            minutes.correct(published, by=self.lead, text=text, now=meeting.starts_at + timedelta(days=5))

    def _seen(self, meeting: Meeting) -> list[Seen]:
        people = people_on(meeting.day).order_by("search_text", "pk")
        return [self._one(person, place) for place, person in enumerate(people)]

    def _one(self, person: User, place: int) -> Seen:
        if person == self.cast.people[_SILENT]:
            return Seen(person, Presence.ABSENT)
        if place % 7 == 3:
            return Seen(person, Presence.REGRETS)
        return Seen(person, Presence.PRESENT, minutes_present=60)

    def _invite(self, meeting: Meeting) -> None:
        for key, title, purpose in _NEXT:
            minutes.propose(meeting, by=self.cast.people[key], title=title, purpose=purpose)
        meetings.invite(meeting, by=self.lead, now=self.now)
        for key, said in _ANSWERS.items():
            invitation = meeting.invitations.select_related("meeting", "person").get(
                person=self.cast.people[key]
            )
            answers.answer(invitation, said=said, now=self.now, how=AnsweredHow.LINK)

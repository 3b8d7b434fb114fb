"""Two more Advocacy Days of the demo: last year's, closed with its lessons, and one that people register for now."""

from datetime import date, datetime, time, timedelta

from advocacy.accounts.models import User
from advocacy.events.actions import checklists
from advocacy.events.checklist_days import recognition_due
from advocacy.events.models import (
    AdvocacyEvent,
    Appointment,
    AppointmentStatus,
    Direction,
    EventAsk,
    EventFormat,
    EventStatus,
    Recognition,
    RecognitionKind,
    RecognitionStatus,
    Registration,
    RegistrationStatus,
    SurveyAnswer,
    Team,
    TeamMember,
)
from advocacy.interactions.models import AskKind
from advocacy.portal.demo.society import Cast
from advocacy.positions.models import Issue
from legislation.models import ChamberCode, Jurisdiction, Tenure

_TEXAS = "ocd-jurisdiction/country:us/state:tx/government"
# How likely they are to recommend the day, what worked, and what should be better.
_SAID = (
    (10, "Somebody of the district in every team.", "Write to the offices earlier."),
    (9, "The one-page briefs.", ""),
    (10, "My captain knew the way.", "More water on the way."),
    (8, "", "Fifteen minutes more between two buildings."),
    (9, "Practising the ask the evening before.", ""),
    (5, "", "I did not know whom to call when our room changed."),
)
_GUESTS = ("Cora Hale", "Finn Drake", "Ivy Sloan", "Jude Marsh", "Lena Brook")


class AdvocacyDaysAroundBuilder:
    """Last spring's day with its results, and an online one that is open to people without an account."""

    def __init__(self, *, cast: Cast, now: datetime) -> None:
        self.cast, self.now = cast, now
        self.today = now.date()

    def build(self) -> None:
        past = self._past()
        self._results(past)
        coming = self._open()
        self._list(coming)
        self._recognitions(past, coming)

    def _event(self, **fields: object) -> AdvocacyEvent:
        known = {
            "jurisdiction": Jurisdiction.objects.get(ocd_id=_TEXAS),
            "coordinator": self.cast.people["priya"],
            "added_by": self.cast.people["priya"],
            "zone": "America/Chicago",
        }
        event = AdvocacyEvent.objects.create(**(known | fields))
        event.hosts.set([self.cast.chapters["gulf-prairie"]])
        EventAsk.objects.create(
            event=event,
            kind=AskKind.SPEAK_PUBLICLY,
            issue=Issue.objects.order_by("pk").first(),
            text="Say in committee that patients need their records in one place.",
            text_fr="Dites en commission que les patients ont besoin d’un dossier unique.",
        )
        checklists.make(event)
        event.checklist.filter(due_on__lt=self.today - timedelta(days=30)).update(
            done_on=self.today - timedelta(days=30), done_by=self.cast.people["priya"]
        )
        return event

    def _past(self) -> AdvocacyEvent:
        event = self._event(
            name="Gulf Prairie Day at the Capitol",
            name_fr="Journée Gulf Prairie au Capitole",
            goal="Ten offices meet somebody from their district.",
            status=EventStatus.CLOSED,
            held_on=self.today - timedelta(days=300),
            place="Capitol, south steps",
            people_wanted=12,
            meetings_wanted=6,
            edition=1,
            published_at=self.now - timedelta(days=305),
            lessons="Ask for appointments ten weeks ahead, and leave fifteen minutes between two buildings.",
            next_on=self.today + timedelta(days=65),
        )
        event.checklist.update(done_on=event.held_on, done_by=self.cast.people["priya"])
        return event

    def _results(self, event: AdvocacyEvent) -> None:
        colleagues: list[User | str] = [self.cast.people["dana"], self.cast.people["marcus"]]
        rows = [self._person(event, who, place) for place, who in enumerate([*colleagues, *_GUESTS])]
        Registration.objects.filter(event=event).update(checked_in_at=event.moment(time(8, 30)))
        team = Team.objects.create(event=event, number=1)
        for place, row in enumerate(rows[:4]):
            TeamMember.objects.create(team=team, registration=row, is_captain=place == 0)
        for row, (number, worked, better) in zip(rows, _SAID, strict=False):
            at = event.moment(time(18)) + timedelta(days=8)
            SurveyAnswer.objects.create(
                registration=row, recommends=number, worked=worked, better=better, answered_at=at
            )
        outcomes = (AppointmentStatus.HELD, AppointmentStatus.STAFF_ONLY, AppointmentStatus.NO_SHOW)
        tenures = Tenure.objects.in_force(self.today).filter(
            seat__chamber__jurisdiction__ocd_id=_TEXAS, seat__chamber__code=ChamberCode.LOWER
        )
        fetched = tenures.select_related("official", "seat").order_by("-pk")[:3]
        for place, (status, tenure) in enumerate(zip(outcomes, fetched, strict=False)):
            Appointment.objects.create(
                event=event,
                official=tenure.official,
                seat=tenure.seat,
                team=team,
                status=status,
                starts_at=time(10 + place),
                room=f"E1.{20 + place}",
                requested_on=event.held_on - timedelta(days=60),
                requested_by=self.cast.people["priya"],
            )

    def _open(self) -> AdvocacyEvent:
        return self._event(
            name="Virtual Health IT Day",
            name_fr="Journée virtuelle de la santé numérique",
            goal="People who cannot travel meet their offices by video.",
            status=EventStatus.OPEN,
            format=EventFormat.VIRTUAL,
            held_on=_weekday_after(self.today + timedelta(days=70)),
            link="https://meet.example.org/health-it-day",
            is_public=True,
            cap=4,
            registration_until=self.today + timedelta(days=56),
        )

    def _list(self, event: AdvocacyEvent) -> None:
        """Four have a place, one waits, one has not confirmed the address."""
        people: list[User | str] = [self.cast.people["dana"], *_GUESTS]
        for place, who in enumerate(people):
            row = self._person(event, who, place)
            if place >= 4:
                row.status = RegistrationStatus.WAITING
                row.proven_at = row.proven_at if place == 4 else None
                row.save()

    def _person(self, event: AdvocacyEvent, who: User | str, place: int) -> Registration:
        at = self.now - timedelta(days=12 - place)
        if isinstance(who, User):
            return Registration.objects.create(
                event=event, person=who, name=who.full_name, email=who.email, registered_at=at
            )
        return Registration.objects.create(
            event=event,
            name=who,
            email=f"{who.lower().replace(' ', '.')}@example.org",
            registered_at=at,
            proven_at=at,
            is_first_timer=place % 2 == 0,
            access_needs="Captions" if place == 2 else "",
        )

    def _recognitions(self, past: AdvocacyEvent, coming: AdvocacyEvent) -> None:
        chapter, owner = self.cast.chapters["gulf-prairie"], self.cast.people["dana"]
        Recognition.objects.create(
            kind=RecognitionKind.PROCLAMATION,
            direction=Direction.RECEIVED,
            title="Health IT Week in the state",
            chapter=chapter,
            event=past,
            office="Office of the Governor",
            status=RecognitionStatus.DONE,
            due_on=recognition_due(past),
            done_on=past.held_on,
            owner=owner,
        )
        Recognition.objects.create(
            kind=RecognitionKind.CERTIFICATE,
            direction=Direction.GIVEN,
            title="Thanks for ten years of public data",
            chapter=chapter,
            event=coming,
            office="Mayor of Harbor",
            status=RecognitionStatus.REQUESTED,
            due_on=self.today - timedelta(days=2),
            requested_on=self.today - timedelta(days=20),
            owner=owner,
        )


def _weekday_after(day: date) -> date:
    return day + timedelta(days=(2 - day.weekday()) % 7)

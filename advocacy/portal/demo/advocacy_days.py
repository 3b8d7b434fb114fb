"""Advocacy Days of the demo: one in the making. Everybody in it is invented."""

from datetime import date, datetime, time, timedelta

from advocacy.accounts.models import User
from advocacy.events.actions import checklists
from advocacy.events.models import (
    AdvocacyEvent,
    Appointment,
    AppointmentStatus,
    Building,
    EventAsk,
    EventStatus,
    Registration,
    RegistrationDistrict,
    Team,
    TeamMember,
    TeamRole,
    Walk,
)
from advocacy.interactions.models import AskKind
from advocacy.portal.demo.society import Cast
from advocacy.positions.models import Issue
from legislation.models import ChamberCode, Jurisdiction, Tenure

_ZONE = "America/Chicago"
_GUESTS = (
    "Nora Feld",
    "Ike Daniels",
    "Rosa Quill",
    "Ben Achterberg",
    "Tia Monroe",
    "Hal Vance",
    "Zoe Lark",
    "Gus Pike",
)


class AdvocacyDayBuilder:
    """Two months ahead, on a Wednesday: teams are being made."""

    def __init__(self, *, cast: Cast, now: datetime) -> None:
        self.cast, self.now = cast, now

    def build(self) -> None:
        event = self._event()
        checklists.make(event)
        event.checklist.overdue(self.now.date()).exclude(step="speakers").update(
            done_on=self.now.date(), done_by=self.cast.people["priya"]
        )
        self._asks(event)
        tenures = self._members_of_the_house()
        people = self._people(event, tenures)
        teams = self._teams(event, people)
        self._appointments(event, teams, tenures)

    def _event(self) -> AdvocacyEvent:
        event = AdvocacyEvent.objects.create(
            name="Texas Health IT Day",
            name_fr="Journée texane de la santé numérique",
            goal="Thirty offices know what we ask, and who of their district asks it.",
            status=EventStatus.FROZEN,
            jurisdiction=Jurisdiction.objects.get(ocd_id="ocd-jurisdiction/country:us/state:tx/government"),
            coordinator=self.cast.people["priya"],
            added_by=self.cast.people["priya"],
            held_on=_wednesday_after(self.now.date() + timedelta(days=56)),
            zone=_ZONE,
            place="Capitol, north entrance",
            emergency_phone="+15125550142",
            cap=60,
            people_wanted=40,
            meetings_wanted=20,
        )
        event.hosts.set([self.cast.chapters["gulf-prairie"], self.cast.chapters["hill-country"]])
        return event

    def _asks(self, event: AdvocacyEvent) -> None:
        issue = Issue.objects.order_by("pk").first()
        EventAsk.objects.create(
            event=event,
            kind=AskKind.VISIT_SITE,
            issue=issue,
            text="Come and see how a hospital of your district exchanges records.",
            text_fr="Venez voir comment un hôpital de votre circonscription échange ses dossiers.",
        )

    def _members_of_the_house(self) -> list[Tenure]:
        rows = Tenure.objects.in_force(self.now.date()).filter(
            seat__chamber__jurisdiction__ocd_id="ocd-jurisdiction/country:us/state:tx/government",
            seat__chamber__code=ChamberCode.LOWER,
        )
        return list(rows.select_related("official", "seat__division", "seat__chamber").order_by("pk")[:6])

    def _people(self, event: AdvocacyEvent, tenures: list[Tenure]) -> list[Registration]:
        colleagues = [self.cast.people[key] for key in ("dana", "luis", "marcus", "mia")]
        rows: list[tuple[str, str, User | None]] = [(one.full_name, one.email, one) for one in colleagues]
        rows += [(name, f"{name.lower().replace(' ', '.')}@example.org", None) for name in _GUESTS]
        people = []
        for place, (name, email, person) in enumerate(rows):
            row = Registration.objects.create(
                event=event,
                name=name,
                email=email,
                person=person,
                chapter=self.cast.chapters["hill-country" if place % 3 == 1 else "gulf-prairie"],
                is_first_timer=place > 7,
                wished_role=TeamRole.ASKER if place % 4 == 0 else "",
                registered_at=self.now - timedelta(days=20 - place),
                proven_at=None if person else self.now - timedelta(days=20 - place),
            )
            self._lives_in(row, tenures[place % len(tenures)])
            people.append(row)
        return people

    def _lives_in(self, row: Registration, tenure: Tenure) -> None:
        if division := tenure.seat.division:
            RegistrationDistrict.objects.create(
                registration=row,
                jurisdiction=tenure.seat.chamber.jurisdiction,
                chamber_code=tenure.seat.chamber.code,
                division=division,
            )

    def _teams(self, event: AdvocacyEvent, people: list[Registration]) -> list[Team]:
        teams = [Team.objects.create(event=event, number=number) for number in (1, 2, 3)]
        for place, person in enumerate(people):
            TeamMember.objects.create(
                team=teams[place % 3],
                registration=person,
                is_captain=place < len(teams),
                role=TeamRole.LEADER if place < len(teams) else "",
            )
        return teams

    def _appointments(self, event: AdvocacyEvent, teams: list[Team], tenures: list[Tenure]) -> None:
        capitol = Building.objects.create(event=event, name="Capitol")
        extension = Building.objects.create(event=event, name="Capitol Extension")
        Walk.objects.create(start=capitol, end=extension, minutes=6)
        for place, tenure in enumerate(tenures):
            is_confirmed = place < 4
            Appointment.objects.create(
                event=event,
                official=tenure.official,
                seat=tenure.seat,
                building=extension if place % 2 else capitol,
                room=f"E{place + 1}.{300 + place * 7}",
                team=teams[place % 3] if is_confirmed else None,
                status=AppointmentStatus.CONFIRMED if is_confirmed else AppointmentStatus.REQUESTED,
                starts_at=time(9 + place, 30) if is_confirmed else None,
                requested_on=self.now.date() - timedelta(days=9),
                requested_by=self.cast.people["priya"],
            )


def _wednesday_after(day: date) -> date:
    return day + timedelta(days=(2 - day.weekday()) % 7)

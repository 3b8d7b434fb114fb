"""An Advocacy Day of the demo that is held today, so that schedules, board, door and results have something to show."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Exists, OuterRef

from advocacy.accounts.models import User
from advocacy.events.actions import materials
from advocacy.events.models import (
    AdvocacyEvent,
    Appointment,
    AppointmentStatus,
    Building,
    ChangedWhat,
    EventAsk,
    EventStatus,
    Registration,
    RegistrationDistrict,
    ScheduleChange,
    Team,
    TeamMember,
    TeamRole,
    Walk,
)
from advocacy.interactions.models import AskKind, Confidentiality, Interaction, Office
from advocacy.portal.demo.society import Cast
from advocacy.positions.models import Position
from legislation.models import ChamberCode, Jurisdiction, Tenure

_ZONE = "America/Chicago"
_TEXAS = "ocd-jurisdiction/country:us/state:tx/government"
_GUESTS = ("Ada Finch", "Omar Prentice", "Lise Gagnon", "Walt Osei", "June Abbot")
_ROLES = (TeamRole.LEADER, TeamRole.ASKER, TeamRole.APPRECIATOR, TeamRole.NOTE_TAKER, TeamRole.TIME_KEEPER)
_MEETINGS = (
    (time(9), AppointmentStatus.HELD),
    (time(9, 30), AppointmentStatus.STAFF_ONLY),
    (time(10), AppointmentStatus.CONFIRMED),
    (time(11), AppointmentStatus.MOVED),
    (time(13), AppointmentStatus.CONFIRMED),
    (time(14, 15), AppointmentStatus.CONFIRMED),
    (time(15), AppointmentStatus.CONFIRMED),
    (time(15, 45), AppointmentStatus.DROP_BY),
)


class AdvocacyDayTodayBuilder:
    """Two teams on their way; some meetings are over, one was moved, and most people have come."""

    def __init__(self, *, cast: Cast, now: datetime) -> None:
        self.cast, self.now = cast, now

    def build(self) -> None:
        event = self._event()
        self._ask(event)
        self._materials(event)
        tenures = self._offices()
        teams = self._teams(event, tenures)
        self._meetings(event, teams, tenures)

    def _event(self) -> AdvocacyEvent:
        priya = self.cast.people["priya"]
        event = AdvocacyEvent.objects.create(
            name="Texas Telehealth Morning",
            name_fr="Matinée texane de la télésanté",
            goal="Eight offices hear from somebody of their district.",
            status=EventStatus.PUBLISHED,
            jurisdiction=Jurisdiction.objects.get(ocd_id=_TEXAS),
            coordinator=priya,
            added_by=priya,
            held_on=self.now.astimezone(ZoneInfo(_ZONE)).date(),
            zone=_ZONE,
            place="Capitol, east steps",
            emergency_phone="+15125550143",
            people_wanted=8,
            meetings_wanted=6,
            edition=1,
            published_at=self.now - timedelta(days=6),
        )
        event.hosts.set([self.cast.chapters["gulf-prairie"], self.cast.chapters["hill-country"]])
        return event

    def _materials(self, event: AdvocacyEvent) -> None:
        """One of them is only in English."""
        materials.choose(event, by=event.coordinator, materials=materials.offered(event, event.coordinator))

    def _ask(self, event: AdvocacyEvent) -> None:
        position = Position.objects.usable().select_related("measure").order_by("pk").first()
        EventAsk.objects.create(
            event=event,
            kind=AskKind.COSPONSOR,
            measure=position.measure if position else None,
            position=position,
            text="Put your name on the bill, and say so in committee.",
            text_fr="Appuyez le projet de loi, et dites-le en commission.",
        )

    def _offices(self) -> list[Tenure]:
        rows = Tenure.objects.in_force(self.now.date()).filter(
            seat__chamber__jurisdiction__ocd_id=_TEXAS, seat__chamber__code=ChamberCode.LOWER
        )
        # Offices that the log knows first: their briefs have something to say.
        known = Office.objects.filter(official=OuterRef("official"))
        found = rows.annotate(is_known=Exists(known)).order_by("-is_known", "pk")
        return list(found.select_related("official", "seat__division", "seat__chamber")[:8])

    def _teams(self, event: AdvocacyEvent, tenures: list[Tenure]) -> list[Team]:
        colleagues = [self.cast.people[key] for key in ("dana", "luis", "sam")]
        rows: list[tuple[str, str, User | None]] = [(one.full_name, one.email, one) for one in colleagues]
        rows += [(name, f"{name.lower().replace(' ', '.')}@example.org", None) for name in _GUESTS]
        teams = [Team.objects.create(event=event, number=number) for number in (1, 2)]
        for place, (name, email, person) in enumerate(rows):
            row = Registration.objects.create(
                event=event,
                name=name,
                email=email,
                person=person,
                phone=f"+1512555015{place}",
                chapter=self.cast.chapters["hill-country" if place == 1 else "gulf-prairie"],
                language="fr" if name == "Lise Gagnon" else "en",
                is_first_timer=place > 5,
                access_needs="Step-free" if place == 4 else "",
                registered_at=self.now - timedelta(days=30 - place),
                proven_at=None if person else self.now - timedelta(days=30 - place),
                checked_in_at=self.now - timedelta(minutes=5 + place) if place not in (0, 6) else None,
            )
            self._lives_in(row, tenures[place % len(tenures)])
            role = _ROLES[(place // 2) % len(_ROLES)]
            TeamMember.objects.create(
                team=teams[place % 2], registration=row, is_captain=place < 2, role=role
            )
        return teams

    def _lives_in(self, row: Registration, tenure: Tenure) -> None:
        if division := tenure.seat.division:
            RegistrationDistrict.objects.create(
                registration=row,
                jurisdiction=tenure.seat.chamber.jurisdiction,
                chamber_code=tenure.seat.chamber.code,
                division=division,
            )

    def _meetings(self, event: AdvocacyEvent, teams: list[Team], tenures: list[Tenure]) -> None:
        capitol = Building.objects.create(
            event=event, name="Capitol", directions="Security at the east door."
        )
        extension = Building.objects.create(event=event, name="Capitol Extension")
        Walk.objects.create(start=capitol, end=extension, minutes=8)
        for place, (tenure, (at, status)) in enumerate(zip(tenures, _MEETINGS, strict=False)):
            met = Appointment.objects.create(
                event=event,
                official=tenure.official,
                seat=tenure.seat,
                building=extension if place in (2, 3, 5) else capitol,
                room=f"E{place + 1}.{410 + place * 6}",
                team=teams[place % 2],
                status=status,
                starts_at=at,
                expected_with="Scheduler and health adviser" if place % 3 == 1 else "",
                note="Ask how the clinic in the district gets on." if place == 2 else "",
            )
            if status == AppointmentStatus.HELD:
                self._debriefed(met)
            if status == AppointmentStatus.MOVED:
                self._moved(met)

    def _debriefed(self, met: Appointment) -> None:
        shared = Interaction.objects.logged().filter(confidentiality=Confidentiality.SHARED)
        of_theirs = shared.filter(offices__official=met.official).order_by("-occurred_on", "-pk").first()
        if of_theirs:
            Appointment.objects.filter(pk=met.pk).update(interaction=of_theirs, debriefed_at=self.now)

    def _moved(self, met: Appointment) -> None:
        ScheduleChange.objects.create(
            appointment=met,
            what=ChangedWhat.TIME,
            old="10:30",
            new="11:00",
            changed_by=self.cast.people["priya"],
            changed_at=self.now - timedelta(hours=2),
        )

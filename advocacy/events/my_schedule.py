"""What one attendee, or one team, holds in their hands on the day: the same for page, calendar and paper."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from advocacy.events.changes import Told, in_words, since_published
from advocacy.events.handouts import handouts_of
from advocacy.events.models import (
    OVER,
    STANDING,
    AdvocacyEvent,
    Appointment,
    ChangedWhat,
    EventAsk,
    Registration,
    ScheduleChange,
    Team,
    TeamMember,
)
from advocacy.events.walks import Walks
from advocacy.positions.models import Material


@dataclass(frozen=True)
class Stop:
    """One meeting on the way. A drop-by may have no time; `walk`: minutes from the meeting before it."""

    appointment: Appointment
    begins: datetime | None
    ends: datetime | None
    walk: int = 0


@dataclass(frozen=True)
class Schedule:
    """A team's day; `holder` is whose paper it is, None where it is the team's."""

    event: AdvocacyEvent
    holder: Registration | None
    team: Team | None
    members: list[TeamMember]
    stops: list[Stop]
    fallen: list[Appointment]
    asks: list[EventAsk]
    materials: list[Material]
    changes: list[Told]

    @property
    def title(self) -> str:
        return str(self.holder or self.team or "")

    @property
    def captain(self) -> TeamMember | None:
        return next((one for one in self.members if one.is_captain), None)


class Book:
    """All schedules of one published event, in the same few queries for one person as for three hundred."""

    def __init__(self, event: AdvocacyEvent) -> None:
        self.event = event

    def of(self, holder: Registration) -> Schedule:
        return self._schedule(self._team_of.get(holder.pk), holder)

    def of_team(self, team: Team) -> Schedule:
        return self._schedule(team, None)

    def of_everybody(self) -> Iterator[Schedule]:
        """In the order of names, whoever has a place and a team."""
        people = self.event.registrations.coming().order_by("search_text", "pk")
        return (self.of(one) for one in people if one.pk in self._team_of)

    def of_all_teams(self) -> Iterator[Schedule]:
        return map(self.of_team, self._teams)

    @cached_property
    def _teams(self) -> list[Team]:
        return list(self.event.teams.prefetch_related("members__registration__chapter"))

    @cached_property
    def _team_of(self) -> dict[int, Team]:
        return {member.registration_id: team for team in self._teams for member in team.members.all()}

    @cached_property
    def _appointments(self) -> dict[int, list[Appointment]]:
        rows = Appointment.objects.filter(event=self.event, team__isnull=False)
        by_team: dict[int, list[Appointment]] = defaultdict(list)
        for one in rows.with_office():
            # One event for all: its zone is not asked for again.
            one.event = self.event
            by_team[one.team_id or 0].append(one)
        return by_team

    @cached_property
    def _changes(self) -> list[ScheduleChange]:
        return list(since_published(self.event))

    @cached_property
    def _asks(self) -> list[EventAsk]:
        return list(self.event.asks.select_related("measure__session", "issue"))

    @cached_property
    def _materials(self) -> list[Material]:
        return handouts_of([self.event.pk])[self.event.pk]

    @cached_property
    def _walks(self) -> Walks:
        return Walks(self.event)

    def _schedule(self, team: Team | None, holder: Registration | None) -> Schedule:
        met = self._appointments[team.pk] if team else []
        standing = [one for one in met if one.status in (*STANDING, *OVER)]
        changes = [one for one in self._changes if team and _concerns(one, team)]
        lost = {one.appointment_id: one.appointment for one in changes if one.appointment.team != team}
        for one in lost.values():
            one.event = self.event
        return Schedule(
            event=self.event,
            holder=holder,
            team=team,
            members=list(team.members.all()) if team else [],
            stops=self._stops(standing),
            fallen=[*(one for one in met if one not in standing), *lost.values()],
            asks=self._asks,
            materials=self._materials,
            changes=in_words(changes),
        )

    def _stops(self, standing: list[Appointment]) -> list[Stop]:
        stops: list[Stop] = []
        for one in standing:
            begins = one.begins
            ends = begins + timedelta(minutes=one.minutes) if begins else None
            walk = self._walks.minutes(stops[-1].appointment, one) if stops and begins else 0
            stops.append(Stop(one, begins, ends, walk))
        return stops


def _concerns(change: ScheduleChange, team: Team) -> bool:
    """A team is told of its own meetings, and of one it has lost to another."""
    is_lost = change.what == ChangedWhat.TEAM and change.old == str(team.number)
    return is_lost or change.appointment.team_id == team.pk


def if_only_staff() -> str:
    """What to do where the official is not there (DOMAIN.md W5)."""
    return _(
        "If only staff is there, meet them all the same: they prepare the decision. Say who lives in the district, "
        "make the ask, leave the paper, and note name and title for the debrief."
    )

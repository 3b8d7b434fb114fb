"""What stands between a schedule and its publication: the check list of W5 (T−2), each in words and with its rows.

What blocks must be mended. A warning may stand once somebody has accepted it with a reason; it is known by `key`, which
names exactly what was seen, so that a changed team or another time asks again.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256

from django.utils.formats import time_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from advocacy.events.grid import Grid, grid_of
from advocacy.events.models import STANDING, AcceptedWarning, AdvocacyEvent, Appointment, Team
from advocacy.events.scheduling.conflicts import Conflict, conflicts_of


@dataclass(frozen=True)
class Finding:
    """`teams` and `appointments` are those it is about, to be marked on the page."""

    key: str
    blocks: bool
    text: str
    teams: tuple[Team, ...] = ()
    appointments: tuple[Appointment, ...] = ()
    accepted: AcceptedWarning | None = None

    @property
    def is_open(self) -> bool:
        return self.accepted is None


def findings_of(event: AdvocacyEvent, grid: Grid | None = None) -> list[Finding]:
    """Those that block first, then open warnings, then those accepted."""
    grid = grid or grid_of(event)
    accepted = {one.key: one for one in event.accepted_warnings.select_related("accepted_by")}
    found = [*_of_asks(event), *_of_appointments(grid), *_of_people(grid)]
    found += [_told(grid, one) for one in conflicts_of(grid.day(teams=len(grid.teams)), grid.schedule())]
    told = [
        Finding(one.key, one.blocks, one.text, one.teams, one.appointments, accepted.get(one.key))
        if not one.blocks
        else one
        for one in found
    ]
    return sorted(told, key=lambda one: (not one.blocks, not one.is_open))


def in_the_way(findings: list[Finding]) -> list[Finding]:
    """What keeps the schedule from being published: all that blocks, and warnings that nobody accepted."""
    return [one for one in findings if one.is_open]


def _of_asks(event: AdvocacyEvent) -> Iterator[Finding]:
    asks = list(event.asks.select_related("measure__session"))
    if not asks:
        yield Finding("no_ask", True, _("No ask is chosen. Choose one to three before people go to offices."))
    unapproved = set(event.asks.all().unapproved().values_list("pk", flat=True))
    for ask in asks:
        if ask.pk in unapproved:
            words = {"ask": ask, "measure": ask.measure}
            text = _(
                "“%(ask)s”: no position on %(measure)s is approved, or it has ended. Nobody may ask for it."
            )
            yield Finding(f"ask_not_approved:{ask.pk}", True, text % words)


def _of_appointments(grid: Grid) -> Iterator[Finding]:
    for one in grid.appointments.values():
        if one.status in STANDING and one.team is None:
            text = _("%(office)s expects us, and no team goes there.") % {"office": one.office}
            yield Finding(f"without_team:{one.pk}", True, text, appointments=(one,))
        elif one.status in STANDING and one.starts_at is None:
            text = _("%(office)s has no time yet.") % {"office": one.office}
            yield Finding(f"without_time:{one.pk}", True, text, appointments=(one,))


def _of_people(grid: Grid) -> Iterator[Finding]:
    placed = {member.registration_id for team in grid.teams.values() for member in team.members.all()}
    if missing := [one for one in grid.people.values() if one.pk not in placed]:
        text = ngettext(
            "%(count)d person is in no team: %(people)s",
            "%(count)d people are in no team: %(people)s",
            len(missing),
        )
        words = {"count": len(missing), "people": _some(sorted(map(str, missing)))}
        yield Finding(_key("people_without_team", *(one.pk for one in missing)), False, text % words)
    for team in grid.teams.values():
        captain = team.captain
        if captain and captain.registration.person_id is None:
            words = {"captain": captain, "team": team}
            text = _(
                "%(captain)s, captain of %(team)s, has no account: somebody who prepares the day files the debriefs."
            )
            yield Finding(
                f"captain_without_account:{captain.registration_id}", False, text % words, teams=(team,)
            )


def _key(code: str, *seen: object) -> str:
    """Short, whatever was seen: three hundred people are too many for a column."""
    return f"{code}:{sha256(repr(seen).encode()).hexdigest()[:32]}"


def _some(names: list[str], most: int = 8) -> str:
    shown = ", ".join(names[:most])
    return f"{shown}, …" if len(names) > most else shown


def _told(grid: Grid, conflict: Conflict) -> Finding:
    """A conflict of the schedule in words. Its key holds the rows and, of meetings, their times."""
    appointments = tuple(grid.appointments[key] for key in conflict.offices if key in grid.appointments)
    teams = tuple(grid.teams[number] for number in conflict.teams if number in grid.teams)
    times = [f"{one.pk}@{one.starts_at or ''}" for one in appointments]
    key = _key(conflict.code, *(one.pk for one in teams), *times, *conflict.attendees)
    text = _in_words(grid, conflict, teams, appointments)
    return Finding(key, conflict.blocks, text, teams, appointments)


def _in_words(
    grid: Grid, conflict: Conflict, teams: tuple[Team, ...], appointments: tuple[Appointment, ...]
) -> str:
    people = [str(grid.people[key]) for key in conflict.attendees if key in grid.people]
    words = {
        "team": ", ".join(map(str, teams)),
        "office": appointments[0].office if appointments else "",
        "other": appointments[1].office if len(appointments) > 1 else "",
        "time": _at(appointments[0]) if appointments else "",
        "other_time": _at(appointments[1]) if len(appointments) > 1 else "",
        "people": _some(people),
        "missing": conflict.missing,
        "building": appointments[0].building if appointments else "",
        "cap": appointments[0].people_cap if appointments else "",
    }
    return _sentence(conflict, has_people=bool(people)) % words


def _sentence(conflict: Conflict, *, has_people: bool) -> str:
    if conflict.code == "no_constituent" and has_people:
        return _("%(team)s has no constituent for %(office)s. Elsewhere there are: %(people)s.")
    return {
        "building_cancelled": _("%(building)s is closed that day: move the meeting with %(office)s."),
        "captain_away": _("%(people)s, captain of %(team)s, is not there at %(time)s for %(office)s."),
        "meeting_without_team": _("Nobody is in the team that goes to %(office)s at %(time)s."),
        "not_the_confirmed_time": _("%(office)s confirmed another time than %(time)s."),
        "office_with_two_teams": _("Two teams go to %(office)s: %(team)s."),
        "office_twice": _("%(office)s is on the schedule twice."),
        "outside_day": _("The meeting with %(office)s at %(time)s lies outside the hours of the day."),
        "outside_window": _("%(office)s is not free at %(time)s."),
        "over_cap": _("%(office)s receives at most %(cap)s people; %(team)s is larger."),
        "person_twice_at_once": _("%(people)s would be with %(office)s and with %(other)s at the same time."),
        "team_twice_at_once": _(
            "%(team)s is with %(office)s at %(time)s and with %(other)s at %(other_time)s: the meetings overlap."
        ),
        "team_without_captain": _("%(team)s has no captain."),
        "too_little_time_between": _(
            "%(team)s needs %(missing)s more minutes to walk from %(office)s to %(other)s."
        ),
        "language_not_spoken": _("Nobody in %(team)s speaks the language that %(office)s wants."),
        "member_absent": _("%(people)s (%(team)s) is not there at %(time)s for %(office)s."),
        "no_common_language": _("The people of %(team)s have no language in common."),
        "no_constituent": _("%(team)s has no constituent for %(office)s: nobody who comes lives there."),
        "person_in_two_teams": _("%(people)s is in two teams: %(team)s."),
        "team_of_one": _("%(people)s would go alone: %(team)s."),
    }[conflict.code]


def _at(appointment: Appointment) -> str:
    return time_format(appointment.starts_at, "TIME_FORMAT") if appointment.starts_at else "–"

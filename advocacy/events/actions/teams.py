"""Who goes with whom. Only those who prepare the day decide; every act asks the database who is where."""

from django.db import IntegrityError, transaction
from django.db.models import Max

from advocacy.accounts.models import User
from advocacy.audit import trail
from advocacy.events.actions.places import nameless
from advocacy.events.actions.running import check_runs
from advocacy.events.errors import AlreadyInATeam, NotComing, WrongMoment
from advocacy.events.models import SCHEDULING, AdvocacyEvent, Registration, Team, TeamMember

_FACTS = ("team", "role", "second_role", "is_captain", "is_locked")


@transaction.atomic
def make(event: AdvocacyEvent, *, by: User, name: str = "", after: int | None = None) -> Team:
    """A team with the next number. `after` is the last one that the person saw: pressed twice, it is made once.

    Raises MayNotRun and WrongMoment.
    """
    _check(event, by)
    # Two who add a team at once wait for each other here, and get different numbers.
    AdvocacyEvent.objects.select_for_update().get(pk=event.pk)
    last = event.teams.aggregate(last=Max("number"))["last"] or 0
    if after is not None and last > after:
        return event.teams.get(number=last)
    team = Team.objects.create(event=event, number=last + 1, name=name)
    trail.record(by=by, verb="added", of=team)
    return team


@transaction.atomic
def rename(team: Team, *, by: User, name: str) -> None:
    """Raises MayNotRun."""
    _check(team.event, by)
    changes = trail.difference({"name": team.name}, {"name": name})
    if changes:
        Team.objects.filter(pk=team.pk).update(name=name)
        trail.record(by=by, verb="edited", of=team, changes=changes)


@transaction.atomic
def dissolve(team: Team, *, by: User) -> None:
    """Its people and its meetings are without a team again. Raises MayNotRun."""
    _check(team.event, by)
    trail.record(by=by, verb="deleted", of=team)
    team.delete()


@transaction.atomic
def place(registration: Registration, team: Team | None, *, by: User, locked: bool = False) -> bool:
    """Put somebody into a team, out of the one they were in; None leaves them without. False where nothing changes.

    The first in a team is its captain until another is chosen. Raises MayNotRun, NotComing, AlreadyInATeam where
    somebody else placed them at the same moment.
    """
    _check(registration.event, by)
    if team is not None and (not registration.is_coming or team.event_id != registration.event_id):
        raise NotComing
    old = TeamMember.objects.select_related("team").filter(registration=registration).first()
    if (old.team_id if old else None) == (team.pk if team else None):
        return False
    if old is not None:
        old.delete()
    if team is not None:
        is_first = not team.members.exists()
        try:
            with transaction.atomic():
                TeamMember.objects.create(
                    team=team, registration=registration, is_captain=is_first, is_locked=locked
                )
        except IntegrityError as collision:
            raise AlreadyInATeam from collision
    changes = {"team": [str(old.team) if old else None, str(team) if team else None]}
    trail.record(by=by, verb="moved", of=nameless(registration), changes=changes)
    return True


@transaction.atomic
def change_member(
    member: TeamMember, *, by: User, role: str, second_role: str, is_captain: bool, is_locked: bool
) -> bool:
    """What somebody does in the team. A new captain takes over from the old one. Raises MayNotRun."""
    _check(member.team.event, by)
    before = trail.snapshot(member, _FACTS)
    if is_captain and not member.is_captain:
        TeamMember.objects.filter(team=member.team, is_captain=True).update(is_captain=False)
    member.role, member.second_role = role, second_role
    member.is_captain, member.is_locked = is_captain, is_locked
    member.save()
    changes = trail.difference(before, trail.snapshot(member, _FACTS))
    if changes:
        trail.record(by=by, verb="edited", of=_nameless(member), changes=changes)
    return bool(changes)


def _nameless(member: TeamMember) -> TeamMember:
    """The place as the trail may name it."""
    return TeamMember(pk=member.pk, registration=nameless(member.registration))


def _check(event: AdvocacyEvent, by: User) -> None:
    check_runs(event, by)
    if event.status not in SCHEDULING:
        raise WrongMoment

"""Who does what in a team: the captain leads, wishes come first, and nobody holds more than two roles."""

from collections import Counter

from advocacy.events.scheduling.ground import Ground
from advocacy.events.scheduling.problem import ROLES
from advocacy.events.scheduling.proposal import Role, Team


def roles_of(ground: Ground, team: Team) -> list[Role]:
    """Everybody has one role before anybody has two; the roles a meeting needs most are given first."""
    given: dict[str, str] = {"leader": team.captain} if team.captain else {}
    for role in ROLES:
        free = [one for one in team.members if one not in given.values()]
        wishing = [one for one in free if role in ground.people[one].wishes]
        if role not in given and wishing:
            # Who has fewer other wishes loses more if somebody else gets this role.
            given[role] = min(wishing, key=lambda one: (len(ground.people[one].wishes), one))
    for role in ROLES:
        load = Counter(given.values())
        able = [one for one in team.members if load[one] < 2]
        if role not in given and able:
            given[role] = min(able, key=lambda one: (load[one], one))
    return [Role(team.number, role, given[role]) for role in ROLES if role in given]

"""Advocacy Days (DOMAIN.md W5): who knows of one, who reads its whole schedule, who prepares it."""

from tests.access.oracle.standing import has_a_role, leads
from tests.access.world import Actor, Thing


def knows_day(actor: Actor, day: Thing) -> bool:
    """What is announced everybody with a role; an idea its hosts, leads and staff."""
    if not has_a_role(actor):
        return False
    return day.state != "idea" or follows_day(actor, day)


def runs_day(actor: Actor, day: Thing) -> bool:
    """Its coordinator, the advocates of its host chapter, staff."""
    return has_a_role(actor) and (
        actor.is_staff or day.chapter in actor.advocate_of or day.owner == actor.name
    )


def follows_day(actor: Actor, day: Thing) -> bool:
    return has_a_role(actor) and (leads(actor) or runs_day(actor, day) or day.chapter in actor.reads_chapters)

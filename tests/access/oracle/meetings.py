"""Meetings of the task force (DOMAIN.md W6)."""

from tests.access.oracle.standing import has_a_role
from tests.access.world import RESTRICTED, Actor, Thing


def of_the_task_force(actor: Actor, thing: Thing | None = None) -> bool:
    """W6: chapter advocates, vice chairs and leads meet; national staff sit in."""
    belongs = bool(actor.advocate_of) or actor.is_vice_chair or actor.is_lead or actor.is_staff
    return has_a_role(actor) and belongs


def runs_meetings(actor: Actor, thing: Thing | None = None) -> bool:
    """Leads and staff; in this world no host is anybody else."""
    return has_a_role(actor) and (actor.is_lead or actor.is_staff)


def reads_action_item(actor: Actor, item: Thing) -> bool:
    """What is about a colleague (`restricted`) is read by its owner, leads and staff."""
    if runs_meetings(actor) or (has_a_role(actor) and item.owner == actor.name):
        return True
    return of_the_task_force(actor) and item.level != RESTRICTED


def moves_action_item(actor: Actor, item: Thing) -> bool:
    return runs_meetings(actor) or (has_a_role(actor) and item.owner == actor.name)

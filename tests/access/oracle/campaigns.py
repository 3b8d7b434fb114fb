"""Campaigns and their supporters (DOMAIN.md W4)."""

from tests.access.oracle.standing import has_a_role, leads
from tests.access.world import Actor, Thing


def reads_campaign(actor: Actor, row: Thing) -> bool:
    """What was approved all colleagues know; what is being written, those who read the chapter, leads and staff."""
    near = row.chapter in actor.reads_chapters or row.author == actor.name
    return has_a_role(actor) and (leads(actor) or row.state == "known" or near)


def runs_campaign(actor: Actor, row: Thing) -> bool:
    return has_a_role(actor) and (actor.is_staff or row.chapter in actor.advocate_of)


def tests_campaign(actor: Actor, row: Thing) -> bool:
    return runs_campaign(actor, row) or leads(actor)


def decides_campaign(actor: Actor, row: Thing) -> bool:
    """W4: staff and leads, never whoever began or submitted it."""
    return leads(actor) and row.author != actor.name


def begins_campaigns(actor: Actor, thing: Thing | None = None) -> bool:
    return has_a_role(actor) and (actor.is_staff or bool(actor.advocate_of))


def begins_one_like(actor: Actor, row: Thing) -> bool:
    return begins_campaigns(actor) and reads_campaign(actor, row)


def knows_contact(actor: Actor, contact: Thing) -> bool:
    """Names of supporters: staff, and the advocates of the chapter credited."""
    return has_a_role(actor) and (actor.is_staff or contact.chapter in actor.advocate_of)

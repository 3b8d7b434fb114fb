"""Whom the rules speak of: people with a role in force, leads, staff, everybody, nobody."""

from collections.abc import Callable

from tests.access.world import Actor, Thing

Rule = Callable[[Actor, Thing], bool]


def has_a_role(actor: Actor, thing: Thing | None = None) -> bool:
    """The public record, the chapters and the directory pages are open to everybody with a role in force."""
    return actor.is_signed_in and actor.has_a_role


def nobody(actor: Actor, thing: Thing | None = None) -> bool:
    return False


def only_staff(actor: Actor, thing: Thing | None = None) -> bool:
    return has_a_role(actor) and actor.is_staff


def leads(actor: Actor, thing: Thing | None = None) -> bool:
    """The lead and staff decide about reports and issue numbers."""
    return has_a_role(actor) and (actor.is_staff or actor.is_lead)

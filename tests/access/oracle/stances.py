"""Stances of officials, and what proves them (DOMAIN.md §4.8)."""

from tests.access.oracle.log import edits, reads
from tests.access.oracle.standing import has_a_role
from tests.access.world import RESTRICTED, SHARED, Actor, Thing


def reads_stance(actor: Actor, stance: Thing) -> bool:
    """§4.8 for a stance that was noted alone: its own level, for the chapter that noted it."""
    if not has_a_role(actor):
        return False
    if actor.is_staff or (stance.author == actor.name and stance.chapter in actor.belongs_to):
        return True
    if stance.level == RESTRICTED:
        return stance.chapter in actor.advocate_of
    if stance.chapter in actor.reads_chapters:
        return True
    return stance.level == SHARED and (actor.is_lead or bool(stance.jurisdictions & actor.shares))


def reads_proof(actor: Actor, proof: Thing) -> bool:
    """What the public record shows of a promise is read with the record of the log that it settles."""
    return proof.of is not None and reads(actor, proof.of)


def decides_proof(actor: Actor, proof: Thing) -> bool:
    return proof.of is not None and edits(actor, proof.of)

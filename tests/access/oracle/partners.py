"""Coalitions, grasstops contacts and touches (DOMAIN.md §4.8, W7)."""

from tests.access.oracle import letters, log
from tests.access.world import CHAPTER, RESTRICTED, Actor, Thing


def reads_grasstops(actor: Actor, row: Thing) -> bool:
    """By its level: shared as a letter of the chapter; else its people and their vice chair; else its advocates."""
    if not letters.works_with_partners(actor):
        return False
    if actor.is_staff or (row.author == actor.name and row.chapter in actor.belongs_to):
        return True
    if row.level == RESTRICTED:
        return row.chapter in actor.advocate_of
    if row.level == CHAPTER:
        return row.chapter in actor.reads_chapters
    return letters.reads_letter(actor, row)


def keeps_grasstops(actor: Actor, row: Thing) -> bool:
    return reads_grasstops(actor, row) and (actor.is_staff or row.chapter in actor.logs_for)


def reads_touch(actor: Actor, touch: Thing) -> bool:
    """Its level is that of its contact, here."""
    return touch.of is not None and reads_grasstops(actor, touch.of) and reads_grasstops(actor, touch)


def corrects_touch(actor: Actor, touch: Thing) -> bool:
    own = touch.author == actor.name and touch.chapter in actor.logs_for
    return reads_touch(actor, touch) and (actor.is_staff or touch.chapter in actor.advocate_of or own)


def names_partners_at(actor: Actor, interaction: Thing) -> bool:
    return letters.works_with_partners(actor) and log.edits(actor, interaction)

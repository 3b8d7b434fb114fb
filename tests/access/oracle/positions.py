"""Positions, testimony, and what is followed (DOMAIN.md W3, W10)."""

from tests.access.oracle.standing import has_a_role, leads
from tests.access.world import RESTRICTED, SHARED, Actor, Thing


def reads_position(actor: Actor, row: Thing) -> bool:
    """What a chapter follows and proposes: those who read it, and advocates who work with that legislature."""
    near = row.chapter in actor.reads_chapters or bool(row.jurisdictions & actor.shares)
    return has_a_role(actor) and (leads(actor) or near)


def proposes(actor: Actor, thing: Thing | None = None) -> bool:
    """Those who log for a chapter or preside over it; the lead and staff for the society."""
    return has_a_role(actor) and (leads(actor) or bool(actor.logs_for | actor.president_of))


def decides_position(actor: Actor, row: Thing) -> bool:
    """Proposed by the advocate, so the next step is the team's: the other chapters' advocates of that legislature."""
    is_other = bool(row.jurisdictions & actor.shares) and row.chapter not in actor.advocate_of
    return has_a_role(actor) and is_other


def withdraws_position(actor: Actor, row: Thing) -> bool:
    """The board of the chapter, and staff."""
    return has_a_role(actor) and (actor.is_staff or row.chapter in actor.advocate_of | actor.president_of)


def speaks_for_a(actor: Actor, thing: Thing | None = None) -> bool:
    """Whoever logs for chapter A, and staff."""
    return has_a_role(actor) and (actor.is_staff or "A" in actor.logs_for)


def reads_testimony(actor: Actor, row: Thing) -> bool:
    own = row.author == actor.name and row.chapter in actor.belongs_to
    return has_a_role(actor) and (reads_position(actor, row) or own)


def writes_testimony(actor: Actor, row: Thing) -> bool:
    return reads_testimony(actor, row) and (actor.is_staff or row.chapter in actor.logs_for)


def makes_materials(actor: Actor, thing: Thing | None = None) -> bool:
    """Those who log for a chapter; the lead and staff for the society."""
    return has_a_role(actor) and (leads(actor) or bool(actor.logs_for))


def reads_material(actor: Actor, material: Thing) -> bool:
    """What is shared is made to be handed out; a chapter's own is for those who read the chapter, and its author."""
    if not has_a_role(actor):
        return False
    own = material.author == actor.name and material.chapter in actor.belongs_to
    near = material.chapter in actor.reads_chapters
    return material.level == SHARED or actor.is_staff or own or near


def hands_out(actor: Actor, material: Thing) -> bool:
    """All that is planted is written and in use; from hand to hand goes only what is shared."""
    return has_a_role(actor) and material.level == SHARED


def keeps_material(actor: Actor, material: Thing) -> bool:
    own = material.author == actor.name and material.chapter in actor.logs_for
    return has_a_role(actor) and (actor.is_staff or own or material.chapter in actor.advocate_of)


def decides_what_is_followed(actor: Actor, thing: Thing | None = None) -> bool:
    """W3: advocates put measures on record and decide for their chapter; staff for everybody."""
    return has_a_role(actor) and (actor.is_staff or bool(actor.advocate_of))


def works_with(actor: Actor, measure: Thing) -> bool:
    """Only where the legislature is one of theirs."""
    theirs = actor.is_staff or bool(measure.jurisdictions & actor.shares)
    return decides_what_is_followed(actor) and theirs


def edits_tracking(actor: Actor, row: Thing) -> bool:
    return has_a_role(actor) and (actor.is_staff or row.chapter in actor.advocate_of)


def sweeps(actor: Actor, thing: Thing | None = None) -> bool:
    """W10: whoever logs may own what is followed; the lead and staff sweep everything."""
    return has_a_role(actor) and (leads(actor) or bool(actor.logs_for))


def sweeps_session(actor: Actor, session: Thing) -> bool:
    """Of one session those who decide about a measure of it that is followed."""
    return has_a_role(actor) and (leads(actor) or session.chapter in actor.advocate_of)


def notes_on_tracking(actor: Actor, row: Thing) -> bool:
    return has_a_role(actor) and (actor.is_staff or row.chapter in actor.logs_for)


def reads_note(actor: Actor, note: Thing) -> bool:
    """§4.8 for a note on what is followed: its own level, for the chapter that follows."""
    if not reads_position(actor, note):
        return False
    if actor.is_staff or (note.author == actor.name and note.chapter in actor.belongs_to):
        return True
    if note.level == RESTRICTED:
        return note.chapter in actor.advocate_of
    return note.level == SHARED or note.chapter in actor.reads_chapters

"""Sign-on letters and partner organisations (DOMAIN.md W7)."""

from tests.access.oracle.standing import has_a_role, leads
from tests.access.world import Actor, Thing


def works_with_partners(actor: Actor, thing: Thing | None = None) -> bool:
    """Whoever logs or reads a chapter, the lead and staff; not a plain member."""
    return has_a_role(actor) and (leads(actor) or bool(actor.reads_chapters))


def keeps_partners(actor: Actor, thing: Thing | None = None) -> bool:
    return has_a_role(actor) and (leads(actor) or bool(actor.logs_for))


def brings_letters_in(actor: Actor, thing: Thing | None = None) -> bool:
    return keeps_partners(actor)


def reads_letter(actor: Actor, letter: Thing) -> bool:
    """W7: the society's everybody who works with partners, a chapter's its readers and its state team."""
    if not works_with_partners(actor):
        return False
    near = letter.chapter in actor.reads_chapters or bool(letter.jurisdictions & actor.shares)
    return leads(actor) or not letter.chapter or near


def keeps_letter(actor: Actor, letter: Thing) -> bool:
    """Those who log for its chapter; the society's the lead; all staff."""
    own = letter.chapter in actor.logs_for or (not letter.chapter and actor.is_lead)
    return has_a_role(actor) and (actor.is_staff or own)


def decides_letter(actor: Actor, letter: Thing) -> bool:
    """Never whoever brought it in."""
    theirs = letter.chapter in actor.advocate_of | actor.president_of or (
        not letter.chapter and actor.is_lead
    )
    return has_a_role(actor) and letter.author != actor.name and (actor.is_staff or theirs)

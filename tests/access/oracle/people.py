"""People: colleagues, invitations, one's own mail, tokens and searches (DOMAIN.md §3, W9)."""

from members.models import Role
from tests.access.oracle.standing import has_a_role
from tests.access.world import Actor, Thing


def knows(actor: Actor, person: Thing) -> bool:
    """Colleagues: oneself, one's chapters and region, every advocate, vice chair and lead; members know less."""
    if not actor.is_signed_in:
        return False
    if person.label == actor.name:
        return True
    if not actor.has_a_role:
        return False
    if actor.is_staff or actor.is_lead:
        return True
    if not person.is_active:
        return False
    near = actor.belongs_to | actor.reads_chapters
    held = [role for role in person.roles if role.is_in_force]
    if not actor.reads_chapters:
        return any(role.role == Role.ADVOCATE and role.at in near for role in held)
    known_everywhere = (Role.ADVOCATE, Role.VICE_CHAIR, Role.LEAD)
    return any(role.at in near or role.role in known_everywhere for role in held)


def opens_profile_of(actor: Actor, person: Thing) -> bool:
    return has_a_role(actor) and knows(actor, person)


def finds(actor: Actor, person: Thing) -> bool:
    return opens_profile_of(actor, person) and person.is_active


def invites(actor: Actor, thing: Thing | None = None) -> bool:
    return has_a_role(actor) and (actor.is_staff or bool(actor.advocate_of | actor.president_of))


def handles_invitation(actor: Actor, invitation: Thing) -> bool:
    """W9: staff handle every invitation, advocates and presidents those into their chapter."""
    return invites(actor) and (actor.is_staff or invitation.chapter in actor.advocate_of | actor.president_of)


def may_invite_again(actor: Actor, invitation: Thing) -> bool:
    """Only the president nominates the chapter's advocate."""
    nominates = invitation.chapter in actor.president_of or not invitation.label.startswith(Role.ADVOCATE)
    return handles_invitation(actor, invitation) and (actor.is_staff or nominates)


def knows_legal_facts(actor: Actor, chapter: Thing) -> bool:
    return has_a_role(actor) and (actor.is_staff or actor.is_lead or chapter.chapter in actor.reads_chapters)


def receives(actor: Actor, message: Thing) -> bool:
    """Mail that was kept here: one's own, also without a role; staff pass on what could not be delivered."""
    return actor.is_signed_in and (actor.is_staff or message.owner == actor.name)


def was_written_to(actor: Actor, letter: Thing) -> bool:
    """The page of one's own mail shows one's own, also to staff: theirs is the queue in the admin."""
    return actor.is_signed_in and letter.owner == actor.name


def opens_mailbox(actor: Actor, thing: Thing | None = None) -> bool:
    return actor.is_signed_in


def owns_calendar_link(actor: Actor, link: Thing) -> bool:
    return has_a_role(actor) and link.owner == actor.name


def owns_token(actor: Actor, token: Thing) -> bool:
    """Revoked on one's own page by its owner; staff revoke others in the admin."""
    return has_a_role(actor) and token.owner == actor.name


def sees_token(actor: Actor, token: Thing) -> bool:
    return has_a_role(actor) and (actor.is_staff or token.owner == actor.name)


def owns_saved_search(actor: Actor, search: Thing) -> bool:
    return has_a_role(actor) and search.owner == actor.name

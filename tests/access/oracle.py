"""The rules of DOMAIN.md §3, §4.8, W1 and W9 once more, in plain Python over the facts of the world.

Written without a look at `visible_to`: where the two disagree, one of them is wrong. Nothing here reads the database.
"""

from collections.abc import Callable

from members.models import Role
from tests.access.world import (
    CHAPTER,
    DELETED,
    DISCARDED,
    DRAFT,
    LOGGED,
    RESTRICTED,
    SENT,
    SHARED,
    Actor,
    Thing,
    World,
)

Rule = Callable[[Actor, Thing], bool]


def has_a_role(actor: Actor, thing: Thing | None = None) -> bool:
    """The public record, the chapters and the directory pages are open to everybody with a role in force."""
    return actor.is_signed_in and actor.has_a_role


def nobody(actor: Actor, thing: Thing | None = None) -> bool:
    return False


# --- The log ----------------------------------------------------------------------------------------------------


def _reads_while_kept(actor: Actor, record: Thing) -> bool:
    """§4.8 and §3: who reads the record as long as nobody deleted it."""
    if not has_a_role(actor):
        return False
    if actor.is_staff:
        return True
    wrote_it = record.author == actor.name and record.chapter in actor.belongs_to
    if record.level == RESTRICTED:
        return wrote_it or record.chapter in actor.advocate_of
    took_part = actor.name in record.took_part and record.chapter in actor.belongs_to
    if wrote_it or took_part or record.credited & actor.reads_chapters:
        return True
    return record.level == SHARED and (actor.is_lead or bool(record.jurisdictions & actor.shares))


def reads(actor: Actor, record: Thing) -> bool:
    if record.state in (DRAFT, DELETED, DISCARDED):
        return False
    return _reads_while_kept(actor, record)


def _corrects(actor: Actor, record: Thing) -> bool:
    """An advocate edits the own chapter, a volunteer their own records, staff all."""
    if actor.is_staff or record.chapter in actor.advocate_of:
        return True
    return record.author == actor.name and record.chapter in actor.logs_for


def edits(actor: Actor, record: Thing) -> bool:
    return reads(actor, record) and _corrects(actor, record)


def restores(actor: Actor, record: Thing) -> bool:
    return record.state == DELETED and _reads_while_kept(actor, record) and _corrects(actor, record)


def drafted(actor: Actor, record: Thing) -> bool:
    """W1 step 10: only the author sees a draft."""
    is_own = record.state == DRAFT and record.author == actor.name
    return has_a_role(actor) and is_own and (actor.is_staff or record.chapter in actor.logs_for)


def opens_form_of(actor: Actor, record: Thing) -> bool:
    return edits(actor, record) or drafted(actor, record)


def joins(actor: Actor, record: Thing) -> bool:
    """W1 step 9: whoever logs for a chapter joins a logged meeting they may read; restricted ones stay alone."""
    open_to_others = record.state == LOGGED and record.level != RESTRICTED
    return open_to_others and reads(actor, record) and bool(actor.logs_for)


def was_not_there(actor: Actor, record: Thing) -> bool:
    """Joining twice changes nothing."""
    return actor.name not in record.took_part or not record.credited & actor.logs_for


def exports(actor: Actor, record: Thing) -> bool:
    """Restricted records leave in no export, whoever asks."""
    return reads(actor, record) and record.level != RESTRICTED


def logs(actor: Actor, thing: Thing | None = None) -> bool:
    return has_a_role(actor) and (actor.is_staff or bool(actor.logs_for))


def reads_impression(actor: Actor, impression: Thing) -> bool:
    """W1 step 6: their own level, for the chapter that wrote them; only with the record itself."""
    record = impression.of
    assert record is not None
    if not may_see(actor, record):
        return False
    if actor.is_staff or (record.author == actor.name and record.chapter in actor.belongs_to):
        return True
    if impression.level == RESTRICTED:
        return record.chapter in actor.advocate_of
    return impression.level != CHAPTER or record.chapter in actor.reads_chapters


def reads_followup(actor: Actor, followup: Thing) -> bool:
    """Follow-ups are read with their record, by the owner and by those who read the chapter."""
    if not has_a_role(actor) or (followup.of is not None and not reads(actor, followup.of)):
        return False
    if actor.is_staff or actor.is_lead or followup.chapter in actor.reads_chapters:
        return True
    return followup.owner == actor.name and followup.chapter in actor.belongs_to


def edits_followup(actor: Actor, followup: Thing) -> bool:
    closes = actor.is_staff or followup.owner == actor.name or followup.chapter in actor.logs_for
    return closes and reads_followup(actor, followup)


def decides_about_leaver(actor: Actor, decision: Thing) -> bool:
    """What becomes of a follow-up when the official leaves is for its owner, the lead and staff."""
    followup = decision.of
    assert followup is not None
    decides = actor.is_staff or actor.is_lead or followup.owner == actor.name
    return decides and reads_followup(actor, followup)


def decides_about_tie(actor: Actor, tie: Thing) -> bool:
    """A key contact is ended or handed on by whom it is, the chapter's advocates, the lead and staff."""
    decides = actor.is_staff or actor.is_lead or tie.owner == actor.name or tie.chapter in actor.advocate_of
    return has_a_role(actor) and decides


def names_key_contacts_of_a(actor: Actor, thing: Thing | None = None) -> bool:
    """The key contacts of chapter A are named by its advocates and by staff."""
    return has_a_role(actor) and (actor.is_staff or "A" in actor.advocate_of)


def belongs_to_a_chapter(actor: Actor, thing: Thing | None = None) -> bool:
    """W7: the yearly survey asks everybody of a chapter, members too."""
    return has_a_role(actor) and bool(actor.belongs_to)


def reviews(actor: Actor, thing: Thing | None = None) -> bool:
    return has_a_role(actor) and (actor.is_staff or bool(actor.advocate_of))


def reviews_answer(actor: Actor, answer: Thing) -> bool:
    """W7: what was sent is reviewed by the chapter's advocate, and by staff."""
    return answer.state == SENT and reviews(actor) and (actor.is_staff or answer.chapter in actor.advocate_of)


def hands_over(actor: Actor, chapter: Thing) -> bool:
    """W9: the chapter's advocates and its president, and staff."""
    theirs = actor.advocate_of | actor.president_of
    return has_a_role(actor) and (actor.is_staff or chapter.chapter in theirs)


def exports_followup(actor: Actor, followup: Thing) -> bool:
    return reads_followup(actor, followup) and (followup.of is None or followup.of.level != RESTRICTED)


def reads_request(actor: Actor, request: Thing) -> bool:
    """W2 step 7: a request is read by who made it and, as a shared record, by its chapter and the jurisdiction."""
    if not has_a_role(actor):
        return False
    if actor.is_staff or actor.is_lead or request.chapter in actor.reads_chapters:
        return True
    made_it = request.author == actor.name and request.chapter in actor.belongs_to
    return made_it or bool(request.jurisdictions & actor.shares)


def moves_request(actor: Actor, request: Thing) -> bool:
    made_it = request.author == actor.name and request.chapter in actor.belongs_to
    may_move = actor.is_staff or made_it or request.chapter in actor.logs_for
    return may_move and reads_request(actor, request)


def writes(actor: Actor, thing: Thing | None = None) -> bool:
    """An office is written to in the name of a chapter one belongs to."""
    return has_a_role(actor) and (actor.is_staff or bool(actor.belongs_to))


def asks_for_quiet(actor: Actor, official: Thing) -> bool:
    """Staff, leads, and whoever keeps in touch with the official."""
    if not has_a_role(actor):
        return False
    return actor.is_staff or actor.is_lead or (logs(actor) and actor.name in official.took_part)


def lifts_note(actor: Actor, note: Thing) -> bool:
    assert note.of is not None
    return asks_for_quiet(actor, note.of)


# --- People -----------------------------------------------------------------------------------------------------


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


def only_staff(actor: Actor, thing: Thing | None = None) -> bool:
    return has_a_role(actor) and actor.is_staff


# --- Meetings of the task force ---------------------------------------------------------------------------------


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


def owns_calendar_link(actor: Actor, link: Thing) -> bool:
    return has_a_role(actor) and link.owner == actor.name


def owns_token(actor: Actor, token: Thing) -> bool:
    """Revoked on one's own page by its owner; staff revoke others in the admin."""
    return has_a_role(actor) and token.owner == actor.name


def sees_token(actor: Actor, token: Thing) -> bool:
    return has_a_role(actor) and (actor.is_staff or token.owner == actor.name)


def owns_saved_search(actor: Actor, search: Thing) -> bool:
    return has_a_role(actor) and search.owner == actor.name


# --- Chapter reports ---


def leads(actor: Actor, thing: Thing | None = None) -> bool:
    """The lead and staff decide about reports and issue numbers."""
    return has_a_role(actor) and (actor.is_staff or actor.is_lead)


def reads_month(actor: Actor, report: Thing) -> bool:
    """A chapter's monthly report: those who read the chapter, the lead and staff."""
    return has_a_role(actor) and (leads(actor) or report.chapter in actor.reads_chapters)


def writes_month(actor: Actor, report: Thing) -> bool:
    """Its words are its advocates' alone, and only while it is with them."""
    return has_a_role(actor) and report.chapter in actor.advocate_of


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


# --- Campaigns ---


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


# --- Any page ---------------------------------------------------------------------------------------------------


def _sees_record(actor: Actor, record: Thing) -> bool:
    return reads(actor, record) or drafted(actor, record) or restores(actor, record)


_SEEN: dict[str, Rule] = {
    "interaction": _sees_record,
    "impression": reads_impression,
    "followup": reads_followup,
    "request": reads_request,
    "leaver decision": decides_about_leaver,
    "person": knows,
    "saved search": owns_saved_search,
    "report": lambda actor, report: reads_report(actor, report),
    "chapter report": reads_month,
    "position": reads_position,
    "tracking": reads_position,
    "testimony": reads_testimony,
    "archived tracking": reads_position,
    "note": reads_note,
    "stance": reads_stance,
    "campaign": reads_campaign,
    "campaign recipient": knows_contact,
    "campaign letter": knows_contact,
    "proof": lambda actor, proof: proof.of is not None and _sees_record(actor, proof.of),
    "invitation": handles_invitation,
    "legal facts": knows_legal_facts,
    "message": receives,
    "letter": receives,
    "meeting": of_the_task_force,
    "action item": reads_action_item,
    "job": lambda actor, job: has_a_role(actor) and (actor.is_staff or job.owner == actor.name),
}


def may_see(actor: Actor, thing: Thing) -> bool:
    """Whether there is any page at all on which this actor may meet the words of this thing."""
    return _SEEN.get(thing.kind, has_a_role)(actor, thing)


def seen(world: World, actor: Actor, kind: str, rule: Rule) -> set[int]:
    """The keys of everything of a kind that the rule opens to the actor."""
    return {thing.pk for thing in world.of_kind(kind) if rule(actor, thing)}


# --- The public record ------------------------------------------------------------------------------------------


def keeps_staffer(actor: Actor, staffer: Thing) -> bool:
    """Whoever added a staffer keeps the entry right, and staff."""
    return has_a_role(actor) and (actor.is_staff or staffer.author == actor.name)


def checks_profiles(actor: Actor, official: Thing) -> bool:
    """An advocate's word counts, and that of national staff."""
    return has_a_role(actor) and (actor.is_staff or bool(actor.advocate_of))


def reported(actor: Actor, report: Thing) -> bool:
    """One's own reports of something wrong."""
    return has_a_role(actor) and report.author == actor.name


def reads_report(actor: Actor, report: Thing) -> bool:
    """Whoever wrote it, and national staff, who answer."""
    return has_a_role(actor) and (actor.is_staff or report.author == actor.name)


def keeps_in_touch_with(actor: Actor, official: Thing) -> bool:
    """Whoever has put the official on their list may take them off again."""
    return has_a_role(actor) and actor.name in official.took_part


# --- Sign-on letters --------------------------------------------------------------------------------------------


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

"""The log: records, drafts, impressions, follow-ups, requests to meet, key contacts (DOMAIN.md §4.8, W1, W2, W9)."""

from tests.access.oracle.standing import has_a_role
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
)


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
    if not sees_record(actor, record):
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


def sees_record(actor: Actor, record: Thing) -> bool:
    return reads(actor, record) or drafted(actor, record) or restores(actor, record)


def keeps_in_touch_with(actor: Actor, official: Thing) -> bool:
    """Whoever has put the official on their list may take them off again."""
    return has_a_role(actor) and actor.name in official.took_part

"""The access table, the log: contacts, follow-ups, requests to meet, key contacts, the yearly survey."""

from datetime import timedelta
from functools import partial
from typing import Any

from advocacy.interactions.views.records import CONTACTS_ON_A_PAGE
from tests.access import oracle
from tests.access.page import ANY_FORMAT, WRITING, Listing, Page
from tests.access.world import LOGGED, Actor, Thing, World
from tests.cast import TODAY

_INTERACTIONS = r'href="/log/(\d+)/"'


def _contact(world: World, actor: Actor, thing: Thing | None) -> dict[str, Any]:
    """A complete report of a meeting, as the quick form sends it."""
    official = next(world.of_kind("official"))
    return {
        "save": "log",
        "kind": "phone_call",
        "officials": [official.pk],
        "official_was_there": "on",
        "purpose": "relationship",
        "summary": "Talked about the data exchange.",
        "discussed_specific_legislation": "no",
        "duplicate": "separate",
    }


def _correction(world: World, actor: Actor, thing: Thing | None) -> dict[str, Any]:
    answers = {"save": "log", "summary": "Corrected.", "discussed_specific_legislation": "no"}
    return answers | {"duplicate": "separate"}


def _reason(world: World, actor: Actor, thing: Thing | None) -> dict[str, Any]:
    return {"reason": "Entered twice."}


def keep_for_person(world: World, actor: Actor, thing: Thing | None) -> dict[str, Any]:
    return {"decision": "keep_for_person", "reason": ""}


def _every_month(world: World, actor: Actor, thing: Thing | None) -> dict[str, Any]:
    return {"rhythm_days": "30"}


def _names_somebody(world: World, actor: Actor, thing: Thing | None) -> dict[str, Any]:
    advocate = world.actors["advocate A, author"].user
    assert advocate is not None
    return {"person": advocate.pk, "rank": "primary", "former_stays": "on"}


def _knows_somebody(world: World, actor: Actor, thing: Thing | None) -> dict[str, Any]:
    official = next(one for one in world.of_kind("official") if one.label == "TX-8")
    return {"officials": [official.pk], "basis": "school", "strength": "3", "add": "1"}


def _not_accepted(world: World, actor: Actor, thing: Thing | None) -> dict[str, Any]:
    return {"decision": "reject", "reason": "Somebody else."}


def _declined(world: World, actor: Actor, thing: Thing | None) -> dict[str, Any]:
    return {"step": "decline", "on": TODAY.isoformat()}


def _handed_over(world: World, actor: Actor, thing: Thing | None) -> dict[str, Any]:
    return {"act": "record", "channel": "phone", "requested_on": TODAY.isoformat()}


def _a_week_of_quiet(world: World, actor: Actor, thing: Thing | None) -> dict[str, Any]:
    return {"until": (TODAY + timedelta(days=7)).isoformat(), "reason": "Funeral in the family."}


def _not_logged(thing: Thing) -> bool:
    return thing.state != LOGGED


log = partial(Page, of="interaction")
followup = partial(Page, of="followup")
_lists_interactions = Listing("interaction", oracle.log.reads, _INTERACTIONS, at_most=CONTACTS_ON_A_PAGE)
LOG_PAGES = [
    Page("interactions:interaction_list", lists=_lists_interactions),
    Page("interactions:interaction_log", WRITING, may=oracle.log.logs, denied=403, post=_contact),
    Page("interactions:similar"),
    Page(
        "interactions:draft_list",
        lists=Listing("interaction", oracle.log.drafted, r'href="/log/(\d+)/edit/"'),
    ),
    log("interactions:draft_discard", WRITING, may=oracle.log.drafted),
    Page(
        "interactions:deleted_list",
        lists=Listing("interaction", oracle.log.restores, r'href="/log/(\d+)/restore/"'),
    ),
    Page("interactions:month_export"),
    Page(
        "interactions:month_file",
        fixed=ANY_FORMAT,
        query=f"period={TODAY:%Y-%m}",
        exports=True,
        leaves_trace=True,
        lists=Listing("interaction", oracle.log.exports, "rows", without=_not_logged),
    ),
    Page(
        "interactions:interaction_export",
        fixed=ANY_FORMAT,
        exports=True,
        leaves_trace=True,
        lists=Listing("interaction", oracle.log.exports, "rows"),
    ),
    log("interactions:interaction_detail", may=oracle.log.reads, shows_impressions=True, leaves_trace=True),
    log(
        "interactions:interaction_edit",
        WRITING,
        may=oracle.log.opens_form_of,
        post=_correction,
        shows_impressions=True,
    ),
    log("interactions:interaction_join", WRITING, may=oracle.log.joins, acts=oracle.log.was_not_there),
    log("interactions:interaction_history", may=oracle.log.reads, shows_impressions=True),
    log("interactions:interaction_delete", WRITING, may=oracle.log.edits, post=_reason),
    log("interactions:interaction_restore", WRITING, may=oracle.log.restores),
    Page(
        "interactions:followup_list",
        query="whose=all&show=all",
        lists=Listing("followup", oracle.log.reads_followup, r'href="/log/follow-ups/(\d+)/"'),
    ),
    followup(
        "interactions:followup_detail",
        WRITING,
        may=oracle.log.reads_followup,
        may_post=oracle.log.edits_followup,
    ),
    followup("interactions:followup_complete", WRITING, may=oracle.log.edits_followup),
    followup("interactions:followup_cancel", WRITING, may=oracle.log.edits_followup, post=_reason),
    followup("interactions:followup_reopen", WRITING, may=oracle.log.edits_followup),
    Page(
        "interactions:request_list",
        query="whose=all",
        lists=Listing("request", oracle.log.reads_request, r'href="/log/requests/(\d+)/"'),
    ),
    Page(
        "interactions:request_detail",
        WRITING,
        of="request",
        may=oracle.log.reads_request,
        may_post=oracle.log.moves_request,
        post=_declined,
    ),
    Page("interactions:write", WRITING, of="official", may=oracle.log.writes, post=_handed_over),
    Page(
        "interactions:do_not_contact_ask",
        WRITING,
        of="official",
        may=oracle.log.asks_for_quiet,
        post=_a_week_of_quiet,
    ),
    Page(
        "interactions:do_not_contact_lift",
        WRITING,
        of="do-not-contact note",
        may=oracle.log.lifts_note,
    ),
    Page("interactions:keep_in_touch", WRITING, of="official", may=oracle.log.logs, post=_every_month),
    Page("interactions:survey", WRITING, may=oracle.log.belongs_to_a_chapter, post=_knows_somebody),
    Page(
        "interactions:survey_review",
        may=oracle.log.reviews,
        lists=Listing(
            "survey answer", oracle.log.reviews_answer, r'href="/log/whom-do-you-know/review/(\d+)/"'
        ),
    ),
    Page(
        "interactions:survey_answer_decide",
        WRITING,
        of="survey answer",
        may=oracle.log.reviews_answer,
        post=_not_accepted,
    ),
    Page("interactions:let_go", WRITING, of="official", may=oracle.log.keeps_in_touch_with),
    Page(
        "interactions:seat_contacts",
        WRITING,
        of="official",
        fixed=({"slug": "gulf-prairie"},),
        may=oracle.log.names_key_contacts_of_a,
        post=_names_somebody,
    ),
    Page(
        "interactions:key_contact_end",
        WRITING,
        of="key contact",
        may=oracle.log.decides_about_tie,
        post=_reason,
    ),
    Page(
        "interactions:key_contact_answer",
        WRITING,
        of="key contact that asks",
        may=oracle.log.decides_about_tie,
        post=keep_for_person,
    ),
]

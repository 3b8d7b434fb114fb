"""The access table: every address of the portal, and who may do what there.

Read it as documentation. A line names the page, its methods, the kind of thing in its address, and the rule of
`oracle.py` that opens it. Whoever the rule does not open it to gets what a missing thing gets: 404. Nobody without a
session gets past the sign-in page, nobody without a role past the page that says so, and staff and leads without a
second factor go to set one up, unless the line says otherwise (`wall`).
"""

from datetime import timedelta
from functools import partial
from typing import Any
from uuid import uuid4

from advocacy.interactions.views.records import CONTACTS_ON_A_PAGE
from legislation.lookup.answer import Answer, EditionUsed, Found, Method
from legislation.models import Division, Official
from legislation.profile_facts import ProfileFacts
from members.actions import saved_places
from members.models import Role, RoleAssignment
from members.terms import TERM_KEYS
from tests.access import oracle
from tests.access.page import METHODS, OPEN, POSTING, READING, SIGNED_IN, WRITING, Listing, Page
from tests.access.planting import A_DISTRICT
from tests.access.table_account import ACCOUNT_PAGES
from tests.access.table_act import ACT_PAGES
from tests.access.table_admin import ADMIN_PAGES
from tests.access.table_api import API_PAGES
from tests.access.table_campaigns import CAMPAIGN_PAGES
from tests.access.table_coalitions import COALITION_PAGES
from tests.access.table_contacts import CONTACT_PAGES
from tests.access.table_gate import GATE_PAGES
from tests.access.table_mail import MAIL_PAGES
from tests.access.table_measures import MEASURE_PAGES
from tests.access.table_meetings import MEETING_PAGES
from tests.access.table_positions import POSITION_PAGES
from tests.access.table_reports import MONTH_PAGES
from tests.access.table_stances import STANCE_PAGES
from tests.access.table_tracking import TRACKING_PAGES
from tests.access.world import LOGGED, Actor, Thing, World
from tests.cast import TODAY
from tests.factories.people import state

_INTERACTIONS = r'href="/log/(\d+)/"'
_PEOPLE = r'href="/people/(\d+)/"'
_ANY_FORMAT: tuple[dict[str, str], ...] = ({"file_format": "csv"}, {"file_format": "xlsx"})


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


def _keep_for_person(world: World, actor: Actor, thing: Thing | None) -> dict[str, Any]:
    return {"decision": "keep_for_person", "reason": ""}


def _checked_block(world: World, actor: Actor, thing: Thing | None) -> dict[str, Any]:
    """What the button of the profile sends: the term as it stands."""
    official = Official.objects.with_seats().get(pk=thing.pk) if thing else None
    mark = ProfileFacts(official, TODAY).fingerprint("term") if official else ""
    return {"block": "term", "fingerprint": mark}


def _report(world: World, actor: Actor, thing: Thing | None) -> dict[str, Any]:
    said = {"block": "term", "wrong": "Moved.", "suggestion": "District 9."}
    return said | {"known_from": "", "form_key": str(uuid4())}


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


def _to_a_volunteer(world: World, actor: Actor, thing: Thing | None) -> dict[str, Any]:
    if thing is None:
        return {}
    followup = next(one for one in world.of_kind("followup") if one.label == f"{thing.chapter} alone")
    outgoing = world.actors[followup.owner].user
    roles = RoleAssignment.objects.filter(chapter=world.places[thing.chapter].chapter, role=Role.VOLUNTEER)
    incoming = roles.filter(ends_on=None, person__is_active=True).order_by("pk").last()
    assert outgoing is not None
    assert incoming is not None
    return {"outgoing": outgoing.pk, "incoming": incoming.person_id}


def _renamed(world: World, actor: Actor, thing: Thing | None) -> dict[str, Any]:
    return {"name": "Somebody Else", "full_name": "Somebody Else"}


def _invitation(world: World, actor: Actor, thing: Thing | None) -> dict[str, Any]:
    own = min(actor.advocate_of | actor.president_of, default="A")
    chapter = world.places[own].chapter.pk
    return {
        "email": "somebody.new@example.org",
        "full_name": "Somebody New",
        "role": "member",
        "chapter": chapter,
    }


def _all_terms(world: World, actor: Actor, thing: Thing | None) -> dict[str, Any]:
    return dict.fromkeys(TERM_KEYS, "on")


def _zip_code(world: World, actor: Actor, thing: Thing | None) -> dict[str, Any]:
    return {"text": "77004"}


def _districts_to_remember(world: World, actor: Actor, thing: Thing | None) -> dict[str, Any]:
    """What the page of a look-up with one district would send for this person."""
    texas = state("tx", "Texas")
    lower_131 = Division.objects.get(ocd_id=A_DISTRICT)
    found = Found(EditionUsed("tx-lower", "Texas House"), texas.pk, "lower", lower_131.pk)
    answer = Answer(query="", country="US", method=Method.MANUAL, day=TODAY, found=[found])
    sealed = saved_places.ticket(answer, by=actor.user) if actor.user else ""
    return {"ticket": sealed, "basis": "home", "remember": "on"}


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
invitation = partial(
    Page, methods=POSTING, of="invitation", may=oracle.handles_invitation, acts=oracle.may_invite_again
)
_lists_interactions = Listing("interaction", oracle.reads, _INTERACTIONS, at_most=CONTACTS_ON_A_PAGE)
_types = partial(Listing, where="json", at_most=12)

PORTAL_PAGES = [
    Page("portal:home"),
    Page("portal:search", query="q=alma"),
    Page("portal:health", wall=OPEN, note="For whoever watches over the portal: tells nothing else."),
    Page(
        "portal:demo_sign_in",
        POSTING,
        wall=OPEN,
        may=oracle.nobody,
        note="Outside the demo this address does not exist.",
    ),
    Page(
        "set_language",
        METHODS,
        wall=OPEN,
        shown=302,
        acts=oracle.nobody,
        post=lambda world, actor, thing: {"language": "fr", "next": "/"},
        note="Django's own; keeps a cookie.",
    ),
]
LOG_PAGES = [
    Page("interactions:interaction_list", lists=_lists_interactions),
    Page("interactions:interaction_log", WRITING, may=oracle.logs, denied=403, post=_contact),
    Page("interactions:similar"),
    Page(
        "interactions:draft_list",
        lists=Listing("interaction", oracle.drafted, r'href="/log/(\d+)/edit/"'),
    ),
    log("interactions:draft_discard", WRITING, may=oracle.drafted),
    Page(
        "interactions:deleted_list",
        lists=Listing("interaction", oracle.restores, r'href="/log/(\d+)/restore/"'),
    ),
    Page("interactions:month_export"),
    Page(
        "interactions:month_file",
        fixed=_ANY_FORMAT,
        query=f"period={TODAY:%Y-%m}",
        exports=True,
        leaves_trace=True,
        lists=Listing("interaction", oracle.exports, "rows", without=_not_logged),
    ),
    Page(
        "interactions:interaction_export",
        fixed=_ANY_FORMAT,
        exports=True,
        leaves_trace=True,
        lists=Listing("interaction", oracle.exports, "rows"),
    ),
    log("interactions:interaction_detail", may=oracle.reads, shows_impressions=True, leaves_trace=True),
    log(
        "interactions:interaction_edit",
        WRITING,
        may=oracle.opens_form_of,
        post=_correction,
        shows_impressions=True,
    ),
    log("interactions:interaction_join", WRITING, may=oracle.joins, acts=oracle.was_not_there),
    log("interactions:interaction_history", may=oracle.reads, shows_impressions=True),
    log("interactions:interaction_delete", WRITING, may=oracle.edits, post=_reason),
    log("interactions:interaction_restore", WRITING, may=oracle.restores),
    Page(
        "interactions:followup_list",
        query="whose=all&show=all",
        lists=Listing("followup", oracle.reads_followup, r'href="/log/follow-ups/(\d+)/"'),
    ),
    followup(
        "interactions:followup_detail", WRITING, may=oracle.reads_followup, may_post=oracle.edits_followup
    ),
    followup("interactions:followup_complete", WRITING, may=oracle.edits_followup),
    followup("interactions:followup_cancel", WRITING, may=oracle.edits_followup, post=_reason),
    followup("interactions:followup_reopen", WRITING, may=oracle.edits_followup),
    Page(
        "interactions:request_list",
        query="whose=all",
        lists=Listing("request", oracle.reads_request, r'href="/log/requests/(\d+)/"'),
    ),
    Page(
        "interactions:request_detail",
        WRITING,
        of="request",
        may=oracle.reads_request,
        may_post=oracle.moves_request,
        post=_declined,
    ),
    Page("interactions:write", WRITING, of="official", may=oracle.writes, post=_handed_over),
    Page(
        "interactions:do_not_contact_ask",
        WRITING,
        of="official",
        may=oracle.asks_for_quiet,
        post=_a_week_of_quiet,
    ),
    Page(
        "interactions:do_not_contact_lift",
        WRITING,
        of="do-not-contact note",
        may=oracle.lifts_note,
    ),
    Page("interactions:keep_in_touch", WRITING, of="official", may=oracle.logs, post=_every_month),
    Page("interactions:survey", WRITING, may=oracle.belongs_to_a_chapter, post=_knows_somebody),
    Page(
        "interactions:survey_review",
        may=oracle.reviews,
        lists=Listing("survey answer", oracle.reviews_answer, r'href="/log/whom-do-you-know/review/(\d+)/"'),
    ),
    Page(
        "interactions:survey_answer_decide",
        WRITING,
        of="survey answer",
        may=oracle.reviews_answer,
        post=_not_accepted,
    ),
    Page("interactions:let_go", WRITING, of="official", may=oracle.keeps_in_touch_with),
    Page(
        "interactions:seat_contacts",
        WRITING,
        of="official",
        fixed=({"slug": "gulf-prairie"},),
        may=oracle.names_key_contacts_of_a,
        post=_names_somebody,
    ),
    Page(
        "interactions:key_contact_end",
        WRITING,
        of="key contact",
        may=oracle.decides_about_tie,
        post=_reason,
    ),
    Page(
        "interactions:key_contact_answer",
        WRITING,
        of="key contact that asks",
        may=oracle.decides_about_tie,
        post=_keep_for_person,
    ),
]
RECORD_PAGES = [
    Page(
        "legislation:official_list", lists=Listing("official", oracle.has_a_role, r'href="/officials/(\d+)/"')
    ),
    Page("legislation:official_detail", of="official"),
    Page("legislation:official_suggest", query="q=alma", lists=_types("official", oracle.has_a_role)),
    Page("legislation:staffer_suggest", query="q=kim", lists=_types("staffer", oracle.has_a_role)),
    Page("legislation:measure_suggest", query="q=hb", lists=_types("measure", oracle.has_a_role)),
    Page("tracking:measure_suggest", query="q=hb", lists=_types("measure", oracle.has_a_role)),
    Page("legislation:committee_suggest", query="q=committee", lists=_types("committee", oracle.has_a_role)),
    Page("legislation:staffer_add", WRITING, of="official"),
    Page("legislation:fact_check", POSTING, of="official", may=oracle.checks_profiles, post=_checked_block),
    Page(
        "legislation:fact_check_withdraw",
        POSTING,
        of="official",
        acts=oracle.nobody,
        post=_checked_block,
        note="One's own of today; nobody in this world has one.",
    ),
    Page("legislation:report_new", WRITING, of="official", post=_report),
    Page(
        "legislation:report_list",
        lists=Listing("report", oracle.reported, r'data-report="(\d+)"'),
        note="One's own, also for staff: theirs is the queue in the admin.",
    ),
    Page("legislation:staffer_edit", WRITING, of="staffer", may=oracle.keeps_staffer, post=_renamed),
    Page(
        "legislation:leaver_list",
        lists=Listing("leaver decision", oracle.decides_about_leaver, r'href="/officials/leavers/(\d+)/"'),
    ),
    Page(
        "legislation:leaver_decide",
        WRITING,
        of="leaver decision",
        may=oracle.decides_about_leaver,
        post=_keep_for_person,
    ),
    Page("legislation:jurisdiction_list"),
    Page("legislation:jurisdiction_detail", of="jurisdiction"),
    Page("legislation:committee_detail", of="committee"),
]
PEOPLE_PAGES = [
    Page("members:chapter_list"),
    Page("members:chapter_detail", of="chapter"),
    Page("interactions:chapter_coverage", of="chapter"),
    Page("interactions:team_coverage", of="team"),
    Page(
        "interactions:chapter_hand_over",
        WRITING,
        of="chapter",
        may=oracle.hands_over,
        post=_to_a_volunteer,
    ),
    Page(
        "interactions:chapter_coverage_export",
        of="chapter",
        fixed=_ANY_FORMAT,
        exports=True,
        leaves_trace=True,
    ),
    Page("interactions:team_coverage_export", of="team", fixed=_ANY_FORMAT, exports=True, leaves_trace=True),
    Page("members:team_detail", of="team"),
    Page("members:representatives", WRITING, acts=oracle.nobody, post=_zip_code),
    Page("members:representatives_ask", WRITING, shown=302, done=200, acts=oracle.nobody, post=_zip_code),
    Page(
        "members:place_remember", POSTING, post=_districts_to_remember, note="One's own; nobody else sees it."
    ),
    Page("members:place_forget", POSTING, acts=oracle.nobody, note="Nobody in this world has one."),
    Page("members:person_list", lists=Listing("person", oracle.opens_profile_of, _PEOPLE)),
    Page("members:person_suggest", query="q=example", lists=_types("person", oracle.finds)),
    Page("members:person_detail", of="person", may=oracle.opens_profile_of),
    Page("members:profile", WRITING, wall=SIGNED_IN, post=_renamed, note="One's own; also without a role."),
    Page("members:terms", WRITING, wall=SIGNED_IN, post=_all_terms),
    Page(
        "members:invitation_list",
        may=oracle.invites,
        lists=Listing("invitation", oracle.handles_invitation, r'"/people/invitations/(\d+)/withdraw/"'),
    ),
    Page("members:invitation_create", WRITING, may=oracle.invites, post=_invitation),
    invitation("members:invitation_resend"),
    invitation("members:invitation_revoke"),
    Page(
        "members:invitation_accept",
        WRITING,
        wall=OPEN,
        shown=410,
        done=410,
        acts=oracle.nobody,
        fixed=({"token": "no-such-token"},),
        note="The token is the key: who holds one sees the offer, tried in test_side_doors.",
    ),
]
OWN_PAGES = [
    *PORTAL_PAGES,
    *LOG_PAGES,
    *RECORD_PAGES,
    *MEASURE_PAGES,
    *PEOPLE_PAGES,
    *MEETING_PAGES,
    *API_PAGES,
    *MONTH_PAGES,
    *POSITION_PAGES,
    *COALITION_PAGES,
    *CAMPAIGN_PAGES,
    *TRACKING_PAGES,
    *STANCE_PAGES,
    *MAIL_PAGES,
    *GATE_PAGES,
    *CONTACT_PAGES,
    *ACT_PAGES,
]
TABLE: dict[str, Page] = {page.name: page for page in OWN_PAGES + ACCOUNT_PAGES + ADMIN_PAGES}
READING_PAGES = [page for page in OWN_PAGES if page.methods == READING]

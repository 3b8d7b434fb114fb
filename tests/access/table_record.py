"""The access table, the public record: officials, staffers, jurisdictions, committees, reports of mistakes."""

from typing import Any
from uuid import uuid4

from legislation.models import Official
from legislation.profile_facts import ProfileFacts
from tests.access import oracle
from tests.access.page import POSTING, WRITING, Listing, Page, type_ahead
from tests.access.table_log import keep_for_person
from tests.access.world import Actor, Thing, World
from tests.cast import TODAY


def _checked_block(world: World, actor: Actor, thing: Thing | None) -> dict[str, Any]:
    """What the button of the profile sends: the term as it stands."""
    official = Official.objects.with_seats().get(pk=thing.pk) if thing else None
    mark = ProfileFacts(official, TODAY).fingerprint("term") if official else ""
    return {"block": "term", "fingerprint": mark}


def _report(world: World, actor: Actor, thing: Thing | None) -> dict[str, Any]:
    said = {"block": "term", "wrong": "Moved.", "suggestion": "District 9."}
    return said | {"known_from": "", "form_key": str(uuid4())}


def _renamed(world: World, actor: Actor, thing: Thing | None) -> dict[str, Any]:
    return {"name": "Somebody Else"}


RECORD_PAGES = [
    Page(
        "legislation:official_list", lists=Listing("official", oracle.has_a_role, r'href="/officials/(\d+)/"')
    ),
    Page("legislation:official_detail", of="official"),
    Page("legislation:official_suggest", query="q=alma", lists=type_ahead("official", oracle.has_a_role)),
    Page("legislation:staffer_suggest", query="q=kim", lists=type_ahead("staffer", oracle.has_a_role)),
    Page("legislation:measure_suggest", query="q=hb", lists=type_ahead("measure", oracle.has_a_role)),
    Page("tracking:measure_suggest", query="q=hb", lists=type_ahead("measure", oracle.has_a_role)),
    Page(
        "legislation:committee_suggest", query="q=committee", lists=type_ahead("committee", oracle.has_a_role)
    ),
    Page("legislation:staffer_add", WRITING, of="official"),
    Page(
        "legislation:fact_check",
        POSTING,
        of="official",
        may=oracle.record.checks_profiles,
        post=_checked_block,
    ),
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
        lists=Listing("report", oracle.record.reported, r'data-report="(\d+)"'),
        note="One's own, also for staff: theirs is the queue in the admin.",
    ),
    Page("legislation:staffer_edit", WRITING, of="staffer", may=oracle.record.keeps_staffer, post=_renamed),
    Page(
        "legislation:leaver_list",
        lists=Listing(
            "leaver decision", oracle.log.decides_about_leaver, r'href="/officials/leavers/(\d+)/"'
        ),
    ),
    Page(
        "legislation:leaver_decide",
        WRITING,
        of="leaver decision",
        may=oracle.log.decides_about_leaver,
        post=keep_for_person,
    ),
    Page("legislation:jurisdiction_list"),
    Page("legislation:jurisdiction_detail", of="jurisdiction"),
    Page("legislation:committee_detail", of="committee"),
]

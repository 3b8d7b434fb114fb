"""The pages of what chapters follow: the board, one followed measure, and putting measures on record."""

from typing import Any

from advocacy.positions.models import Issue
from legislation.models import Disposition, LegislativeSession, Measure
from members.access import jurisdictions_worked_with
from tests.access import oracle
from tests.access.page import POSTING, WRITING, Listing, Page
from tests.access.world import Actor, Thing, World


def _decided(world: World, actor: Actor, thing: Thing | None) -> dict[str, Any]:
    issue = Issue.objects.order_by("pk").first()
    assert issue is not None
    return {"tier": "2", "why": "It opens the exchange.", "issues": [issue.pk]}


def _a_regulation(world: World, actor: Actor, thing: Thing | None) -> dict[str, Any]:
    """In a session of a legislature that this person works with."""
    session = LegislativeSession.objects.filter(
        jurisdiction__in=jurisdictions_worked_with(actor.user) if actor.user else []
    ).first()
    assert session is not None
    return {
        "session": session.pk,
        "number": "R 17",
        "kind": "regulation",
        "title_en": "Of data",
        "holder": "",
    }


def _another(world: World, actor: Actor, thing: Thing | None) -> dict[str, Any]:
    return {"other": [Measure.objects.get(number="HB 210").pk], "what": "related"}


def _a_note(world: World, actor: Actor, thing: Thing | None) -> dict[str, Any]:
    return {"text": "She asked for figures.", "confidentiality": "restricted"}


def _swept(world: World, actor: Actor, thing: Thing | None) -> dict[str, Any]:
    return {"scope": "ticked", "measure": [Measure.objects.get(number="HB 891").pk]}


def _taken_back(world: World, actor: Actor, thing: Thing | None) -> dict[str, Any]:
    return {"scope": "ticked", "disposition": [Disposition.objects.get().pk]}


_ON_THE_BOARD = r'href="/measures/(\d+)/"'

TRACKING_PAGES = [
    Page("tracking:board", lists=Listing("tracking", oracle.positions.reads_position, _ON_THE_BOARD)),
    Page(
        "tracking:board_export",
        exports=True,
        leaves_trace=True,
        lists=Listing("tracking", oracle.positions.reads_position, "rows"),
    ),
    Page(
        "tracking:alert_list",
        lists=Listing("alert", oracle.people.was_written_to, r'href="/officials/measures/(\d+)/"'),
        note="One's own, also for staff: theirs is nobody else's silence.",
    ),
    Page(
        "tracking:alert_cadence",
        WRITING,
        post=lambda world, actor, thing: {"tier_1": "weekly", "tier_2": "never", "tier_3": "daily"},
    ),
    Page("tracking:measure_add", WRITING, may=oracle.positions.decides_what_is_followed, post=_a_regulation),
    Page(
        "tracking:measure_follow",
        WRITING,
        of="measure to follow",
        may=oracle.positions.works_with,
        post=_decided,
    ),
    Page(
        "tracking:measure_relate",
        WRITING,
        of="measure to follow",
        may=oracle.positions.works_with,
        post=_another,
    ),
    Page("tracking:relation_remove", POSTING, of="relation", may=oracle.positions.works_with),
    Page("tracking:sweep_list", may=oracle.positions.sweeps),
    Page("tracking:sweep", of="session over", may=oracle.positions.sweeps_session),
    Page(
        "tracking:sweep_confirm", POSTING, of="session over", may=oracle.positions.sweeps_session, post=_swept
    ),
    Page(
        "tracking:sweep_take_back",
        POSTING,
        of="session over",
        may=oracle.positions.sweeps_session,
        post=_taken_back,
    ),
    Page("tracking:outcome_list", may=oracle.positions.sweeps),
    Page(
        "tracking:outcome_record",
        WRITING,
        of="ended tracking",
        may=oracle.positions.edits_tracking,
        post=lambda world, actor, thing: {"contribution": "led"},
    ),
    Page("tracking:tracking_detail", of="tracking", may=oracle.positions.reads_position, leaves_trace=True),
    Page(
        "tracking:tracking_edit", WRITING, of="tracking", may=oracle.positions.edits_tracking, post=_decided
    ),
    Page(
        "tracking:tracking_note", WRITING, of="tracking", may=oracle.positions.notes_on_tracking, post=_a_note
    ),
    Page("tracking:tracking_watch", POSTING, of="tracking", may=oracle.positions.reads_position),
    Page("tracking:tracking_archive", POSTING, of="tracking", may=oracle.positions.edits_tracking),
    Page(
        "tracking:tracking_restore",
        POSTING,
        of="archived tracking",
        may=oracle.positions.edits_tracking,
        post=lambda world, actor, thing: {"tier": "2"},
    ),
]

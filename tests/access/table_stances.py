"""The access table of whip counts: where members stand, what is noted there, and promises that the record settled."""

from typing import Any

from tests.access import oracle
from tests.access.page import WRITING, Page
from tests.access.world import Actor, Thing, World


def _leans_no(world: World, actor: Actor, thing: Thing | None) -> dict[str, Any]:
    return {"stance": "lean_no"}


def _two_thirds(world: World, actor: Actor, thing: Thing | None) -> dict[str, Any]:
    return {"votes": "2", "reason": "Two thirds."}


def _again(world: World, actor: Actor, thing: Thing | None) -> dict[str, Any]:
    return {"decision": "reopen"}


STANCE_PAGES = [
    Page("interactions:whip_count", of="measure with members"),
    Page("interactions:whip_export", of="measure with members", exports=True, leaves_trace=True),
    Page("interactions:stance_note", WRITING, of="measure with members", may=oracle.log.logs, post=_leans_no),
    Page(
        "interactions:votes_needed",
        WRITING,
        of="measure with members",
        may=oracle.only_staff,
        post=_two_thirds,
        note="Also for whoever looks after the measure, tried in test_whip_count.",
    ),
    Page("interactions:stance_history", of="official"),
    Page("interactions:proof_decide", WRITING, of="proof", may=oracle.stances.decides_proof, post=_again),
]

"""The access table of positions on their way, and of testimony."""

from typing import Any

from tests.access import oracle
from tests.access.page import WRITING, Listing, Page, type_ahead
from tests.access.world import Actor, Thing, World


def _proposal(world: World, actor: Actor, thing: Thing | None) -> dict[str, Any]:
    own = min((actor.logs_for | actor.president_of) & world.places.keys(), default="")
    chapter = world.places[own].chapter.pk if own else ""
    return {"chapter": chapter, "position": "oppose", "rationale": "It costs too much."}


def _approval(world: World, actor: Actor, thing: Thing | None) -> dict[str, Any]:
    return {"ruling": "approved"}


def _testimony(world: World, actor: Actor, thing: Thing | None) -> dict[str, Any]:
    assert actor.user
    return {"person": actor.user.pk, "form": "written", "side": "for", "organisation": "Gulf Prairie"}


def _how_it_went(world: World, actor: Actor, thing: Thing | None) -> dict[str, Any]:
    return {"was_delivered": "true", "reception": "Three questions."}


def _material(world: World, actor: Actor, thing: Thing | None) -> dict[str, Any]:
    """Of the thing's chapter, else of one that the actor logs for; the lead's is the society's."""
    key = thing.chapter if thing else min(actor.logs_for & world.places.keys(), default="")
    known = {"title": "One page", "kind": "fact_sheet", "confidentiality": thing.level if thing else "shared"}
    return known | {"chapter": world.places[key].chapter.pk if key else ""}


def _version(world: World, actor: Actor, thing: Thing | None) -> dict[str, Any]:
    return {"language": "fr", "text": "Une page."}


POSITION_PAGES = [
    Page(
        "positions:position_list",
        lists=Listing(
            "position", oracle.positions.reads_position, r'class="row-link" href="/positions/(\d+)/"'
        ),
    ),
    Page("positions:position_detail", of="position", may=oracle.positions.reads_position),
    Page(
        "positions:position_decide",
        WRITING,
        of="position",
        may=oracle.positions.decides_position,
        post=_approval,
    ),
    Page("positions:position_withdraw", WRITING, of="position", may=oracle.positions.withdraws_position),
    Page(
        "positions:position_propose",
        WRITING,
        of="measure without positions",
        may=oracle.positions.proposes,
        post=_proposal,
    ),
    Page(
        "positions:testimony_register",
        WRITING,
        of="measure with positions",
        fixed=({"holder": "gulf-prairie"},),
        may=oracle.positions.speaks_for_a,
        post=_testimony,
    ),
    Page(
        "positions:testimony_edit",
        WRITING,
        of="testimony",
        may=oracle.positions.writes_testimony,
        post=_how_it_went,
    ),
    Page(
        "materials:material_list",
        lists=Listing(
            "material",
            oracle.positions.reads_material,
            r'class="row-link" href="/materials/(\d+)/"',
        ),
    ),
    Page(
        "materials:material_suggest",
        query="q=canary",
        lists=type_ahead("material", oracle.positions.hands_out),
    ),
    Page("materials:material_new", WRITING, may=oracle.positions.makes_materials, post=_material),
    Page(
        "materials:material_detail",
        WRITING,
        of="material",
        may=oracle.positions.reads_material,
        may_post=oracle.positions.keeps_material,
        post=_version,
    ),
    Page(
        "materials:material_edit",
        WRITING,
        of="material",
        may=oracle.positions.keeps_material,
        post=_material,
    ),
]

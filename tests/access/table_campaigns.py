"""The access table of campaigns: who prepares them, who decides about them, who runs them."""

from typing import Any

from tests.access import oracle
from tests.access.page import ANY_FORMAT, POSTING, WRITING, Listing, Page
from tests.access.world import Actor, Thing, World

_CAMPAIGNS = r'class="row-link" href="/campaigns/(\d+)/"'


def _beginning(world: World, actor: Actor, thing: Thing | None) -> dict[str, Any]:
    own = min(actor.advocate_of & world.places.keys(), default="")
    holder = world.places[own].chapter.pk if own else "society"
    return {"name": "A new one", "holder": holder, "kind": "comment", "languages": ["en"]}


def _again(world: World, actor: Actor, thing: Thing | None) -> dict[str, Any]:
    said = _beginning(world, actor, thing)
    return {"name": said["name"], "holder": said["holder"]}


def _brief(world: World, actor: Actor, thing: Thing | None) -> dict[str, Any]:
    return {"goal": "Another goal."}


def _agency(world: World, actor: Actor, thing: Thing | None) -> dict[str, Any]:
    return {"agency_name": "Department of Health", "is_fallback": "on"}


def _text(world: World, actor: Actor, thing: Thing | None) -> dict[str, Any]:
    return {"subject_en": "Subject", "body_en": "Text {{ link }}".replace("{{ link }}", "")}


def _returned(world: World, actor: Actor, thing: Thing | None) -> dict[str, Any]:
    return {"verdict": "return", "note": "Say more."}


def _reply(world: World, actor: Actor, thing: Thing | None) -> dict[str, Any]:
    pk = thing.pk if thing else 0
    return {f"letter{pk}-kind": "supportive", f"letter{pk}-on": "2027-02-09", f"letter{pk}-text": actor.name}


def _read(name: str, **more: Any) -> Page:
    return Page(f"campaigns:{name}", of="campaign", may=oracle.campaigns.reads_campaign, **more)


def _run(name: str, of: str = "draft campaign", **more: Any) -> Page:
    return Page(f"campaigns:{name}", WRITING, of=of, may=oracle.campaigns.runs_campaign, **more)


CAMPAIGN_PAGES = [
    Page("campaigns:campaign_list", lists=Listing("campaign", oracle.campaigns.reads_campaign, _CAMPAIGNS)),
    Page("campaigns:campaign_export", fixed=ANY_FORMAT, exports=True, leaves_trace=True),
    Page("campaigns:campaign_begin", WRITING, may=oracle.campaigns.begins_campaigns, post=_beginning),
    Page(
        "campaigns:campaign_begin_like",
        WRITING,
        of="campaign",
        may=oracle.campaigns.begins_one_like,
        post=_again,
    ),
    _read("campaign_detail"),
    _read("campaign_texts"),
    _read("campaign_targets"),
    _read("campaign_audience"),
    _read("campaign_sendlog"),
    _read("campaign_review"),
    _read("sendlog_export", exports=True, leaves_trace=True),
    _read("campaign_results"),
    _read("results_export", fixed=ANY_FORMAT, exports=True, leaves_trace=True),
    Page("campaigns:results_rows", of="campaign", may=oracle.campaigns.begins_one_like),
    Page(
        "campaigns:rows_export",
        of="campaign",
        may=oracle.campaigns.begins_one_like,
        fixed=ANY_FORMAT,
        exports=True,
        leaves_trace=True,
    ),
    Page(
        "campaigns:letter_reply",
        WRITING,
        of="campaign letter",
        may=oracle.campaigns.knows_contact,
        post=_reply,
    ),
    _run("campaign_brief", post=_brief),
    _run("campaign_asked"),
    _run("campaign_message", fixed=({"group": "undecided"},), post=_text),
    _run("campaign_appeal", fixed=({"purpose": "thanks"},), post=_text),
    _run("rule_add", fixed=({"kind": "agency"},), post=_agency),
    _run("rule_edit", of="campaign rule", post=_agency),
    _run("rule_remove", of="campaign rule"),
    _run("campaign_move", fixed=({"move": "close"},)),
    Page("campaigns:campaign_test", POSTING, of="draft campaign", may=oracle.campaigns.tests_campaign),
    Page(
        "campaigns:campaign_decide",
        POSTING,
        of="submitted campaign",
        may=oracle.campaigns.decides_campaign,
        post=_returned,
    ),
]

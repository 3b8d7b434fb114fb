"""The access table, measures: the list and its saved searches, one measure, its hearings, a recorded vote."""

from functools import partial
from typing import Any

from tests.access import oracle
from tests.access.page import OPEN, POSTING, Listing, Page
from tests.access.world import Actor, Thing, World

saved_search = partial(Page, methods=POSTING, of="saved search", may=oracle.people.owns_saved_search)


def _filters(world: World, actor: Actor, thing: Thing | None) -> dict[str, Any]:
    return {"name": "Roads", "query": "q=roads"}


def _new_name(world: World, actor: Actor, thing: Thing | None) -> dict[str, Any]:
    return {"name": "Renamed"}


def _daily(world: World, actor: Actor, thing: Thing | None) -> dict[str, Any]:
    return {"cadence": "daily"}


MEASURE_PAGES = [
    Page("legislation:measure_list"),
    Page("legislation:measure_detail", of="measure"),
    Page(
        "legislation:hearing_list",
        lists=Listing("hearing", oracle.has_a_role, r'href="/officials/hearings/(\d+)/"'),
    ),
    Page("legislation:hearing_detail", of="hearing"),
    Page("legislation:hearing_file", of="hearing"),
    Page("legislation:roll_call_detail", of="roll call"),
    Page("legislation:saved_search_save", POSTING, post=_filters, note="One's own; nobody else sees it."),
    saved_search("legislation:saved_search_open"),
    saved_search("legislation:saved_search_rename", post=_new_name),
    saved_search("legislation:saved_search_alert", post=_daily),
    saved_search("legislation:saved_search_delete"),
    saved_search("legislation:saved_search_open_feed", done=200),
    saved_search("legislation:saved_search_close_feed"),
    Page(
        "legislation:saved_search_feed",
        wall=OPEN,
        shown=404,
        fixed=({"token": "no-such-token"},),
        note="The secret is the key, tried in test_saved_searches.",
    ),
]

"""The pages of the task force's meetings: open to the task force, run by leads and staff."""

from typing import Any

from tests.access import oracle
from tests.access.page import OPEN, POSTING, WRITING, Listing, Page
from tests.access.world import Actor, Thing, World


def _reason(world: World, actor: Actor, thing: Thing | None) -> dict[str, Any]:
    return {"reason": "Storm."}


def _an_hour_in_may(world: World, actor: Actor, thing: Thing | None) -> dict[str, Any]:
    said = {"title": "Extra", "on": "2027-05-12", "at": "13:00", "zone": "America/Chicago", "minutes": "45"}
    lead = world.actors["lead"].user
    assert lead is not None
    return said | {"host": lead.pk}


def _an_item(world: World, actor: Actor, thing: Thing | None) -> dict[str, Any]:
    return {"title": "Broadband", "minutes_wanted": "10", "purpose": "discuss"}


def _everybody_there(world: World, actor: Actor, thing: Thing | None) -> dict[str, Any]:
    advocate = world.actors["advocate B"].user
    assert advocate is not None
    return {f"p{advocate.pk}-presence": "present"}


MEETING_PAGES = [
    Page(
        "taskforce:meeting_list",
        may=oracle.meetings.of_the_task_force,
        lists=Listing("meeting", oracle.meetings.of_the_task_force, r'href="/meetings/(\d+)/"'),
    ),
    Page("taskforce:meeting_new", WRITING, may=oracle.meetings.runs_meetings, post=_an_hour_in_may),
    Page("taskforce:meeting_detail", of="meeting", may=oracle.meetings.of_the_task_force),
    Page(
        "taskforce:meeting_change",
        WRITING,
        of="meeting",
        may=oracle.meetings.runs_meetings,
        post=_an_hour_in_may,
    ),
    Page("taskforce:meeting_cancel", WRITING, of="meeting", may=oracle.meetings.runs_meetings, post=_reason),
    Page("taskforce:meeting_invite", WRITING, of="meeting", may=oracle.meetings.runs_meetings),
    Page(
        "taskforce:item_propose", WRITING, of="meeting", may=oracle.meetings.of_the_task_force, post=_an_item
    ),
    Page(
        "taskforce:answer_here",
        POSTING,
        of="meeting",
        may=oracle.meetings.of_the_task_force,
        post=lambda world, actor, thing: {"answer": "yes"},
    ),
    Page(
        "taskforce:check_in",
        POSTING,
        of="meeting",
        may=oracle.meetings.of_the_task_force,
        acts=oracle.nobody,
        note="Only while the meeting is under way.",
    ),
    Page(
        "taskforce:attendance",
        WRITING,
        of="meeting",
        may=oracle.meetings.runs_meetings,
        post=_everybody_there,
    ),
    Page("taskforce:publish", WRITING, of="meeting", may=oracle.meetings.runs_meetings),
    Page(
        "taskforce:correct",
        WRITING,
        of="meeting with minutes",
        may=oracle.meetings.runs_meetings,
        post=lambda world, actor, thing: {"text": "Read six for five."},
    ),
    Page(
        "taskforce:item_minutes",
        WRITING,
        of="agenda item",
        may=oracle.meetings.runs_meetings,
        post=lambda world, actor, thing: {"act": "decide", "decide-text": "Go", "decide-how": "consensus"},
    ),
    Page(
        "taskforce:action_list",
        query="whose=all&show=all",
        lists=Listing(
            "action item", oracle.meetings.reads_action_item, r'href="/meetings/action-items/(\d+)/"'
        ),
    ),
    Page(
        "taskforce:action_detail",
        WRITING,
        of="action item",
        may=oracle.meetings.reads_action_item,
        may_post=oracle.meetings.moves_action_item,
        post=lambda world, actor, thing: {"status": "in_progress"},
    ),
    Page(
        "taskforce:answer",
        WRITING,
        wall=OPEN,
        shown=410,
        done=410,
        acts=oracle.nobody,
        fixed=({"token": "no-such-token"},),
        note="The token is the key to one answer, tried in test_answer_links.",
    ),
    Page(
        "taskforce:calendar_list",
        WRITING,
        may=oracle.meetings.of_the_task_force,
        done=200,
        post=lambda world, actor, thing: {"scope": "taskforce"},
        note="One's own; the new address is shown once, on the answer.",
    ),
    Page("taskforce:calendar_revoke", POSTING, of="calendar link", may=oracle.people.owns_calendar_link),
    Page(
        "taskforce:calendar",
        wall=OPEN,
        shown=404,
        fixed=({"token": "no-such-token"},),
        note="The secret is the key, tried in test_calendar_feeds.",
    ),
]

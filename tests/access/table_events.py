"""The access table of Advocacy Days."""

from typing import Any

from advocacy.events.models import Registration
from tests.access import oracle
from tests.access.page import ANY_FORMAT, OPEN, POSTING, WRITING, Listing, Page
from tests.access.world import Actor, Thing, World

_DAYS = r'class="row-link" href="/advocacy-days/(\d+)/"'


def _guest(world: World, actor: Actor, thing: Thing | None) -> dict[str, Any]:
    """Out of the team they are in."""
    row = Registration.objects.filter(event=thing.pk if thing else 0, place__isnull=False).first()
    return {"person": row.pk if row else 0, "team": ""}


def _agency(world: World, actor: Actor, thing: Thing | None) -> dict[str, Any]:
    return {"agency": "Department of Health"}


def _building(world: World, actor: Actor, thing: Thing | None) -> dict[str, Any]:
    return {"name": "Annex"}


def _room(world: World, actor: Actor, thing: Thing | None) -> dict[str, Any]:
    return {"room": "E1.2"}


def _name(world: World, actor: Actor, thing: Thing | None) -> dict[str, Any]:
    return {"name": "Houston"}


def _lead(world: World, actor: Actor, thing: Thing | None) -> dict[str, Any]:
    return {"role": "leader"}


def _debrief(world: World, actor: Actor, thing: Thing | None) -> dict[str, Any]:
    return {
        "save": "log",
        "summary": "They listened.",
        "purpose": "relationship",
        "official_was_there": "on",
        "discussed_specific_legislation": "no",
        "asks-0-response": "agreed",
    }


def _run(name: str, of: str = "day to schedule", **more: Any) -> Page:
    return Page(f"events:{name}", more.pop("methods", WRITING), of=of, may=oracle.events.runs_day, **more)


DAY_PAGES = [
    Page(
        "events:board",
        WRITING,
        of="advocacy day",
        may=oracle.events.follows_day,
        may_post=oracle.events.runs_day,
        acts=oracle.events.is_held_today,
        post=lambda world, actor, thing: {"status": "held"},
    ),
    Page(
        "events:check_in",
        WRITING,
        of="advocacy day",
        may=oracle.events.runs_day,
        acts=oracle.events.is_held_today,
    ),
    Page(
        "events:my_schedule",
        WRITING,
        of="advocacy day",
        may=oracle.events.has_a_schedule,
    ),
    Page(
        "events:my_schedule_file",
        of="advocacy day",
        may=oracle.events.has_a_schedule,
        fixed=({"file_format": "ics"}, {"file_format": "pdf"}),
    ),
    Page("events:schedules", of="advocacy day", may=oracle.events.prints_schedules),
    Page("events:briefs", of="advocacy day", may=oracle.events.follows_day, exports=True),
    Page("events:brief", of="appointment", may=oracle.events.follows_day, exports=True),
    Page("events:brief_paper", of="appointment", may=oracle.events.follows_day, exports=True),
    Page("events:results", of="advocacy day", may=oracle.events.follows_day),
    Page(
        "events:results_export",
        of="advocacy day",
        may=oracle.events.follows_day,
        fixed=ANY_FORMAT,
        exports=True,
        leaves_trace=True,
    ),
    Page(
        "events:board_watch",
        wall=OPEN,
        shown=404,
        fixed=({"token": "no-such-token"},),
        note="A ticket says whether a board has changed, and nothing of it; tried in test_the_day.",
    ),
    Page(
        "events:guest_schedule",
        wall=OPEN,
        shown=410,
        fixed=({"language": "en", "token": "no-such-token"},),
        note="The token is the key to one person's schedule, tried in test_my_schedule.",
    ),
    Page(
        "events:guest_schedule_file",
        wall=OPEN,
        shown=410,
        fixed=({"language": "en", "token": "no-such-token", "file_format": "ics"},),
    ),
]
EVENT_PAGES = [
    Page("events:event_list", lists=Listing("advocacy day", oracle.events.knows_day, _DAYS)),
    Page("events:event_detail", of="advocacy day", may=oracle.events.knows_day),
    Page("events:schedule", of="advocacy day", may=oracle.events.follows_day),
    _run("place", methods=POSTING, post=_guest),
    _run("team_add", methods=POSTING),
    _run("office_add", post=_agency),
    # Nobody who comes has a district, and without the name of a warning there is nothing to accept.
    _run("offices_all", methods=POSTING, acts=oracle.nobody),
    _run("building_add", post=_building),
    _run("warning_accept", shown=302, acts=oracle.nobody),
    _run("propose", "open day", methods=POSTING),
    # It is still being worked out, so there is nothing to take over.
    _run("proposal", "published day", acts=oracle.nobody),
    _run("publish", "published day"),
    _run("team_edit", "team of a day", post=_name),
    _run("member_edit", "member of a day", post=_lead),
    _run("appointment_edit", "open appointment", post=_room),
    _run("appointment_remove", "open appointment"),
    _run("debrief", "published appointment", post=_debrief),
    _run("building_edit", "building of a day", post=_building),
    *DAY_PAGES,
]

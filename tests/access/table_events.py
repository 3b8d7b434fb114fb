"""The access table of Advocacy Days."""

from typing import Any

from advocacy.events.models import AdvocacyEvent, Registration
from tests.access import oracle
from tests.access.page import ANY_FORMAT, OPEN, POSTING, WRITING, Listing, Page
from tests.access.world import Actor, Thing, World

_DAYS = r'class="row-link" href="/advocacy-days/(\d+)/"'
_KEY = "00000000-0000-4000-8000-000000000000"


def _day(world: World, actor: Actor, thing: Thing | None) -> dict[str, Any]:
    """A complete Advocacy Day, as the form sends it."""
    own = thing.chapter if thing else min(actor.logs_for & world.places.keys(), default="A")
    event = AdvocacyEvent.objects.filter(hosts=world.places[own].chapter.pk).first()
    assert event
    owner = actor.user.pk if actor.user and not thing else event.coordinator_id
    return {
        "name": "Health IT Day", "format": "capitol", "hosts": [world.places[own].chapter.pk],
        "jurisdiction": event.jurisdiction_id, "coordinator": owner, "held_on": "2027-08-11", "zone": "America/Chicago",
        "opens_at": "09:00", "closes_at": "16:00", "team_min": 2, "team_max": 5, "walking_minutes": 10,
    }  # fmt: skip


def _again(world: World, actor: Actor, thing: Thing | None) -> dict[str, Any]:
    return {"held_on": "2028-04-12", "form_key": _KEY}


def _reason(world: World, actor: Actor, thing: Thing | None) -> dict[str, Any]:
    return {"reason": "The Capitol is closed."}


def _ask(world: World, actor: Actor, thing: Thing | None) -> dict[str, Any]:
    return {"kind": "fund", "text": "Fund it."}


def _papers(world: World, actor: Actor, thing: Thing | None) -> dict[str, Any]:
    """A shared one of the host chapter."""
    host = world.places[thing.chapter if thing else "A"].chapter
    return {"materials": list(host.materials.all().to_hand_out().values_list("pk", flat=True))}


def _step(world: World, actor: Actor, thing: Thing | None) -> dict[str, Any]:
    return {"text": "Order badges", "due_on": "2027-03-03"}


def _tick(world: World, actor: Actor, thing: Thing | None) -> dict[str, Any]:
    return {"act": "tick"}


def _register(world: World, actor: Actor, thing: Thing | None) -> dict[str, Any]:
    return {"language": "en", "speaks_english": "on", "whereabouts": "none"}


def _somebody(world: World, actor: Actor, thing: Thing | None) -> dict[str, Any]:
    return {"name": "Kim Ito", "email": "kim@example.org", **_register(world, actor, thing)}


def _correct(world: World, actor: Actor, thing: Thing | None) -> dict[str, Any]:
    return {"name": "Kim Ito", "topics": "Data", **_register(world, actor, thing)}


def _recognition(world: World, actor: Actor, thing: Thing | None) -> dict[str, Any]:
    own = thing.chapter if thing else min(actor.logs_for & world.places.keys(), default="A")
    event = AdvocacyEvent.objects.filter(hosts=world.places[own].chapter.pk).first()
    assert event
    return {
        "kind": "proclamation", "direction": "received", "title": "Health IT Week", "office": "Mayor of Harbor",
        "chapter": world.places[own].chapter.pk, "status": "requested", "due_on": "2027-03-03",
        "owner": event.coordinator_id if thing else actor.user.pk if actor.user else "",
    }  # fmt: skip


_TRIED = "What it shows and takes is tried in tests/events/test_public_registration.py."


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
        post=lambda world, actor, thing: {"status": "moved", "starts_at": "10:40"},
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
    Page(
        "events:survey",
        WRITING,
        of="open day",
        may=oracle.events.is_asked_how_it_was,
        post=lambda world, actor, thing: {"recommends": "9"},
    ),
    Page(
        "events:guest_survey",
        WRITING,
        wall=OPEN,
        shown=410,
        done=410,
        acts=oracle.nobody,
        fixed=({"language": "en", "token": "no-such-token"},),
        note="The token is the key to one person's place, tried in test_survey.",
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
    Page("events:event_new", WRITING, may=oracle.events.begins_days, post=_day),
    Page("events:event_edit", WRITING, of="advocacy day", may=oracle.events.runs_day, post=_day),
    Page(
        "events:event_move",
        WRITING,
        of="advocacy day",
        fixed=({"move": "cancel"},),
        may=oracle.events.runs_day,
        post=_reason,
        note="The other moves are tried in tests/events/test_life.py: each needs a day that stands where it begins.",
    ),
    Page("events:event_copy", WRITING, of="advocacy day", may=oracle.events.runs_day, post=_again),
    Page("events:ask_list", WRITING, of="advocacy day", may=oracle.events.runs_day, post=_ask),
    Page("events:material_list", WRITING, of="advocacy day", may=oracle.events.runs_day, post=_papers),
    Page("events:ask_edit", WRITING, of="ask of a day", may=oracle.events.runs_day, post=_ask),
    Page(
        "events:checklist",
        WRITING,
        of="advocacy day",
        may=oracle.events.follows_day,
        may_post=oracle.events.runs_day,
        post=_step,
    ),
    Page("events:checklist_item", WRITING, of="step of a day", may=oracle.events.runs_day, post=_tick),
    Page("events:recognition_list"),
    Page("events:recognition_new", WRITING, may=oracle.events.begins_days, post=_recognition),
    Page(
        "events:recognition_edit",
        WRITING,
        of="recognition",
        may=oracle.events.keeps_recognition,
        post=_recognition,
    ),
    Page("events:register", WRITING, of="open day", may=oracle.events.knows_day, post=_register),
    Page(
        "events:register_find",
        ("GET", "HEAD", "POST"),
        of="open day",
        may=oracle.events.knows_day,
        shown=302,
        done=200,
        acts=oracle.nobody,
        post=_register,
    ),
    Page(
        "events:people",
        of="advocacy day",
        may=oracle.events.runs_day,
    ),
    Page(
        "events:people_export",
        of="advocacy day",
        may=oracle.events.runs_day,
        fixed=ANY_FORMAT,
        exports=True,
        leaves_trace=True,
    ),
    Page("events:person_add", WRITING, of="open day", may=oracle.events.runs_day, post=_somebody),
    Page("events:person_edit", WRITING, of="registration", may=oracle.events.runs_day, post=_correct),
    *(
        Page(
            f"events:{name}",
            WRITING,
            wall=OPEN,
            may=oracle.nobody,
            fixed=({"key": _KEY, "language": "en"},),
            note=_TRIED,
        )
        for name in ("public", "public_find")
    ),
    Page(
        "events:my_place",
        WRITING,
        wall=OPEN,
        shown=410,
        done=410,
        acts=oracle.nobody,
        fixed=({"language": "en", "token": "no-such-token"},),
        note=_TRIED,
    ),
]

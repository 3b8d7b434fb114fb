"""Advocacy Days (DOMAIN.md W5): who knows of one, who reads its whole schedule, who prepares it."""

from tests.access.oracle.standing import has_a_role, leads
from tests.access.world import Actor, Thing


def knows_day(actor: Actor, day: Thing) -> bool:
    """What is announced everybody with a role; an idea its hosts, leads and staff."""
    if not has_a_role(actor):
        return False
    return day.state != "idea" or follows_day(actor, day)


def runs_day(actor: Actor, day: Thing) -> bool:
    """Its coordinator, the advocates of its host chapter, staff."""
    return has_a_role(actor) and (
        actor.is_staff or day.chapter in actor.advocate_of or day.owner == actor.name
    )


def follows_day(actor: Actor, day: Thing) -> bool:
    return has_a_role(actor) and (leads(actor) or runs_day(actor, day) or day.chapter in actor.reads_chapters)


def has_a_schedule(actor: Actor, day: Thing) -> bool:
    """Its coordinator has a place in the world of the canaries; once it is published."""
    return has_a_role(actor) and day.state == "published" and day.owner == actor.name


def is_asked_how_it_was(actor: Actor, day: Thing) -> bool:
    """Its coordinator has come, in the world of the canaries."""
    return has_a_role(actor) and day.owner == actor.name


def prints_schedules(actor: Actor, day: Thing) -> bool:
    return day.state == "published" and runs_day(actor, day)


def is_held_today(actor: Actor, day: Thing) -> bool:
    """Those that are published are held on the day of the canaries; the others are still to come."""
    return day.state == "published"


def knows_recognition(actor: Actor, recognition: Thing) -> bool:
    """One that was given or received everybody with a role; one that is asked for its chapter, leads and staff."""
    if not has_a_role(actor):
        return False
    return recognition.state == "done" or leads(actor) or recognition.chapter in actor.reads_chapters


def keeps_recognition(actor: Actor, recognition: Thing) -> bool:
    return has_a_role(actor) and (actor.is_staff or recognition.chapter in actor.logs_for)


def begins_days(actor: Actor, thing: Thing | None = None) -> bool:
    """Whoever logs for a chapter, and staff."""
    return has_a_role(actor) and (actor.is_staff or bool(actor.logs_for))

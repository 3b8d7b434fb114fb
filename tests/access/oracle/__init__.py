"""The rules of DOMAIN.md §3, §4.8, W1 and W9 once more, in plain Python over the facts of the world.

Written without a look at `visible_to`: where the two disagree, one of them is wrong. Nothing here reads the database.
A room for each part of the portal; this one answers for any page.
"""

from tests.access.oracle import (
    campaigns,
    events,
    letters,
    log,
    meetings,
    partners,
    people,
    positions,
    record,
    reports,
    research,
    stances,
)
from tests.access.oracle.standing import Rule, has_a_role, leads, nobody, only_staff
from tests.access.world import Actor, Thing, World

__all__ = [
    "Rule",
    "campaigns",
    "events",
    "has_a_role",
    "leads",
    "letters",
    "log",
    "may_see",
    "meetings",
    "nobody",
    "only_staff",
    "partners",
    "people",
    "positions",
    "record",
    "reports",
    "research",
    "seen",
    "stances",
]

_SEEN: dict[str, Rule] = {
    "interaction": log.sees_record,
    "impression": log.reads_impression,
    "followup": log.reads_followup,
    "request": log.reads_request,
    "leaver decision": log.decides_about_leaver,
    "person": people.knows,
    "saved search": people.owns_saved_search,
    "report": record.reads_report,
    "chapter report": reports.reads_month,
    "research activity": research.reads_activity,
    "finding": research.reads_activity,
    "kept back": research.keeps_activity,
    "analysis": research.reads_analysis,
    "position": positions.reads_position,
    "tracking": positions.reads_position,
    "testimony": positions.reads_testimony,
    "archived tracking": positions.reads_position,
    "note": positions.reads_note,
    "stance": stances.reads_stance,
    "campaign": campaigns.reads_campaign,
    "campaign recipient": campaigns.knows_contact,
    "campaign letter": campaigns.knows_contact,
    "advocacy day": events.knows_day,
    "registration": events.runs_day,
    "appointment": events.follows_day,
    "proof": lambda actor, proof: proof.of is not None and log.sees_record(actor, proof.of),
    "invitation": people.handles_invitation,
    "legal facts": people.knows_legal_facts,
    "message": people.receives,
    "letter": people.receives,
    "meeting": meetings.of_the_task_force,
    "action item": meetings.reads_action_item,
    "sign-on letter": letters.reads_letter,
    "organisation": letters.works_with_partners,
    "coalition": letters.reads_letter,
    "grasstops contact": partners.reads_grasstops,
    "touch": partners.reads_touch,
    "job": lambda actor, job: has_a_role(actor) and (actor.is_staff or job.owner == actor.name),
}


def may_see(actor: Actor, thing: Thing) -> bool:
    """Whether there is any page at all on which this actor may meet the words of this thing."""
    return _SEEN.get(thing.kind, has_a_role)(actor, thing)


def seen(world: World, actor: Actor, kind: str, rule: Rule) -> set[int]:
    """The keys of everything of a kind that the rule opens to the actor."""
    return {thing.pk for thing in world.of_kind(kind) if rule(actor, thing)}

"""Research: activities, what stays behind their forms, analyses, the peer library (DOMAIN.md W8, §4.8)."""

from tests.access.oracle.standing import has_a_role, leads
from tests.access.world import CHAPTER, RESTRICTED, Actor, Thing


def logs(actor: Actor, thing: Thing | None = None) -> bool:
    return has_a_role(actor) and (actor.is_staff or bool(actor.logs_for))


def writes(actor: Actor, thing: Thing | None = None) -> bool:
    """The lead writes for the society, too."""
    return logs(actor) or leads(actor)


def reads_activity(actor: Actor, activity: Thing) -> bool:
    """As the log: shared in its state, else its chapter, else its advocates; who keeps it while they belong."""
    if not has_a_role(actor):
        return False
    if actor.is_staff or activity.chapter in actor.advocate_of:
        return True
    if activity.author == actor.name and activity.chapter in actor.belongs_to:
        return True
    if activity.level == RESTRICTED:
        return False
    if activity.chapter in actor.reads_chapters:
        return True
    near = actor.is_lead or bool(activity.jurisdictions & actor.shares)
    return activity.level != CHAPTER and near


def keeps_activity(actor: Actor, activity: Thing) -> bool:
    own = activity.author == actor.name and activity.chapter in actor.logs_for
    return has_a_role(actor) and (actor.is_staff or own or activity.chapter in actor.advocate_of)


def uses_finding(actor: Actor, finding: Thing) -> bool:
    return reads_activity(actor, finding) and writes(actor)


def reads_analysis(actor: Actor, analysis: Thing) -> bool:
    """What is published everybody; before, its author and those who write or review for its holder."""
    if not has_a_role(actor):
        return False
    own = analysis.author == actor.name and analysis.chapter in actor.belongs_to
    near = analysis.chapter in actor.advocate_of | actor.president_of
    return analysis.state == "published" or leads(actor) or own or near


def edits_analysis(actor: Actor, analysis: Thing) -> bool:
    own = analysis.author == actor.name and analysis.chapter in actor.logs_for
    nation = actor.is_lead and not analysis.chapter
    theirs = actor.is_staff or own or nation or analysis.chapter in actor.advocate_of
    return has_a_role(actor) and analysis.state == "draft" and theirs


def takes_the_next_step(actor: Actor, analysis: Thing) -> bool:
    """A draft is submitted by who edits it, reviewed by somebody else than its author, and then begun anew."""
    if not has_a_role(actor):
        return False
    if analysis.state == "draft":
        return edits_analysis(actor, analysis)
    if analysis.state == "published":
        return (
            actor.is_staff or analysis.chapter in actor.logs_for or (actor.is_lead and not analysis.chapter)
        )
    theirs = analysis.chapter in actor.advocate_of | actor.president_of or (
        actor.is_lead and not analysis.chapter
    )
    return analysis.author != actor.name and (actor.is_staff or theirs)


def keeps_lesson(actor: Actor, lesson: Thing) -> bool:
    own = lesson.author == actor.name and lesson.chapter in actor.logs_for
    return has_a_role(actor) and (actor.is_staff or own or lesson.chapter in actor.advocate_of)

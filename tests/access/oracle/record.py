"""The public record: who keeps it right."""

from tests.access.oracle.standing import has_a_role
from tests.access.world import Actor, Thing


def keeps_staffer(actor: Actor, staffer: Thing) -> bool:
    """Whoever added a staffer keeps the entry right, and staff."""
    return has_a_role(actor) and (actor.is_staff or staffer.author == actor.name)


def checks_profiles(actor: Actor, official: Thing) -> bool:
    """An advocate's word counts, and that of national staff."""
    return has_a_role(actor) and (actor.is_staff or bool(actor.advocate_of))


def reported(actor: Actor, report: Thing) -> bool:
    """One's own reports of something wrong."""
    return has_a_role(actor) and report.author == actor.name


def reads_report(actor: Actor, report: Thing) -> bool:
    """Whoever wrote it, and national staff, who answer."""
    return has_a_role(actor) and (actor.is_staff or report.author == actor.name)

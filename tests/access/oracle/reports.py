"""Reports of the chapters."""

from tests.access.oracle.standing import has_a_role, leads
from tests.access.world import Actor, Thing


def reads_month(actor: Actor, report: Thing) -> bool:
    """A chapter's monthly report: those who read the chapter, the lead and staff."""
    return has_a_role(actor) and (leads(actor) or report.chapter in actor.reads_chapters)


def writes_month(actor: Actor, report: Thing) -> bool:
    """Its words are its advocates' alone, and only while it is with them."""
    return has_a_role(actor) and report.chapter in actor.advocate_of

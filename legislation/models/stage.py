"""The steps of a measure on its way, and what it has come to in each of them."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Stage(models.TextChoices):
    """The normalised steps of DOMAIN.md §4.17 and, after *replaced*, those of regulations (§4.18).

    One neutral concept for several local words: the proposal of a rule is Canada Gazette, Part I, its making Part II.
    """

    PREFILED = "prefiled", _("Pre-filed")
    INTRODUCED = "introduced", _("Introduced")
    COMMITTEE_1 = "committee_1", _("In committee")
    HEARING_1 = "hearing_1", _("Hearing held")
    REPORTED_1 = "reported_1", _("Reported out")
    PRINCIPLE = "principle", _("Second reading")
    COMMITTEE_STUDY = "committee_study", _("Committee study")
    REPORT_STAGE = "report_stage", _("Report stage")
    PASSED_1 = "passed_1", _("Passed first chamber")
    COMMITTEE_2 = "committee_2", _("In committee, second chamber")
    HEARING_2 = "hearing_2", _("Hearing held, second chamber")
    REPORTED_2 = "reported_2", _("Reported out, second chamber")
    PASSED_2 = "passed_2", _("Passed second chamber")
    RECONCILING = "reconciling", _("Chambers reconciling")
    ENROLLED = "enrolled", _("Awaiting signature or assent")
    ENACTED = "enacted", _("Enacted")
    IN_FORCE = "in_force", _("In force")
    VETOED = "vetoed", _("Vetoed")
    FAILED = "failed", _("Voted down or withdrawn")
    DIED = "died", _("Ran out of time")
    CARRIED_OVER = "carried_over", _("Carried over")
    REPLACED = "replaced", _("Replaced by another measure")
    PRE_RULE = "pre_rule", _("Consultation before a proposal")
    PROPOSED = "proposed", _("Proposed, comments open")
    COMMENT_EXTENDED = "comment_extended", _("Comments extended or reopened")
    COMMENT_CLOSED = "comment_closed", _("Comments closed")
    FINAL = "final", _("Made, not yet in force")
    WITHDRAWN = "withdrawn", _("Proposal withdrawn")
    CHALLENGED = "challenged", _("Challenged in court")


class Result(models.TextChoices):
    """How a measure ended. One that was voted down is kept apart from one that ran out of time."""

    ENACTED = "enacted", _("Enacted")
    VOTED_DOWN = "voted_down", _("Voted down")
    RAN_OUT_OF_TIME = "ran_out_of_time", _("Ran out of time")
    VETOED = "vetoed", _("Vetoed")
    REPLACED = "replaced", _("Replaced")
    OPEN = "open", _("Open")


# Stages that end a measure. Carried over is none: it goes on in the next year; so does a rule before a court.
RESULTS: dict[str, Result] = {
    Stage.ENACTED: Result.ENACTED,
    Stage.IN_FORCE: Result.ENACTED,
    Stage.FINAL: Result.ENACTED,
    Stage.FAILED: Result.VOTED_DOWN,
    Stage.WITHDRAWN: Result.VOTED_DOWN,
    Stage.DIED: Result.RAN_OUT_OF_TIME,
    Stage.VETOED: Result.VETOED,
    Stage.REPLACED: Result.REPLACED,
}
TERMINAL_STAGES = frozenset(RESULTS)
PASSED_A_CHAMBER = frozenset({Stage.PASSED_1, Stage.PASSED_2})
# One that is recalled stands among the first again; one that was carried over stands where it stood before.
IN_THE_FIRST_CHAMBER = frozenset(
    {
        Stage.PREFILED,
        Stage.INTRODUCED,
        Stage.COMMITTEE_1,
        Stage.HEARING_1,
        Stage.REPORTED_1,
        Stage.PRINCIPLE,
        Stage.COMMITTEE_STUDY,
        Stage.REPORT_STAGE,
    }
)
BEYOND_THE_FIRST_CHAMBER = frozenset(
    {
        Stage.PASSED_1,
        Stage.COMMITTEE_2,
        Stage.HEARING_2,
        Stage.REPORTED_2,
        Stage.PASSED_2,
        Stage.RECONCILING,
        Stage.ENROLLED,
    }
)


def result_of(stage: str) -> Result:
    """What a measure in this stage has come to; *open* in any stage that does not end it, or in none."""
    return RESULTS.get(stage, Result.OPEN)

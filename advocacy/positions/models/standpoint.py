"""What a position says, and how it turned out for us when the measure ended."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from legislation.models import Result


class Standpoint(models.TextChoices):
    """What a position says (DOMAIN.md §4.4)."""

    SUPPORT = "support", _("Support")
    SUPPORT_IF_AMENDED = "support_if_amended", _("Support if amended")
    NEUTRAL = "neutral", _("Neutral")
    MONITOR = "monitor", _("Monitor")
    OPPOSE_UNLESS_AMENDED = "oppose_unless_amended", _("Oppose unless amended")
    OPPOSE = "oppose", _("Oppose")
    NO_POSITION_YET = "no_position_yet", _("No position yet")


class Amendments(models.TextChoices):
    """How many of the amendments we asked for are in the final text."""

    ALL = "all", _("All")
    SOME = "some", _("Some")
    NONE = "none", _("None of them")


class Contribution(models.TextChoices):
    """Our part in how a measure ended, shown beside every win."""

    LED = "led", _("Led")
    COALITION = "coalition", _("In a coalition")
    MONITORED = "monitored", _("Monitored only")


class Score(models.TextChoices):
    """How a measure ended for us (DOMAIN.md §6.4)."""

    WIN = "win", _("Win")
    MIXED = "mixed", _("Mixed")
    LOSS = "loss", _("Loss")
    OPEN = "open", _("Open")
    NOT_SCORED = "not_scored", _("Not scored")


IN_FAVOUR = (Standpoint.SUPPORT, Standpoint.SUPPORT_IF_AMENDED)
AGAINST = (Standpoint.OPPOSE, Standpoint.OPPOSE_UNLESS_AMENDED)


def are_opposite(one: str, other: str) -> bool:
    """One is for the measure, the other against it; neutral and monitor contradict nobody."""
    return (one in IN_FAVOUR and other in AGAINST) or (one in AGAINST and other in IN_FAVOUR)


def score_of(standpoint: str, result: str, amendments: str = "") -> Score:
    """The table of DOMAIN.md §6.4. A replaced measure is open: its text goes on under another number."""
    if standpoint not in IN_FAVOUR + AGAINST:
        return Score.NOT_SCORED
    if result in (Result.OPEN, Result.REPLACED):
        return Score.OPEN
    if result != Result.ENACTED:
        return Score.LOSS if standpoint in IN_FAVOUR else Score.WIN
    if standpoint == Standpoint.SUPPORT:
        return Score.WIN
    if standpoint == Standpoint.OPPOSE:
        return Score.LOSS
    if amendments in (Amendments.ALL, Amendments.SOME):
        return Score.WIN
    return Score.MIXED if standpoint == Standpoint.SUPPORT_IF_AMENDED else Score.LOSS

"""What we think of a measure: proposed, approved or not, kept with its dates, and scored when the measure ends."""

from datetime import date
from typing import TYPE_CHECKING, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from advocacy.positions.models.tracking import near
from legislation.models import Fate, Measure, Result
from members.access import reach_of
from members.models import Chapter

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from advocacy.accounts.models import User


class Standpoint(models.TextChoices):
    """What a position says (DOMAIN.md §4.4)."""

    SUPPORT = "support", _("Support")
    SUPPORT_IF_AMENDED = "support_if_amended", _("Support if amended")
    NEUTRAL = "neutral", _("Neutral")
    MONITOR = "monitor", _("Monitor")
    OPPOSE_UNLESS_AMENDED = "oppose_unless_amended", _("Oppose unless amended")
    OPPOSE = "oppose", _("Oppose")
    NO_POSITION_YET = "no_position_yet", _("No position yet")


class PositionStatus(models.TextChoices):
    PROPOSED = "proposed", _("Proposed")
    APPROVED = "approved", _("Approved")
    DECLINED = "declined", _("Not approved")
    WITHDRAWN = "withdrawn", _("Withdrawn")


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


class PositionQuerySet(models.QuerySet["Position"]):
    def visible_to(self, user: "User | AnonymousUser") -> Self:
        """What was approved is known to all colleagues; a proposal to those it concerns."""
        reach = reach_of(user)
        if reach.is_empty:
            return self.none()
        if reach.reads_every_shared_record:
            return self.all()
        return self.filter(Q(approved_on__isnull=False) | near(reach))

    def approved(self) -> Self:
        """Approved once: also those that another one has replaced since, for the days on which they held."""
        return self.filter(approved_on__isnull=False)

    def usable(self) -> Self:
        """What may be used in campaigns, testimony and sign-ons today. Nothing else ever is."""
        return self.filter(status=PositionStatus.APPROVED, ends_on=None)

    def in_force(self, day: date) -> Self:
        return self.filter(approved_on__lte=day).filter(Q(ends_on=None) | Q(ends_on__gt=day))

    def proposed(self) -> Self:
        return self.filter(status=PositionStatus.PROPOSED)


class Position(models.Model):
    """What a chapter, or the society, thinks of a measure. It counts once somebody has approved it.

    It holds from `approved_on` until `ends_on`, the first day without it: the day another one was approved in its
    place, or it was withdrawn. Nothing is overwritten, so the rows of one holder are the history.
    """

    measure = models.ForeignKey(
        Measure, on_delete=models.PROTECT, related_name="positions", verbose_name=_("measure")
    )
    chapter = models.ForeignKey(
        Chapter,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="positions",
        verbose_name=_("chapter"),
        help_text=_("Empty: the society itself."),
    )
    position = models.CharField(_("position"), max_length=21, choices=Standpoint.choices)
    status = models.CharField(
        _("status"), max_length=9, choices=PositionStatus.choices, default=PositionStatus.PROPOSED
    )
    rationale = models.TextField(_("why"), max_length=2000, blank=True)
    proposed_on = models.DateField(_("proposed on"))
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("proposed by"),
    )
    approved_on = models.DateField(_("approved on"), null=True, blank=True)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("approved by"),
    )
    ends_on = models.DateField(
        _("first day without it"), null=True, blank=True, help_text=_("Empty while it holds.")
    )
    amendments_obtained = models.CharField(
        _("amendments obtained"), max_length=4, choices=Amendments.choices, blank=True
    )
    contribution = models.CharField(
        _("our part in it"), max_length=9, choices=Contribution.choices, blank=True
    )

    objects: ClassVar[models.Manager["Position"]] = models.Manager.from_queryset(PositionQuerySet)()

    class Meta:
        verbose_name = _("position")
        verbose_name_plural = _("positions")
        ordering = ["measure", "chapter", "-proposed_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(approved_on=None, approved_by=None)
                | Q(approved_on__isnull=False, approved_by__isnull=False),
                name="positions_position_approval_says_who_and_when",
                violation_error_message=_("An approval says who gave it, and when."),
            ),
            models.CheckConstraint(
                condition=Q(status=PositionStatus.APPROVED, approved_on__isnull=False)
                | Q(status__in=(PositionStatus.PROPOSED, PositionStatus.DECLINED), approved_on=None)
                | Q(status=PositionStatus.WITHDRAWN, approved_on=None)
                | Q(status=PositionStatus.WITHDRAWN, ends_on__isnull=False),
                name="positions_position_status_goes_with_its_dates",
                violation_error_message=_(
                    "An approved position has an approval, a proposed or declined one has none, and one withdrawn "
                    "after its approval says when it ended."
                ),
            ),
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(approved_on__isnull=False, ends_on__gte=F("approved_on")),
                name="positions_position_ends_after_it_was_approved",
                violation_error_message=_("A position ends on or after the day of its approval."),
            ),
            models.CheckConstraint(
                condition=Q(approved_on=None) | Q(approved_on__gte=F("proposed_on")),
                name="positions_position_is_proposed_before_it_is_approved",
                violation_error_message=_("A position is approved on or after the day of its proposal."),
            ),
            models.UniqueConstraint(
                fields=["measure", "chapter"],
                condition=Q(status=PositionStatus.APPROVED, ends_on=None, chapter__isnull=False),
                name="positions_position_one_holds_per_chapter",
                violation_error_message=_(
                    "This chapter has an approved position on this measure: end that one first."
                ),
            ),
            models.UniqueConstraint(
                fields=["measure"],
                condition=Q(status=PositionStatus.APPROVED, ends_on=None, chapter=None),
                name="positions_position_one_holds_for_the_society",
                violation_error_message=_(
                    "The society has an approved position on this measure: end that one first."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.measure} · {self.holder}: {self.label}"

    @property
    def holder(self) -> str:
        return str(self.chapter) if self.chapter else gettext("Society")

    @property
    def label(self) -> str:
        """As it may be shown: nobody takes a proposal for a position."""
        text = str(self.get_position_display())
        if self.status == PositionStatus.APPROVED:
            return text
        return gettext("%(status)s: %(position)s") % {"status": self.get_status_display(), "position": text}

    @property
    def is_current(self) -> bool:
        """It holds, or waits for a decision."""
        return self.ends_on is None and self.status in (PositionStatus.APPROVED, PositionStatus.PROPOSED)

    def held_when(self, fate: Fate) -> bool:
        """Approved before the day on which the measure ended, and still held on the day before (§6.4)."""
        if fate.since is None or self.approved_on is None:
            return False
        return self.approved_on < fate.since and (self.ends_on is None or self.ends_on >= fate.since)

    def came_too_late(self, fate: Fate) -> bool:
        """Approved on the day on which the measure ended, or after it: it is not scored."""
        if fate.is_open or fate.since is None or self.approved_on is None:
            return False
        return self.approved_on >= fate.since

    def score(self, fate: Fate) -> Score:
        return score_of(self.position, fate.result, self.amendments_obtained)

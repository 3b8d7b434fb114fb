"""What we think of a measure: proposed, decided about step by step, and kept with its dates (DOMAIN.md W3)."""

from datetime import date
from typing import TYPE_CHECKING, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, OuterRef, Q, Subquery
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from advocacy.positions.models.approval_step import APPROVING, ApprovalStep, Ruling
from advocacy.positions.models.issue import Issue
from advocacy.positions.models.outcome import said_by_the_holder
from advocacy.positions.models.standpoint import Contribution, Score, Standpoint, are_opposite, score_of
from advocacy.positions.models.tracking import near
from legislation.models import Fate, Hearing, LegislativeSession, Measure, TextVersion
from members.access import reach_of
from members.models import Chapter

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from advocacy.accounts.models import User


class PositionStatus(models.TextChoices):
    PROPOSED = "proposed", _("Proposed")
    APPROVED = "approved", _("Approved")
    DECLINED = "declined", _("Not approved")
    WITHDRAWN = "withdrawn", _("Withdrawn")


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

    def holding(self) -> Self:
        """Approved by its dates, and not ended."""
        return self.filter(status=PositionStatus.APPROVED, ends_on=None)

    def usable(self) -> Self:
        """What may be used in campaigns, testimony and sign-ons today. Nothing else ever is.

        Its own national check approved it, and approved exactly what it says.
        """
        return self.holding().filter(
            approval__position=F("pk"),
            approval__step=ApprovalStep.NATIONAL,
            approval__ruling__in=APPROVING,
            approval__standpoint=F("position"),
        )

    def in_force(self, day: date) -> Self:
        return self.filter(approved_on__lte=day).filter(Q(ends_on=None) | Q(ends_on__gt=day))

    def proposed(self) -> Self:
        return self.filter(status=PositionStatus.PROPOSED)

    def withdrawable_by(self, user: "User | AnonymousUser") -> Self:
        """The board of its chapter and staff, whatever it is; a proposal also by whoever made it."""
        reach = reach_of(user)
        alive = self.visible_to(user).filter(ends_on=None)
        alive = alive.filter(status__in=(PositionStatus.PROPOSED, PositionStatus.APPROVED))
        if reach.is_staff:
            return alive
        board = Q(chapter__in=reach.advocate_of | reach.president_of)
        own = Q(status=PositionStatus.PROPOSED, proposed_by=reach.person_id, chapter__in=reach.belongs_to)
        nation = Q(chapter=None) if reach.is_lead else Q(pk__in=())
        return alive.filter(board | own | nation)

    def with_newest_text(self) -> Self:
        """Adds `newest_text`, the key of the measure's newest text, and `newest_text_on`, its date where known."""
        newest = TextVersion.objects.filter(measure=OuterRef("measure")).order_by(
            F("on").desc(nulls_last=True), "-order", "-pk"
        )
        return self.annotate(
            newest_text=Subquery(newest.values("pk")[:1]), newest_text_on=Subquery(newest.values("on")[:1])
        )

    def with_outcome(self) -> Self:
        """Adds what its holder recorded once the measure had ended: `contribution` and `amendments_obtained`."""
        names = ("contribution", "amendments_obtained")
        return self.annotate(**{name: said_by_the_holder(name) for name in names})


class Position(models.Model):
    """What a chapter, or the society, thinks of a measure. It counts once somebody has approved it.

    It holds from `approved_on` until `ends_on`, the first day without it: the day another one was approved in its
    place, or it was withdrawn. Nothing is overwritten, so the rows of one holder are the history. `approval` is the
    decision of the last step; without one no row is approved.
    """

    # Only on rows of `with_newest_text`.
    newest_text: int | None
    # Only on rows of `with_outcome`.
    contribution: str
    amendments_obtained: str
    newest_text_on: date | None

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
    text_version = models.ForeignKey(
        TextVersion,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("text it refers to"),
        help_text=_("When a newer text appears, the position needs review."),
    )
    rationale = models.TextField(_("why"), max_length=2000, blank=True)
    principles = models.ManyToManyField(
        Issue,
        blank=True,
        related_name="+",
        verbose_name=_("principles it rests on"),
        help_text=_("From the public policy principles."),
    )
    requested_amendments = models.TextField(
        _("amendments we ask for"), max_length=4000, blank=True, help_text=_("As they should read.")
    )
    requested_by = models.CharField(
        _("requested by"),
        max_length=120,
        blank=True,
        help_text=_("Who asks us for it: an office, a partner, a committee of the chapter."),
    )
    needed_by = models.DateField(_("needed by"), null=True, blank=True)
    is_expedited = models.BooleanField(
        _("expedite"),
        default=False,
        help_text=_("To be decided within 1 business day instead of 5, for a hearing at short notice."),
    )
    hearing = models.ForeignKey(
        Hearing,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("for this hearing"),
    )
    created_at = models.DateTimeField(auto_now_add=True)
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
    approval = models.OneToOneField(
        "PositionDecision",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("approved by the decision"),
    )
    ends_on = models.DateField(
        _("first day without it"), null=True, blank=True, help_text=_("Empty while it holds.")
    )

    objects: ClassVar[models.Manager["Position"]] = models.Manager.from_queryset(PositionQuerySet)()

    class Meta:
        verbose_name = _("position")
        verbose_name_plural = _("positions")
        ordering = ["measure", "chapter", "-proposed_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(approved_on=None, approved_by=None, approval=None)
                | Q(approved_on__isnull=False, approved_by__isnull=False, approval__isnull=False),
                name="positions_position_approval_says_who_and_when",
                violation_error_message=_(
                    "An approval is a decision of the last step, and says who gave it, and when."
                ),
            ),
            models.CheckConstraint(
                condition=Q(status__in=PositionStatus.values),
                name="positions_position_has_a_known_status",
                violation_error_message=_("A position is proposed, approved, not approved, or withdrawn."),
            ),
            models.CheckConstraint(
                condition=Q(needed_by=None) | Q(needed_by__gte=F("proposed_on")),
                name="positions_position_is_not_needed_before_its_proposal",
                violation_error_message=_("A position is needed on or after the day of its proposal."),
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
            models.UniqueConstraint(
                fields=["measure", "chapter"],
                condition=Q(status=PositionStatus.PROPOSED, chapter__isnull=False),
                name="positions_position_one_waits_per_chapter",
                violation_error_message=_(
                    "A proposal of this chapter on this measure waits already: withdraw that one first."
                ),
            ),
            models.UniqueConstraint(
                fields=["measure"],
                condition=Q(status=PositionStatus.PROPOSED, chapter=None),
                name="positions_position_one_waits_for_the_society",
                violation_error_message=_(
                    "A proposal of the society on this measure waits already: withdraw that one first."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.measure} · {self.holder}: {self.label}"

    def get_absolute_url(self) -> str:
        return reverse("positions:position_detail", args=[self.pk])

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
    def valid_for(self) -> LegislativeSession:
        """A position is approved for the session that numbers its measure, and for no other."""
        return self.measure.session

    @property
    def our_part(self) -> str:
        """Our part in how it ended, in words. For rows of `with_outcome`."""
        return str(Contribution(self.contribution).label) if self.contribution else ""

    @property
    def text_has_changed(self) -> bool:
        """A newer text appeared than the one it refers to, or than its day. For rows of `with_newest_text`."""
        if self.newest_text is None or not self.is_current:
            return False
        if self.text_version_id is not None:
            return self.newest_text != self.text_version_id
        return self.newest_text_on is not None and self.newest_text_on > self.proposed_on

    def contradicts(self, other: "Position") -> bool:
        """On the same measure another holder stands on the opposite side."""
        is_other = self.measure_id == other.measure_id and self.chapter_id != other.chapter_id
        return is_other and are_opposite(self.position, other.position)

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
        """For rows of `with_outcome`: amendments make the difference."""
        return score_of(self.position, fate.result, self.amendments_obtained)


class PositionDecisionQuerySet(models.QuerySet["PositionDecision"]):
    def visible_to(self, user: "User | AnonymousUser") -> Self:
        """With the position that it is about."""
        return self.filter(position__in=Position.objects.visible_to(user).order_by().values("pk"))


class PositionDecision(models.Model):
    """In one step somebody decided about a proposed position: who, when, what, and in which words.

    `standpoint` is what the position said then: an approval holds for that and for nothing else.
    """

    position = models.ForeignKey(
        Position, on_delete=models.PROTECT, related_name="decisions", verbose_name=_("position")
    )
    step = models.CharField(_("step"), max_length=8, choices=ApprovalStep.choices)
    ruling = models.CharField(_("decision"), max_length=14, choices=Ruling.choices)
    standpoint = models.CharField(_("about"), max_length=21, choices=Standpoint.choices)
    words = models.TextField(_("in words"), max_length=2000, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("decided by")
    )
    decided_on = models.DateField(_("decided on"))
    decided_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[models.Manager["PositionDecision"]] = models.Manager.from_queryset(
        PositionDecisionQuerySet
    )()

    class Meta:
        verbose_name = _("decision about a position")
        verbose_name_plural = _("decisions about positions")
        ordering = ["position", "decided_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["position", "step"],
                name="positions_positiondecision_once_per_step",
                violation_error_message=_("This step was decided already."),
            ),
            models.CheckConstraint(
                condition=Q(step__in=ApprovalStep.values, ruling__in=Ruling.values),
                name="positions_positiondecision_has_a_known_step_and_ruling",
                violation_error_message=_("Choose one of the steps and one of the decisions."),
            ),
            models.CheckConstraint(
                condition=Q(ruling=Ruling.APPROVED) | ~Q(words=""),
                name="positions_positiondecision_says_why",
                violation_error_message=_("Say in words what the wording is, or why not."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_step_display()}: {self.get_ruling_display()}"

"""Which measures we follow, and how hard. What the society follows has no chapter."""

from datetime import date
from typing import TYPE_CHECKING, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import OuterRef, Q, Subquery
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from advocacy.positions.models.issue import Issue
from legislation.models import Measure
from members.access import Reach, reach_of
from members.models import Chapter

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from advocacy.accounts.models import User


class Tier(models.IntegerChoices):
    """How hard we work on a measure (DOMAIN.md §4.5)."""

    LEAD = 1, _("1 – Lead")
    ENGAGE = 2, _("2 – Engage")
    MONITOR = 3, _("3 – Monitor")
    ARCHIVE = 4, _("4 – Archive")


TRACKED_TIERS = (Tier.LEAD, Tier.ENGAGE, Tier.MONITOR)


def near(reach: Reach) -> Q:
    """What a chapter does about a measure: for those who read the chapter, or work with that legislature."""
    return Q(chapter__in=reach.reads) | Q(measure__session__jurisdiction__in=reach.shares)


class TrackingQuerySet(models.QuerySet["Tracking"]):
    def visible_to(self, user: "User | AnonymousUser") -> Self:
        """Also what the society follows, for all who read a chapter; plain members follow by the reports."""
        reach = reach_of(user)
        if reach.reads_every_shared_record:
            return self.all()
        return self.filter(near(reach) | Q(chapter=None) if reach.reads else near(reach))

    def with_tier(self, day: date) -> Self:
        """Adds `tier` and `tier_since` as they were at the end of that day: the newest decision says it."""
        newest = TierChange.objects.filter(tracking=OuterRef("pk"), on__lte=day).order_by("-on", "-pk")
        return self.annotate(
            tier=Subquery(newest.values("tier")[:1]), tier_since=Subquery(newest.values("on")[:1])
        )

    def in_tiers(self, day: date, *tiers: int) -> Self:
        return self.with_tier(day).filter(tier__in=tiers)

    def tracked(self, day: date) -> Self:
        """Followed at the end of that day: in tiers 1 to 3."""
        return self.in_tiers(day, *TRACKED_TIERS)


class Tracking(models.Model):
    """A chapter, or the society, follows a measure: who looks after it, and why it matters.

    Its tier is what the newest `TierChange` says; what is archived stays here, in tier 4.
    """

    # Only on rows of `with_tier`.
    tier: int | None
    tier_since: date | None

    measure = models.ForeignKey(
        Measure, on_delete=models.PROTECT, related_name="trackings", verbose_name=_("measure")
    )
    chapter = models.ForeignKey(
        Chapter,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="trackings",
        verbose_name=_("chapter"),
        help_text=_("Empty: the society itself."),
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("owner"),
        help_text=_("Who looks after it."),
    )
    why = models.TextField(_("why it matters"), max_length=500, blank=True)
    issues = models.ManyToManyField(Issue, blank=True, related_name="trackings", verbose_name=_("issues"))

    objects: ClassVar[models.Manager["Tracking"]] = models.Manager.from_queryset(TrackingQuerySet)()

    class Meta:
        verbose_name = _("tracked measure")
        verbose_name_plural = _("tracked measures")
        ordering = ["measure", "chapter", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["measure", "chapter"],
                condition=Q(chapter__isnull=False),
                name="positions_tracking_once_per_chapter",
                violation_error_message=_("This chapter follows this measure already."),
            ),
            models.UniqueConstraint(
                fields=["measure"],
                condition=Q(chapter=None),
                name="positions_tracking_once_by_the_society",
                violation_error_message=_("The society follows this measure already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.measure} · {self.holder}"

    @property
    def holder(self) -> str:
        return str(self.chapter) if self.chapter else gettext("Society")


class TierChangeQuerySet(models.QuerySet["TierChange"]):
    def visible_to(self, user: "User | AnonymousUser") -> Self:
        return self.filter(tracking__in=Tracking.objects.visible_to(user).values("pk"))

    def with_tier_before(self) -> Self:
        """Adds `before`: the tier that this decision changed; None where it was the first."""
        earlier = TierChange.objects.filter(tracking=OuterRef("tracking"), on__lt=OuterRef("on"))
        return self.annotate(before=Subquery(earlier.order_by("-on", "-pk").values("tier")[:1]))


class TierChange(models.Model):
    """On that day somebody decided how hard we work on a measure. The newest decision holds."""

    # Only on rows of `with_tier_before`.
    before: int | None

    tracking = models.ForeignKey(
        Tracking, on_delete=models.CASCADE, related_name="tier_changes", verbose_name=_("tracked measure")
    )
    on = models.DateField(_("from"))
    tier = models.PositiveSmallIntegerField(_("tier"), choices=Tier.choices)

    objects: ClassVar[models.Manager["TierChange"]] = models.Manager.from_queryset(TierChangeQuerySet)()

    class Meta:
        verbose_name = _("tier")
        verbose_name_plural = _("tiers")
        ordering = ["tracking", "-on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["tracking", "on"],
                name="positions_tierchange_once_a_day",
                violation_error_message=_("The tier was decided for this day already."),
            ),
            models.CheckConstraint(
                condition=Q(tier__in=Tier.values),
                name="positions_tierchange_is_one_of_four",
                violation_error_message=_("A tier is 1, 2, 3 or 4."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.get_tier_display())

"""Which measures we follow, and how hard. What the society follows has no chapter."""

from datetime import date
from typing import TYPE_CHECKING, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce, Greatest
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from advocacy.kernel.business_days import Workdays
from advocacy.positions.models.issue import Issue
from legislation.models import Measure, MeasureAction, StageEvent
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
# A measure that was added waits no longer than this for its tier (DOMAIN.md W3 step 2).
TRIAGE_BUSINESS_DAYS = 5
# Stands for "never" where days are compared.
_LONG_AGO = date(1, 1, 1)


class Effect(models.TextChoices):
    """What the measure would do to what we stand for."""

    HELPS = "helps", _("Helps")
    HURTS = "hurts", _("Hurts")
    MIXED = "mixed", _("Mixed")
    UNCLEAR = "unclear", _("Unclear")


class Likelihood(models.TextChoices):
    """How likely it is to become law."""

    LOW = "low", _("Low")
    MEDIUM = "medium", _("Medium")
    HIGH = "high", _("High")


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

    def editable_by(self, user: "User | AnonymousUser") -> Self:
        """Its chapter's advocates decide about it; staff about all, and alone about what the society follows."""
        reach = reach_of(user)
        rows = self.visible_to(user)
        return rows if reach.is_staff else rows.filter(chapter__in=reach.advocate_of)

    def open_to_notes_of(self, user: "User | AnonymousUser") -> Self:
        """Whoever logs for the chapter writes notes; staff on all."""
        reach = reach_of(user)
        rows = self.visible_to(user)
        return rows if reach.is_staff else rows.filter(chapter__in=reach.logs_for)

    def looked_after_by(self, user: "User") -> Self:
        """Those that the person owns or watches."""
        watched = TrackingWatcher.objects.filter(tracking=OuterRef("pk"), person=user)
        return self.filter(Q(owner=user) | Q(Exists(watched)))

    def last_moved_first(self, day: date) -> Self:
        """Adds `moved_on`: the newest day, by then, of a stage or an official action; long ago where there is none."""
        stages = StageEvent.objects.filter(measure=OuterRef("measure")).until(day)
        actions = MeasureAction.objects.filter(measure=OuterRef("measure"), on__lte=day)
        never = models.Value(_LONG_AGO, output_field=models.DateField())
        moved_on = Greatest(
            Coalesce(Subquery(stages.order_by("-on").values("on")[:1]), never),
            Coalesce(Subquery(actions.order_by("-on").values("on")[:1]), never),
        )
        return self.annotate(moved_on=moved_on).order_by("-moved_on", "-pk")

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

    def untriaged(self, day: date) -> Self:
        """Added, and nobody has decided yet how hard we work on it."""
        return self.with_tier(day).filter(tier=None)


class Tracking(models.Model):
    """A chapter, or the society, follows a measure: who looks after it, and why it matters.

    Its tier is what the newest `TierChange` says; without one it waits for triage; what is archived stays, in tier 4.
    """

    # Only on rows of `with_tier`.
    tier: int | None
    tier_since: date | None
    # Only on rows of `last_moved_first`.
    moved_on: date

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
    effect = models.CharField(
        _("effect on us"), max_length=7, choices=Effect.choices, blank=True, help_text=_("If it became law.")
    )
    likelihood = models.CharField(
        _("likelihood"),
        max_length=6,
        choices=Likelihood.choices,
        blank=True,
        help_text=_("That it becomes law."),
    )
    added_on = models.DateField(
        _("added on"),
        null=True,
        editable=False,
        help_text=_(
            "Triage is due some days later. Empty where its first tier says since when it is followed."
        ),
    )
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("added by"),
    )
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
            models.CheckConstraint(
                condition=Q(effect="") | Q(effect__in=Effect.values),
                name="positions_tracking_has_a_known_effect",
                violation_error_message=_("It helps, hurts, does both, or it is unclear."),
            ),
            models.CheckConstraint(
                condition=Q(likelihood="") | Q(likelihood__in=Likelihood.values),
                name="positions_tracking_has_a_known_likelihood",
                violation_error_message=_("The likelihood is low, medium or high."),
            ),
            models.CheckConstraint(
                condition=Q(added_on=None, added_by=None) | Q(added_on__isnull=False, added_by__isnull=False),
                name="positions_tracking_says_who_added_it_and_when",
                violation_error_message=_("Say who added it and when."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.measure} · {self.holder}"

    def get_absolute_url(self) -> str:
        return reverse("tracking:tracking_detail", args=[self.pk])

    @property
    def holder(self) -> str:
        return str(self.chapter) if self.chapter else gettext("Society")

    @property
    def last_change_on(self) -> date | None:
        """When the measure last moved. For rows of `last_moved_first`."""
        return None if self.moved_on == _LONG_AGO else self.moved_on

    def triage_due_on(self, workdays: Workdays) -> date | None:
        """The last day on which its tier is decided in time; `workdays` are those of whoever looks after it."""
        return workdays.after(self.added_on, TRIAGE_BUSINESS_DAYS) if self.added_on else None


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


class TrackingWatcherQuerySet(models.QuerySet["TrackingWatcher"]):
    def visible_to(self, user: "User | AnonymousUser") -> Self:
        return self.filter(tracking__in=Tracking.objects.visible_to(user).values("pk"))


class TrackingWatcher(models.Model):
    """Somebody who wants to hear of a measure without looking after it."""

    tracking = models.ForeignKey(
        Tracking, on_delete=models.CASCADE, related_name="watchers", verbose_name=_("tracked measure")
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", verbose_name=_("person")
    )

    objects: ClassVar[models.Manager["TrackingWatcher"]] = models.Manager.from_queryset(
        TrackingWatcherQuerySet
    )()

    class Meta:
        verbose_name = _("watcher")
        verbose_name_plural = _("watchers")
        ordering = ["tracking", "person__full_name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["tracking", "person"],
                name="positions_trackingwatcher_watches_once",
                violation_error_message=_("This person watches it already."),
            )
        ]

    def __str__(self) -> str:
        return str(self.person)

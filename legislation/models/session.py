"""Sessions of a legislature: what numbers measures, and the rules of how it ends (DOMAIN.md W3, W10)."""

from datetime import date, timedelta
from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from legislation.models.jurisdiction import Jurisdiction
from legislation.models.public_record import PublicRecordQuerySet

_A_DAY = timedelta(days=1)
# The dates of a session that end it; the codes are those of `DeadlineKind`, which stands above.
CLOSING = ("sine_die", "prorogued", "dissolved")


class SessionKind(models.TextChoices):
    REGULAR = "regular", _("Regular")
    SPECIAL = "special", _("Special")


class CarryOver(models.TextChoices):
    """What its rules say of measures that are open when it adjourns. They change: they are data (DOMAIN.md §0, 9)."""

    ENDS = "ends", _("They end with the session")
    GOES_ON = "goes_on", _("They go on, except after the second year")


class SessionYear(models.IntegerChoices):
    """Its place in a two-year legislature."""

    FIRST = 1, _("First year")
    SECOND = 2, _("Second year")


class DaysCounted(models.TextChoices):
    """Which days of the signing window count."""

    CALENDAR = "calendar", _("Every day")
    WITHOUT_SUNDAYS = "without_sundays", _("Every day but Sundays")
    BUSINESS = "business", _("Business days")


class WindowFrom(models.TextChoices):
    """Where the signing window begins."""

    ADJOURNMENT = "adjournment", _("From the adjournment")
    PRESENTMENT = "presentment", _("From the day the measure reaches the executive")


class Unsigned(models.TextChoices):
    """What becomes of a bill on which the executive does nothing."""

    LAW = "law", _("It becomes law")
    VETOED = "vetoed", _("It is vetoed")


class LegislativeSessionQuerySet(PublicRecordQuerySet["LegislativeSession"]):
    def with_closing(self) -> Self:
        """Adds `closed_on`, the last day on which a chamber adjourned, or that of prorogation or dissolution, and
        `window_closes_on`, the last day to sign, where they are among its dates."""
        closing = Q(deadlines__kind__in=CLOSING)
        signing = Q(deadlines__kind="executive_window_ends")
        return self.annotate(
            closed_on=models.Max("deadlines__on", filter=closing),
            window_closes_on=models.Max("deadlines__on", filter=signing),
        )

    def over(self, day: date) -> Self:
        """Those that adjourned before that day. A date of adjournment goes before the end that was planned."""
        rows = self.with_closing()
        return rows.filter(Q(closed_on__lt=day) | Q(closed_on=None, ends_on__lte=day))

    def sitting(self, day: date) -> Self:
        """In session that day: it has begun, and neither adjourned before it nor come to its planned end."""
        rows = self.with_closing().filter(starts_on__lte=day)
        without_closing = Q(closed_on=None) & (Q(ends_on=None) | Q(ends_on__gt=day))
        return rows.filter(Q(closed_on__gte=day) | without_closing)

    def last_over_first(self) -> Self:
        """For rows of `with_closing`; adds `over_since`."""
        since = Coalesce("closed_on", "ends_on")
        return self.annotate(over_since=since).order_by("-over_since", "-pk")


class LegislativeSession(models.Model):
    """A numbered sitting of a legislature. Special sessions start their numbers again."""

    # Only on rows of `with_closing`.
    closed_on: date | None
    window_closes_on: date | None

    jurisdiction = models.ForeignKey(
        Jurisdiction, on_delete=models.PROTECT, related_name="sessions", verbose_name=_("jurisdiction")
    )
    identifier = models.CharField(
        _("short name"), max_length=40, help_text=_("For example 90R, 119, 45-1, 2025-2026.")
    )
    name = models.CharField(_("name"), max_length=160)
    kind = models.CharField(_("kind"), max_length=7, choices=SessionKind.choices, default=SessionKind.REGULAR)
    starts_on = models.DateField(_("starts on"), null=True, blank=True)
    ends_on = models.DateField(
        _("ends on"), null=True, blank=True, help_text=_("The first day without the session.")
    )
    carries_over_to = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="carried_over_from",
        verbose_name=_("carries over to"),
        help_text=_("Where open measures go on; empty where they end with the session."),
    )

    carry_over = models.CharField(
        _("carry-over rule"),
        max_length=7,
        choices=CarryOver.choices,
        blank=True,
        help_text=_("What becomes of measures still open at the adjournment. Empty: not on record yet."),
    )
    year = models.PositiveSmallIntegerField(
        _("year of the legislature"),
        choices=SessionYear.choices,
        null=True,
        blank=True,
        help_text=_("In a two-year legislature. Nothing is carried over out of the second year."),
    )
    signing_days = models.PositiveSmallIntegerField(
        _("signing window, days"),
        null=True,
        blank=True,
        help_text=_(
            "How long the governor, or president, has for what both chambers passed. Its last day can also stand "
            "among the dates of the session, which then decides."
        ),
    )
    signing_days_counted = models.CharField(
        _("days that count"), max_length=15, choices=DaysCounted.choices, default=DaysCounted.CALENDAR
    )
    signing_from = models.CharField(
        _("window begins"), max_length=11, choices=WindowFrom.choices, default=WindowFrom.ADJOURNMENT
    )
    unsigned_becomes = models.CharField(
        _("if nobody signs"),
        max_length=6,
        choices=Unsigned.choices,
        blank=True,
        help_text=_("What becomes of a bill when the window closes. Empty: not on record."),
    )
    effective_rule = models.CharField(
        _("when laws take effect"),
        max_length=200,
        blank=True,
        help_text=_("For example: 90 days after adjournment unless the bill says otherwise."),
    )
    special_note = models.CharField(
        _("about a special session"),
        max_length=300,
        blank=True,
        help_text=_("Why it was called, and what it may take up."),
    )

    objects: ClassVar[models.Manager["LegislativeSession"]] = models.Manager.from_queryset(
        LegislativeSessionQuerySet
    )()

    class Meta:
        verbose_name = _("legislative session")
        verbose_name_plural = _("legislative sessions")
        ordering = ["jurisdiction", "-starts_on", "identifier", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["jurisdiction", "identifier"],
                name="legislation_session_is_unique_in_its_jurisdiction",
                violation_error_message=_("This jurisdiction has a session of this name already."),
            ),
            models.CheckConstraint(
                condition=Q(starts_on=None) | Q(ends_on=None) | Q(ends_on__gt=models.F("starts_on")),
                name="legislation_session_ends_after_it_starts",
                violation_error_message=_("A session ends after it starts."),
            ),
            models.CheckConstraint(
                condition=Q(carry_over__in=["", *CarryOver.values])
                & Q(unsigned_becomes__in=["", *Unsigned.values])
                & Q(signing_days_counted__in=DaysCounted.values, signing_from__in=WindowFrom.values),
                name="legislation_session_has_known_rules",
                violation_error_message=_("Choose one of the rules that are offered."),
            ),
            models.CheckConstraint(
                condition=Q(year=None) | Q(year__in=SessionYear.values),
                name="legislation_session_is_in_the_first_or_second_year",
                violation_error_message=_("A legislature has a first and a second year."),
            ),
            models.CheckConstraint(
                condition=Q(signing_days=None) | Q(signing_days__gte=1),
                name="legislation_session_signing_window_has_a_day",
                violation_error_message=_("A signing window has at least one day."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.jurisdiction} {self.identifier}"

    @property
    def adjourned_on(self) -> date | None:
        """Its last day, as far as it is known. For rows of `with_closing`."""
        if self.closed_on is not None:
            return self.closed_on
        return self.ends_on - _A_DAY if self.ends_on else None

    def sits_on(self, day: date) -> bool:
        """What `sitting` asks of the rows. For rows of `with_closing`."""
        if self.starts_on is None or self.starts_on > day:
            return False
        return self.adjourned_on is None or self.adjourned_on >= day

    @property
    def carries_over(self) -> bool | None:
        """Whether what is open at its adjournment goes on; None where the rule is not on record."""
        if self.year == SessionYear.SECOND or self.carry_over == CarryOver.ENDS:
            return False
        if self.carry_over == CarryOver.GOES_ON or self.carries_over_to_id is not None:
            return True
        return None

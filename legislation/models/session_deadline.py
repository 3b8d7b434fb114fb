"""The clock of a session: when filing opens, when bills must have crossed over, when it all ends."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from legislation.models.jurisdiction import ChamberCode
from legislation.models.public_record import PublicRecordQuerySet
from legislation.models.session import LegislativeSession


class DeadlineKind(models.TextChoices):
    PREFILING_OPENS = "prefiling_opens", _("Pre-filing opens")
    FILING_ENDS = "filing_ends", _("Last day to file")
    COMMITTEE = "committee", _("Last day to leave committee")
    CROSSOVER = "crossover", _("Last day to leave the first chamber")
    SINE_DIE = "sine_die", _("Final adjournment")
    EXECUTIVE_WINDOW_ENDS = "executive_window_ends", _("Last day to sign or veto")
    PROROGUED = "prorogued", _("Prorogued")
    DISSOLVED = "dissolved", _("Dissolved")
    OTHER = "other", _("Other date")


class SessionDeadline(models.Model):
    """One date of a session. It ends no measure by itself: the sweep at adjournment does, confirmed by a person.

    Until the executive window has ended, a bill that passed both chambers is not dead (DOMAIN.md §9, trap 11).
    """

    session = models.ForeignKey(
        LegislativeSession, on_delete=models.CASCADE, related_name="deadlines", verbose_name=_("session")
    )
    kind = models.CharField(_("kind"), max_length=21, choices=DeadlineKind.choices)
    on = models.DateField(_("date"))
    chamber = models.CharField(
        _("chamber"), max_length=11, choices=ChamberCode.choices, blank=True, help_text=_("Empty: both.")
    )
    local_label = models.CharField(
        _("in local words"),
        max_length=120,
        blank=True,
        help_text=_("For example crossover day, funnel, cutoff."),
    )
    url = models.URLField(_("source page"), max_length=500, blank=True)

    objects: ClassVar[models.Manager["SessionDeadline"]] = models.Manager.from_queryset(
        PublicRecordQuerySet["SessionDeadline"]
    )()

    class Meta:
        verbose_name = _("date of a session")
        verbose_name_plural = _("dates of sessions")
        ordering = ["session", "on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["session", "kind", "on", "chamber"],
                name="legislation_sessiondeadline_stands_once",
                violation_error_message=_("This date of the session is on record already."),
            ),
            models.CheckConstraint(
                condition=models.Q(kind__in=DeadlineKind.values),
                name="legislation_sessiondeadline_has_a_known_kind",
                violation_error_message=_("Choose one of the kinds; local words have a field of their own."),
            ),
        ]

    def __str__(self) -> str:
        return self.local_label or str(self.get_kind_display())

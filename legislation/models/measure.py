"""Measures and the sessions that number them. What *we* think of a measure lives with positions."""

import re
from typing import Any

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from advocacy.kernel.folding import fold
from legislation.models.jurisdiction import Jurisdiction
from legislation.models.public_record import PublicRecordQuerySet, SearchableQuerySet, in_language

_NOT_A_LETTER_OR_DIGIT = re.compile(r"[^A-Z0-9]+")
_LEADING_ZEROS = re.compile(r"(?<![0-9])0+(?=[0-9])")


def number_key(number: str) -> str:
    """`HB0126`, `HB 126` and `H.B. 126` are one number: HB126."""
    return _LEADING_ZEROS.sub("", _NOT_A_LETTER_OR_DIGIT.sub("", number.upper()))


class SessionKind(models.TextChoices):
    REGULAR = "regular", _("Regular")
    SPECIAL = "special", _("Special")


class LegislativeSession(models.Model):
    """A numbered sitting of a legislature. Special sessions start their numbers again."""

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

    objects = PublicRecordQuerySet.as_manager()

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
                condition=models.Q(starts_on=None)
                | models.Q(ends_on=None)
                | models.Q(ends_on__gt=models.F("starts_on")),
                name="legislation_session_ends_after_it_starts",
                violation_error_message=_("A session ends after it starts."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.jurisdiction} {self.identifier}"


class MeasureKind(models.TextChoices):
    BILL = "bill", _("Bill")
    RESOLUTION = "resolution", _("Resolution")
    BUDGET_ITEM = "budget_item", _("Budget item")
    REGULATION = "regulation", _("Regulation")
    EXECUTIVE_ORDER = "executive_order", _("Executive order")
    CONSULTATION = "consultation", _("Consultation")
    BALLOT_MEASURE = "ballot_measure", _("Ballot measure")
    ORDINANCE = "ordinance", _("Ordinance")
    STUDY = "study", _("Study")
    NOMINATION = "nomination", _("Nomination")


class Measure(models.Model):
    """Anything that can be tracked. It is its session and normalised number, and is shown with both."""

    session = models.ForeignKey(
        LegislativeSession, on_delete=models.PROTECT, related_name="measures", verbose_name=_("session")
    )
    number = models.CharField(
        _("number"), max_length=40, help_text=_("As it is printed: HB 210, C-12, H.R. 21.")
    )
    number_key = models.CharField(max_length=40, editable=False)
    kind = models.CharField(_("kind"), max_length=15, choices=MeasureKind.choices, default=MeasureKind.BILL)
    title_en = models.CharField(_("title in English"), max_length=500, blank=True)
    title_fr = models.CharField(_("title in French"), max_length=500, blank=True)
    short_name = models.CharField(_("short name"), max_length=80, blank=True)
    url = models.URLField(_("official page"), max_length=500, blank=True)
    search_text = models.CharField(max_length=1300, editable=False, default="")

    objects = SearchableQuerySet.as_manager()

    class Meta:
        verbose_name = _("measure")
        verbose_name_plural = _("measures")
        ordering = ["session", "number_key", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["session", "number_key"],
                name="legislation_measure_number_is_unique_in_its_session",
                violation_error_message=_("This session has a measure with this number already."),
            ),
            models.CheckConstraint(
                condition=~models.Q(number_key=""),
                name="legislation_measure_number_has_a_letter_or_a_digit",
                violation_error_message=_("A number has at least one letter or digit."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} ({self.session.identifier})"

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.number_key = number_key(self.number)
        self.search_text = fold(
            f"{self.number} {self.number_key} {self.short_name} {self.title_en} {self.title_fr}"
        )[:1300]
        super().save(*args, **kwargs)

    def clean(self) -> None:
        self.number_key = number_key(self.number)

    @property
    def title(self) -> str:
        return in_language(get_language(), self.title_en, self.title_fr)

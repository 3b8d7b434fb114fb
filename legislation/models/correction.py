"""What staff put right in an imported row, so that no later import takes it back."""

from datetime import date
from typing import Any, Self

from django.apps import apps
from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from legislation.models.fact_report import FactReport
from legislation.models.official import Official
from legislation.models.public_record import PublicRecordQuerySet
from legislation.models.source import Source

Values = dict[str, Any]

_TERM = ("starts_on", "ends_on", "end_is_expected", "end_reason")
# The facts that can be corrected, table by table. Fields that are only true together are one fact.
FACTS: dict[str, tuple[tuple[str, ...], ...]] = {
    "legislation.official": (
        ("name",),
        ("given_name",),
        ("family_name",),
        ("suffix",),
        ("nickname",),
        ("other_names",),
        ("image_url",),
        ("birth_date",),
    ),
    "legislation.tenure": (_TERM, ("title",), ("seat_id",)),
    "legislation.partyaffiliation": (("party", "starts_on", "ends_on"),),
    "legislation.office": (("label",), ("address",), ("phone",), ("fax",), ("hours",), ("ended_on",)),
    "legislation.contactpoint": (("value", "label", "ended_on"),),
    "legislation.committeemembership": (("role", "role_raw"), ("starts_on", "ends_on")),
}
_ENDS = ("ends_on", "ended_on")


class CorrectionState(models.TextChoices):
    IN_FORCE = "in_force", _("In force")
    KEPT = "reviewed_kept", _("Reviewed: ours was kept")
    DROPPED = "reviewed_dropped", _("Reviewed: the source’s was taken")


class CorrectionQuerySet(PublicRecordQuerySet["Correction"]):
    def holding(self) -> Self:
        """Those whose value is shown, whatever a source says."""
        return self.filter(state__in=[CorrectionState.IN_FORCE, CorrectionState.KEPT])

    def for_review(self) -> Self:
        return self.holding().filter(needs_review=True)


class Correction(models.Model):
    """One fact of one row as staff put it right: the value before, ours, and what the source says.

    A fact is one field, or several that are only true together, such as the dates of a term. While a correction
    holds, imports leave the fact alone and only note here what the source says now; where that is news, and not
    what we say, the correction comes up for review.
    """

    official = models.ForeignKey(
        Official, on_delete=models.PROTECT, related_name="corrections", verbose_name=_("official")
    )
    model = models.CharField(_("table"), max_length=80)
    object_id = models.PositiveBigIntegerField(_("row"))
    fact = models.CharField(_("fact"), max_length=40, help_text=_("The first of the fields."))
    before = models.JSONField(_("value before"), encoder=DjangoJSONEncoder)
    corrected = models.JSONField(_("our value"), encoder=DjangoJSONEncoder)
    source = models.ForeignKey(
        Source, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("source")
    )
    source_said = models.JSONField(_("what the source said then"), encoder=DjangoJSONEncoder)
    source_now_says = models.JSONField(
        _("what the source says now"), null=True, blank=True, encoder=DjangoJSONEncoder
    )
    source_now_on = models.DateField(_("says so since"), null=True, blank=True)
    needs_review = models.BooleanField(_("to review"), default=False)
    reason = models.CharField(_("reason"), max_length=300)
    report = models.ForeignKey(
        FactReport,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="corrections",
        verbose_name=_("report it follows"),
    )
    state = models.CharField(
        _("state"), max_length=20, choices=CorrectionState.choices, default=CorrectionState.IN_FORCE
    )
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("made by")
    )
    made_at = models.DateTimeField(_("made"))
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("reviewed by"),
    )
    reviewed_at = models.DateTimeField(_("reviewed"), null=True, blank=True)

    objects = CorrectionQuerySet.as_manager()

    class Meta:
        verbose_name = _("correction")
        verbose_name_plural = _("corrections")
        ordering = ["-needs_review", "-made_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["model", "object_id", "fact"],
                condition=Q(state__in=["in_force", "reviewed_kept"]),
                name="legislation_correction_holds_once_for_a_fact",
                violation_error_message=_("This fact has a correction already; change that one."),
            ),
            models.CheckConstraint(
                condition=~Q(reason=""),
                name="legislation_correction_has_a_reason",
                violation_error_message=_("Say why the record is wrong."),
            ),
            models.CheckConstraint(
                condition=Q(reviewed_by=None, reviewed_at=None)
                | Q(reviewed_by__isnull=False, reviewed_at__isnull=False),
                name="legislation_correction_reviewed_by_and_at_go_together",
                violation_error_message=_("A review says who and when."),
            ),
            models.CheckConstraint(
                condition=Q(needs_review=False) | Q(source_now_on__isnull=False),
                name="legislation_correction_review_has_news",
                violation_error_message=_("Only a correction whose source says something new is reviewed."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.official}: {self.label}"

    @property
    def row_model(self) -> type[models.Model]:
        return apps.get_model(self.model)

    @property
    def label(self) -> str:
        return str(getattr(self.row_model._meta.get_field(self.fact), "verbose_name", self.fact))

    def source_last_said(self) -> Values:
        """The source's own value, as the comparison with its next file needs it."""
        stored: Values = self.source_said if self.source_now_on is None else self.source_now_says or {}
        return self.typed(stored)

    def typed(self, stored: Values) -> Values:
        """Stored values as the row holds them: dates are dates again."""
        fields = {name: self.row_model._meta.get_field(name) for name in stored}
        return {name: fields[name].to_python(value) for name, value in stored.items()}  # type: ignore[union-attr]  # plain columns

    def in_words(self, stored: Values) -> str:
        """The values as a reviewer compares them; what is empty in both is left out."""
        shown = [name for name in stored if stored[name] or self.corrected.get(name) or self.before.get(name)]
        names = {name: getattr(self.row_model._meta.get_field(name), "verbose_name", name) for name in shown}
        if len(stored) == 1:
            return self._in_words(*next(iter(stored.items())))
        return " · ".join(f"{names[name]}: {self._in_words(name, stored[name])}" for name in shown) or "–"

    def _in_words(self, name: str, value: Any) -> str:
        """A row that is pointed at by its name, a choice by its label."""
        field = self.row_model._meta.get_field(name)
        if isinstance(field, models.ForeignKey):
            value = field.related_model._default_manager.filter(pk=value).first()
        elif isinstance(field, models.Field) and field.choices:
            value = dict(field.flatchoices).get(value, value)
        return str(value or "–")

    @property
    def corrected_in_words(self) -> str:
        return self.in_words(self.corrected)

    def is_open(self) -> bool:
        """Whether we say that the fact still holds, where it is one that ends."""
        return not any(self.corrected.get(name) for name in _ENDS)

    def agrees_with(self, said: Values) -> bool:
        """Two that both call something over agree, whatever else they say of it."""
        if self.model != "legislation.tenure" and not self.is_open() and any(said.get(n) for n in _ENDS):
            return True
        return self.typed(self.corrected) == said

    def hear(self, said: Values, day: date) -> None:
        """The source says something else than it did the last time."""
        self.source_now_says, self.source_now_on = said, day
        self.needs_review = not self.agrees_with(said) and said != self.typed(self.source_said)


def fact_of(model: str, name: str) -> tuple[str, ...] | None:
    """The fact that a field belongs to, by its name or its column; None where it cannot be corrected."""
    return next((fact for fact in FACTS.get(model, ()) if name in fact or f"{name}_id" in fact), None)

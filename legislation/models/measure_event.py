"""What changed about a measure, when we noted it, and who said so: the ledger from which people are alerted."""

from datetime import datetime
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from legislation.models.hearing import Hearing
from legislation.models.measure import Measure
from legislation.models.public_record import PublicRecordQuerySet
from legislation.models.source import Source


class EventKind(models.TextChoices):
    STAGE_CHANGED = "stage_changed", _("Stage changed")
    HEARING_SET = "hearing_set", _("Hearing set")
    HEARING_MOVED = "hearing_moved", _("Hearing moved")
    HEARING_CANCELLED = "hearing_cancelled", _("Hearing cancelled")
    TEXT_CHANGED = "text_changed", _("Text changed")


HEARING_KINDS = (EventKind.HEARING_SET, EventKind.HEARING_MOVED, EventKind.HEARING_CANCELLED)


class MeasureEventQuerySet(PublicRecordQuerySet["MeasureEvent"]):
    def news(self) -> Self:
        """Without what was history already when we heard of it."""
        return self.filter(is_news=True)

    def since(self, moment: datetime) -> Self:
        return self.filter(noted_at__gte=moment)

    def newest_first(self) -> Self:
        return self.order_by("-noted_at", "-pk")


class MeasureEvent(models.Model):
    """One change of a measure, written with the change itself, once: `key` says what "the same change" means.

    `old` and `new` hold what was announced before, and what instead: a stage and its local words, a hearing's time
    and room, the name of a text. With a `source` it was imported, else a person, `by`, entered it.
    """

    measure = models.ForeignKey(
        Measure, on_delete=models.CASCADE, related_name="events", verbose_name=_("measure")
    )
    kind = models.CharField(_("what happened"), max_length=17, choices=EventKind.choices)
    key = models.CharField(max_length=240, editable=False)
    noted_at = models.DateTimeField(_("noted"))
    old = models.JSONField(_("before"), default=dict, blank=True)
    new = models.JSONField(_("now"), default=dict, blank=True)
    is_news = models.BooleanField(
        _("is news"), default=True, help_text=_("Nobody is alerted of what was history when we heard of it.")
    )
    hearing = models.ForeignKey(
        Hearing, on_delete=models.CASCADE, null=True, related_name="events", verbose_name=_("hearing")
    )
    source = models.ForeignKey(
        Source, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("imported from")
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("entered by"),
    )

    objects: ClassVar[models.Manager["MeasureEvent"]] = models.Manager.from_queryset(MeasureEventQuerySet)()

    class Meta:
        verbose_name = _("change of a measure")
        verbose_name_plural = _("changes of measures")
        ordering = ["-noted_at", "-pk"]
        indexes = [
            models.Index(fields=["noted_at", "id"], name="legislation_event_noted"),
            models.Index(fields=["measure", "-noted_at", "-id"], name="legislation_event_of_measure"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["measure", "kind", "key"],
                name="legislation_measureevent_is_noted_once",
                violation_error_message=_("This change is noted already."),
            ),
            models.CheckConstraint(
                condition=Q(kind__in=EventKind.values),
                name="legislation_measureevent_has_a_known_kind",
                violation_error_message=_("A stage, a hearing or a text changes."),
            ),
            models.CheckConstraint(
                condition=Q(kind__in=HEARING_KINDS, hearing__isnull=False)
                | (~Q(kind__in=HEARING_KINDS) & Q(hearing=None)),
                name="legislation_measureevent_of_a_hearing_names_it",
                violation_error_message=_("A change of a hearing, and only that, names the hearing."),
            ),
            models.CheckConstraint(
                condition=Q(source__isnull=False, by=None) | Q(source=None, by__isnull=False),
                name="legislation_measureevent_says_who_said_so",
                violation_error_message=_("A change was imported from a source, or entered by a person."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.measure}: {self.get_kind_display()}"

    @property
    def is_of_a_hearing(self) -> bool:
        return self.kind in HEARING_KINDS

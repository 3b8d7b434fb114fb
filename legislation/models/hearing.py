"""Hearings and committee meetings where testimony is taken."""

from datetime import datetime
from typing import ClassVar, NamedTuple, Self
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from advocacy.kernel.zones import ZONE_CHOICES, name_of
from legislation.models.committee import Committee
from legislation.models.jurisdiction import Jurisdiction
from legislation.models.measure import Measure
from legislation.models.public_record import PublicRecordQuerySet
from legislation.models.source import Source


class HearingStatus(models.TextChoices):
    SCHEDULED = "scheduled", _("Scheduled")
    MOVED = "moved", _("Moved")
    CANCELLED = "cancelled", _("Cancelled")
    HELD = "held", _("Held")


# Neither over nor called off.
OPEN_STATUSES = (HearingStatus.SCHEDULED, HearingStatus.MOVED)


class HearingQuerySet(PublicRecordQuerySet["Hearing"]):
    def open(self) -> Self:
        """Neither held nor cancelled: it can still be moved."""
        return self.filter(status__in=OPEN_STATUSES)

    def standing(self) -> Self:
        """Takes place, as far as is known."""
        return self.exclude(status=HearingStatus.CANCELLED)

    def from_now(self, now: datetime) -> Self:
        return self.filter(starts_at__gte=now)

    def before(self, moment: datetime) -> Self:
        return self.filter(starts_at__lt=moment)


class Hearing(models.Model):
    """One sitting of a committee on one or more measures.

    `zone` is the clock on the wall of the room; readers see their own time beside it. `sequence` counts the changes
    that a calendar must follow, so that one entry moves rather than a second appearing.
    """

    jurisdiction = models.ForeignKey(
        Jurisdiction, on_delete=models.PROTECT, related_name="hearings", verbose_name=_("jurisdiction")
    )
    committee = models.ForeignKey(
        Committee,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="hearings",
        verbose_name=_("committee"),
    )
    committee_name = models.CharField(
        _("committee, as announced"), max_length=300, blank=True, help_text=_("Where it is in no list.")
    )
    measures = models.ManyToManyField(Measure, related_name="hearings", verbose_name=_("measures"))
    starts_at = models.DateTimeField(_("starts"))
    zone = models.CharField(_("time zone"), max_length=50, choices=ZONE_CHOICES)
    status = models.CharField(
        _("status"), max_length=9, choices=HearingStatus.choices, default=HearingStatus.SCHEDULED
    )
    room = models.CharField(_("room"), max_length=200, blank=True)
    stream_url = models.URLField(_("live stream"), max_length=500, blank=True)
    sign_up_url = models.URLField(_("sign-up page"), max_length=500, blank=True)
    sign_up_by = models.DateTimeField(_("sign up by"), null=True, blank=True)
    written_by = models.DateTimeField(_("written testimony by"), null=True, blank=True)
    language_rule = models.CharField(
        _("languages"),
        max_length=300,
        blank=True,
        help_text=_("For example: a brief in one language arrives five working days ahead."),
    )
    notice_received_at = models.DateTimeField(_("notice received"), null=True, blank=True)
    url = models.URLField(_("official notice"), max_length=500, blank=True)
    note = models.CharField(_("note"), max_length=500, blank=True)
    sequence = models.PositiveIntegerField(default=0, editable=False)
    source = models.ForeignKey(
        Source,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("imported from"),
    )
    external_id = models.CharField(_("id at the source"), max_length=200, blank=True, editable=False)

    objects: ClassVar[models.Manager["Hearing"]] = models.Manager.from_queryset(HearingQuerySet)()

    class Meta:
        verbose_name = _("hearing")
        verbose_name_plural = _("hearings")
        ordering = ["starts_at", "pk"]
        indexes = [models.Index(fields=["starts_at"], name="legislation_hearing_starts")]
        constraints = [
            models.UniqueConstraint(
                fields=["source", "external_id"],
                condition=Q(source__isnull=False),
                name="legislation_hearing_is_unique_in_its_source",
                violation_error_message=_("This source has a hearing with this id already."),
            ),
            models.CheckConstraint(
                condition=Q(committee__isnull=False) | ~Q(committee_name=""),
                name="legislation_hearing_is_of_a_committee",
                violation_error_message=_("Choose the committee, or write its name."),
            ),
            models.CheckConstraint(
                condition=Q(status__in=HearingStatus.values),
                name="legislation_hearing_has_a_known_status",
                violation_error_message=_("A hearing is scheduled, moved, cancelled or held."),
            ),
        ]

    def __str__(self) -> str:
        return self.held_by

    def get_absolute_url(self) -> str:
        return reverse("legislation:hearing_detail", args=[self.pk])

    def clean(self) -> None:
        if self.committee_id and self.committee.jurisdiction_id != self.jurisdiction_id:  # type: ignore[union-attr]  # there is one
            raise ValidationError({"committee": _("This committee belongs to another jurisdiction.")})

    @property
    def is_open(self) -> bool:
        return self.status in OPEN_STATUSES

    @property
    def is_cancelled(self) -> bool:
        return self.status == HearingStatus.CANCELLED

    @property
    def held_by(self) -> str:
        return str(self.committee) if self.committee else self.committee_name

    @property
    def starts_there(self) -> datetime:
        return self.on_the_wall(self.starts_at)

    @property
    def clock(self) -> str:
        """By which clock the room tells its times: "New York time"."""
        return name_of(self.zone)

    def on_the_wall(self, moment: datetime) -> datetime:
        """That moment by the clock on the wall of the room."""
        return moment.astimezone(ZoneInfo(self.zone))

    def changes(self) -> list["Change"]:
        """What was announced before, and what instead, newest first."""
        found = []
        until = (self.starts_at, self.room)
        for move in self.moves.all():
            found.append(Change(move.at, move.started_at, move.room, *until))
            until = (move.started_at, move.room)
        return found


class Change(NamedTuple):
    """A hearing went from one time and room to another; `at` says when that became known."""

    at: datetime
    old_start: datetime
    old_room: str
    new_start: datetime
    new_room: str


class HearingMove(models.Model):
    """It was to start at another time, or in another room: what was announced, and when that changed."""

    hearing = models.ForeignKey(
        Hearing, on_delete=models.CASCADE, related_name="moves", verbose_name=_("hearing")
    )
    at = models.DateTimeField(_("changed"))
    started_at = models.DateTimeField(_("had been to start"))
    room = models.CharField(_("had been in room"), max_length=200, blank=True)

    objects = PublicRecordQuerySet.as_manager()

    class Meta:
        verbose_name = _("change of a hearing")
        verbose_name_plural = _("changes of hearings")
        ordering = ["hearing", "-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.hearing} {self.started_at:%Y-%m-%d %H:%M}"

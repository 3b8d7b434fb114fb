"""Proclamations we receive and awards we give (DOMAIN.md §2.4)."""

from datetime import date
from typing import TYPE_CHECKING, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from advocacy.events.models.event import AdvocacyEvent
from legislation.models import Official
from members.access import reach_of
from members.models import Chapter

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from advocacy.accounts.models import User


class RecognitionKind(models.TextChoices):
    PROCLAMATION = "proclamation", _("Proclamation")
    RESOLUTION = "resolution", _("Resolution of a chamber")
    AWARD = "award", _("Award")
    CERTIFICATE = "certificate", _("Certificate of thanks")


class Direction(models.TextChoices):
    RECEIVED = "received", _("From them to us")
    GIVEN = "given", _("From us to them")


class RecognitionStatus(models.TextChoices):
    TO_ASK = "to_ask", _("To ask")
    REQUESTED = "requested", _("Requested")
    AGREED = "agreed", pgettext_lazy("a recognition", "Agreed")
    DONE = "done", pgettext_lazy("a recognition", "Done")
    DECLINED = "declined", pgettext_lazy("a recognition", "Declined")


OPEN = (RecognitionStatus.TO_ASK, RecognitionStatus.REQUESTED, RecognitionStatus.AGREED)


class RecognitionQuerySet(models.QuerySet["Recognition"]):
    def visible_to(self, user: "User | AnonymousUser") -> Self:
        """What was given or received is known to everybody with a role; what is still asked for, to the chapter."""
        reach = reach_of(user)
        if reach.is_empty:
            return self.none()
        if reach.reads_every_shared_record:
            return self.all()
        return self.filter(Q(status=RecognitionStatus.DONE) | Q(chapter__in=reach.reads))

    def editable_by(self, user: "User | AnonymousUser") -> Self:
        reach = reach_of(user)
        return self.all() if reach.is_staff else self.filter(chapter__in=reach.logs_for)

    def open(self) -> Self:
        return self.filter(status__in=OPEN)

    def overdue(self, today: date) -> Self:
        return self.open().filter(due_on__lt=today)


class Recognition(models.Model):
    """A ceremonial word, one way or the other. `due_on` is when it must be in hand; offices want eight weeks."""

    kind = models.CharField(_("kind"), max_length=12, choices=RecognitionKind.choices)
    direction = models.CharField(_("direction"), max_length=8, choices=Direction.choices)
    title = models.CharField(_("title"), max_length=200)
    chapter = models.ForeignKey(
        Chapter, on_delete=models.PROTECT, related_name="recognitions", verbose_name=_("chapter")
    )
    event = models.ForeignKey(
        AdvocacyEvent,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="recognitions",
        verbose_name=_("Advocacy Day"),
    )
    official = models.ForeignKey(
        Official,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("official"),
    )
    office = models.CharField(
        _("or another office"), max_length=150, blank=True, help_text=_("For example the mayor of a town.")
    )
    status = models.CharField(
        _("status"), max_length=9, choices=RecognitionStatus.choices, default=RecognitionStatus.TO_ASK
    )
    due_on = models.DateField(_("needed by"))
    requested_on = models.DateField(_("requested on"), null=True, blank=True)
    done_on = models.DateField(_("given or received on"), null=True, blank=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("owner")
    )
    text = models.TextField(_("words asked for"), max_length=4000, blank=True)

    objects: ClassVar[models.Manager["Recognition"]] = models.Manager.from_queryset(RecognitionQuerySet)()

    class Meta:
        verbose_name = _("recognition")
        verbose_name_plural = _("recognitions")
        ordering = ["due_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    kind__in=RecognitionKind.values,
                    direction__in=Direction.values,
                    status__in=RecognitionStatus.values,
                ),
                name="events_recognition_has_known_values",
                violation_error_message=_("Choose one of the values of each list."),
            ),
            models.CheckConstraint(
                condition=Q(official__isnull=False, office="") | (Q(official=None) & ~Q(office="")),
                name="events_recognition_names_one_office",
                violation_error_message=_("Name an official or another office: exactly one."),
            ),
            models.CheckConstraint(
                condition=Q(status=RecognitionStatus.DONE, done_on__isnull=False)
                | (~Q(status=RecognitionStatus.DONE) & Q(done_on=None)),
                name="events_recognition_done_on_goes_with_done",
                violation_error_message=_("What was given or received has a day."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def with_whom(self) -> str:
        return str(self.official or self.office)

    def is_overdue(self, today: date) -> bool:
        return self.status in OPEN and self.due_on < today

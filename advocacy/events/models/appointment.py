"""A meeting with an office: asked for, given a time and a team, held, and reported."""

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from advocacy.accounts.models import Language
from advocacy.events.models.building import Building
from advocacy.events.models.event import AdvocacyEvent
from advocacy.events.models.team import Team, TeamMember
from advocacy.interactions.models import Interaction
from legislation.models import Committee, Official, Seat

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from advocacy.accounts.models import User


class AppointmentStatus(models.TextChoices):
    TO_ASK = "to_ask", _("To ask")
    REQUESTED = "requested", _("Requested")
    CONFIRMED = "confirmed", pgettext_lazy("an appointment", "Confirmed")
    MOVED = "moved", pgettext_lazy("an appointment", "Moved")
    DECLINED = "declined", pgettext_lazy("an appointment", "Declined")
    DROP_BY = "drop_by", _("Drop-by")
    HELD = "held", pgettext_lazy("an appointment", "Held")
    STAFF_ONLY = "staff_only", _("Held with staff only")
    NO_SHOW = "no_show", _("Did not take place")


# Wanted, and not yet over.
AHEAD = (
    AppointmentStatus.TO_ASK,
    AppointmentStatus.REQUESTED,
    AppointmentStatus.CONFIRMED,
    AppointmentStatus.MOVED,
    AppointmentStatus.DROP_BY,
)
# The office agreed to a time, or the team simply goes there: these stand on the schedule.
STANDING = (AppointmentStatus.CONFIRMED, AppointmentStatus.MOVED, AppointmentStatus.DROP_BY)
AGREED = (AppointmentStatus.CONFIRMED, AppointmentStatus.MOVED)
TOOK_PLACE = (AppointmentStatus.HELD, AppointmentStatus.STAFF_ONLY)
OVER = (*TOOK_PLACE, AppointmentStatus.NO_SHOW)


class AppointmentQuerySet(models.QuerySet["Appointment"]):
    def visible_to(self, user: "User | AnonymousUser") -> Self:
        """All of an event for those who follow it; those of one's own team once the schedule is published."""
        if not user.is_authenticated or not user.is_active:
            return self.none()
        followed = AdvocacyEvent.objects.all().followed_by(user).order_by().values("pk")
        mine = TeamMember.objects.filter(registration__person=user.pk).order_by().values("team")
        return self.filter(Q(event__in=followed) | Q(team__in=mine, event__edition__gt=0))

    def managed_by(self, user: "User | AnonymousUser") -> Self:
        return self.filter(event__in=AdvocacyEvent.objects.all().run_by(user).order_by().values("pk"))

    def debriefable_by(self, user: "User | AnonymousUser") -> Self:
        """Those of one's own team, and all for whoever runs the event. Who may log in a chapter's name is asked
        where the interaction is made.
        """
        mine = TeamMember.objects.filter(registration__person=user.pk).order_by().values("team")
        run = AdvocacyEvent.objects.all().run_by(user).order_by().values("pk")
        return self.visible_to(user).filter(Q(team__in=mine) | Q(event__in=run))

    def on_the_schedule(self) -> Self:
        """What teams go to, and what became of it."""
        return self.filter(status__in=(*STANDING, *OVER), starts_at__isnull=False)

    def wanted(self) -> Self:
        return self.exclude(status=AppointmentStatus.DECLINED)

    def took_place(self) -> Self:
        return self.filter(status__in=TOOK_PLACE)

    def wanting_debrief(self) -> Self:
        """What stands on the schedule; a meeting that did not take place has nothing to report."""
        return self.on_the_schedule().exclude(status=AppointmentStatus.NO_SHOW)

    def debriefed(self) -> Self:
        return self.filter(interaction__isnull=False)

    def without_debrief(self) -> Self:
        return self.wanting_debrief().filter(interaction=None)

    def with_office(self) -> Self:
        return self.select_related("official", "committee", "seat", "building", "team", "event")


class Appointment(models.Model):
    """One office on one Advocacy Day. One office is met once, by one team.

    `starts_at` and the window are wall times of the event. `seat` remembers the capacity in which the official is met.
    `interaction` is the debrief. `sequence` counts what a calendar has to replace.
    """

    event = models.ForeignKey(
        AdvocacyEvent, on_delete=models.CASCADE, related_name="appointments", verbose_name=_("Advocacy Day")
    )
    official = models.ForeignKey(
        Official,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("official"),
    )
    seat = models.ForeignKey(
        Seat, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("seat")
    )
    committee = models.ForeignKey(
        Committee,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("committee"),
    )
    agency = models.CharField(_("agency"), max_length=150, blank=True)
    status = models.CharField(
        _("status"), max_length=10, choices=AppointmentStatus.choices, default=AppointmentStatus.TO_ASK
    )
    team = models.ForeignKey(
        Team,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="appointments",
        verbose_name=_("team"),
    )
    starts_at = models.TimeField(_("begins at"), null=True, blank=True)
    minutes = models.PositiveSmallIntegerField(_("minutes"), default=20)
    free_from = models.TimeField(_("office is free from"), null=True, blank=True)
    free_until = models.TimeField(_("office is free until"), null=True, blank=True)
    building = models.ForeignKey(
        Building,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="appointments",
        verbose_name=_("building"),
    )
    room = models.CharField(_("room"), max_length=120, blank=True)
    link = models.URLField(_("link"), max_length=300, blank=True)
    expected_with = models.CharField(
        _("with whom"), max_length=150, blank=True, help_text=_("The official, or a named staffer.")
    )
    people_cap = models.PositiveSmallIntegerField(
        _("people at most"), null=True, blank=True, help_text=_("What the office said.")
    )
    language = models.CharField(_("language wanted"), max_length=2, choices=Language.choices, blank=True)
    requested_on = models.DateField(_("requested on"), null=True, blank=True)
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("requested by"),
    )
    note = models.CharField(_("note for the team"), max_length=300, blank=True)
    is_locked = models.BooleanField(
        _("time and team are fixed"), default=False, help_text=_("A new proposal leaves it as it is.")
    )
    interaction = models.OneToOneField(
        Interaction,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="appointment",
        verbose_name=_("debrief"),
    )
    debriefed_at = models.DateTimeField(_("debriefed"), null=True, blank=True, editable=False)
    sequence = models.PositiveSmallIntegerField(default=0, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects: ClassVar[models.Manager["Appointment"]] = models.Manager.from_queryset(AppointmentQuerySet)()

    class Meta:
        verbose_name = _("appointment")
        verbose_name_plural = _("appointments")
        ordering = [models.F("starts_at").asc(nulls_last=True), "pk"]
        indexes = [models.Index(fields=["event", "status"], name="events_appointment_by_status")]
        constraints = [
            models.CheckConstraint(
                condition=Q(official__isnull=False, committee=None, agency="")
                | Q(official=None, committee__isnull=False, agency="")
                | (Q(official=None, committee=None) & ~Q(agency="")),
                name="events_appointment_is_with_one_office",
                violation_error_message=_("Name an official, a committee or an agency: exactly one."),
            ),
            models.UniqueConstraint(
                fields=["event", "official"],
                condition=~Q(status=AppointmentStatus.DECLINED) & Q(official__isnull=False),
                name="events_appointment_once_per_official",
                violation_error_message=_(
                    "This office is on the list already: two teams never go to one office."
                ),
            ),
            models.UniqueConstraint(
                fields=["event", "committee"],
                condition=~Q(status=AppointmentStatus.DECLINED) & Q(committee__isnull=False),
                name="events_appointment_once_per_committee",
                violation_error_message=_("This committee is on the list already."),
            ),
            models.CheckConstraint(
                condition=Q(status__in=AppointmentStatus.values, language__in=["", *Language.values]),
                name="events_appointment_has_a_known_status_and_language",
                violation_error_message=_("Choose one of the statuses and one of the languages."),
            ),
            models.CheckConstraint(
                condition=Q(minutes__gte=5, minutes__lte=240),
                name="events_appointment_takes_five_minutes_to_four_hours",
                violation_error_message=_("A meeting takes from five minutes to four hours."),
            ),
            models.CheckConstraint(
                condition=~Q(status__in=AGREED) | Q(starts_at__isnull=False),
                name="events_appointment_is_confirmed_for_a_time",
                violation_error_message=_("Say at what time the office confirmed it."),
            ),
            models.CheckConstraint(
                condition=Q(free_from=None) | Q(free_until=None) | Q(free_until__gt=models.F("free_from")),
                name="events_appointment_window_has_a_length",
                violation_error_message=_("The office is free until after it is free from."),
            ),
            models.CheckConstraint(
                condition=Q(interaction=None) | Q(debriefed_at__isnull=False),
                name="events_appointment_debrief_has_a_moment",
                violation_error_message=_("A debrief was filed at a moment."),
            ),
            models.CheckConstraint(
                condition=Q(people_cap=None) | Q(people_cap__gt=0),
                name="events_appointment_cap_lets_somebody_in",
                violation_error_message=_("An office that receives us lets at least one person in."),
            ),
        ]

    def __str__(self) -> str:
        return self.office

    @property
    def office(self) -> str:
        return str(self.official or self.committee or self.agency)

    @property
    def ends_at(self) -> time | None:
        if self.starts_at is None:
            return None
        return (datetime.combine(self.event.held_on, self.starts_at) + timedelta(minutes=self.minutes)).time()

    @property
    def begins(self) -> datetime | None:
        """The moment, in the event's zone."""
        return self.event.moment(self.starts_at) if self.starts_at else None

    @property
    def place(self) -> str:
        parts = [str(self.building) if self.building else "", self.room]
        return ", ".join(part for part in parts if part) or self.link

    @property
    def tone(self) -> str:
        if self.status in TOOK_PLACE:
            return "good"
        if self.status in (AppointmentStatus.DECLINED, AppointmentStatus.NO_SHOW):
            return "bad"
        return "info" if self.status in STANDING else ""

    @property
    def is_ahead(self) -> bool:
        return self.status in AHEAD

    @property
    def has_debrief(self) -> bool:
        return self.interaction_id is not None

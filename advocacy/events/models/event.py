"""An Advocacy Day, from idea to closed (DOMAIN.md W5)."""

import uuid
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, ClassVar, Self
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import formats
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from phonenumber_field.modelfields import PhoneNumberField

from advocacy.events.models.life import DONE, MOVES, EventStatus
from advocacy.kernel.folding import keys_holding, terms
from advocacy.kernel.zones import ZONE_CHOICES, name_of
from legislation.models import Jurisdiction
from legislation.models.public_record import in_language
from members.access import Reach, reach_of
from members.models import Chapter

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from advocacy.accounts.models import User


class EventFormat(models.TextChoices):
    CAPITOL = "capitol", _("At the legislature")
    VIRTUAL = "virtual", _("Online")
    IN_DISTRICT = "district", _("In the districts")
    HYBRID = "hybrid", pgettext_lazy("an event", "At the legislature and online")


class AdvocacyEventQuerySet(models.QuerySet["AdvocacyEvent"]):
    def visible_to(self, user: "User | AnonymousUser") -> Self:
        """What is announced is known to everybody with a role; an idea to its hosts, leads and staff."""
        reach = reach_of(user)
        if reach.is_empty:
            return self.none()
        if reach.reads_every_shared_record:
            return self.all()
        known = ~Q(status=EventStatus.IDEA)
        own = Q(coordinator=reach.person_id) | Q(pk__in=_hosted_by(reach.reads))
        return self.filter(known | own)

    def run_by(self, user: "User | AnonymousUser") -> Self:
        """Whoever prepares it: its coordinator, the advocates of its host chapters, and staff."""
        reach = reach_of(user)
        if reach.is_staff:
            return self.all()
        if reach.is_empty:
            return self.none()
        return self.filter(Q(coordinator=reach.person_id) | Q(pk__in=_hosted_by(reach.advocate_of)))

    def followed_by(self, user: "User | AnonymousUser") -> Self:
        """Whoever reads its whole schedule: those who run it, who reads a host chapter, leads and staff."""
        reach = reach_of(user)
        if reach.reads_every_shared_record:
            return self.all()
        hosted = self.filter(pk__in=_hosted_by(reach.reads))
        return (self.run_by(user) | hosted).distinct() if not reach.is_empty else self.none()

    def coming(self, today: date) -> Self:
        return self.filter(held_on__gte=today).exclude(status__in=DONE)

    def past(self, today: date) -> Self:
        return self.filter(Q(held_on__lt=today) | Q(status__in=DONE))

    def search(self, text: str) -> Self:
        """Those whose name in either language holds every word, whatever its accents or case. Days are few."""
        names = self.order_by().values_list("pk", "name", "name_fr")
        return self.filter(pk__in=keys_holding(text, names)) if terms(text) else self


def _hosted_by(chapters: frozenset[int]) -> "models.QuerySet[Chapter, int | None]":
    return Chapter.objects.filter(pk__in=chapters).order_by().values_list("advocacy_events", flat=True)


class AdvocacyEvent(models.Model):
    """One day on which people of one or several chapters meet offices with the same asks.

    Its times are wall times of `zone` on `held_on`. `opens_at` and `closes_at` bound the meetings. `public_key` stands
    in the address of the public registration, so that nobody guesses one that is not announced.
    """

    name = models.CharField(_("name"), max_length=150)
    name_fr = models.CharField(_("name in French"), max_length=150, blank=True)
    goal = models.TextField(
        _("goal"), max_length=2000, blank=True, help_text=_("What should be true afterwards.")
    )
    format = models.CharField(
        _("format"), max_length=8, choices=EventFormat.choices, default=EventFormat.CAPITOL
    )
    status = models.CharField(
        _("status"), max_length=11, choices=EventStatus.choices, default=EventStatus.IDEA
    )
    hosts: "models.ManyToManyField[Chapter, models.Model]" = models.ManyToManyField(
        Chapter, related_name="advocacy_events", verbose_name=_("host chapters")
    )
    jurisdiction = models.ForeignKey(
        Jurisdiction, on_delete=models.PROTECT, related_name="+", verbose_name=_("jurisdiction")
    )
    coordinator = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("coordinator")
    )
    held_on = models.DateField(_("date"))
    zone = models.CharField(_("time zone"), max_length=50, choices=ZONE_CHOICES, default="America/Chicago")
    opens_at = models.TimeField(_("first meeting from"), default=time(9))
    closes_at = models.TimeField(_("last meeting ends by"), default=time(16))
    place = models.CharField(
        _("where people meet"), max_length=300, blank=True, help_text=_("Building, room, and the way in.")
    )
    link = models.URLField(_("link"), max_length=300, blank=True)
    emergency_phone = PhoneNumberField(
        _("emergency number"), blank=True, help_text=_("Printed on every schedule: who answers on the day.")
    )
    cap = models.PositiveSmallIntegerField(
        _("places"), null=True, blank=True, help_text=_("Empty: no limit. Who comes later waits for a place.")
    )
    registration_until = models.DateField(_("registration until"), null=True, blank=True)
    is_public = models.BooleanField(
        _("people without an account may register"),
        default=False,
        help_text=_("They get a link; nothing else of the portal is open to them."),
    )
    public_key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    team_min = models.PositiveSmallIntegerField(_("people in a team, at least"), default=2)
    team_max = models.PositiveSmallIntegerField(_("people in a team, at most"), default=5)
    walking_minutes = models.PositiveSmallIntegerField(
        _("minutes between two buildings"), default=10, help_text=_("Where no other time is given.")
    )
    budget = models.DecimalField(_("budget"), max_digits=10, decimal_places=2, null=True, blank=True)
    budget_currency = models.CharField(
        _("currency"), max_length=3, choices=[("USD", "USD"), ("CAD", "CAD")], blank=True
    )
    sponsors = models.TextField(_("sponsors"), max_length=1000, blank=True, help_text=_("None is exclusive."))
    people_wanted = models.PositiveSmallIntegerField(_("people wanted"), null=True, blank=True)
    meetings_wanted = models.PositiveSmallIntegerField(_("meetings wanted"), null=True, blank=True)
    lessons = models.TextField(_("lessons"), max_length=4000, blank=True)
    next_on = models.DateField(_("next year’s date"), null=True, blank=True)
    copied_from = models.ForeignKey(
        "self",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="copies",
        verbose_name=_("copied from"),
    )
    # How often the schedule was published, and when last: what attendees hold in their hands.
    edition = models.PositiveSmallIntegerField(_("edition of the schedule"), default=0, editable=False)
    published_at = models.DateTimeField(_("published"), null=True, editable=False)
    cancelled_reason = models.CharField(_("why it was cancelled"), max_length=300, blank=True)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, editable=False, related_name="+"
    )

    objects: ClassVar[models.Manager["AdvocacyEvent"]] = models.Manager.from_queryset(AdvocacyEventQuerySet)()

    class Meta:
        verbose_name = _("Advocacy Day")
        verbose_name_plural = _("Advocacy Days")
        ordering = ["-held_on", "-pk"]
        indexes = [models.Index(fields=["held_on", "status"], name="events_event_by_day")]
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=EventStatus.values, format__in=EventFormat.values),
                name="events_event_has_a_known_status_and_format",
                violation_error_message=_("Choose one of the statuses and one of the formats."),
            ),
            models.CheckConstraint(
                condition=Q(closes_at__gt=F("opens_at")),
                name="events_event_closes_after_it_opens",
                violation_error_message=_("The last meeting ends after the first begins."),
            ),
            models.CheckConstraint(
                condition=Q(team_min__gte=1) & Q(team_max__gte=F("team_min")),
                name="events_event_teams_have_a_size",
                violation_error_message=_(
                    "A team has at least one person, and at most no fewer than at least."
                ),
            ),
            models.CheckConstraint(
                condition=Q(cap=None) | Q(cap__gt=0),
                name="events_event_cap_leaves_a_place",
                violation_error_message=_("Give at least one place, or leave it empty for no limit."),
            ),
            models.CheckConstraint(
                condition=Q(registration_until=None) | Q(registration_until__lte=F("held_on")),
                name="events_event_registration_ends_by_the_day",
                violation_error_message=_("Registration ends on the day of the event at the latest."),
            ),
            models.CheckConstraint(
                condition=Q(budget=None, budget_currency="") | (Q(budget__gte=0) & ~Q(budget_currency="")),
                name="events_event_budget_has_a_currency",
                violation_error_message=_("Give the budget together with its currency."),
            ),
            models.CheckConstraint(
                condition=Q(edition=0, published_at=None) | Q(edition__gt=0, published_at__isnull=False),
                name="events_event_edition_was_published_at_a_moment",
                violation_error_message=_("A published schedule says when it was published."),
            ),
            models.CheckConstraint(
                condition=(Q(status=EventStatus.CANCELLED) & ~Q(cancelled_reason=""))
                | (~Q(status=EventStatus.CANCELLED) & Q(cancelled_reason="")),
                name="events_event_is_cancelled_with_a_reason",
                violation_error_message=_("Say why it is cancelled."),
            ),
        ]

    def __str__(self) -> str:
        return in_language(get_language(), self.name, self.name_fr)

    def get_absolute_url(self) -> str:
        return reverse("events:event_detail", args=[self.pk])

    def name_in(self, language: str) -> str:
        return in_language(language, self.name, self.name_fr)

    def moment(self, at: time) -> datetime:
        """A wall time of the day as a moment; computed late, so that the zone's newest rules hold."""
        return datetime.combine(self.held_on, at, tzinfo=ZoneInfo(self.zone))

    def today(self, now: datetime) -> date:
        return now.astimezone(ZoneInfo(self.zone)).date()

    def may_become(self, status: str) -> bool:
        return status in MOVES[EventStatus(self.status)]

    def takes_registrations(self, now: datetime) -> bool:
        """While it is open, through the last day of registration in its own zone."""
        last = self.registration_until or self.held_on
        return self.status == EventStatus.OPEN and self.today(now) <= last

    def has_begun(self, now: datetime) -> bool:
        """The day itself has come: meetings can be held and debriefed."""
        return self.today(now) >= self.held_on

    @property
    def walk_unless_known(self) -> int:
        """Minutes from one building to another where nobody said otherwise. Online nobody walks."""
        return 0 if self.format == EventFormat.VIRTUAL else self.walking_minutes

    @property
    def day_in_words(self) -> str:
        """With its weekday, in the language of now: English parts the two by a comma, French does not."""
        between = " " if get_language() == "fr" else ", "
        return between.join(formats.date_format(self.held_on, form) for form in ("l", "DATE_FORMAT"))

    @property
    def clock(self) -> str:
        """By which clock its times are told: "New York time"."""
        return name_of(self.zone)

    @property
    def tone(self) -> str:
        """How its status looks: what is open and what is published stand out."""
        return {EventStatus.OPEN: "info", EventStatus.PUBLISHED: "good", EventStatus.CANCELLED: "bad"}.get(
            EventStatus(self.status), ""
        )

    @property
    def is_published(self) -> bool:
        return self.edition > 0

    @property
    def is_over(self) -> bool:
        return self.status in DONE

    @property
    def debriefs_wanted_by(self) -> datetime:
        """A debrief in time is filed within 24 hours of the last meeting's end."""
        return self.moment(self.closes_at) + timedelta(hours=24)


def reach_runs(event: AdvocacyEvent, reach: Reach) -> bool:
    """What `run_by` says of many rows, of one that is in hand."""
    if reach.is_staff or event.coordinator_id == reach.person_id:
        return not reach.is_empty
    return any(chapter.pk in reach.advocate_of for chapter in event.hosts.all())

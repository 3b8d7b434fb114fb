"""Who comes to an Advocacy Day, and where they are constituents."""

import uuid
from datetime import time
from typing import TYPE_CHECKING, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from phonenumber_field.modelfields import PhoneNumberField

from advocacy.accounts.models import Language
from advocacy.events.models.event import AdvocacyEvent
from advocacy.kernel.folding import fold, terms
from advocacy.outbox.actions.erasure import NOBODYS_DOMAIN
from legislation.lookup.answer import Method
from legislation.models import ChamberCode, Division, Jurisdiction
from members.models import Chapter

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from advocacy.accounts.models import User


class RegistrationStatus(models.TextChoices):
    REGISTERED = "registered", pgettext_lazy("a registration", "Registered")
    WAITING = "waiting", _("Waiting for a place")
    WITHDRAWN = "withdrawn", pgettext_lazy("a registration", "Withdrawn")


class TeamRole(models.TextChoices):
    """Who does what in a meeting (DOMAIN.md W5)."""

    LEADER = "leader", _("Leader")
    APPRECIATOR = "appreciator", _("Says thank you first")
    ASKER = "asker", _("Makes the ask")
    TIME_KEEPER = "time_keeper", _("Keeps the time")
    NOTE_TAKER = "note_taker", _("Takes notes")
    PHOTOGRAPHER = "photographer", _("Takes photographs")
    FOLLOW_UP = "follow_up", _("Follows up")


class RegistrationQuerySet(models.QuerySet["Registration"]):
    def visible_to(self, user: "User | AnonymousUser") -> Self:
        """One's own; and all of an event for those who run it. Needs and districts are nobody else's business."""
        if not user.is_authenticated or not user.is_active:
            return self.none()
        run = AdvocacyEvent.objects.all().run_by(user).order_by().values("pk")
        return self.filter(Q(person=user.pk) | Q(event__in=run))

    def managed_by(self, user: "User | AnonymousUser") -> Self:
        return self.filter(event__in=AdvocacyEvent.objects.all().run_by(user).order_by().values("pk"))

    def reachable(self) -> Self:
        return self.exclude(email__endswith=f"@{NOBODYS_DOMAIN}")

    def coming(self) -> Self:
        return self.filter(status=RegistrationStatus.REGISTERED)

    def waiting(self) -> Self:
        """In the order in which they came."""
        proven = Q(person__isnull=False) | Q(proven_at__isnull=False)
        return self.filter(proven, status=RegistrationStatus.WAITING).order_by("registered_at", "pk")

    def unproven(self) -> Self:
        """Typed into the public page, and not confirmed by the link in the mail: they hold no place yet."""
        return self.filter(status=RegistrationStatus.WAITING, person=None, proven_at=None)

    def on_the_list(self) -> Self:
        """Who comes or waits, as far as they said so themselves."""
        return self.coming() | self.filter(pk__in=self.waiting().order_by().values("pk"))

    def without_districts(self) -> Self:
        return self.filter(districts=None)

    def checked_in(self) -> Self:
        return self.filter(checked_in_at__isnull=False)

    def search(self, text: str) -> Self:
        found = self
        for term in terms(text):
            found = found.filter(search_text__contains=term)
        return found


class Registration(models.Model):
    """One person comes to one event. Of their address only the districts are kept, with how they were found.

    `arrives_at` and `leaves_at` are wall times of the event; empty means all day. `link_key` stands in the signed
    link of those who have no account.
    """

    event = models.ForeignKey(
        AdvocacyEvent, on_delete=models.CASCADE, related_name="registrations", verbose_name=_("Advocacy Day")
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="event_registrations",
        verbose_name=_("person"),
    )
    name = models.CharField(_("name"), max_length=150)
    email = models.EmailField(_("e-mail address"))
    phone = PhoneNumberField(_("phone"), blank=True, help_text=_("For changes on the day."))
    employer = models.CharField(_("employer"), max_length=150, blank=True)
    chapter = models.ForeignKey(
        Chapter,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("chapter"),
    )
    language = models.CharField(
        _("language of letters"), max_length=2, choices=Language.choices, default=Language.ENGLISH
    )
    speaks_english = models.BooleanField(_("speaks English"), default=True)
    speaks_french = models.BooleanField(_("speaks French"), default=False)
    is_first_timer = models.BooleanField(_("comes for the first time"), default=False)
    access_needs = models.CharField(
        _("access needs"),
        max_length=300,
        blank=True,
        help_text=_("For example step-free, captions, seating."),
    )
    diet = models.CharField(_("diet"), max_length=200, blank=True)
    photo_consent = models.BooleanField(_("may be photographed"), default=False)
    topics = models.CharField(_("topics"), max_length=300, blank=True)
    wished_role = models.CharField(_("willing to"), max_length=12, choices=TeamRole.choices, blank=True)
    arrives_at = models.TimeField(_("arrives at"), null=True, blank=True)
    leaves_at = models.TimeField(_("leaves at"), null=True, blank=True)
    method = models.CharField(_("districts found by"), max_length=11, choices=Method.choices, blank=True)
    status = models.CharField(
        _("status"),
        max_length=10,
        choices=RegistrationStatus.choices,
        default=RegistrationStatus.REGISTERED,
    )
    registered_at = models.DateTimeField(_("registered"))
    proven_at = models.DateTimeField(
        _("address proven"), null=True, blank=True, help_text=_("Of somebody without an account.")
    )
    checked_in_at = models.DateTimeField(_("checked in"), null=True, blank=True)
    # The schedule last mailed to them: which team, and each meeting as [office, time, place]. Empty: none yet.
    told = models.JSONField(default=dict, blank=True, editable=False)
    told_count = models.PositiveSmallIntegerField(default=0, editable=False)
    link_key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    search_text = models.CharField(max_length=420, editable=False, default="")

    objects: ClassVar[models.Manager["Registration"]] = models.Manager.from_queryset(RegistrationQuerySet)()

    class Meta:
        verbose_name = _("registration")
        verbose_name_plural = _("registrations")
        ordering = ["search_text", "pk"]
        indexes = [
            models.Index(fields=["event", "status", "registered_at"], name="events_registration_queue")
        ]
        constraints = [
            models.UniqueConstraint(
                "event",
                Lower("email"),
                name="events_registration_address_once_per_event",
                violation_error_message=_("This address is registered already."),
            ),
            models.UniqueConstraint(
                fields=["event", "person"],
                condition=Q(person__isnull=False),
                name="events_registration_person_once_per_event",
                violation_error_message=_("This person is registered already."),
            ),
            models.CheckConstraint(
                condition=Q(
                    status__in=RegistrationStatus.values,
                    language__in=Language.values,
                    wished_role__in=["", *TeamRole.values],
                ),
                name="events_registration_has_a_known_status_language_and_role",
                violation_error_message=_("Choose one of the values of each list."),
            ),
            models.CheckConstraint(
                condition=Q(arrives_at=None) | Q(leaves_at=None) | Q(leaves_at__gt=F("arrives_at")),
                name="events_registration_leaves_after_arriving",
                violation_error_message=_("Somebody leaves after they arrive."),
            ),
            models.CheckConstraint(
                condition=Q(speaks_english=True) | Q(speaks_french=True),
                name="events_registration_speaks_a_language",
                violation_error_message=_("Tick at least one language."),
            ),
            models.CheckConstraint(
                condition=Q(checked_in_at=None) | Q(status=RegistrationStatus.REGISTERED),
                name="events_registration_checks_in_with_a_place",
                violation_error_message=_("Only somebody with a place checks in."),
            ),
        ]

    def __str__(self) -> str:
        return gettext("Forgotten") if self.is_forgotten else self.name

    def save(self, *args: object, **kwargs: object) -> None:
        self.search_text = fold(f"{self.name} {self.employer} {self.email}")[:420]
        super().save(*args, **kwargs)  # type: ignore[arg-type]

    @property
    def is_forgotten(self) -> bool:
        """They asked for it: the row counts, and nobody is behind it or can be written to."""
        return self.email.endswith(f"@{NOBODYS_DOMAIN}")

    @property
    def is_coming(self) -> bool:
        return self.status == RegistrationStatus.REGISTERED

    @property
    def team(self) -> models.Model | None:
        """The team they are in. Teams stand above registrations, so that it has no better type here."""
        place = getattr(self, "place", None)
        return getattr(place, "team", None)

    @property
    def is_waiting(self) -> bool:
        return self.status == RegistrationStatus.WAITING

    @property
    def is_unproven(self) -> bool:
        return self.is_waiting and self.person_id is None and self.proven_at is None

    @property
    def may_answer(self) -> bool:
        """The survey: whoever came, until the day is closed."""
        return self.checked_in_at is not None and not self.event.is_over

    @property
    def languages(self) -> frozenset[str]:
        spoken = {"en": self.speaks_english, "fr": self.speaks_french}
        return frozenset(code for code, is_spoken in spoken.items() if is_spoken)

    def is_there(self, begins: time, ends: time) -> bool:
        """Whether they are at the event for the whole of a meeting."""
        has_come = self.arrives_at is None or self.arrives_at <= begins
        return has_come and (self.leaves_at is None or ends <= self.leaves_at)


class RegistrationDistrict(models.Model):
    """A district in which somebody who comes is a constituent."""

    registration = models.ForeignKey(
        Registration, on_delete=models.CASCADE, related_name="districts", verbose_name=_("registration")
    )
    jurisdiction = models.ForeignKey(
        Jurisdiction, on_delete=models.PROTECT, related_name="+", verbose_name=_("jurisdiction")
    )
    chamber_code = models.CharField(_("chamber"), max_length=11, choices=ChamberCode.choices)
    division = models.ForeignKey(
        Division, on_delete=models.PROTECT, related_name="+", verbose_name=_("division")
    )

    objects: ClassVar[models.Manager["RegistrationDistrict"]] = models.Manager()

    class Meta:
        verbose_name = _("district")
        verbose_name_plural = _("districts")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["registration", "jurisdiction", "chamber_code"],
                name="events_district_is_one_for_each_chamber",
                violation_error_message=_("Somebody lives in one district of each chamber."),
            )
        ]

    def __str__(self) -> str:
        return str(self.division)

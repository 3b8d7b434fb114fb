import uuid
from datetime import date
from typing import TYPE_CHECKING, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Case, Count, Exists, F, OuterRef, Q, Value, When
from django.urls import reverse
from django.utils import formats
from django.utils.translation import gettext_lazy as _

from advocacy.accounts.models import Language
from advocacy.interactions.models.followup import FollowUp, FollowUpStatus
from advocacy.interactions.models.interaction import Interaction
from advocacy.kernel.zones import ZONE_CHOICES, name_of
from legislation.models import Jurisdiction, Official, Seat
from members.access import Reach, reach_of
from members.models import Chapter

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from advocacy.accounts.models import User


class Occasion(models.TextChoices):
    MEETING = "meeting", _("Meeting")
    SITE_VISIT = "site_visit", _("Site visit")


class Channel(models.TextChoices):
    """How our person handed the request over. The portal itself sends nothing."""

    EMAIL = "email", _("My own mail program")
    COPY = "copy", _("Copied and pasted")
    PRINT = "print", _("Printed and posted or handed over")
    WEB_FORM = "web_form", _("The office’s web form")
    PHONE = "phone", _("The phone")


class RequestState(models.TextChoices):
    REQUESTED = "requested", _("Requested")
    CONFIRMED = "confirmed", _("Confirmed")
    HELD = "held", _("Held")
    LOGGED = "logged", _("Logged")
    DECLINED = "declined", _("Declined")
    NO_REPLY = "no_reply", _("No reply")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class Step(models.TextChoices):
    """What can happen to a request next. The log takes the last step, from held to logged."""

    CONFIRM = "confirm", _("They confirmed a day")
    REPLY = "reply", _("They replied, nothing is decided yet")
    HOLD = "hold", _("We met")
    DECLINE = "decline", _("They declined or cancelled")
    GIVE_UP = "give_up", _("No reply: we stop waiting")
    WITHDRAW = "withdraw", _("We withdraw it")


OPEN_STATES = (RequestState.REQUESTED, RequestState.CONFIRMED, RequestState.HELD)
# Which states a step starts from. A late reply still counts; a confirmed day can be confirmed again for another day.
STEP_FROM: dict[Step, tuple[RequestState, ...]] = {
    Step.CONFIRM: (RequestState.REQUESTED, RequestState.NO_REPLY, RequestState.CONFIRMED),
    Step.REPLY: (RequestState.REQUESTED,),
    Step.HOLD: (RequestState.CONFIRMED,),
    Step.DECLINE: (RequestState.REQUESTED, RequestState.NO_REPLY, RequestState.CONFIRMED),
    Step.GIVE_UP: (RequestState.REQUESTED,),
    Step.WITHDRAW: (RequestState.REQUESTED, RequestState.CONFIRMED),
}


class MeetingRequestQuerySet(models.QuerySet["MeetingRequest"]):
    def visible_to(self, user: "User | AnonymousUser") -> Self:
        """One's own, those of one's chapters, and as shared records: of the jurisdictions one is an advocate for."""
        return self.within(reach_of(user))

    def within(self, reach: Reach) -> Self:
        if reach.is_empty:
            return self.none()
        if reach.reads_every_shared_record:
            return self.all()
        mine = Q(requested_by=reach.person_id, chapter__in=reach.belongs_to)
        return self.filter(mine | Q(chapter__in=reach.reads) | Q(jurisdiction__in=reach.shares))

    def editable_by(self, user: "User | AnonymousUser") -> Self:
        """One's own, those of chapters one logs for, and all for staff."""
        reach = reach_of(user)
        if reach.is_staff:
            return self.all()
        mine = Q(requested_by=reach.person_id, chapter__in=reach.belongs_to)
        return self.visible_to(user).filter(mine | Q(chapter__in=reach.logs_for))

    def with_shown_state(self, user: "User | AnonymousUser") -> Self:
        """Adds `shown_state`: a logged request reads as held to whoever may not know of the record."""
        record = Interaction.objects.visible_to(user).filter(pk=OuterRef("interaction"))
        hidden = When(~Exists(record), state=RequestState.LOGGED, then=Value(RequestState.HELD))
        return self.annotate(shown_state=Case(hidden, default=F("state"), output_field=models.CharField()))

    def shown_as(self, *states: str) -> Self:
        """After `with_shown_state`: those that the reader sees in one of these states."""
        return self.filter(shown_state__in=states)

    def counted_by_shown_state(self) -> dict[str, int]:
        """After `with_shown_state`: how many in each state, as the reader sees them."""
        rows = self.order_by().values_list("shown_state").annotate(Count("pk"))  # type: ignore[misc]  # annotated above
        return dict(rows)

    def waiting(self) -> Self:
        """No word from the office yet, and we have not given up."""
        return self.filter(state=RequestState.REQUESTED, first_reply_on=None)

    def to_nudge(self, today: date) -> Self:
        """Without a reply for five business days of the office, or since the day the nudge was moved to."""
        due = Q(nudge__status=FollowUpStatus.OPEN, nudge__due_on__lte=today)
        return self.waiting().filter(due)

    def loggable(self) -> Self:
        """The day is fixed or over, and the contact is not in the log yet."""
        return self.filter(state__in=(RequestState.CONFIRMED, RequestState.HELD))


class MeetingRequest(models.Model):
    """Our asking one office for a meeting or a site visit, from the day it was handed over to the log.

    Slots and the confirmed day are local dates and times in `zone`. `seat` and `jurisdiction` remember the capacity of
    the day of the request. `first_reply_on` is the first word of any kind from the office.
    """

    form_key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    official = models.ForeignKey(
        Official, on_delete=models.PROTECT, related_name="+", verbose_name=_("official")
    )
    seat = models.ForeignKey(
        Seat,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("seat that day"),
    )
    jurisdiction = models.ForeignKey(
        Jurisdiction, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("jurisdiction")
    )
    chapter = models.ForeignKey(
        Chapter, on_delete=models.PROTECT, related_name="+", verbose_name=_("chapter")
    )
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("requested by")
    )
    occasion = models.CharField(
        _("what for"), max_length=10, choices=Occasion.choices, default=Occasion.MEETING
    )
    purpose = models.CharField(_("about"), max_length=200)
    wording = models.TextField(_("text"), max_length=10_000)
    language = models.CharField(_("language"), max_length=2, choices=Language.choices)
    zone = models.CharField(_("time zone"), max_length=50, choices=ZONE_CHOICES)
    slot_1_on = models.DateField(_("first proposed day"), null=True, blank=True)
    slot_1_time = models.TimeField(_("first proposed time"), null=True, blank=True)
    slot_2_on = models.DateField(_("second proposed day"), null=True, blank=True)
    slot_2_time = models.TimeField(_("second proposed time"), null=True, blank=True)
    channel = models.CharField(_("handed over by"), max_length=10, choices=Channel.choices)
    requested_on = models.DateField(_("requested"))
    first_reply_on = models.DateField(_("first reply"), null=True, blank=True)
    confirmed_on = models.DateField(_("day of the meeting"), null=True, blank=True)
    confirmed_time = models.TimeField(_("time of the meeting"), null=True, blank=True)
    note = models.CharField(_("note"), max_length=200, blank=True)
    state = models.CharField(
        _("state"), max_length=10, choices=RequestState.choices, default=RequestState.REQUESTED
    )
    nudge = models.OneToOneField(
        FollowUp, on_delete=models.PROTECT, null=True, editable=False, related_name="meeting_request"
    )
    interaction = models.OneToOneField(
        Interaction, on_delete=models.PROTECT, null=True, editable=False, related_name="meeting_request"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    # Only after `with_shown_state`.
    shown_state: str

    objects: ClassVar[models.Manager["MeetingRequest"]] = models.Manager.from_queryset(
        MeetingRequestQuerySet
    )()

    class Meta:
        verbose_name = _("meeting request")
        verbose_name_plural = _("meeting requests")
        ordering = ["-requested_on", "-pk"]
        indexes = [
            models.Index(fields=["official", "-requested_on"], name="interactions_request_office"),
            models.Index(fields=["chapter", "-requested_on"], name="interactions_request_chapter"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(slot_1_on=None, slot_1_time=None, slot_2_on=None, slot_2_time=None)
                | Q(slot_1_on__isnull=False, slot_1_time__isnull=False, slot_2_on=None, slot_2_time=None)
                | Q(
                    slot_1_on__isnull=False,
                    slot_1_time__isnull=False,
                    slot_2_on__isnull=False,
                    slot_2_time__isnull=False,
                ),
                name="interactions_meetingrequest_slot_has_day_and_time",
                violation_error_message=_(
                    "Give each proposed slot a day and a time; a second only after a first."
                ),
            ),
            models.CheckConstraint(
                condition=~Q(
                    state__in=(RequestState.CONFIRMED, RequestState.HELD, RequestState.LOGGED),
                    confirmed_on=None,
                ),
                name="interactions_meetingrequest_confirmed_has_a_day",
                violation_error_message=_("A confirmed meeting has a day."),
            ),
            models.CheckConstraint(
                condition=Q(first_reply_on=None) | Q(first_reply_on__gte=F("requested_on")),
                name="interactions_meetingrequest_reply_is_not_before_it",
                violation_error_message=_("Their first reply cannot be before the request."),
            ),
            models.CheckConstraint(
                condition=~Q(
                    state__in=(
                        RequestState.CONFIRMED,
                        RequestState.HELD,
                        RequestState.LOGGED,
                        RequestState.DECLINED,
                    ),
                    first_reply_on=None,
                )
                & ~Q(state=RequestState.NO_REPLY, first_reply_on__isnull=False),
                name="interactions_meetingrequest_an_answer_has_its_day",
                violation_error_message=_("Say on which day they answered."),
            ),
            models.CheckConstraint(
                condition=~Q(state=RequestState.LOGGED, interaction=None),
                name="interactions_meetingrequest_logged_has_its_record",
                violation_error_message=_("A logged request points at its record."),
            ),
            models.CheckConstraint(
                condition=Q(interaction=None)
                | Q(state__in=(RequestState.CONFIRMED, RequestState.HELD, RequestState.LOGGED)),
                name="interactions_meetingrequest_record_only_once_confirmed",
                violation_error_message=_("Only a confirmed meeting can be logged."),
            ),
        ]

    def __str__(self) -> str:
        # No text of the request: this line travels to the audit trail and page titles.
        day = formats.date_format(self.requested_on, "DATE_FORMAT")
        known = {"what": self.get_occasion_display(), "official": self.official, "day": day}
        return str(_("%(what)s with %(official)s, requested on %(day)s") % known)

    def get_absolute_url(self) -> str:
        return reverse("interactions:request_detail", args=[self.pk])

    @property
    def clock(self) -> str:
        """By which clock its time is told: "New York time"."""
        return name_of(self.zone)

    @property
    def shown_state_label(self) -> str:
        return str(RequestState(self.shown_state).label)

    @property
    def is_loggable(self) -> bool:
        return self.state in (RequestState.CONFIRMED, RequestState.HELD)

    @property
    def days_to_reply(self) -> int | None:
        """Calendar days from the request to their first reply (DOMAIN.md §6.3); None while there is none."""
        return (self.first_reply_on - self.requested_on).days if self.first_reply_on else None

    def steps(self, today: date) -> list[Step]:
        """What can happen next; nobody has met on a day that has not come."""
        return [
            step for step, states in STEP_FROM.items() if self.state in states and self._allows(step, today)
        ]

    def _allows(self, step: Step, today: date) -> bool:
        if step in (Step.REPLY, Step.GIVE_UP):
            return self.first_reply_on is None
        if step == Step.HOLD:
            return self.confirmed_on is not None and self.confirmed_on <= today
        return True

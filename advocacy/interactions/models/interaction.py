import uuid
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, ClassVar, Self

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils import formats
from django.utils.translation import gettext_lazy as _

from advocacy.interactions.models import visibility
from advocacy.interactions.models.choices import (
    KINDS_NEEDING_A_REPLY,
    ONE_WAY_KINDS,
    Capacity,
    Initiator,
    Kind,
    Level,
    Purpose,
    State,
)
from advocacy.interactions.models.parties import Counterpart, Office, Participant
from advocacy.kernel.folding import fold, terms
from advocacy.kernel.zones import ZONE_CHOICES, name_of
from advocacy.positions.models import Material
from members.access import Reach, reach_of
from members.confidentiality import Confidentiality
from members.models import Chapter

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from advocacy.accounts.models import User
    from legislation.models import Official

TRAILING_YEAR = timedelta(days=365)


class InteractionQuerySet(models.QuerySet["Interaction"]):
    def visible_to(self, user: "User | AnonymousUser") -> Self:
        """Records the person may read: planned or logged, not deleted. Drafts have a door of their own."""
        return self.within(reach_of(user))

    def within(self, reach: Reach) -> Self:
        return self.kept().exclude(state=State.DRAFT).filter(visibility.readable(reach))

    def near(self, user: "User | AnonymousUser") -> Self:
        """Ask the visibility rule only of records that an index finds near the person.

        For lists and counts over the whole log. It takes nothing away that `visible_to` leaves.
        """
        candidates = visibility.candidates(reach_of(user))
        return self if candidates is None else self.filter(pk__in=candidates)

    def editable_by(self, user: "User | AnonymousUser") -> Self:
        return self.visible_to(user).filter(visibility.editable(reach_of(user)))

    def joinable_by(self, user: "User | AnonymousUser") -> Self:
        """Logged meetings that somebody who logs for a chapter may join; a restricted one stays with its own."""
        if not reach_of(user).logs_for:
            return self.none()
        return self.visible_to(user).logged().exportable()

    def drafts_of(self, user: "User | AnonymousUser") -> Self:
        """Only the author sees a draft, and only while they may still log for its chapter."""
        reach = reach_of(user)
        drafts = self.kept().filter(state=State.DRAFT, logged_by=reach.person_id)
        return drafts if reach.is_staff else drafts.filter(chapter__in=reach.logs_for)

    def deleted_and_restorable_by(self, user: "User | AnonymousUser") -> Self:
        """Deleted records, for those who may read and edit them: they can be brought back."""
        reach = reach_of(user)
        deleted = self.filter(deleted_at__isnull=False).exclude(state=State.DRAFT)
        return deleted.filter(visibility.readable(reach)).filter(visibility.editable(reach))

    def kept(self) -> Self:
        return self.filter(deleted_at=None)

    def logged(self) -> Self:
        return self.kept().filter(state=State.LOGGED)

    def exportable(self) -> Self:
        """Restricted records leave in no export, mail or report, whoever asks (DOMAIN.md §4.8)."""
        return self.exclude(confidentiality=Confidentiality.RESTRICTED)

    def meaningful(self) -> Self:
        """Two-way or on the record, with somebody named, about something (DOMAIN.md §6.3)."""
        somebody = Counterpart.objects.filter(interaction=OuterRef("pk"))
        unanswered = Q(kind__in=KINDS_NEEDING_A_REPLY, replied_on=None)
        return (
            self.logged()
            .exclude(kind__in=ONE_WAY_KINDS)
            .exclude(unanswered)
            .exclude(was_voicemail_only=True)
            .exclude(purpose=Purpose.SCHEDULING)
            .filter(Exists(somebody))
        )

    def with_official(self, official: "Official") -> Self:
        # By key and not by EXISTS: an office has few contacts, the log many, and the newest are wanted first.
        return self.filter(pk__in=Office.objects.filter(official=official).order_by().values("interaction"))

    def by_any_of(self, people: "models.QuerySet[User]") -> Self:
        """Logged by one of these people, or with them among ours."""
        took_part = Participant.objects.filter(person__in=people.order_by().values("pk"))
        return self.filter(
            Q(logged_by__in=people.order_by().values("pk"))
            | Q(pk__in=took_part.order_by().values("interaction"))
        )

    def in_person_with(self, official: "Official") -> Self:
        """The official was there, not only the office."""
        met = Counterpart.objects.filter(
            Q(official=official) | Q(official=None, level=Level.OFFICIAL), interaction=OuterRef("pk")
        )
        return self.with_official(official).filter(Exists(met))

    def credited_to(self, chapter: Chapter) -> Self:
        return self.filter(credits__chapter=chapter)

    def in_trailing_year(self, today: date) -> Self:
        return self.filter(occurred_on__gt=today - TRAILING_YEAR, occurred_on__lte=today)

    def with_parties(self) -> Self:
        """Fetches both sides and the topics, in a fixed number of queries: what a line of a list shows."""
        return self.select_related("chapter", "logged_by").prefetch_related(
            "offices__official",
            "offices__seat",
            "offices__committee",
            "counterparts__official",
            "counterparts__staffer",
            "participants__person",
            "credits__chapter",
            "topics__measure__session",
            "topics__issue",
        )

    def search(self, text: str) -> Self:
        """Every word must occur in what the reader of the record may read; impressions are never searched."""
        found = self
        for term in terms(text):
            found = found.filter(search_text__contains=term)
        return found


class Interaction(models.Model):
    """One dated contact between our side and one or more offices.

    `occurred_on` is a plain date where it happened; it decides the month the record belongs to. `zone` is the zone of
    `occurred_at_time`. `form_key` makes saving idempotent: one filled form, one record.
    """

    form_key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.LOGGED)
    kind = models.CharField(_("kind"), max_length=30, choices=Kind.choices)
    purpose = models.CharField(_("purpose"), max_length=20, choices=Purpose.choices, default=Purpose.POLICY)
    occurred_on = models.DateField(_("date"))
    occurred_at_time = models.TimeField(_("time"), null=True, blank=True)
    zone = models.CharField(_("time zone"), max_length=50, choices=ZONE_CHOICES)
    chapter = models.ForeignKey(
        Chapter, on_delete=models.PROTECT, related_name="+", verbose_name=_("logged for")
    )
    summary = models.CharField(_("summary"), max_length=200, blank=True)
    confidentiality = models.CharField(
        _("who may read this"), max_length=12, choices=Confidentiality.choices, default=Confidentiality.SHARED
    )

    concerns = models.TextField(_("concerns raised"), max_length=5000, blank=True)
    questions = models.TextField(_("questions asked"), max_length=5000, blank=True)
    recommendations = models.TextField(_("recommendations from them"), max_length=5000, blank=True)
    allies = models.TextField(_("who they work with"), max_length=5000, blank=True)
    personal_notes = models.TextField(_("personal notes safe to share"), max_length=5000, blank=True)
    stories_used = models.TextField(_("stories we used"), max_length=5000, blank=True)
    materials = models.ManyToManyField(
        Material, blank=True, related_name="interactions", verbose_name=_("materials left")
    )
    materials_left = models.CharField(_("other materials left"), max_length=300, blank=True)
    partners_present = models.CharField(_("coalition partners present"), max_length=300, blank=True)
    duration_minutes = models.PositiveSmallIntegerField(_("minutes"), null=True, blank=True)
    location = models.CharField(_("place or platform"), max_length=200, blank=True)
    initiated_by = models.CharField(_("who started it"), max_length=10, choices=Initiator.choices, blank=True)
    was_voicemail_only = models.BooleanField(_("voicemail only"), default=False)
    replied_on = models.DateField(_("first reply from them"), null=True, blank=True)

    discussed_specific_legislation = models.BooleanField(
        _("specific legislation or rule discussed"), null=True
    )
    capacity = models.CharField(
        _("in whose name"), max_length=10, choices=Capacity.choices, default=Capacity.CHAPTER
    )
    gift_value = models.DecimalField(
        _("gift or meal value"),
        max_digits=8,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
    )
    gift_currency = models.CharField(
        _("currency"), max_length=3, choices=[("USD", "USD"), ("CAD", "CAD")], blank=True
    )

    logged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("logged by")
    )
    logged_at = models.DateTimeField(_("logged"), null=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)
    version = models.PositiveIntegerField(default=1, editable=False)
    resembles = models.ForeignKey(
        "self",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("logged separately from"),
    )
    search_text = models.TextField(default="", editable=False)

    deleted_at = models.DateTimeField(null=True, editable=False)
    deleted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, editable=False, related_name="+"
    )
    deletion_reason = models.CharField(max_length=200, blank=True, editable=False)

    objects: ClassVar[models.Manager["Interaction"]] = models.Manager.from_queryset(InteractionQuerySet)()

    class Meta:
        verbose_name = _("interaction")
        verbose_name_plural = _("interactions")
        ordering = ["-occurred_on", "-pk"]
        indexes = [
            models.Index(fields=["-occurred_on", "-id"], name="interactions_by_day"),
            models.Index(fields=["chapter", "-occurred_on", "-id"], name="interactions_by_chapter"),
            models.Index(fields=["logged_by", "state"], name="interactions_by_author"),
            models.Index(
                fields=["deleted_at"], name="interactions_deleted", condition=Q(deleted_at__isnull=False)
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state=State.LOGGED, logged_at__isnull=False)
                | (~Q(state=State.LOGGED) & Q(logged_at=None)),
                name="interactions_interaction_logged_at_goes_with_logged",
                violation_error_message=_("A logged record says when it was logged; others do not."),
            ),
            models.CheckConstraint(
                condition=Q(state=State.DRAFT)
                | (~Q(summary="") & Q(discussed_specific_legislation__isnull=False)),
                name="interactions_interaction_is_complete_unless_draft",
                violation_error_message=_(
                    "Write a summary and say whether specific legislation was discussed."
                ),
            ),
            models.CheckConstraint(
                condition=Q(deleted_at=None, deleted_by=None, deletion_reason="")
                | (Q(deleted_at__isnull=False, deleted_by__isnull=False) & ~Q(deletion_reason="")),
                name="interactions_interaction_deletion_names_who_when_why",
                violation_error_message=_("A deletion names who, when and why."),
            ),
            models.CheckConstraint(
                condition=Q(gift_value=None, gift_currency="")
                | (Q(gift_value__gte=0) & ~Q(gift_currency="")),
                name="interactions_interaction_gift_has_value_and_currency",
                violation_error_message=_("Give a gift's value together with its currency."),
            ),
            models.CheckConstraint(
                condition=Q(replied_on=None) | Q(replied_on__gte=F("occurred_on")),
                name="interactions_interaction_reply_is_not_before_the_contact",
                violation_error_message=_("Their first reply cannot be before the contact."),
            ),
            models.CheckConstraint(
                condition=Q(was_voicemail_only=False) | Q(kind=Kind.PHONE_CALL),
                name="interactions_interaction_voicemail_only_on_the_phone",
                violation_error_message=_("Only a phone call can be voicemail."),
            ),
        ]

    def __str__(self) -> str:
        # No text of the record: this line travels to the audit trail, page titles and the admin.
        return f"{self.get_kind_display()}, {formats.date_format(self.occurred_on, 'DATE_FORMAT')}"

    def get_absolute_url(self) -> str:
        return reverse("interactions:interaction_detail", args=[self.pk])

    @property
    def clock(self) -> str:
        """By which clock its time is told: "New York time"."""
        return name_of(self.zone)

    @property
    def is_draft(self) -> bool:
        return self.state == State.DRAFT

    @property
    def is_deleted(self) -> bool:
        return self.deleted_at is not None

    def is_neglected_draft(self, now: datetime) -> bool:
        """A draft untouched for two days wants finishing or discarding (DOMAIN.md W1 step 10)."""
        return self.is_draft and now - self.updated_at > timedelta(hours=48)

    def text_to_search(self) -> str:
        """What a search looks through: all that every reader of this record may read, and no impressions."""
        texts = [
            self.summary, self.concerns, self.questions, self.recommendations, self.allies, self.personal_notes,
            self.stories_used, self.materials_left, self.partners_present, self.location,
        ]  # fmt: skip
        people = [str(party) for party in [*self.offices.all(), *self.counterparts.all(), *self.topics.all()]]
        return fold(" ".join([*texts, *people]))

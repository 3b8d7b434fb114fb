"""A campaign: many people asked to act on one thing, within a window, after two people have agreed on it."""

from datetime import datetime
from typing import TYPE_CHECKING, ClassVar, Self

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from advocacy.kernel.zones import ZONE_CHOICES
from campaigns.models.choices import (
    APPROVED_STATUSES,
    EDITABLE,
    LEGISLATIVE,
    MOVES,
    TONES,
    CampaignKind,
    Compliance,
    Status,
)
from campaigns.models.contact_list import ContactList
from legislation.models import Measure
from legislation.models.public_record import in_language
from members.access import reach_of
from members.models import Chapter

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from advocacy.accounts.models import User

OPEN_TO_COLLEAGUES = (
    Status.APPROVED,
    Status.SCHEDULED,
    Status.LIVE,
    Status.PAUSED,
    Status.CLOSED,
    Status.EVALUATED,
)


class CampaignQuerySet(models.QuerySet["Campaign"]):
    def visible_to(self, user: "User | AnonymousUser") -> Self:
        """What was approved is known to all colleagues; what is being written, to the chapters it concerns."""
        reach = reach_of(user)
        if reach.is_empty:
            return self.none()
        if reach.reads_every_shared_record:
            return self
        near = reach.logs_for | reach.reads
        taking_part = Campaign.chapters.through.objects.filter(chapter__in=near).values("campaign")
        return self.filter(
            Q(status__in=OPEN_TO_COLLEAGUES)
            | Q(chapter__in=near)
            | Q(pk__in=taking_part)
            | Q(created_by=reach.person_id)
        )

    def editable_by(self, user: "User | AnonymousUser") -> Self:
        """Advocates work on the campaigns of their own chapters, staff on all, in the statuses that allow it."""
        return self.run_by(user).filter(status__in=EDITABLE)

    def run_by(self, user: "User | AnonymousUser") -> Self:
        """Whoever answers for a campaign: submits, launches, pauses and closes it."""
        reach = reach_of(user)
        visible = self.visible_to(user)
        return visible if reach.is_staff else visible.filter(chapter__in=reach.advocate_of)

    def public(self) -> Self:
        """Those whose page anybody may open: once launched, it says for ever what became of it."""
        return self.approved().filter(launched_at__isnull=False)

    def approved(self) -> Self:
        """Those with a version of their own that a second person approved: nothing else is ever sent or shown."""
        return self.filter(revision__verdict="approved", revision__campaign=F("pk")).exclude(
            revision__decided_by=F("created_by")
        )

    def live(self) -> Self:
        return self.approved().filter(status=Status.LIVE)

    def with_participants(self) -> Self:
        """Adds `participants`: how many took part, those held or refused not counted."""
        counted = Q(participations__state="counted")
        return self.annotate(participants=models.Count("participations", filter=counted, distinct=True))

    def to_open(self, now: datetime) -> Self:
        """Scheduled ones whose hour has come."""
        return self.approved().filter(status=Status.SCHEDULED, opens_at__lte=now)

    def to_close(self, now: datetime) -> Self:
        """Those whose window is over."""
        return self.filter(status__in=(Status.LIVE, Status.PAUSED), closes_at__lte=now)


class Campaign(models.Model):
    """`opens_at` and `closes_at` are moments; `zone` is the clock by which they are told and kept.

    `revision` is what was approved: while a campaign is approved, scheduled, live or paused, it is what is sent and
    shown, and nothing of it can be edited. `launched_at` is the first launch.
    """

    # Only on rows of `with_participants`.
    participants: int

    name = models.CharField(_("name"), max_length=150)
    name_fr = models.CharField(_("name in French"), max_length=150, blank=True)
    slug = models.SlugField(
        _("short name in addresses"),
        max_length=60,
        unique=True,
        help_text=_("The public page is at /act/ followed by it."),
    )
    kind = models.CharField(_("kind"), max_length=15, choices=CampaignKind.choices)
    goal = models.CharField(
        _("goal"), max_length=300, blank=True, help_text=_("One sentence, for ourselves.")
    )
    ask = models.CharField(
        _("ask"), max_length=300, blank=True, help_text=_("What the official shall do: “cosponsor HB 210”.")
    )
    ask_fr = models.CharField(_("ask in French"), max_length=300, blank=True)
    summary = models.TextField(
        _("why it matters"), max_length=3000, blank=True, help_text=_("Shown above the letter.")
    )
    summary_fr = models.TextField(_("why it matters, in French"), max_length=3000, blank=True)
    chapter = models.ForeignKey(
        Chapter,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="campaigns",
        verbose_name=_("run by"),
        help_text=_("Empty: the society itself."),
    )
    chapters = models.ManyToManyField(
        Chapter,
        blank=True,
        related_name="campaigns_taken_part_in",
        verbose_name=_("chapters taking part"),
        help_text=_("Their members are asked, and acts are credited to them."),
    )
    measures = models.ManyToManyField(
        Measure, blank=True, related_name="campaigns", verbose_name=_("measures")
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("owner"),
        help_text=_("Answers for it, and gets its test mail."),
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        editable=False,
        verbose_name=_("begun by"),
    )
    created_at = models.DateTimeField(_("begun"), editable=False)
    opens_at = models.DateTimeField(_("opens"), null=True, blank=True)
    closes_at = models.DateTimeField(_("closes"), null=True, blank=True)
    zone = models.CharField(_("time zone"), max_length=50, choices=ZONE_CHOICES, default="America/New_York")
    compliance = models.CharField(
        _("compliance class"), max_length=10, choices=Compliance.choices, default=Compliance.GRASSROOTS
    )
    wanted_participants = models.PositiveIntegerField(_("participants wanted"), null=True, blank=True)
    wanted_officials = models.PositiveIntegerField(_("officials to reach"), null=True, blank=True)
    wanted_personalised = models.PositiveSmallIntegerField(
        _("personalised, per cent"), null=True, blank=True, validators=[MaxValueValidator(100)]
    )
    needs_own_words = models.BooleanField(
        _("a personal paragraph is required"),
        default=True,
        help_text=_("Offices weigh letters in people’s own words; form mail moves almost nobody."),
    )
    word_limit = models.PositiveSmallIntegerField(
        _("word limit of the office"), null=True, blank=True, validators=[MinValueValidator(50)]
    )
    handover_url = models.URLField(
        _("outside action centre"),
        max_length=500,
        blank=True,
        help_text=_("Offered as a link to go on there; what happens there we do not know."),
    )
    french_waived_because = models.CharField(
        _("why no French text"),
        max_length=300,
        blank=True,
        help_text=_(
            "Only staff may waive the French text where Canadian federal or Quebec officials are asked."
        ),
    )
    asks_members = models.BooleanField(
        _("ask members"), default=True, help_text=_("Everybody with a role in the chapters taking part.")
    )
    lists = models.ManyToManyField(
        ContactList,
        blank=True,
        related_name="campaigns",
        verbose_name=_("lists"),
        help_text=_("Asked as well."),
    )
    tolerated_drift = models.PositiveSmallIntegerField(
        _("tolerated change of the audience, per cent"),
        default=10,
        validators=[MaxValueValidator(100)],
        help_text=_("Where the count moved by more since the approval, the launch stops and asks."),
    )
    status = models.CharField(
        _("status"), max_length=9, choices=Status.choices, default=Status.DRAFT, editable=False
    )
    status_at = models.DateTimeField(_("in this status since"), editable=False)
    revision = models.ForeignKey(
        "campaigns.Revision",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("approved version"),
    )
    launched_at = models.DateTimeField(_("launched"), null=True, blank=True, editable=False)
    outcome = models.TextField(_("what happened"), max_length=3000, blank=True)
    outcome_fr = models.TextField(_("what happened, in French"), max_length=3000, blank=True)
    lessons = models.TextField(_("lessons"), max_length=3000, blank=True)
    next_campaign = models.ForeignKey(
        "self",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("next action"),
        help_text=_("Offered to whoever took part."),
    )

    objects: ClassVar[models.Manager["Campaign"]] = models.Manager.from_queryset(CampaignQuerySet)()

    class Meta:
        verbose_name = _("campaign")
        verbose_name_plural = _("campaigns")
        ordering = ["-created_at", "-pk"]
        indexes = [models.Index(fields=["status", "opens_at"], name="campaigns_campaign_by_status")]
        constraints = [
            models.CheckConstraint(
                condition=Q(opens_at=None) | Q(closes_at=None) | Q(closes_at__gt=F("opens_at")),
                name="campaigns_campaign_closes_after_it_opens",
                violation_error_message=_("A campaign closes after it opens."),
            ),
            models.CheckConstraint(
                condition=Q(status__in=(*EDITABLE, Status.IN_REVIEW, Status.CLOSED, Status.EVALUATED))
                | Q(revision__isnull=False),
                name="campaigns_campaign_goes_on_only_with_an_approved_version",
                violation_error_message=_("Only an approved version is scheduled, launched or paused."),
            ),
            models.CheckConstraint(
                condition=~Q(status__in=(Status.LIVE, Status.PAUSED)) | Q(launched_at__isnull=False),
                name="campaigns_campaign_live_says_since_when",
                violation_error_message=_("A live campaign says when it was launched."),
            ),
            models.CheckConstraint(
                condition=~Q(status__in=(Status.SCHEDULED, Status.LIVE))
                | Q(opens_at__isnull=False, closes_at__isnull=False),
                name="campaigns_campaign_has_a_window_before_it_runs",
                violation_error_message=_("A campaign that is scheduled or live has a window."),
            ),
            models.CheckConstraint(
                condition=Q(status__in=Status.values, kind__in=CampaignKind.values),
                name="campaigns_campaign_has_a_known_status_and_kind",
                violation_error_message=_("Choose one of the kinds and one of the statuses."),
            ),
        ]

    def __str__(self) -> str:
        return self.name_in(get_language())

    def get_absolute_url(self) -> str:
        return reverse("campaigns:campaign_detail", args=[self.pk])

    def public_url(self, language: str) -> str:
        """Where supporters take part: below the portal's own address."""
        return reverse("act:page", args=[self.slug, language])

    def frame_url(self, language: str) -> str:
        """The same page, made to stand in a frame on a chapter's own site."""
        return reverse("act:embed", args=[self.slug, language])

    def name_in(self, language: str | None) -> str:
        return in_language(language, self.name, self.name_fr)

    def ask_in(self, language: str | None) -> str:
        return in_language(language, self.ask, self.ask_fr)

    def outcome_in(self, language: str | None) -> str:
        return in_language(language, self.outcome, self.outcome_fr)

    @property
    def holder(self) -> str:
        return str(self.chapter) if self.chapter else str(_("Society"))

    @property
    def is_legislative(self) -> bool:
        """It asks legislators about a measure: it needs one, with an approved position."""
        return self.kind in LEGISLATIVE or self.compliance != Compliance.NONE

    @property
    def is_editable(self) -> bool:
        return self.status in EDITABLE

    @property
    def tone(self) -> str:
        """The colour of its status."""
        return TONES.get(Status(self.status), "")

    @property
    def is_running(self) -> bool:
        """Launched, or about to be: its window says something."""
        return self.status in APPROVED_STATUSES

    @property
    def is_public(self) -> bool:
        return self.launched_at is not None

    @property
    def scope(self) -> str:
        """What its mail belongs to, in the outbox."""
        return f"campaign:{self.pk}"

    def may_become(self, status: Status) -> bool:
        return status in MOVES[Status(self.status)]

    def is_open(self, now: datetime) -> bool:
        """Whether somebody may take part now."""
        is_approved = self.revision is not None and self.revision.approves(self)
        is_live = self.status == Status.LIVE and is_approved
        return is_live and (self.closes_at is None or now < self.closes_at)


class StatusChange(models.Model):
    """A campaign moved from one status to another: who did it, when, and in which words."""

    campaign = models.ForeignKey(
        Campaign, on_delete=models.CASCADE, related_name="status_changes", verbose_name=_("campaign")
    )
    before = models.CharField(_("from"), max_length=9, choices=Status.choices)
    after = models.CharField(_("to"), max_length=9, choices=Status.choices)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("by"),
        help_text=_("Empty: the clock."),
    )
    at = models.DateTimeField(_("when"))
    note = models.CharField(_("note"), max_length=1000, blank=True)

    objects: ClassVar[models.Manager["StatusChange"]] = models.Manager()

    class Meta:
        verbose_name = _("status change")
        verbose_name_plural = _("status changes")
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(before=F("after")),
                name="campaigns_statuschange_changes_something",
                violation_error_message=_("A move leads to another status."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_before_display()} → {self.get_after_display()}"

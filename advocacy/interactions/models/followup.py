from datetime import date
from typing import TYPE_CHECKING, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from advocacy.interactions.models.commitment import Commitment
from advocacy.interactions.models.interaction import Interaction
from legislation.models import Official
from members.access import Reach, reach_of
from members.models import Chapter

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from advocacy.accounts.models import User


class FollowUpKind(models.TextChoices):
    THANK_YOU = "thank_you", _("Send thank-you")
    SEND_INFORMATION = "send_information", _("Send information")
    ANSWER_QUESTION = "answer_question", _("Answer a question")
    SCHEDULE_MEETING = "schedule_meeting", _("Schedule a meeting")
    INVITE_SITE_VISIT = "invite_site_visit", _("Invite to a site visit")
    CONNECT_EXPERT = "connect_expert", _("Connect with an expert")
    CHECK_COMMITMENT = "check_commitment", _("Check response")
    BRIEF_COLLEAGUES = "brief_colleagues", _("Brief colleagues")
    CORRECT_RECORD = "correct_record", _("Correct the record")
    OTHER = "other", _("Other")


class FollowUpStatus(models.TextChoices):
    OPEN = "open", _("Open")
    DONE = "done", _("Done")
    CANCELLED = "cancelled", _("Cancelled")


class FollowUpQuerySet(models.QuerySet["FollowUp"]):
    def visible_to(self, user: "User | AnonymousUser") -> Self:
        """One's own, and those of one's chapters whose record one may read."""
        return self.within(reach_of(user))

    def within(self, reach: Reach) -> Self:
        if reach.is_empty:
            return self.none()
        record = Interaction.objects.within(reach).filter(pk=OuterRef("interaction"))
        readable = Q(interaction=None) | Q(Exists(record))
        rows = self.of_kept_records().filter(readable)
        if reach.reads_every_shared_record:
            return rows
        mine = Q(owner=reach.person_id, chapter__in=reach.belongs_to)
        return rows.filter(Q(chapter__in=reach.reads) | mine)

    def editable_by(self, user: "User | AnonymousUser") -> Self:
        """One's own, those of chapters one logs for, and all for staff."""
        reach = reach_of(user)
        if reach.is_staff:
            return self.visible_to(user)
        return self.visible_to(user).filter(Q(owner=reach.person_id) | Q(chapter__in=reach.logs_for))

    def of_kept_records(self) -> Self:
        """Not those of deleted records: they come back with the record."""
        return self.filter(Q(interaction=None) | Q(interaction__deleted_at=None))

    def exportable(self) -> Self:
        return self.filter(Q(interaction=None) | Q(interaction__in=Interaction.objects.exportable()))

    def owned_by(self, user: "User") -> Self:
        return self.filter(owner=user)

    def open(self) -> Self:
        return self.filter(status=FollowUpStatus.OPEN)

    def overdue(self, today: date) -> Self:
        return self.open().filter(due_on__lt=today)

    def due_by(self, day: date) -> Self:
        return self.open().filter(due_on__lte=day)


class FollowUp(models.Model):
    """Our dated to-do arising from a contact. Overdue is computed, never stored."""

    interaction = models.ForeignKey(
        Interaction, on_delete=models.PROTECT, null=True, blank=True, related_name="followups"
    )
    commitment = models.OneToOneField(
        Commitment, on_delete=models.SET_NULL, null=True, blank=True, related_name="followup", editable=False
    )
    official = models.ForeignKey(
        Official,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("official"),
    )
    chapter = models.ForeignKey(
        Chapter, on_delete=models.PROTECT, related_name="+", verbose_name=_("chapter")
    )
    kind = models.CharField(_("what to do"), max_length=20, choices=FollowUpKind.choices)
    text = models.CharField(_("details"), max_length=200, blank=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="followups", verbose_name=_("owner")
    )
    due_on = models.DateField(_("due"))
    status = models.CharField(
        _("status"), max_length=10, choices=FollowUpStatus.choices, default=FollowUpStatus.OPEN
    )
    done_on = models.DateField(_("closed on"), null=True, blank=True)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    cancel_reason = models.CharField(_("reason"), max_length=200, blank=True)
    rule = models.CharField(max_length=30, blank=True, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, editable=False, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[models.Manager["FollowUp"]] = models.Manager.from_queryset(FollowUpQuerySet)()

    class Meta:
        verbose_name = _("follow-up")
        verbose_name_plural = _("follow-ups")
        ordering = ["due_on", "pk"]
        indexes = [
            models.Index(fields=["owner", "status", "due_on"], name="interactions_followup_by_owner"),
            models.Index(fields=["chapter", "status", "due_on"], name="interactions_followup_chapter"),
            # What the planner asks every minute.
            models.Index(
                fields=["due_on"],
                name="interactions_followup_due",
                condition=Q(status=FollowUpStatus.OPEN),
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(status=FollowUpStatus.OPEN, done_on=None, done_by=None)
                | (~Q(status=FollowUpStatus.OPEN) & Q(done_on__isnull=False, done_by__isnull=False)),
                name="interactions_followup_closed_on_and_by_go_together",
                violation_error_message=_("A closed follow-up says who closed it and when."),
            ),
            models.CheckConstraint(
                condition=(Q(status=FollowUpStatus.CANCELLED) & ~Q(cancel_reason=""))
                | (~Q(status=FollowUpStatus.CANCELLED) & Q(cancel_reason="")),
                name="interactions_followup_cancelled_has_a_reason",
                violation_error_message=_("Say why it is cancelled."),
            ),
            models.UniqueConstraint(
                fields=["interaction", "rule"],
                condition=~Q(rule=""),
                name="interactions_followup_one_per_rule_and_record",
                violation_error_message=_("This follow-up was made already."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.get_kind_display())

    def get_absolute_url(self) -> str:
        return reverse("interactions:followup_detail", args=[self.pk])

    def is_overdue(self, today: date) -> bool:
        return self.status == FollowUpStatus.OPEN and self.due_on < today

from datetime import date
from typing import TYPE_CHECKING, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from legislation.models import Measure
from members.access import reach_of
from members.taskforce.models.agenda import AgendaItem
from members.taskforce.models.meeting import Meeting
from members.taskforce.roster import belongs, runs_meetings

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from advocacy.accounts.models import User


class ActionStatus(models.TextChoices):
    OPEN = "open", _("Open")
    IN_PROGRESS = "in_progress", _("In progress")
    DONE = "done", _("Done")
    DROPPED = "dropped", _("Dropped")


UNFINISHED = (ActionStatus.OPEN, ActionStatus.IN_PROGRESS)


class ActionItemQuerySet(models.QuerySet["ActionItem"]):
    def visible_to(self, user: "User | AnonymousUser") -> Self:
        """One's own; the task force reads all but what is about a person, which leads and staff read."""
        reach = reach_of(user)
        if reach.is_empty:
            return self.none()
        if runs_meetings(reach):
            return self.all()
        own = Q(owner=reach.person_id)
        return self.filter(own | Q(about=None)) if belongs(reach) else self.filter(own)

    def editable_by(self, user: "User | AnonymousUser") -> Self:
        """The owner moves it; so do leads, staff and the host of its meeting."""
        reach = reach_of(user)
        rows = self.visible_to(user)
        if runs_meetings(reach):
            return rows
        return rows.filter(Q(owner=reach.person_id) | Q(meeting__host=reach.person_id))

    def owned_by(self, user: "User") -> Self:
        return self.filter(owner=user)

    def unfinished(self) -> Self:
        return self.filter(status__in=UNFINISHED)

    def with_overdue(self, today: date) -> "list[dict[str, ActionItem | bool]]":
        """Each with whether it is late, as lists show them."""
        return [{"item": row, "is_overdue": row.is_overdue(today)} for row in self]

    def carried_into(self, meeting: Meeting) -> Self:
        """What earlier meetings left unfinished."""
        return self.unfinished().filter(meeting__starts_at__lt=meeting.starts_at)


class ActionItem(models.Model):
    """Who does what by when, as a meeting agreed. `about` is set where it is a word with a colleague."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="action_items")
    item = models.ForeignKey(
        AgendaItem, on_delete=models.PROTECT, null=True, blank=True, related_name="action_items"
    )
    text = models.CharField(_("what to do"), max_length=200)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="action_items",
        verbose_name=_("owner"),
    )
    due_on = models.DateField(_("due"))
    measure = models.ForeignKey(
        Measure, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("measure")
    )
    status = models.CharField(
        _("status"), max_length=12, choices=ActionStatus.choices, default=ActionStatus.OPEN
    )
    drop_reason = models.CharField(_("why it was dropped"), max_length=200, blank=True)
    closed_on = models.DateField(_("closed on"), null=True, blank=True)
    # How often a meeting found it unfinished, and the last that did.
    carried_count = models.PositiveSmallIntegerField(_("times carried over"), default=0, editable=False)
    carried_to = models.ForeignKey(
        Meeting, on_delete=models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )
    about = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("about"), editable=False,
    )  # fmt: skip
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, editable=False, related_name="+"
    )

    objects: ClassVar[models.Manager["ActionItem"]] = models.Manager.from_queryset(ActionItemQuerySet)()

    class Meta:
        verbose_name = _("action item")
        verbose_name_plural = _("action items")
        ordering = ["due_on", "pk"]
        indexes = [models.Index(fields=["owner", "status", "due_on"], name="taskforce_actionitem_by_owner")]
        constraints = [
            models.CheckConstraint(
                condition=(Q(status=ActionStatus.DROPPED) & ~Q(drop_reason=""))
                | (~Q(status=ActionStatus.DROPPED) & Q(drop_reason="")),
                name="taskforce_actionitem_dropped_has_a_reason",
                violation_error_message=_("Say why it is dropped."),
            ),
            models.CheckConstraint(
                condition=Q(status__in=UNFINISHED, closed_on=None)
                | (~Q(status__in=UNFINISHED) & Q(closed_on__isnull=False)),
                name="taskforce_actionitem_closed_says_when",
                violation_error_message=_("A closed item says when it was closed."),
            ),
            models.UniqueConstraint(
                fields=["meeting", "about"],
                condition=Q(about__isnull=False),
                name="taskforce_actionitem_one_word_per_meeting_and_person",
                violation_error_message=_("Somebody is asked to look after this person already."),
            ),
        ]

    def __str__(self) -> str:
        return self.text

    def get_absolute_url(self) -> str:
        return reverse("taskforce:action_detail", args=[self.pk])

    @property
    def is_unfinished(self) -> bool:
        return self.status in UNFINISHED

    def is_overdue(self, today: date) -> bool:
        return self.is_unfinished and self.due_on < today

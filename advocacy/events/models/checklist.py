"""What has to be done by when, for an Advocacy Day to happen (DOMAIN.md W5)."""

from datetime import date
from typing import TYPE_CHECKING, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from advocacy.events.models.event import AdvocacyEvent

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from advocacy.accounts.models import User


class Step(models.TextChoices):
    """The steps of W5, in their order; `OWN` is what somebody added."""

    GOAL = "goal", _("Decide the goal, the format, the date, the hosts and the budget")
    HOLD_ROOM = (
        "hold_room",
        _("Hold the room or platform, win sponsors, send a save-the-date, choose one to three asks"),
    )
    SPEAKERS = "speakers", _("Invite speakers, ask for a proclamation, nominate honourees")
    REGISTRATION = "registration", _("Open registration")
    TEAMS = "teams", _("Build teams and request appointments with schedulers")
    PREPARE = "prepare", _("Hold the preparation webinar, send issue briefs, practise")
    FREEZE = "freeze", _("Freeze the schedule and settle its conflicts")
    HAND_OUT = "hand_out", _("Send personal schedules, leave-behinds, scripts and the emergency number")
    THE_DAY = "the_day", _("The day: check in, run the board, debrief before leaving")
    THANK = "thank", _("Thank members and staff, answer questions, debrief the leaders")
    CHECK_DECISIONS = "check_decisions", _("Check on the decisions asked for; ask those who came how it was")
    PUBLISH_RESULTS = "publish_results", _("Follow up with staff again, publish the results, thank sponsors")
    CLOSE = "close", _("Close: numbers against goals, lessons, next year’s date")
    OWN = "own", _("Own step")


class ChecklistItemQuerySet(models.QuerySet["ChecklistItem"]):
    def visible_to(self, user: "User | AnonymousUser") -> Self:
        return self.filter(event__in=AdvocacyEvent.objects.all().followed_by(user).order_by().values("pk"))

    def open(self) -> Self:
        return self.filter(done_on=None)

    def overdue(self, today: date) -> Self:
        return self.open().filter(due_on__lt=today)


class ChecklistItem(models.Model):
    """One step with its day. Moving the event moves the days that nobody has set by hand."""

    event = models.ForeignKey(
        AdvocacyEvent, on_delete=models.CASCADE, related_name="checklist", verbose_name=_("Advocacy Day")
    )
    step = models.CharField(_("step"), max_length=15, choices=Step.choices, default=Step.OWN)
    text = models.CharField(_("what to do"), max_length=200, blank=True)
    due_on = models.DateField(_("due"))
    is_moved = models.BooleanField(_("day set by hand"), default=False, editable=False)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("owner"),
        help_text=_("Empty: the coordinator."),
    )
    done_on = models.DateField(_("done on"), null=True, blank=True)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("done by"),
    )

    objects: ClassVar[models.Manager["ChecklistItem"]] = models.Manager.from_queryset(ChecklistItemQuerySet)()

    class Meta:
        verbose_name = _("step of the checklist")
        verbose_name_plural = _("steps of the checklist")
        ordering = ["due_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["event", "step"],
                condition=~Q(step=Step.OWN),
                name="events_checklist_has_each_step_once",
                violation_error_message=_("This step is on the checklist already."),
            ),
            models.CheckConstraint(
                condition=(Q(step=Step.OWN) & ~Q(text="")) | (Q(step__in=Step.values) & ~Q(step=Step.OWN)),
                name="events_checklist_own_step_says_what",
                violation_error_message=_("Say what is to be done."),
            ),
            models.CheckConstraint(
                condition=Q(done_on=None, done_by=None) | Q(done_on__isnull=False, done_by__isnull=False),
                name="events_checklist_done_on_and_by_go_together",
                violation_error_message=_("What is done was done by somebody on a day."),
            ),
        ]

    def __str__(self) -> str:
        return self.text or str(self.get_step_display())

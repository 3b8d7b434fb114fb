from typing import TYPE_CHECKING, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from members.taskforce.models.meeting import Meeting

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from advocacy.accounts.models import User


class ItemPurpose(models.TextChoices):
    INFORM = "inform", _("Inform")
    DISCUSS = "discuss", _("Discuss")
    DECIDE = "decide", _("Decide")


class AgendaItemQuerySet(models.QuerySet["AgendaItem"]):
    def visible_to(self, user: "User | AnonymousUser") -> Self:
        return self.filter(meeting__in=Meeting.objects.visible_to(user))

    def editable_by(self, user: "User | AnonymousUser") -> Self:
        return self.filter(meeting__in=Meeting.objects.editable_by(user))


class AgendaItem(models.Model):
    """A point of the agenda, which anyone of the task force may propose, and what the minutes say of it."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="items")
    order = models.PositiveSmallIntegerField(_("place on the agenda"), default=0)
    title = models.CharField(_("title"), max_length=150)
    minutes_wanted = models.PositiveSmallIntegerField(_("minutes wanted"), default=10)
    purpose = models.CharField(
        _("purpose"), max_length=10, choices=ItemPurpose.choices, default=ItemPurpose.DISCUSS
    )
    documents = models.URLField(
        _("link to documents"), blank=True, max_length=300, help_text=_("What to read beforehand.")
    )
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("proposed by")
    )
    outcome = models.CharField(_("outcome"), max_length=200, blank=True)
    summary = models.TextField(_("summary"), blank=True, max_length=5000)
    # Grows with every change, so that two note-takers who write at once notice.
    version = models.PositiveIntegerField(default=1, editable=False)

    objects: ClassVar[models.Manager["AgendaItem"]] = models.Manager.from_queryset(AgendaItemQuerySet)()

    class Meta:
        verbose_name = _("agenda item")
        verbose_name_plural = _("agenda items")
        ordering = ["order", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(minutes_wanted__gt=0),
                name="taskforce_agendaitem_takes_some_minutes",
                violation_error_message=_("An item takes at least a minute."),
            ),
        ]

    def __str__(self) -> str:
        return self.title


class HowDecided(models.TextChoices):
    CONSENSUS = "consensus", _("Consensus")
    VOTE = "vote", _("Vote")


class Decision(models.Model):
    """What the meeting decided, and how: by consensus, or by a vote with its counts."""

    item = models.ForeignKey(AgendaItem, on_delete=models.CASCADE, related_name="decisions")
    text = models.CharField(_("decision"), max_length=300)
    how = models.CharField(
        _("decided by"), max_length=10, choices=HowDecided.choices, default=HowDecided.CONSENSUS
    )
    votes_for = models.PositiveSmallIntegerField(_("for"), null=True, blank=True)
    votes_against = models.PositiveSmallIntegerField(_("against"), null=True, blank=True)
    abstained = models.PositiveSmallIntegerField(_("abstained"), null=True, blank=True)

    objects: ClassVar[models.Manager["Decision"]] = models.Manager()

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(how=HowDecided.CONSENSUS, votes_for=None, votes_against=None, abstained=None)
                | Q(how=HowDecided.VOTE, votes_for__isnull=False, votes_against__isnull=False),
                name="taskforce_decision_only_a_vote_has_counts",
                violation_error_message=_("A vote has its counts, for and against; a consensus has none."),
            ),
        ]

    def __str__(self) -> str:
        return self.text

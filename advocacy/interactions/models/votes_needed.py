from typing import TYPE_CHECKING, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from legislation.models import Chamber, Committee, Measure

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from advocacy.accounts.models import User


class VotesNeededQuerySet(models.QuerySet["VotesNeeded"]):
    def visible_to(self, user: "User | AnonymousUser") -> Self:
        """How many votes carry a measure is a rule of the house, not a secret of ours."""
        return self if user.is_active and user.is_authenticated else self.none()


class VotesNeeded(models.Model):
    """How many votes carry a measure in a body, where that is not a majority of the seats, and why."""

    measure = models.ForeignKey(
        Measure, on_delete=models.CASCADE, related_name="+", verbose_name=_("measure")
    )
    chamber = models.ForeignKey(
        Chamber, on_delete=models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("chamber")
    )
    committee = models.ForeignKey(
        Committee,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("committee"),
    )
    votes = models.PositiveSmallIntegerField(_("votes needed"))
    reason = models.CharField(
        _("why"), max_length=200, help_text=_("For example: two thirds, because it changes the constitution.")
    )
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    set_on = models.DateField(_("set on"))

    objects: ClassVar[models.Manager["VotesNeeded"]] = models.Manager.from_queryset(VotesNeededQuerySet)()

    class Meta:
        verbose_name = _("votes needed")
        verbose_name_plural = _("votes needed")
        ordering = ["measure", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(chamber__isnull=False, committee=None) | Q(chamber=None, committee__isnull=False),
                name="interactions_votesneeded_in_a_chamber_or_a_committee",
                violation_error_message=_("Votes are needed in a chamber or in a committee: exactly one."),
            ),
            models.CheckConstraint(
                condition=Q(votes__gte=1),
                name="interactions_votesneeded_is_at_least_one",
                violation_error_message=_("At least one vote is needed."),
            ),
            models.CheckConstraint(
                condition=~Q(reason=""),
                name="interactions_votesneeded_has_a_reason",
                violation_error_message=_("Say why it is not a majority of the seats."),
            ),
            models.UniqueConstraint(
                fields=["measure", "chamber"],
                condition=Q(chamber__isnull=False),
                name="interactions_votesneeded_once_per_chamber",
                violation_error_message=_("The votes needed in this chamber are set already."),
            ),
            models.UniqueConstraint(
                fields=["measure", "committee"],
                condition=Q(committee__isnull=False),
                name="interactions_votesneeded_once_per_committee",
                violation_error_message=_("The votes needed in this committee are set already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.measure}: {self.votes}"

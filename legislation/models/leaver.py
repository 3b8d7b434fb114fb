"""What pointed at somebody who left office, and what a person decided about it."""

from datetime import date
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from legislation.leavers import points_at_leaver
from legislation.models.change_set import ImportChangeSet
from legislation.models.official import Official

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from advocacy.accounts.models import User


class Decision(models.TextChoices):
    OPEN = "open", _("Not decided")
    KEEP_FOR_SUCCESSOR = "keep_for_successor", _("Keep for the successor")
    KEEP_FOR_PERSON = "keep_for_person", _("Keep for the person")
    CLOSE = "close", _("Close")


class LeaverDecisionQuerySet(models.QuerySet["LeaverDecision"]):
    def open(self) -> Self:
        return self.filter(decision=Decision.OPEN)

    def visible_to(self, user: "User | AnonymousUser", day: date) -> Self:
        """Those about things whose fate this person may decide, and which still matter on `day`."""
        mine = Q(pk__in=[])
        for name in points_at_leaver.names():
            rows = points_at_leaver[name].decidable_by(user, day)
            mine |= Q(kind=name, object_id__in=rows.order_by().values("pk"))
        return self.filter(mine)


class LeaverDecision(models.Model):
    """One thing addressed to an official who left: keep it for the successor, for the person, or close it.

    The thing lives in a higher room, so it is named by `kind` (the registry's), table and number.
    """

    change_set = models.ForeignKey(
        ImportChangeSet,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="leaver_decisions",
        verbose_name=_("change set"),
        help_text=_("Empty where the import was applied as it ran."),
    )
    kind = models.CharField(_("kind"), max_length=40)
    model = models.CharField(_("table"), max_length=80)
    object_id = models.PositiveBigIntegerField(_("row"))
    label = models.CharField(_("what"), max_length=300)
    official = models.ForeignKey(
        Official, on_delete=models.PROTECT, related_name="+", verbose_name=_("who left")
    )
    successor = models.ForeignKey(
        Official,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("successor"),
        help_text=_("To whom it was given."),
    )
    decision = models.CharField(_("decision"), max_length=20, choices=Decision.choices, default=Decision.OPEN)
    reason = models.CharField(_("reason"), max_length=200, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("decided by"),
    )
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)

    objects = LeaverDecisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("decision about a leaver")
        verbose_name_plural = _("decisions about leavers")
        ordering = ["official", "kind", "pk"]
        indexes = [models.Index(fields=["decision", "kind", "object_id"], name="legislation_leaver_open")]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "object_id", "official"],
                condition=Q(decision=Decision.OPEN),
                name="legislation_leaverdecision_is_open_once",
                violation_error_message=_("This is listed for decision already."),
            ),
            models.CheckConstraint(
                condition=Q(decision=Decision.OPEN, decided_by=None, decided_at=None)
                | (~Q(decision=Decision.OPEN) & Q(decided_by__isnull=False, decided_at__isnull=False)),
                name="legislation_leaverdecision_decided_by_and_at_go_together",
                violation_error_message=_("A decision says who decided and when."),
            ),
            models.CheckConstraint(
                condition=Q(decision=Decision.KEEP_FOR_SUCCESSOR, successor__isnull=False)
                | (~Q(decision=Decision.KEEP_FOR_SUCCESSOR) & Q(successor=None)),
                name="legislation_leaverdecision_successor_is_named",
                violation_error_message=_("What is kept for the successor names the successor."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.official}: {self.label}"

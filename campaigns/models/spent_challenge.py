"""Puzzles that were answered already: the library that makes them accepts a good answer again and again."""

from datetime import datetime
from typing import ClassVar, Self

from django.db import models
from django.utils.translation import gettext_lazy as _


class SpentChallengeQuerySet(models.QuerySet["SpentChallenge"]):
    def expired(self, now: datetime) -> Self:
        """An expired puzzle is refused anyway: its row is of no use."""
        return self.filter(expires_at__lt=now)


class SpentChallenge(models.Model):
    """One answered puzzle, by the signature that made it ours. `form_key` is the form it was answered for.

    The row is written in the transaction of what it lets through: of two at once the database takes one.
    """

    signature = models.CharField(_("signature"), max_length=64)
    form_key = models.CharField(_("key of the form"), max_length=43)
    expires_at = models.DateTimeField(_("expires"), db_index=True)

    objects: ClassVar[models.Manager["SpentChallenge"]] = models.Manager.from_queryset(
        SpentChallengeQuerySet
    )()

    class Meta:
        verbose_name = _("answered puzzle")
        verbose_name_plural = _("answered puzzles")
        ordering = ["-expires_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["signature"],
                name="campaigns_spentchallenge_is_answered_once",
                violation_error_message=_("This puzzle was answered already."),
            )
        ]

    def __str__(self) -> str:
        return self.signature[:8]

"""Somebody looked at a part of a profile and found it right: who, when, and what it said that day."""

from datetime import date, timedelta
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from legislation.models.official import Official
from legislation.models.public_record import PublicRecordQuerySet

if TYPE_CHECKING:
    from advocacy.accounts.models import User


class Block(models.TextChoices):
    """The parts of a profile that are checked, reported and dated each for itself."""

    IDENTITY = "identity", _("Name and party")
    TERM = "term", _("Term of office")
    CONTACT = "contact", _("Offices and contact")
    COMMITTEES = "committees", _("Committees")
    STAFF = "staff", _("Staff")


class FactCheckQuerySet(PublicRecordQuerySet["FactCheck"]):
    """Everybody may know that a block was checked, on which day and for which chapter; pages name no person."""

    def standing(self) -> Self:
        """Those that nobody took back."""
        return self.filter(withdrawn_at=None)

    def since(self, day: date, *, days: int) -> Self:
        """Made on `day` or on one of the `days` before it."""
        return self.filter(checked_on__gt=day - timedelta(days=days + 1))

    def of_today(self, user: "User", day: date) -> Self:
        """What this person checked on `day` and may still take back."""
        return self.standing().filter(checked_by=user, checked_on=day)


class FactCheck(models.Model):
    """One block of one profile, found right by one person on one day. It never changes what was imported.

    It counts only while the block says what it said then: `fingerprint` is of the facts as they were checked.
    """

    official = models.ForeignKey(
        Official, on_delete=models.PROTECT, related_name="fact_checks", verbose_name=_("official")
    )
    block = models.CharField(_("part of the profile"), max_length=10, choices=Block.choices)
    fingerprint = models.CharField(max_length=64, editable=False)
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("checked by")
    )
    checked_for = models.CharField(
        _("for"), max_length=120, blank=True, help_text=_("The chapter. Empty: national staff.")
    )
    checked_on = models.DateField(_("checked on"), help_text=_("The day where the person lives."))
    checked_at = models.DateTimeField(_("checked"))
    withdrawn_at = models.DateTimeField(_("taken back"), null=True, blank=True)

    objects = FactCheckQuerySet.as_manager()

    class Meta:
        verbose_name = _("check of a profile")
        verbose_name_plural = _("checks of profiles")
        ordering = ["-checked_at", "-pk"]
        indexes = [models.Index(fields=["official", "block", "checked_on"], name="legislation_check_newest")]
        constraints = [
            models.UniqueConstraint(
                fields=["official", "block", "checked_by", "checked_on", "fingerprint"],
                condition=Q(withdrawn_at=None),
                name="legislation_factcheck_once_a_day_by_one_person",
                violation_error_message=_("You have checked this today."),
            ),
            models.CheckConstraint(
                condition=~Q(fingerprint=""),
                name="legislation_factcheck_says_what_was_checked",
                violation_error_message=_("A check is of certain facts."),
            ),
            models.CheckConstraint(
                condition=Q(block__in=Block.values),
                name="legislation_factcheck_is_of_a_part_of_the_profile",
                violation_error_message=_("There is no such part of a profile."),
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None) | Q(withdrawn_at__gte=models.F("checked_at")),
                name="legislation_factcheck_is_taken_back_after_it_was_made",
                violation_error_message=_("A check is taken back after it was made."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.official}: {self.get_block_display()}"

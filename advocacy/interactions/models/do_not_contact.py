from datetime import date
from typing import TYPE_CHECKING, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import formats
from django.utils.translation import gettext_lazy as _

from legislation.models import Official
from members.access import reach_of

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from advocacy.accounts.models import User


class DoNotContactQuerySet(models.QuerySet["DoNotContact"]):
    def visible_to(self, user: "User | AnonymousUser") -> Self:
        """Whoever may write to the office must know of it: everybody with a role in force."""
        return self.none() if reach_of(user).is_empty else self.all()

    def in_force(self, today: date) -> Self:
        return self.filter(lifted_on=None, until__gt=today)


class DoNotContact(models.Model):
    """A word to colleagues to leave an office alone for a while. `until` is the first day on which it is fine again."""

    official = models.ForeignKey(
        Official, on_delete=models.PROTECT, related_name="+", verbose_name=_("official")
    )
    until = models.DateField(_("until"))
    reason = models.CharField(_("reason"), max_length=200)
    set_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("said by")
    )
    set_on = models.DateField(_("said on"))
    lifted_on = models.DateField(_("lifted on"), null=True, blank=True)
    lifted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("lifted by"),
    )

    objects: ClassVar[models.Manager["DoNotContact"]] = models.Manager.from_queryset(DoNotContactQuerySet)()

    class Meta:
        verbose_name = _("do-not-contact note")
        verbose_name_plural = _("do-not-contact notes")
        ordering = ["-until", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(until__gt=F("set_on")),
                name="interactions_donotcontact_ends_after_it_is_said",
                violation_error_message=_("It ends on a day after today."),
            ),
            models.CheckConstraint(
                condition=Q(lifted_on=None, lifted_by=None)
                | Q(lifted_on__isnull=False, lifted_by__isnull=False),
                name="interactions_donotcontact_lifted_on_and_by_go_together",
                violation_error_message=_("Lifting it names who and when."),
            ),
        ]

    def __str__(self) -> str:
        day = formats.date_format(self.until, "DATE_FORMAT")
        known = {"official": self.official, "day": day}
        return str(_("%(official)s: no contact before %(day)s") % known)

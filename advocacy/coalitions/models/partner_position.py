"""What partners think of a measure, to stand beside what we think (DOMAIN.md §4.4, W7)."""

from typing import TYPE_CHECKING, ClassVar, Self, cast

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from advocacy.coalitions.models.coalition import Coalition
from advocacy.coalitions.models.organisation import Organisation
from advocacy.positions.models import Standpoint
from legislation.models import Measure

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from advocacy.accounts.models import User


class PartnerPositionQuerySet(models.QuerySet["PartnerPosition"]):
    def visible_to(self, user: "User | AnonymousUser") -> Self:
        """An organisation's with the organisation, a coalition's with the coalition."""
        organisations = Organisation.objects.visible_to(user).order_by()
        coalitions = Coalition.objects.visible_to(user).order_by()
        return self.filter(Q(organisation__in=organisations) | Q(coalition__in=coalitions))

    def newest_of_each(self) -> "list[PartnerPosition]":
        """The last word of each holder on each measure, the newest first."""
        last: dict[tuple[int, int | None, int | None], PartnerPosition] = {}
        related = ("organisation", "coalition", "measure__session__jurisdiction")
        for row in self.select_related(*related).order_by("said_on", "pk"):
            last[row.measure_id, row.organisation_id, row.coalition_id] = row
        return sorted(last.values(), key=lambda row: (-row.said_on.toordinal(), -row.pk))


class PartnerPosition(models.Model):
    """What an organisation or a coalition said of a measure on a day, and where it said so. The newest counts."""

    organisation = models.ForeignKey(
        Organisation,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="positions",
        verbose_name=_("organization"),
    )
    coalition = models.ForeignKey(
        Coalition,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="positions",
        verbose_name=_("coalition"),
    )
    measure = models.ForeignKey(
        Measure, on_delete=models.PROTECT, related_name="partner_positions", verbose_name=_("measure")
    )
    position = models.CharField(_("position"), max_length=21, choices=Standpoint.choices)
    said_on = models.DateField(_("said on"))
    source = models.CharField(
        _("source"), max_length=300, help_text=_("Where they said so: a letter, a hearing, an address.")
    )
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("recorded by"),
    )

    objects: ClassVar[models.Manager["PartnerPosition"]] = models.Manager.from_queryset(
        PartnerPositionQuerySet
    )()

    class Meta:
        verbose_name = _("position of a partner")
        verbose_name_plural = _("positions of partners")
        ordering = ["-said_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(organisation__isnull=False, coalition=None)
                | Q(organisation=None, coalition__isnull=False),
                name="coalitions_partnerposition_has_one_holder",
                violation_error_message=_("It is the position of one organization or of one coalition."),
            ),
            models.CheckConstraint(
                condition=Q(position__in=Standpoint.values),
                name="coalitions_partnerposition_is_a_known_one",
                violation_error_message=_("Choose one of the positions."),
            ),
            models.UniqueConstraint(
                fields=["organisation", "measure", "said_on"],
                condition=Q(organisation__isnull=False),
                name="coalitions_partnerposition_of_an_organisation_once_a_day",
                violation_error_message=_("What they said on this day is on record already."),
            ),
            models.UniqueConstraint(
                fields=["coalition", "measure", "said_on"],
                condition=Q(coalition__isnull=False),
                name="coalitions_partnerposition_of_a_coalition_once_a_day",
                violation_error_message=_("What they said on this day is on record already."),
            ),
        ]

    def __str__(self) -> str:
        return str(_("%(who)s: %(what)s") % {"who": self.holder, "what": self.get_position_display()})

    def get_absolute_url(self) -> str:
        if self.coalition_id:
            return reverse("coalitions:coalition_detail", args=[self.coalition_id])
        return reverse("coalitions:organisation_detail", args=[self.organisation_id])

    @property
    def holder(self) -> Organisation | Coalition:
        """A constraint sees to it that there is one."""
        return cast("Organisation | Coalition", self.organisation or self.coalition)

from datetime import date, datetime
from typing import ClassVar

from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from advocacy.kernel.zones import ZONE_CHOICES, today_in
from legislation.models.public_record import in_language


class Society(models.Model):
    """The national body whose portal this is. One installation serves one society."""

    name = models.CharField(_("name"), max_length=150)
    short_name = models.CharField(_("short name"), max_length=40)
    time_zone = models.CharField(
        _("time zone"),
        max_length=50,
        choices=ZONE_CHOICES,
        default="America/Chicago",
        help_text=_("Roles begin and end at midnight here."),
    )
    postal_address = models.TextField(
        _("postal address"),
        max_length=300,
        blank=True,
        help_text=_("Stands below every mail of a campaign: the law asks for it."),
    )
    contact_email = models.EmailField(
        _("contact address"), blank=True, help_text=_("Where answers to campaign mail go.")
    )
    is_demo = models.BooleanField(_("demo"), default=False, editable=False)

    objects: ClassVar[models.Manager["Society"]] = models.Manager()

    class Meta:
        verbose_name = _("society")
        verbose_name_plural = _("societies")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name

    def today(self, now: datetime) -> date:
        return today_in(self.time_zone, now)


class Region(models.Model):
    """A group of chapters that one vice chair supports: Eastern, Midwestern, Southern, Western, Canada."""

    society = models.ForeignKey(Society, on_delete=models.PROTECT, related_name="regions")
    name = models.CharField(_("name"), max_length=80)
    name_fr = models.CharField(_("name in French"), max_length=80, blank=True)

    objects: ClassVar[models.Manager["Region"]] = models.Manager()

    class Meta:
        verbose_name = _("region")
        verbose_name_plural = _("regions")
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                "society",
                Lower("name"),
                name="members_region_name_is_unique",
                violation_error_message=_("There is a region with this name already."),
            )
        ]

    def __str__(self) -> str:
        return in_language(get_language(), self.name, self.name_fr)

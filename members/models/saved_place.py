"""The districts somebody asked the portal to remember. Theirs alone: nobody else sees them, staff included."""

from datetime import date
from typing import Self

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from advocacy.accounts.models import User
from legislation.lookup.answer import EditionUsed, Found, Method
from legislation.models import ChamberCode, Division, Jurisdiction, MapEdition


class Basis(models.TextChoices):
    """What makes somebody a constituent there."""

    HOME = "home", _("I live there")
    WORK = "work", _("I work there")


class SavedPlaceQuerySet(models.QuerySet["SavedPlace"]):
    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Only one's own."""
        return self.filter(person=user.pk) if user.is_active and user.is_authenticated else self.none()


class SavedPlace(models.Model):
    """Where somebody is a constituent, as districts. The street address only where they asked for that too."""

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="saved_place",
        verbose_name=_("person"),
    )
    basis = models.CharField(_("why this place"), max_length=4, choices=Basis.choices, default=Basis.HOME)
    method = models.CharField(_("found by"), max_length=11, choices=Method.choices)
    remembered_on = models.DateField(_("remembered on"))
    consented_at = models.DateTimeField(_("agreed to at"))
    street_address = models.CharField(_("street address"), max_length=300, blank=True, default="")

    objects = SavedPlaceQuerySet.as_manager()

    class Meta:
        verbose_name = _("saved place")
        verbose_name_plural = _("saved places")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(street_address="") | Q(method=Method.ADDRESS),
                name="members_savedplace_address_only_where_one_was_looked_up",
                violation_error_message=_("Only an address that was looked up can be remembered."),
            )
        ]

    def __str__(self) -> str:
        return str(_("Saved place"))


class SavedDistrict(models.Model):
    """One district of a saved place, and the edition of the map it was read from."""

    place = models.ForeignKey(
        SavedPlace, on_delete=models.CASCADE, related_name="districts", verbose_name=_("saved place")
    )
    jurisdiction = models.ForeignKey(
        Jurisdiction, on_delete=models.PROTECT, related_name="+", verbose_name=_("jurisdiction")
    )
    chamber_code = models.CharField(_("chamber"), max_length=11, choices=ChamberCode.choices)
    division = models.ForeignKey(
        Division, on_delete=models.PROTECT, related_name="+", verbose_name=_("division")
    )
    edition = models.ForeignKey(
        MapEdition,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("map edition"),
    )
    edition_key = models.CharField(max_length=80)
    edition_name = models.CharField(_("lines"), max_length=120)

    class Meta:
        verbose_name = _("saved district")
        verbose_name_plural = _("saved districts")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["place", "jurisdiction", "chamber_code"],
                name="members_saveddistrict_is_one_for_each_chamber",
                violation_error_message=_("A saved place has one district in each chamber."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.division} ({self.edition_name})"

    def found(self) -> Found:
        used = EditionUsed(self.edition_key, self.edition_name, self.edition_id)
        return Found(used, self.jurisdiction_id, self.chamber_code, self.division_id)

    def is_outdated(self, lines_since: date | None, day: date, remembered_on: date) -> bool:
        """Whether the lines have changed: the edition no longer holds on `day`, or newer ones came since.

        `lines_since` is the first day of the chamber's edition in force, where one is loaded.
        """
        if self.edition is not None and not self.edition.is_in_force(day):
            return True
        return lines_since is not None and lines_since > remembered_on

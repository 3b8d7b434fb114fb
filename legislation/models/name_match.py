"""Who is meant by a name that legislatures print and several members share: said by staff, never guessed."""

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from advocacy.kernel.folding import fold
from legislation.models.jurisdiction import ChamberCode
from legislation.models.official import Official
from legislation.models.public_record import PublicRecordQuerySet
from legislation.models.seat import Tenure
from legislation.models.session import LegislativeSession


def key_of(name: str) -> str:
    """With and without accents and capitals it is one name."""
    return fold(name)


class NameMatchQuerySet(PublicRecordQuerySet["NameMatch"]):
    pass


class NameMatch(models.Model):
    """In one session, this printed name is this official.

    Votes are counted in a chamber, and sponsors are printed for the whole legislature: there the chamber is empty.
    Imports ask here before they look for a name themselves, so it holds for whatever comes later.
    """

    session = models.ForeignKey(
        LegislativeSession, on_delete=models.CASCADE, related_name="name_matches", verbose_name=_("session")
    )
    chamber = models.CharField(
        _("chamber"),
        max_length=11,
        choices=ChamberCode.choices,
        blank=True,
        help_text=_("Where the vote was taken; empty for names of sponsors."),
    )
    name = models.CharField(_("name"), max_length=200, help_text=_("As the source prints it."))
    name_key = models.CharField(max_length=200, editable=False)
    official = models.ForeignKey(
        Official, on_delete=models.PROTECT, related_name="name_matches", verbose_name=_("official")
    )
    reason = models.CharField(
        _("how this is known"),
        max_length=300,
        help_text=_("For example: the journal of that day, or the clerk's list of members."),
    )

    objects: ClassVar[models.Manager["NameMatch"]] = models.Manager.from_queryset(NameMatchQuerySet)()

    class Meta:
        verbose_name = _("matched name")
        verbose_name_plural = _("matched names")
        ordering = ["session", "chamber", "name_key", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["session", "chamber", "name_key"],
                name="legislation_namematch_a_name_is_one_person",
                violation_error_message=_("It is said already who this name is there."),
            ),
            models.CheckConstraint(
                condition=~Q(name_key=""),
                name="legislation_namematch_has_a_name",
                violation_error_message=_("A name has at least one letter."),
            ),
            models.CheckConstraint(
                condition=~Q(reason=""),
                name="legislation_namematch_says_how_it_is_known",
                violation_error_message=_("Say how it is known who this is."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.session})"

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.name_key = key_of(self.name)
        super().save(*args, **kwargs)

    def clean(self) -> None:
        self.name_key = key_of(self.name)
        if self.official_id and self.session_id and not self._sat_there():
            raise ValidationError(
                {"official": _("No term of this official in that legislature is on record.")}
            )

    def _sat_there(self) -> bool:
        seats = Tenure.objects.filter(
            official=self.official_id, seat__chamber__jurisdiction=self.session.jurisdiction_id
        )
        return (
            seats.filter(seat__chamber__code__in=(self.chamber, ChamberCode.LEGISLATURE)).exists()
            if self.chamber
            else seats.exists()
        )

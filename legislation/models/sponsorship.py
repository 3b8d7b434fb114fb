"""Who put a measure forward, and who joined."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from advocacy.kernel.folding import fold
from legislation.models.committee import Committee
from legislation.models.measure import Measure
from legislation.models.official import Official
from legislation.models.public_record import PublicRecordQuerySet

MOST_WORDS = 8


class SponsorRole(models.TextChoices):
    SPONSOR = "sponsor", _("Sponsor")
    COSPONSOR = "cosponsor", _("Cosponsor")


class SponsorshipQuerySet(PublicRecordQuerySet["Sponsorship"]):
    def standing(self) -> "SponsorshipQuerySet":
        """Not withdrawn."""
        return self.filter(withdrawn_on=None)

    def of(self, text: str) -> "SponsorshipQuerySet":
        """Every word of `text` is part of the name that is printed, or of the official's or committee's own."""
        found = self
        for word in text.replace("\x00", " ").split()[:MOST_WORDS]:
            known = Q(official__search_text__contains=fold(word)) | Q(
                committee__search_text__contains=fold(word)
            )
            found = found.filter(known | Q(name__icontains=word))
        return found

    def unmatched(self) -> "SponsorshipQuerySet":
        """Names that may be several people, or nobody we know: they stay visible as names."""
        return self.filter(official=None, committee=None)


class Sponsorship(models.Model):
    """A name on a measure, as the source prints it, and the official or committee it is, if that is certain.

    Nobody is guessed: a surname that two members of the body share stays a name.
    """

    measure = models.ForeignKey(
        Measure, on_delete=models.CASCADE, related_name="sponsorships", verbose_name=_("measure")
    )
    name = models.CharField(_("name"), max_length=200)
    role = models.CharField(_("role"), max_length=9, choices=SponsorRole.choices)
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    official = models.ForeignKey(
        Official,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="sponsorships",
        verbose_name=_("official"),
    )
    committee = models.ForeignKey(
        Committee,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="sponsorships",
        verbose_name=_("committee"),
    )
    on = models.DateField(_("since"), null=True, blank=True)
    withdrawn_on = models.DateField(_("withdrawn on"), null=True, blank=True)

    objects: ClassVar[models.Manager["Sponsorship"]] = models.Manager.from_queryset(SponsorshipQuerySet)()

    class Meta:
        verbose_name = _("sponsor")
        verbose_name_plural = _("sponsors")
        ordering = ["measure", "-role", "order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["measure", "name", "role"],
                condition=Q(official=None),
                name="legislation_sponsorship_name_stands_once",
                violation_error_message=_("This name stands on the measure already."),
            ),
            models.UniqueConstraint(
                fields=["measure", "official"],
                condition=Q(official__isnull=False),
                name="legislation_sponsorship_official_stands_once",
                violation_error_message=_("This official stands on the measure already."),
            ),
            models.CheckConstraint(
                condition=Q(official=None) | Q(committee=None),
                name="legislation_sponsorship_is_a_person_or_a_committee",
                violation_error_message=_("A sponsor is a person or a committee, not both."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

"""Who governs where: jurisdictions, their chambers, and the divisions of the map."""

from django.db import models
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from legislation.models.public_record import PublicRecordQuerySet, in_language


class Country(models.TextChoices):
    UNITED_STATES = "US", _("United States")
    CANADA = "CA", _("Canada")


class Level(models.TextChoices):
    FEDERAL = "federal", _("Federal")
    STATE = "state", _("State")
    PROVINCE = "province", _("Province")
    TERRITORY = "territory", _("Territory")
    COUNTY = "county", _("County")
    LOCAL = "local", _("City or town")


WITHOUT_A_LEGISLATURE = (Level.COUNTY, Level.LOCAL)


class JurisdictionQuerySet(PublicRecordQuerySet["Jurisdiction"]):
    def with_a_legislature(self) -> "JurisdictionQuerySet":
        """Countries, states, provinces and territories: what a list of legislatures offers."""
        return self.exclude(level__in=WITHOUT_A_LEGISLATURE)


class Jurisdiction(models.Model):
    """A government: the United States, Texas, Ontario, the City of Oakland."""

    ocd_id = models.CharField(
        _("Open Civic Data id"),
        max_length=200,
        unique=True,
        help_text=_("For example ocd-jurisdiction/country:us/state:tx/government."),
    )
    division_id = models.CharField(_("Open Civic Data division id"), max_length=200, blank=True)
    name = models.CharField(_("name"), max_length=120)
    name_fr = models.CharField(_("name in French"), max_length=120, blank=True)
    abbreviation = models.CharField(_("abbreviation"), max_length=4, blank=True)
    country = models.CharField(
        _("country"), max_length=2, choices=Country.choices, default=Country.UNITED_STATES
    )
    level = models.CharField(_("level"), max_length=10, choices=Level.choices)
    parent = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="parts",
        verbose_name=_("part of"),
    )

    objects = JurisdictionQuerySet.as_manager()

    class Meta:
        verbose_name = _("jurisdiction")
        verbose_name_plural = _("jurisdictions")
        ordering = ["name", "pk"]
        indexes = [
            models.Index(fields=["country", "level", "abbreviation"], name="legislation_jurisdiction_abbr")
        ]

    def __str__(self) -> str:
        return self.name_in(get_language())

    def get_absolute_url(self) -> str:
        return reverse("legislation:jurisdiction_detail", args=[self.pk])

    @property
    def has_a_legislature(self) -> bool:
        """A country, a state, a province or a territory: not a county or a town."""
        return self.level not in WITHOUT_A_LEGISLATURE

    def name_in(self, language: str | None) -> str:
        return in_language(language, self.name, self.name_fr)


class ChamberCode(models.TextChoices):
    UPPER = "upper", _("Upper chamber")
    LOWER = "lower", _("Lower chamber")
    LEGISLATURE = "legislature", _("Legislature with one chamber")
    EXECUTIVE = "executive", _("Executive")
    LOCAL = "local", _("City or town government")


class Chamber(models.Model):
    """A body whose seats officials hold: a senate, a house, Nebraska's one chamber, a governor's office."""

    jurisdiction = models.ForeignKey(
        Jurisdiction, on_delete=models.PROTECT, related_name="chambers", verbose_name=_("jurisdiction")
    )
    code = models.CharField(_("kind"), max_length=11, choices=ChamberCode.choices)
    name = models.CharField(_("name"), max_length=120, help_text=_("For example Texas House."))
    name_fr = models.CharField(_("name in French"), max_length=120, blank=True)
    member_title = models.CharField(
        _("title of a member"), max_length=60, blank=True, help_text=_("For example Senator, Delegate, MPP.")
    )
    member_title_fr = models.CharField(_("title of a member in French"), max_length=60, blank=True)

    objects = PublicRecordQuerySet.as_manager()

    class Meta:
        verbose_name = _("chamber")
        verbose_name_plural = _("chambers")
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["jurisdiction", "code"],
                name="legislation_chamber_is_unique_in_its_jurisdiction",
                violation_error_message=_("This jurisdiction has a chamber of this kind already."),
            )
        ]

    def __str__(self) -> str:
        return self.name_in(get_language())

    def name_in(self, language: str | None) -> str:
        return in_language(language, self.name, self.name_fr)


class Division(models.Model):
    """An area of the map as the Open Civic Data list names it, of one map edition. Never renumbered."""

    ocd_id = models.CharField(_("Open Civic Data id"), max_length=200, unique=True)
    name = models.CharField(_("name"), max_length=160)
    name_fr = models.CharField(_("name in French"), max_length=160, blank=True)
    kind = models.CharField(
        _("kind"), max_length=30, blank=True, help_text=_("For example cd, sldu, sldl, ed, place.")
    )
    jurisdiction = models.ForeignKey(
        Jurisdiction,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="divisions",
        verbose_name=_("lies in"),
        help_text=_(
            "The state, province or territory, also for a congressional district or a federal riding."
        ),
    )
    valid_from = models.DateField(_("valid from"), null=True, blank=True)
    valid_through = models.DateField(_("valid through"), null=True, blank=True)
    alias_of = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="aliases",
        verbose_name=_("same as"),
    )

    objects = PublicRecordQuerySet.as_manager()

    class Meta:
        verbose_name = _("division")
        verbose_name_plural = _("divisions")
        ordering = ["ocd_id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(valid_from=None)
                | models.Q(valid_through=None)
                | models.Q(valid_through__gte=models.F("valid_from")),
                name="legislation_division_is_valid_forwards_in_time",
                violation_error_message=_("A division cannot cease to be valid before it begins."),
            )
        ]

    def __str__(self) -> str:
        return self.name_in(get_language())

    def name_in(self, language: str | None) -> str:
        return in_language(language, self.name, self.name_fr)

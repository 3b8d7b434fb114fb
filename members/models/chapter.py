import re
from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from advocacy.accounts.models import Language
from advocacy.kernel.zones import ZONE_CHOICES
from legislation.models import Division, Jurisdiction
from legislation.models.public_record import in_language
from members.models.society import Region, Society

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from advocacy.accounts.models import User


class TaxStatus(models.TextChoices):
    """A fact of each chapter, never of the whole society (DOMAIN.md §0, point 7)."""

    C6 = "501c6", _("501(c)(6) business league")
    C3 = "501c3", _("501(c)(3) charity")
    CANADIAN_NON_PROFIT = "ca-npo", _("Canadian non-profit")
    UNINCORPORATED = "none", _("Not incorporated")
    UNKNOWN = "unknown", _("Not known")


class ChapterQuerySet(models.QuerySet["Chapter"]):
    def visible_to(self, user: "User | AnonymousUser") -> Self:
        """Every colleague may know the society's chapters; their records have rules of their own."""
        return self.all() if user.is_authenticated and user.is_active else self.none()

    def active(self, today: date) -> Self:
        return self.filter(starts_on__lte=today).filter(Q(ends_on=None) | Q(ends_on__gt=today))

    def working_in(self, jurisdiction: Jurisdiction) -> Self:
        """Chapters whose territory holds some or all of `jurisdiction`."""
        return self.filter(territories__jurisdiction=jurisdiction).distinct()


class Chapter(models.Model):
    """A local affiliate of the society, usually a legal entity of its own. A chapter is not a state."""

    society = models.ForeignKey(Society, on_delete=models.PROTECT, related_name="chapters")
    region = models.ForeignKey(
        Region, on_delete=models.PROTECT, related_name="chapters", verbose_name=_("region")
    )
    name = models.CharField(_("name"), max_length=120)
    name_fr = models.CharField(_("name in French"), max_length=120, blank=True)
    slug = models.SlugField(_("short name in addresses"), max_length=60, unique=True)
    legal_name = models.CharField(_("legal name"), max_length=200, blank=True)
    tax_status = models.CharField(
        _("tax status"), max_length=10, choices=TaxStatus.choices, default=TaxStatus.UNKNOWN
    )
    tax_number = models.CharField(_("EIN or business number"), max_length=20, blank=True)
    time_zone = models.CharField(
        _("time zone"), max_length=50, choices=ZONE_CHOICES, default="America/New_York"
    )
    language = models.CharField(
        _("language"), max_length=2, choices=Language.choices, default=Language.ENGLISH
    )
    postal_address = models.TextField(
        _("postal address"),
        max_length=300,
        blank=True,
        help_text=_("Stands below the mail of its campaigns. Empty: that of the society."),
    )
    contact_email = models.EmailField(
        _("contact address"),
        blank=True,
        help_text=_("Where answers to the mail of its campaigns go. Empty: that of the society."),
    )
    starts_on = models.DateField(_("chapter since"), help_text=_("No reports are expected before this day."))
    ends_on = models.DateField(
        _("first day without it"), null=True, blank=True, help_text=_("Empty while the chapter is active.")
    )

    objects: ClassVar[models.Manager["Chapter"]] = models.Manager.from_queryset(ChapterQuerySet)()

    class Meta:
        verbose_name = _("chapter")
        verbose_name_plural = _("chapters")
        ordering = ["name", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gt=F("starts_on")),
                name="members_chapter_ends_after_it_starts",
                violation_error_message=_("A chapter ends after it starts."),
            )
        ]

    def __str__(self) -> str:
        return in_language(get_language(), self.name, self.name_fr)

    def get_absolute_url(self) -> str:
        return reverse("members:chapter_detail", args=[self.slug])

    def is_active(self, today: date) -> bool:
        return self.starts_on <= today and (self.ends_on is None or self.ends_on > today)


class Coverage(models.TextChoices):
    FULL = "full", _("All of it")
    PARTIAL = "partial", _("Part of it")


def _listed(text: str) -> list[str]:
    return [part.strip() for part in re.split(r"[,;\n]", text) if part.strip()]


class ChapterTerritory(models.Model):
    """One jurisdiction that a chapter works in, wholly or partly; territories of chapters may overlap."""

    chapter = models.ForeignKey(Chapter, on_delete=models.CASCADE, related_name="territories")
    jurisdiction = models.ForeignKey(
        Jurisdiction, on_delete=models.PROTECT, related_name="+", verbose_name=_("jurisdiction")
    )
    coverage = models.CharField(_("coverage"), max_length=10, choices=Coverage.choices, default=Coverage.FULL)
    counties = models.TextField(
        _("counties"), blank=True, help_text=_("For part of a jurisdiction: separate names with commas.")
    )
    postal_prefixes = models.TextField(
        _("postal prefixes"), blank=True, help_text=_("For example 770, 773 or H2X: separate with commas.")
    )
    divisions = models.ManyToManyField(
        Division,
        blank=True,
        related_name="+",
        verbose_name=_("districts"),
        help_text=_("For part of a jurisdiction: districts that no table of postal codes tells."),
    )

    objects: ClassVar[models.Manager["ChapterTerritory"]] = models.Manager()

    class Meta:
        verbose_name = _("territory")
        verbose_name_plural = _("territories")
        ordering = ["chapter", "jurisdiction__name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["chapter", "jurisdiction"],
                name="members_chapterterritory_names_a_jurisdiction_once",
                violation_error_message=_("This jurisdiction is in the chapter's territory already."),
            ),
            models.CheckConstraint(
                condition=Q(coverage="partial") | Q(counties="", postal_prefixes=""),
                name="members_chapterterritory_details_only_when_partial",
                violation_error_message=_(
                    "Name counties or postal prefixes only for part of a jurisdiction."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.chapter}: {self.jurisdiction}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.postal_prefixes = ", ".join(prefix.upper() for prefix in _listed(self.postal_prefixes))
        super().save(*args, **kwargs)

    @property
    def county_list(self) -> list[str]:
        return _listed(self.counties)

    @property
    def postal_prefix_list(self) -> list[str]:
        return _listed(self.postal_prefixes)


class JurisdictionTeamQuerySet(models.QuerySet["JurisdictionTeam"]):
    def visible_to(self, user: "User | AnonymousUser") -> Self:
        """Which chapters work together is no secret among colleagues."""
        return self.all() if user.is_authenticated and user.is_active else self.none()


class JurisdictionTeam(models.Model):
    """The chapters that share one legislature: joint positions, joint days, one count."""

    jurisdiction = models.OneToOneField(Jurisdiction, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(_("name"), max_length=120)
    coordinator = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects: ClassVar[models.Manager["JurisdictionTeam"]] = models.Manager.from_queryset(
        JurisdictionTeamQuerySet
    )()

    class Meta:
        verbose_name = _("state or provincial team")
        verbose_name_plural = _("state and provincial teams")
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("members:team_detail", args=[self.pk])

    def chapters(self) -> ChapterQuerySet:
        return ChapterQuerySet(Chapter).working_in(self.jurisdiction)

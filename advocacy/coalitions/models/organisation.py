"""Partner organisations and the people we know there (DOMAIN.md W7)."""

from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _
from phonenumber_field.modelfields import PhoneNumberField

from advocacy.accounts.models import Language
from advocacy.coalitions.models.visibility import keeps_partners, works_with_partners
from advocacy.kernel.folding import fold, terms
from advocacy.kernel.zones import ZONE_CHOICES, name_of
from legislation.models import Jurisdiction
from legislation.models.public_record import in_language
from members.access import reach_of

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from advocacy.accounts.models import User


class OrganisationKind(models.TextChoices):
    HOSPITALS = "hospitals", _("Hospital association")
    HIE = "hie", _("Health information exchange")
    MEDICAL_SOCIETY = "medical", _("Medical society")
    PATIENTS = "patients", _("Patient group")
    UNIVERSITY = "university", _("University")
    VENDOR_NEUTRAL = "neutral", _("Vendor-neutral body")
    LOCAL_GOVERNMENT = "local", _("Local government")
    OTHER_CHAPTER = "chapter", _("Other society’s chapter")
    OTHER = "other", _("Other")


class OrganisationStatus(models.TextChoices):
    PROSPECT = "prospect", _("Prospect")
    ACTIVE = "active", _("Active")
    DORMANT = "dormant", _("Dormant")


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    def visible_to(self, user: "User | AnonymousUser") -> Self:
        """Partners are the whole society's: one organisation is known to several chapters."""
        return self.all() if works_with_partners(reach_of(user)) else self.none()

    def editable_by(self, user: "User | AnonymousUser") -> Self:
        return self.all() if keeps_partners(reach_of(user)) else self.none()

    def search(self, text: str) -> Self:
        """Those whose name in either language holds every word of `text`, whatever its accents or case."""
        found = self
        for term in terms(text):
            found = found.filter(search_text__contains=term)
        return found


class Organisation(models.Model):
    """An organisation that we work with, or would like to."""

    name = models.CharField(_("name"), max_length=200)
    name_fr = models.CharField(_("name in French"), max_length=200, blank=True)
    kind = models.CharField(_("kind"), max_length=10, choices=OrganisationKind.choices)
    jurisdictions = models.ManyToManyField(
        Jurisdiction,
        blank=True,
        related_name="+",
        verbose_name=_("jurisdictions"),
        help_text=_("Where it works. Empty: everywhere."),
    )
    website = models.URLField(_("website"), max_length=300, blank=True)
    notes = models.TextField(_("notes"), max_length=4000, blank=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("our owner"),
        help_text=_("Who keeps in touch with it."),
    )
    status = models.CharField(
        _("status"), max_length=8, choices=OrganisationStatus.choices, default=OrganisationStatus.PROSPECT
    )
    search_text = models.CharField(max_length=420, editable=False, default="")

    objects: ClassVar[models.Manager["Organisation"]] = models.Manager.from_queryset(OrganisationQuerySet)()

    class Meta:
        verbose_name = _("organization")
        verbose_name_plural = _("organizations")
        ordering = ["search_text", "pk"]  # folded, so that Élan stands beside Elan
        constraints = [
            models.UniqueConstraint(
                Lower("name"),
                name="coalitions_organisation_name_is_unique_in_any_case",
                violation_error_message=_("An organization with this name is here already."),
            ),
            models.CheckConstraint(
                condition=Q(kind__in=OrganisationKind.values, status__in=OrganisationStatus.values),
                name="coalitions_organisation_has_a_known_kind_and_status",
                violation_error_message=_("Choose one of the kinds and one of the statuses."),
            ),
        ]

    def __str__(self) -> str:
        return in_language(get_language(), self.name, self.name_fr)

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.search_text = fold(f"{self.name} {self.name_fr}")[:420]
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("coalitions:organisation_detail", args=[self.pk])


class OrganisationContactQuerySet(models.QuerySet["OrganisationContact"]):
    def visible_to(self, user: "User | AnonymousUser") -> Self:
        """Without those who are forgotten: nobody is chosen, written to or shown by a row without a person."""
        return self.exclude(name="") if works_with_partners(reach_of(user)) else self.none()


class OrganisationContact(models.Model):
    """Somebody at a partner: whom we write to, in which language, and by which clock they live."""

    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="contacts", verbose_name=_("organization")
    )
    name = models.CharField(_("name"), max_length=150)
    role = models.CharField(_("role"), max_length=120, blank=True)
    email = models.EmailField(_("e-mail address"), blank=True)
    phone = PhoneNumberField(_("phone"), blank=True)
    language = models.CharField(
        _("language"), max_length=2, choices=Language.choices, default=Language.ENGLISH
    )
    zone = models.CharField(
        _("time zone"),
        max_length=50,
        choices=ZONE_CHOICES,
        default="America/New_York",
        help_text=_("Deadlines are told by this clock too."),
    )

    objects: ClassVar[models.Manager["OrganisationContact"]] = models.Manager.from_queryset(
        OrganisationContactQuerySet
    )()

    class Meta:
        verbose_name = _("contact person")
        verbose_name_plural = _("contact people")
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                "organisation",
                Lower("email"),
                condition=~Q(email=""),
                name="coalitions_contact_address_once_per_organisation",
                violation_error_message=_("This address is on record for this organization already."),
            ),
            models.CheckConstraint(
                condition=Q(language__in=Language.values),
                name="coalitions_contact_has_a_known_language",
                violation_error_message=_("Choose one of the languages."),
            ),
        ]

    def __str__(self) -> str:
        return self.name or gettext("Forgotten")

    @property
    def clock(self) -> str:
        """By which clock they live: "New York time"."""
        return name_of(self.zone)

    @property
    def is_forgotten(self) -> bool:
        """They asked for it: the row stays for what was done with the partner."""
        return not self.name

"""Grasstops contacts: people at partners who know officials, how well, and how often we keep in touch (DOMAIN.md W7).

What anybody gave to a campaign, and which party they are close to, is never recorded here.
"""

from datetime import date
from typing import TYPE_CHECKING, ClassVar, Self

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from advocacy.accounts.models import User
from advocacy.coalitions.models import visibility
from advocacy.coalitions.models.organisation import OrganisationContact
from advocacy.interactions.models import Basis
from advocacy.kernel.folding import keys_holding, terms
from advocacy.positions.models import Issue
from legislation.models import Official
from members.access import reach_of
from members.confidentiality import Confidentiality
from members.models import Chapter

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

_YEAR = 365
_ONE_TO_FIVE = [MinValueValidator(1), MaxValueValidator(5)]


class GrasstopsQuerySet(models.QuerySet["Grasstops"]):
    def visible_to(self, user: "User | AnonymousUser") -> Self:
        """By their level: for the chapter unless said otherwise, so not for the lead (DOMAIN.md §4.8)."""
        return self.filter(visibility.readable(reach_of(user), author="added_by"))

    def editable_by(self, user: "User | AnonymousUser") -> Self:
        """Those of chapters one logs for, as far as one reads them; all for staff."""
        reach = reach_of(user)
        rows = self.visible_to(user)
        return rows if reach.is_staff else rows.filter(chapter__in=reach.logs_for)

    def exportable(self) -> Self:
        return self.exclude(confidentiality=Confidentiality.RESTRICTED)

    def search(self, text: str) -> Self:
        """By name and organisation, whatever the accents or case. Those who are kept in touch with are few."""
        organisation = "contact__organisation__search_text"
        names = self.order_by().values_list("pk", "contact__name", organisation)
        return self.filter(pk__in=keys_holding(text, names)) if terms(text) else self

    def in_force(self, today: date) -> Self:
        return self.filter(Q(ends_on=None) | Q(ends_on__gt=today))


class Grasstops(models.Model):
    """Somebody at a partner whom officials listen to, as one chapter knows them.

    Two chapters may each know the same person, each at its own level of confidentiality. `holders` are those of ours
    who hold the relationship.
    """

    contact = models.ForeignKey(
        OrganisationContact, on_delete=models.PROTECT, related_name="+", verbose_name=_("person")
    )
    chapter = models.ForeignKey(
        Chapter, on_delete=models.PROTECT, related_name="grasstops", verbose_name=_("chapter")
    )
    holders = models.ManyToManyField(
        User, blank=True, related_name="+", verbose_name=_("who of us holds the relationship")
    )
    topics = models.ManyToManyField(Issue, blank=True, related_name="+", verbose_name=_("topics"))
    willingness = models.PositiveSmallIntegerField(
        _("willingness to act"), null=True, blank=True, validators=_ONE_TO_FIVE
    )
    influence = models.PositiveSmallIntegerField(
        _("influence"), null=True, blank=True, validators=_ONE_TO_FIVE
    )
    meetings_a_year = models.PositiveSmallIntegerField(
        _("meetings a year"), default=2, validators=[MaxValueValidator(52)]
    )
    light_touches_a_year = models.PositiveSmallIntegerField(
        _("light touches a year"), default=4, validators=[MaxValueValidator(52)]
    )
    notes = models.TextField(
        _("notes"),
        max_length=4000,
        blank=True,
        help_text=_("Never what they gave to a campaign, nor which party they are close to."),
    )
    confidentiality = models.CharField(
        _("who may read it"),
        max_length=10,
        choices=Confidentiality.choices,
        default=Confidentiality.CHAPTER,
    )
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        editable=False,
        related_name="+",
        verbose_name=_("added by"),
    )
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(
        _("first day without it"), null=True, blank=True, help_text=_("Empty while we keep in touch.")
    )

    objects: ClassVar[models.Manager["Grasstops"]] = models.Manager.from_queryset(GrasstopsQuerySet)()

    class Meta:
        verbose_name = _("grasstops contact")
        verbose_name_plural = _("grasstops contacts")
        ordering = ["contact__name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["contact", "chapter"],
                name="coalitions_grasstops_once_per_chapter",
                violation_error_message=_("This person is a grasstops contact of the chapter already."),
            ),
            models.CheckConstraint(
                condition=Q(confidentiality__in=Confidentiality.values),
                name="coalitions_grasstops_has_a_known_level",
                violation_error_message=_("Choose who may read it."),
            ),
            models.CheckConstraint(
                condition=(Q(willingness=None) | Q(willingness__range=(1, 5)))
                & (Q(influence=None) | Q(influence__range=(1, 5))),
                name="coalitions_grasstops_is_scored_from_one_to_five",
                violation_error_message=_("Scores go from 1 to 5."),
            ),
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="coalitions_grasstops_ends_after_it_starts",
                violation_error_message=_("It ends on or after the day it starts."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.contact)

    def get_absolute_url(self) -> str:
        return reverse("coalitions:grasstops_detail", args=[self.pk])

    def days_late(self, today: date, last_touch_on: date | None, last_meeting_on: date | None) -> int:
        """How many days beyond the rhythm, spread evenly over the year: of the meetings, or of all touches together.

        Whichever is later. Counted from the last one, else from the day we took the contact on; nothing is due of
        what is to happen zero times a year.
        """
        paces = (
            (self.meetings_a_year + self.light_touches_a_year, last_touch_on),
            (self.meetings_a_year, last_meeting_on),
        )
        late = [(today - (last or self.starts_on)).days - _YEAR // number for number, last in paces if number]
        return max(late, default=0)


class InfluenceQuerySet(models.QuerySet["Influence"]):
    def visible_to(self, user: "User | AnonymousUser") -> Self:
        return self.filter(grasstops__in=Grasstops.objects.visible_to(user).order_by())


class Influence(models.Model):
    """One line of the influence map: an official whom a grasstops contact can reach, how, and how well."""

    grasstops = models.ForeignKey(
        Grasstops, on_delete=models.CASCADE, related_name="influences", verbose_name=_("grasstops contact")
    )
    official = models.ForeignKey(
        Official, on_delete=models.PROTECT, related_name="+", verbose_name=_("official")
    )
    basis = models.CharField(_("how they know each other"), max_length=20, choices=Basis.choices)
    strength = models.PositiveSmallIntegerField(
        _("strength"), validators=_ONE_TO_FIVE, help_text=_("From 1, met once, to 5, first-name terms.")
    )
    known_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("who of us knows it"),
    )
    said_on = models.DateField(_("said on"))

    objects: ClassVar[models.Manager["Influence"]] = models.Manager.from_queryset(InfluenceQuerySet)()

    class Meta:
        verbose_name = _("official within reach")
        verbose_name_plural = _("officials within reach")
        ordering = ["-strength", "official__name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["grasstops", "official"],
                name="coalitions_influence_once_per_official",
                violation_error_message=_("This official is on the influence map already."),
            ),
            models.CheckConstraint(
                condition=Q(strength__range=(1, 5)),
                name="coalitions_influence_strength_is_one_to_five",
                violation_error_message=_("Scores go from 1 to 5."),
            ),
            models.CheckConstraint(
                condition=Q(basis__in=Basis.values),
                name="coalitions_influence_has_a_known_basis",
                violation_error_message=_("Say how they know each other."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.grasstops}: {self.official} ({self.strength})"

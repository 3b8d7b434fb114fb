"""People in public office, what identifies them, and their parties."""

from datetime import date
from typing import Any, Self

from django.db import models
from django.db.models import F, Prefetch, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from advocacy.kernel.folding import fold, terms
from legislation.models.committee import CommitteeMembership
from legislation.models.public_record import PublicRecordQuerySet
from legislation.models.seat import Seat, Tenure
from legislation.models.source import Source


def _coming(day: date) -> models.QuerySet[Tenure, Any]:
    return Tenure.objects.coming(day).order_by().values("official")


class OfficialQuerySet(PublicRecordQuerySet["Official"]):
    def search(self, text: str, day: date) -> Self:
        """Every word of `text` is part of a name, or names a seat, state, party or committee of theirs."""
        found = self
        for term in terms(text):
            seats = Tenure.objects.filter(seat__in=Seat.objects.filter(search_text__contains=term))
            sitting = CommitteeMembership.objects.in_force(day).filter(committee__search_text__contains=term)
            parties = PartyAffiliation.objects.in_force(day).filter(search_text__contains=term)
            found = found.filter(
                Q(search_text__contains=term)
                | Q(pk__in=seats.order_by().values("official"))
                | Q(pk__in=sitting.order_by().values("official"))
                | Q(pk__in=parties.order_by().values("official"))
            )
        return found

    def in_office(self, day: date) -> Self:
        return self.filter(pk__in=Tenure.objects.in_force(day).order_by().values("official"))

    def former(self, day: date) -> Self:
        """Held a seat once, holds none on `day`, and is about to take none."""
        held = Tenure.objects.ended(day).order_by().values("official")
        return self._out_of_office(day).filter(pk__in=held).exclude(pk__in=_coming(day))

    def elect(self, day: date) -> Self:
        """Holds no seat on `day`, and takes one later: officials-elect."""
        return self._out_of_office(day).filter(pk__in=_coming(day))

    def _out_of_office(self, day: date) -> Self:
        return self.exclude(pk__in=Tenure.objects.in_force(day).order_by().values("official"))

    def holding(self, seats: models.QuerySet[Seat], day: date) -> Self:
        """Holders of any of these seats on `day`."""
        return self.filter(
            pk__in=Tenure.objects.in_force(day).filter(seat__in=seats).order_by().values("official")
        )

    def ever_held(self, seats: models.QuerySet[Seat]) -> Self:
        return self.filter(pk__in=Tenure.objects.filter(seat__in=seats).order_by().values("official"))

    def representing(self, jurisdiction_ids: Any, day: date) -> Self:
        """The delegation: members of these jurisdictions' own chambers, and federal members for them."""
        return self.holding(Seat.objects.for_jurisdiction(jurisdiction_ids), day)

    def of_party(self, party: str, day: date) -> Self:
        affiliations = PartyAffiliation.objects.in_force(day).filter(party=party)
        return self.filter(pk__in=affiliations.order_by().values("official"))

    def on_committee(self, committee_id: int, day: date) -> Self:
        sitting = CommitteeMembership.objects.in_force(day).filter(committee=committee_id)
        return self.filter(pk__in=sitting.order_by().values("official"))

    def with_seats(self) -> Self:
        """Fetches tenures with their seats, and parties, in two queries: what a name with its title needs."""
        tenures = Tenure.objects.select_related(
            "seat__chamber__jurisdiction", "seat__division__jurisdiction"
        ).order_by(F("starts_on").desc(nulls_last=True), "-pk")
        parties = PartyAffiliation.objects.order_by(F("starts_on").desc(nulls_last=True), "-pk")
        return self.prefetch_related(Prefetch("tenures", queryset=tenures)).prefetch_related(
            Prefetch("parties", queryset=parties)
        )


class Official(models.Model):
    """A person in public office, now or once. Never deleted: interactions point here."""

    name = models.CharField(_("name"), max_length=150)
    given_name = models.CharField(_("given name"), max_length=80, blank=True)
    family_name = models.CharField(_("family name"), max_length=80, blank=True)
    suffix = models.CharField(_("suffix"), max_length=20, blank=True)
    nickname = models.CharField(_("nickname"), max_length=60, blank=True)
    other_names = models.TextField(
        _("other names"), blank=True, help_text=_("One per line; found in search.")
    )
    form_of_address = models.CharField(
        _("form of address"),
        max_length=150,
        blank=True,
        help_text=_("Only where it differs from the usual one for the office."),
    )
    image_url = models.URLField(_("photo address"), max_length=500, blank=True)
    birth_date = models.DateField(_("date of birth"), null=True, blank=True)
    source = models.ForeignKey(
        Source, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("source")
    )
    search_text = models.CharField(max_length=1500, editable=False, default="")
    sort_name = models.CharField(max_length=250, editable=False, default="", db_index=True)

    objects = OfficialQuerySet.as_manager()

    class Meta:
        verbose_name = _("official")
        verbose_name_plural = _("officials")
        ordering = ["sort_name", "pk"]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.fold_names()
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("legislation:official_detail", args=[self.pk])

    def fold_names(self) -> None:
        """Keep what search and sorting read in step with the names; bulk writers call this themselves."""
        names = f"{self.name} {self.given_name} {self.nickname} {self.family_name} {self.other_names}"
        joined = names.translate(_JOINED_IN_SEARCH)
        self.search_text = " ".join(dict.fromkeys(fold(f"{names} {joined}").split()))[:1500]
        family = self.family_name or self.name.rpartition(" ")[2]
        self.sort_name = fold(f"{family} {self.given_name or self.name}")[:250]

    def tenures_in_force(self, day: date) -> list[Tenure]:
        """The seats held on `day`, newest first; costs no query after `with_seats()`."""
        return [tenure for tenure in self.tenures.all() if tenure.is_in_force(day)]

    def party_on(self, day: date) -> str:
        return next((one.party for one in self.parties.all() if one.is_in_force(day)), "")


# People look for "oneil" and "ocasiocortez" as well as for "o neil" and "ocasio cortez".
_JOINED_IN_SEARCH = str.maketrans("", "", "'’-‐-–.")


class IdentifierQuerySet(PublicRecordQuerySet["Identifier"]):
    pass


class Identifier(models.Model):
    """What a source calls a person: (bioguide, C000127). Nobody is matched by name across bodies."""

    official = models.ForeignKey(
        Official, on_delete=models.PROTECT, related_name="identifiers", verbose_name=_("official")
    )
    scheme = models.CharField(_("scheme"), max_length=40)
    value = models.CharField(_("value"), max_length=120)

    objects = IdentifierQuerySet.as_manager()

    class Meta:
        verbose_name = _("identifier")
        verbose_name_plural = _("identifiers")
        ordering = ["scheme", "value", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["scheme", "value"],
                name="legislation_identifier_names_one_person",
                violation_error_message=_("Another official has this identifier."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.scheme}: {self.value}"


class PartyAffiliationQuerySet(PublicRecordQuerySet["PartyAffiliation"]):
    def in_force(self, day: date) -> Self:
        return self.filter(Q(starts_on=None) | Q(starts_on__lte=day), Q(ends_on=None) | Q(ends_on__gt=day))


class PartyAffiliation(models.Model):
    """The party an official belongs to, from a day to before another. For display; never in public output."""

    official = models.ForeignKey(
        Official, on_delete=models.PROTECT, related_name="parties", verbose_name=_("official")
    )
    party = models.CharField(_("party"), max_length=120)
    starts_on = models.DateField(_("from"), null=True, blank=True)
    ends_on = models.DateField(_("until"), null=True, blank=True)
    search_text = models.CharField(max_length=120, editable=False, default="")

    objects = PartyAffiliationQuerySet.as_manager()

    class Meta:
        verbose_name = _("party affiliation")
        verbose_name_plural = _("party affiliations")
        ordering = ["-starts_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["official"],
                condition=Q(ends_on=None),
                name="legislation_party_affiliation_is_open_once",
                violation_error_message=_("This official has a current party already; end it first."),
            ),
            models.CheckConstraint(
                condition=Q(starts_on=None) | Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="legislation_party_affiliation_does_not_end_before_it_starts",
                violation_error_message=_("An affiliation cannot end before it starts."),
            ),
        ]

    def __str__(self) -> str:
        return self.party

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.search_text = fold(self.party)[:120]
        super().save(*args, **kwargs)

    def is_in_force(self, day: date) -> bool:
        return (self.starts_on is None or self.starts_on <= day) and (
            self.ends_on is None or self.ends_on > day
        )

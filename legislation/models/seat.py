"""Seats, and who held them from when to when."""

from datetime import date
from typing import Any, Self

from django.db import models
from django.db.models import F, OuterRef, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from advocacy.kernel.folding import fold
from legislation.models.jurisdiction import Chamber, Division, Jurisdiction
from legislation.models.map_edition import DivisionShape, MapEdition, PostalDistrict
from legislation.models.public_record import PublicRecordQuerySet, SearchableQuerySet, in_language
from legislation.models.source import Source


def seat_search_text(seat: "Seat") -> str:
    """What a seat is found by: its labels, district, chamber, and the state it represents."""
    chamber, jurisdiction = seat.chamber, seat.chamber.jurisdiction
    words = [seat.label, seat.label_fr, seat.district, chamber.name, chamber.name_fr]
    words += [jurisdiction.name, jurisdiction.name_fr, jurisdiction.abbreviation]
    if seat.division:
        words += [seat.division.name, seat.division.name_fr]
        if state := seat.division.jurisdiction:
            words += [state.name, state.name_fr, state.abbreviation]
    return " ".join(dict.fromkeys(fold(" ".join(words)).split()))[:600]


class SeatQuerySet(SearchableQuerySet["Seat"]):
    def current(self) -> Self:
        return self.filter(is_current=True)

    def on_the_map(self, day: date) -> Self:
        """Seats of the lines in force on `day`, as far as loaded editions tell; otherwise those of today's map.

        A seat that has been abolished counts while the edition that drew it, and has an end, is in force. A seat that
        only a later edition draws does not count yet.
        """
        on_it = Q(is_current=True)
        for edition in MapEdition.objects.in_force(day).filter(valid_until__isnull=False):
            on_it |= Q(is_current=False) & _drawn_by(edition)
        for edition in MapEdition.objects.filter(valid_from__gt=day):
            before = MapEdition.objects.filter(
                jurisdiction=edition.jurisdiction_id, chamber_code=edition.chamber_code, valid_from__lte=day
            )
            on_it &= ~_drawn_by(edition) | _drawn_by(*before) if before else Q()
        return self.filter(on_it)

    def for_jurisdiction(self, jurisdiction_ids: Any) -> Self:
        """Seats of these jurisdictions' own chambers, and federal seats that represent them."""
        return self.filter(
            Q(chamber__jurisdiction__in=jurisdiction_ids) | Q(division__jurisdiction__in=jurisdiction_ids)
        )

    def with_holders(self, day: date) -> Self:
        """Adds `holders`: how many people hold the seat on `day`."""
        in_force = Tenure.objects.in_force(day).filter(seat=OuterRef("pk"))
        count = in_force.order_by().values("seat").annotate(number=models.Count("pk")).values("number")
        return self.annotate(
            holders=models.functions.Coalesce(models.Subquery(count), 0, output_field=models.IntegerField())
        )

    def vacant(self, day: date) -> Self:
        """Seats of today's map with fewer holders on `day` than places."""
        return self.current().with_holders(day).filter(holders__lt=F("places"))


def _drawn_by(*editions: MapEdition) -> Q:
    """Seats whose district one of these editions of their chamber draws: by its shapes, or else by its codes."""
    found = Q()
    for edition in editions:
        shapes = DivisionShape.objects.filter(edition=edition)
        rows = shapes if shapes.exists() else PostalDistrict.objects.filter(edition=edition)
        found |= Q(
            chamber__jurisdiction=edition.jurisdiction_id,
            chamber__code=edition.chamber_code,
            division__in=rows.order_by().values("division").distinct(),
        )
    return found


class Seat(models.Model):
    """A place, or several, in a chamber for one district: Texas House 131, Ohio's two senators, a riding.

    A seat that a new map abolished stays, marked as not current, for the tenures that were held in it.
    """

    chamber = models.ForeignKey(
        Chamber, on_delete=models.PROTECT, related_name="seats", verbose_name=_("chamber")
    )
    division = models.ForeignKey(
        Division,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="seats",
        verbose_name=_("division"),
    )
    district = models.CharField(_("district"), max_length=120, blank=True)
    label = models.CharField(_("label"), max_length=200, help_text=_("For example Texas House 131."))
    label_fr = models.CharField(_("label in French"), max_length=200, blank=True)
    places = models.PositiveSmallIntegerField(
        _("places"), default=1, help_text=_("How many people hold this seat at the same time.")
    )
    is_current = models.BooleanField(
        _("on today's map"), default=True, help_text=_("Clear this when a new map abolishes the seat.")
    )
    search_text = models.CharField(max_length=600, editable=False, default="")

    objects = SeatQuerySet.as_manager()

    class Meta:
        verbose_name = _("seat")
        verbose_name_plural = _("seats")
        ordering = ["chamber", "district", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["chamber", "district"],
                name="legislation_seat_district_is_unique_in_its_chamber",
                violation_error_message=_("This chamber has a seat for this district already."),
            ),
            models.CheckConstraint(
                condition=Q(places__gte=1),
                name="legislation_seat_has_at_least_one_place",
                violation_error_message=_("A seat has at least one place."),
            ),
        ]

    def __str__(self) -> str:
        return self.label_in(get_language())

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.search_text = seat_search_text(self)
        super().save(*args, **kwargs)

    @property
    def represents(self) -> Jurisdiction:
        """The state, province or territory that elects it, also where it sits in the federal legislature."""
        return (self.division and self.division.jurisdiction) or self.chamber.jurisdiction

    def free_places(self) -> int:
        """How many more people could sit here; only for seats fetched `with_holders()` or `vacant()`."""
        holders: int = getattr(self, "holders")  # noqa: B009 (an annotation)
        return max(self.places - holders, 0)

    def label_in(self, language: str | None) -> str:
        return in_language(language, self.label, self.label_fr)


class EndReason(models.TextChoices):
    TERM_ENDED = "term_ended", _("Term ended")
    DEFEATED = "defeated", _("Defeated")
    RETIRED = "retired", _("Retired")
    RESIGNED = "resigned", _("Resigned")
    DIED = "died", _("Died")
    MOVED_TO_OTHER_SEAT = "moved_to_other_seat", _("Moved to another seat")
    APPOINTED_ELSEWHERE = "appointed_elsewhere", _("Appointed elsewhere")
    REMOVED = "removed", _("Removed")
    SEAT_ABOLISHED = "seat_abolished", _("Seat abolished")
    REDISTRICTED = "redistricted", _("Redistricted")


class TenureQuerySet(PublicRecordQuerySet["Tenure"]):
    def started(self, day: date) -> Self:
        """Begun on or before `day`; an unknown beginning counts as begun."""
        return self.filter(Q(starts_on=None) | Q(starts_on__lte=day))

    def coming(self, day: date) -> Self:
        """Won, but not taken up yet: the holder is elected or appointed, and sworn in later."""
        return self.filter(starts_on__gt=day)

    def in_force(self, day: date) -> Self:
        """Held on `day`. An expected end that has passed does not end a tenure: nobody has confirmed it."""
        return self.started(day).filter(Q(ends_on=None) | Q(ends_on__gt=day) | Q(end_is_expected=True))

    def unconfirmed(self, day: date) -> Self:
        """In force only because the expected end has not been confirmed: "term ended, unconfirmed"."""
        return self.started(day).filter(ends_on__lte=day, end_is_expected=True)

    def ended(self, day: date) -> Self:
        return self.filter(ends_on__lte=day, end_is_expected=False)

    def at_any_time_between(self, first: date, end: date) -> Self:
        """Held on some day of the half-open range from `first` to before `end`."""
        return self.filter(
            Q(starts_on=None) | Q(starts_on__lt=end),
            Q(ends_on=None) | Q(ends_on__gt=first) | Q(end_is_expected=True),
        )


class Tenure(models.Model):
    """One person holding one seat from a day to before another.

    `starts_on` empty: the source does not say since when. `ends_on` empty: no end is known or foreseen.
    `end_is_expected`: the end is the one the term provides for. Until somebody confirms that the person left,
    the tenure stays in force beyond it: appointed and holdover members serve until a successor is sworn in.
    """

    official = models.ForeignKey(
        "legislation.Official", on_delete=models.PROTECT, related_name="tenures", verbose_name=_("official")
    )
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="tenures", verbose_name=_("seat"))
    starts_on = models.DateField(_("from"), null=True, blank=True)
    ends_on = models.DateField(_("until"), null=True, blank=True, help_text=_("The first day out of office."))
    end_is_expected = models.BooleanField(
        _("the end is only expected"), default=False, help_text=_("Clear this when the person has left.")
    )
    end_reason = models.CharField(
        _("why it ended"), max_length=20, choices=EndReason.choices, blank=True, default=""
    )
    title = models.CharField(_("title"), max_length=120, blank=True, help_text=_("For example Speaker."))
    source = models.ForeignKey(
        Source, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("source")
    )

    objects = TenureQuerySet.as_manager()

    class Meta:
        verbose_name = _("tenure")
        verbose_name_plural = _("tenures")
        ordering = ["-starts_on", "-pk"]
        indexes = [models.Index(fields=["seat", "ends_on"], name="legislation_tenure_by_seat")]
        constraints = [
            models.UniqueConstraint(
                fields=["official", "seat", "starts_on"],
                name="legislation_tenure_starts_once",
                violation_error_message=_("This person has a tenure in this seat from this day already."),
            ),
            models.CheckConstraint(
                condition=Q(starts_on=None) | Q(ends_on=None) | Q(ends_on__gt=F("starts_on")),
                name="legislation_tenure_ends_after_it_starts",
                violation_error_message=_("A tenure ends after it starts."),
            ),
            models.CheckConstraint(
                condition=Q(end_reason="") | Q(ends_on__isnull=False, end_is_expected=False),
                name="legislation_tenure_end_reason_only_with_an_end",
                violation_error_message=_("Only a tenure that has ended has a reason for its end."),
            ),
            models.CheckConstraint(
                condition=Q(end_is_expected=False) | Q(ends_on__isnull=False),
                name="legislation_tenure_expected_end_has_a_date",
                violation_error_message=_("An expected end needs its date."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.official}, {self.seat}"

    def is_in_force(self, day: date) -> bool:
        started = self.starts_on is None or self.starts_on <= day
        return started and (self.ends_on is None or self.ends_on > day or self.end_is_expected)

    def is_unconfirmed(self, day: date) -> bool:
        return self.is_in_force(day) and self.ends_on is not None and self.ends_on <= day

"""Editions of the map: the lines of one redistribution, and which postal codes they hold.

Several editions of one chamber's map lie side by side. The same division id (`…/state:tx/cd:7`) may have another
shape in each, so a shape and a postal row belong to an edition, and an answer names the edition it came from.
"""

from collections.abc import Collection, Mapping
from datetime import date
from functools import reduce
from operator import or_
from typing import Any, Self
from uuid import uuid4

from django.db import models
from django.db.models import Case, F, Q, Value, When
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from legislation.models.jurisdiction import ChamberCode, Division, Jurisdiction
from legislation.models.public_record import PublicRecordQuerySet, in_language
from legislation.models.source import Source


class MapEditionQuerySet(PublicRecordQuerySet["MapEdition"]):
    def in_force(self, day: date) -> Self:
        """The lines that say who represents whom on `day`; an edition without dates is never in force."""
        return self.filter(valid_from__lte=day).filter(Q(valid_until=None) | Q(valid_until__gt=day))

    def turning_between(self, earlier: date, later: date) -> Self:
        """Editions that begin or end after one day and up to another: without any, both days have the same map."""
        begins = Q(valid_from__gt=earlier, valid_from__lte=later)
        return self.filter(begins | Q(valid_until__gt=earlier, valid_until__lte=later))


class MapEdition(models.Model):
    """The map of one chamber from one redistribution to the next: `cd119`, `fed2023`, `co-lower-2021`.

    In force from the first day of the first term elected on these lines to before `valid_until`.
    """

    key = models.SlugField(_("key"), max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=120)
    name_fr = models.CharField(_("name in French"), max_length=120, blank=True)
    jurisdiction = models.ForeignKey(
        Jurisdiction, on_delete=models.PROTECT, related_name="map_editions", verbose_name=_("jurisdiction")
    )
    chamber_code = models.CharField(_("chamber"), max_length=11, choices=ChamberCode.choices)
    valid_from = models.DateField(_("in force from"), null=True, blank=True)
    valid_until = models.DateField(
        _("in force until"), null=True, blank=True, help_text=_("The first day on which other lines hold.")
    )

    objects = MapEditionQuerySet.as_manager()

    class Meta:
        verbose_name = _("map edition")
        verbose_name_plural = _("map editions")
        ordering = ["jurisdiction__name", "chamber_code", "-valid_from", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_until=None) | Q(valid_from__isnull=False, valid_until__gt=F("valid_from")),
                name="legislation_mapedition_ends_after_it_starts",
                violation_error_message=_("An edition ends after the day it comes into force."),
            ),
            models.UniqueConstraint(
                fields=["jurisdiction", "chamber_code", "valid_from"],
                name="legislation_mapedition_starts_once",
                violation_error_message=_("This chamber has an edition from this day already."),
            ),
        ]

    def __str__(self) -> str:
        return in_language(get_language(), self.name, self.name_fr)

    def is_in_force(self, day: date) -> bool:
        started = self.valid_from is not None and self.valid_from <= day
        return started and (self.valid_until is None or self.valid_until > day)


class EditionPart(models.TextChoices):
    SHAPES = "shapes", _("Shapes")
    POSTAL_CODES = "postal", _("ZIP or postal codes")
    FSAS = "fsa", _("First three characters of postal codes")


class EditionFile(models.Model):
    """The file that one part of an edition was last loaded from, for one state or province.

    A file of the whole country has one row for each, and a file of one state replaces that state's lines alone.
    Its `content_hash` tells whether to load again. `version` is another at every load: what is kept in memory of an
    edition is as current as the versions it was made from.
    """

    edition = models.ForeignKey(
        MapEdition, on_delete=models.CASCADE, related_name="files", verbose_name=_("map edition")
    )
    part = models.CharField(_("part"), max_length=6, choices=EditionPart.choices)
    place = models.ForeignKey(
        Jurisdiction, on_delete=models.PROTECT, related_name="edition_files", verbose_name=_("districts of")
    )
    label = models.CharField(_("read from"), max_length=200, help_text=_("The last part of the path."))
    content_hash = models.CharField(max_length=64)
    rows = models.PositiveIntegerField(_("rows"))
    source = models.ForeignKey(
        Source, on_delete=models.PROTECT, related_name="edition_files", verbose_name=_("source")
    )
    loaded_at = models.DateTimeField(_("loaded"))
    version = models.UUIDField(default=uuid4, editable=False)

    objects = PublicRecordQuerySet.as_manager()

    class Meta:
        verbose_name = _("file of a map edition")
        verbose_name_plural = _("files of map editions")
        ordering = ["edition", "part", "place"]
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "part", "place"],
                name="legislation_editionfile_is_the_last_of_its_part",
                violation_error_message=_("This part of the edition has its file already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.edition}: {self.label}"


class DivisionShape(models.Model):
    """The area of one division in one edition: a polygon or several, as well-known binary in WGS 84 degrees
    (longitude first), and the box around it."""

    edition = models.ForeignKey(
        MapEdition, on_delete=models.CASCADE, related_name="shapes", verbose_name=_("map edition")
    )
    division = models.ForeignKey(
        Division, on_delete=models.PROTECT, related_name="shapes", verbose_name=_("division")
    )
    geometry = models.BinaryField(_("area"))
    west = models.FloatField()
    south = models.FloatField()
    east = models.FloatField()
    north = models.FloatField()

    objects = PublicRecordQuerySet.as_manager()

    class Meta:
        verbose_name = _("shape of a division")
        verbose_name_plural = _("shapes of divisions")
        ordering = ["edition", "division"]
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "division"],
                name="legislation_divisionshape_is_unique_in_its_edition",
                violation_error_message=_("This division has a shape in this edition already."),
            ),
            models.CheckConstraint(
                condition=Q(
                    west__gte=-180,
                    south__gte=-90,
                    east__lte=180,
                    north__lte=90,
                    west__lte=F("east"),
                    south__lte=F("north"),
                ),
                name="legislation_divisionshape_lies_on_the_globe",
                violation_error_message=_("A shape lies between -180 and 180, -90 and 90 degrees."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.division} ({self.edition})"


# SQLite joins at most 500 questions into one.
_LISTS_AT_ONCE = 200


class PostalDistrictQuerySet(PublicRecordQuerySet["PostalDistrict"]):
    def beginning_with(self, *prefixes: str) -> Self:
        """Codes that begin with one of these, found by the index on both engines; an empty prefix finds nothing."""
        ranges = [_beginning_with(prefix) for prefix in prefixes if prefix]
        return self.filter(reduce(or_, ranges)) if ranges else self.none()

    def divisions_of_each(
        self, prefixes: Mapping[int, Collection[str]]
    ) -> dict[int, list[tuple[str, int, int]]]:
        """Which divisions of which editions hold codes that begin so: prefix, edition, division, in that order.

        Several lists of prefixes are asked at once, each by its key. A code that two prefixes of one list begin is the
        first one's; a prefix of one list takes no code from another.
        """
        asked = [
            self._divisions(key, list(filter(None, some))) for key, some in prefixes.items() if any(some)
        ]
        found: dict[int, list[tuple[str, int, int]]] = {}
        for first in range(0, len(asked), _LISTS_AT_ONCE):
            some = asked[first : first + _LISTS_AT_ONCE]
            rows = some[0].union(*some[1:], all=True) if len(some) > 1 else some[0]
            for key, *row in rows:
                found.setdefault(key, []).append(tuple(row))
        return {key: sorted(rows) for key, rows in found.items()}

    def _divisions(self, key: int, prefixes: list[str]) -> "models.QuerySet[Any, Any]":
        named = [When(_beginning_with(prefix), then=Value(prefix)) for prefix in prefixes]
        found: models.QuerySet[Any, Any] = self.beginning_with(*prefixes).order_by()
        found = found.annotate(
            key=Value(key, output_field=models.IntegerField()),
            prefix=Case(*named, output_field=models.CharField()),
        )
        rows: models.QuerySet[Any, Any] = found.values_list("key", "prefix", "edition", "division").distinct()
        return rows


def _beginning_with(prefix: str) -> Q:
    return Q(code__gte=prefix, code__lt=_next_prefix(prefix))


def _next_prefix(prefix: str) -> str:
    """The first code after all that begin with `prefix`: digits come before letters."""
    head, last = prefix[:-1], prefix[-1]
    if last == "9":
        return f"{head}A"
    if last == "Z":
        return _next_prefix(head) if head else "~"
    return head + chr(ord(last) + 1)


class PostalDistrict(models.Model):
    """A division that a postal code lies in, wholly or partly, by one edition.

    `code` is in its one spelling (`kernel.postal`): five digits of a ZIP, `H2X1Y4`, or the `H2X` it starts with.
    `share` is the part of the code's addresses there, from above 0 to 1, where the table tells.
    """

    edition = models.ForeignKey(
        MapEdition, on_delete=models.CASCADE, related_name="postal_districts", verbose_name=_("map edition")
    )
    code = models.CharField(_("ZIP or postal code"), max_length=9)
    division = models.ForeignKey(
        Division, on_delete=models.PROTECT, related_name="postal_districts", verbose_name=_("division")
    )
    share = models.FloatField(_("share"), null=True, blank=True)

    objects = PostalDistrictQuerySet.as_manager()

    class Meta:
        verbose_name = _("postal district")
        verbose_name_plural = _("postal districts")
        ordering = ["code", "edition", "division"]
        constraints = [
            models.UniqueConstraint(
                fields=["code", "edition", "division"],
                name="legislation_postaldistrict_is_listed_once",
                violation_error_message=_("This code has this division in this edition already."),
            ),
            models.CheckConstraint(
                condition=Q(share=None) | Q(share__gt=0, share__lte=1),
                name="legislation_postaldistrict_share_is_a_part_of_one",
                violation_error_message=_("A share lies above 0 and is at most 1."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code}: {self.division}"

"""Replacing a file's part of a map edition: the lines or codes of the states it draws, all of them or nothing."""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

import shapely
from django.db import models, transaction
from django.db.models import Q
from django.db.models.functions import Length
from django.utils.translation import gettext as _

from legislation.actions import division_lists
from legislation.actions.bulk import insert_rows, refresh_statistics
from legislation.actions.record_places import jurisdiction_rows
from legislation.models import (
    Division,
    DivisionShape,
    EditionFile,
    EditionPart,
    MapEdition,
    PostalDistrict,
    Source,
)
from legislation.sources import map_sources
from legislation.sources.division_ids import jurisdiction_fact, place_of
from legislation.sources.editions import EDITIONS, EditionFact
from legislation.sources.map_shapes import EditionShapes
from legislation.sources.opening import FileRefused
from legislation.sources.places import Place
from legislation.sources.postal_tables import FSA_LENGTH, PostalTable
from legislation.sources.records import DivisionFact

# What lost more than half of its rows looks like half a file.
_LEAST_KEPT = 0.5
_SHAPE_COLUMNS = ("edition", "division", "geometry", "west", "south", "east", "north")
_POSTAL_COLUMNS = ("edition", "code", "division", "share")


@dataclass(frozen=True)
class LoadedFile:
    """Where a part of an edition comes from; `source` is the key of its publisher.

    `beside` are the files loaded with it: where one of them draws a state already, that state stays as it is there.
    """

    label: str
    content_hash: str
    source: str = map_sources.OWN
    beside: Collection[str] = ()
    force: bool = False


@dataclass(frozen=True)
class Replaced:
    """How many rows came in, and what is to be said: states left to a file beside this one, lines that end."""

    rows: int
    notices: list[str]


@transaction.atomic
def replace_shapes(shapes: EditionShapes, file: LoadedFile, *, now: datetime) -> Replaced:
    """Draw the edition anew in the states of a file. Raises FileRefused where most of a state would disappear."""
    part = _Part(EditionPart.SHAPES, shapes.edition, shapes.about, file)
    facts = {id: fact for id, (fact, _area) in shapes.areas.items()}
    places = part.places(Counter(part.place_of(fact) for fact in facts.values()))
    facts = {id: fact for id, fact in facts.items() if part.place_of(fact) in places}
    keys = division_lists.ensure(facts)
    part.delete(DivisionShape.objects.all(), places, keys)
    areas = ((keys[id], area) for id, (_fact, area) in shapes.areas.items() if id in keys)
    rows = ((part.edition.pk, key, shapely.to_wkb(area), *area.bounds) for key, area in areas)
    count = insert_rows(DivisionShape, _SHAPE_COLUMNS, rows)
    part.remember(places, now)
    return Replaced(count, part.notices)


@transaction.atomic
def replace_postal_codes(table: PostalTable, file: LoadedFile, *, now: datetime) -> Replaced:
    """Put a table in the place of the edition's last one, in the states it speaks of. Raises FileRefused as above."""
    part = _Part(table.part, table.edition, None, file)
    place_of_division = {id: part.place_of(fact) for id, fact in table.divisions.items()}
    places = part.places(Counter(place_of_division[row.division] for row in table.rows))
    keys = division_lists.ensure(
        {id: fact for id, fact in table.divisions.items() if place_of_division[id] in places}
    )
    held = PostalDistrict.objects.annotate(length=Length("code")).order_by()
    is_fsa = table.part == EditionPart.FSAS
    part.delete(
        held.filter(length=FSA_LENGTH) if is_fsa else held.filter(length__gt=FSA_LENGTH), places, keys
    )
    rows = (
        (part.edition.pk, row.code, keys[row.division], row.share)
        for row in table.rows
        if row.division in keys
    )
    count = insert_rows(PostalDistrict, _POSTAL_COLUMNS, rows)
    part.remember(places, now)
    refresh_statistics("legislation")
    return Replaced(count, part.notices)


def source_row(key: str) -> Source:
    known = Source.objects.filter(key=key).first()
    return known or Source.objects.get_or_create(key=key, defaults=map_sources.about(key)._asdict())[0]


def is_loaded(label: str, content_hash: str, parts: Collection[str]) -> bool:
    """Whether this very file was loaded under this name: which edition it draws follows from the two."""
    return EditionFile.objects.filter(label=label, content_hash=content_hash, part__in=parts).exists()


def is_drawn_from(edition: str, part: str, content_hash: str) -> bool:
    """Whether these very bytes are what an edition was last loaded from, under whatever name."""
    return EditionFile.objects.filter(edition__key=edition, part=part, content_hash=content_hash).exists()


class _Part:
    """One part of one edition, while a file replaces what is its own."""

    def __init__(self, part: str, key: str, about: EditionFact | None, file: LoadedFile) -> None:
        self.part, self.file = part, file
        self.notices: list[str] = []
        self._seen: dict[str, Place] = {}
        self.edition = self._edition(key, about)
        self._files = {
            row.place.ocd_id: row
            for row in EditionFile.objects.filter(edition=self.edition, part=part).select_related("place")
        }

    def place_of(self, fact: DivisionFact) -> str:
        """The state or province a division counts for; what lies in none counts for the whole edition."""
        if place := place_of(fact.ocd_id):
            self._seen[place.ocd_id] = place
            return place.ocd_id
        return self.edition.jurisdiction.ocd_id

    def places(self, counts: Mapping[str, int]) -> dict[str, int]:
        """The states to replace, with their rows: those the file draws, and those that it drew the last time.

        Raises FileRefused where one would lose more than half of its rows.
        """
        found: dict[str, int] = {}
        was_its_own = {place: 0 for place, row in self._files.items() if row.label == self.file.label}
        for place, count in {**was_its_own, **counts}.items():
            row = self._files.get(place)
            if row is not None and row.label != self.file.label and row.label in self.file.beside:
                self.notices.append(
                    _("%(place)s: %(file)s lies beside it and stays in its place. Keep one of the two.")
                    % {"place": row.place, "file": row.label}
                )
                continue
            self._refuse_half(row, count)
            found[place] = count
        return found

    def _refuse_half(self, row: EditionFile | None, count: int) -> None:
        if row is not None and not self.file.force and count < row.rows * _LEAST_KEPT:
            raise FileRefused(
                _(
                    "%(file)s holds %(count)d rows of %(place)s where there were %(before)d. Is it complete? Nothing "
                    "was changed. If it is right, run it again with --force."
                )
                % {"file": self.file.label, "place": row.place, "count": count, "before": row.rows}
            )

    def delete(
        self,
        rows: models.QuerySet[DivisionShape] | models.QuerySet[PostalDistrict],
        places: Collection[str],
        keys: Mapping[str, int],
    ) -> None:
        """What is in the place of the new rows: all of the same states, and whatever hangs on the same divisions."""
        in_places = Division.objects.filter(jurisdiction__ocd_id__in=list(places))
        same = Q(division__in=in_places) | Q(division__in=list(keys.values()))
        if self.edition.jurisdiction.ocd_id in places:
            same |= Q(division__jurisdiction=None)
        rows.filter(same, edition=self.edition).delete()

    def remember(self, places: Mapping[str, int], now: datetime) -> None:
        EditionFile.objects.filter(
            edition=self.edition, part=self.part, place__ocd_id__in=list(places)
        ).delete()
        version = uuid4()
        drawn = {place: count for place, count in places.items() if count}
        facts = [jurisdiction_fact(self._seen[place]) for place in drawn if place in self._seen]
        rows = {self.edition.jurisdiction.ocd_id: self.edition.jurisdiction, **jurisdiction_rows(facts)}
        EditionFile.objects.bulk_create(
            EditionFile(
                edition=self.edition,
                part=self.part,
                place=rows[place],
                label=self.file.label,
                content_hash=self.file.content_hash,
                rows=count,
                source=source_row(self.file.source),
                loaded_at=now,
                version=version,
            )
            for place, count in drawn.items()
        )

    def _edition(self, key: str, about: EditionFact | None) -> MapEdition:
        if row := MapEdition.objects.select_related("jurisdiction").filter(key=key).first():
            return row
        fact = about or EDITIONS.get(key)
        if fact is None:
            raise FileRefused(
                _(
                    "There is no map edition “%(key)s”. Enter it in the admin, with its dates, then load the file "
                    "again."
                )
                % {"key": key}
            )
        place = jurisdiction_fact(fact.place)
        edition = MapEdition(
            key=key,
            name=fact.name,
            name_fr=fact.name_fr,
            jurisdiction=jurisdiction_rows([place])[place.ocd_id],
            chamber_code=fact.chamber_code,
            valid_from=fact.valid_from,
            valid_until=fact.valid_until,
        )
        self._put_among_others(edition)
        edition.save()
        return edition

    def _put_among_others(self, edition: MapEdition) -> None:
        """Lines hold until the next ones of their chamber: where no end is known, the next beginning is it."""
        of_chamber = MapEdition.objects.filter(
            jurisdiction=edition.jurisdiction, chamber_code=edition.chamber_code
        )
        if of_chamber.filter(valid_from=edition.valid_from).exists():
            raise FileRefused(
                _(
                    "“%(key)s” begins on %(day)s, as another map of its chamber does. Correct one of the two in the "
                    "admin."
                )
                % {"key": edition.key, "day": edition.valid_from}
            )
        later = of_chamber.filter(valid_from__gt=edition.valid_from).order_by("valid_from").first()
        if edition.valid_until is None and later is not None:
            edition.valid_until = later.valid_from
        for older in of_chamber.filter(valid_from__lt=edition.valid_from, valid_until=None):
            MapEdition.objects.filter(pk=older.pk).update(valid_until=edition.valid_from)
            self.notices.append(
                _("%(older)s hold until %(day)s, when %(newer)s come into force.")
                % {"older": older, "newer": edition, "day": edition.valid_from}
            )

"""Writing jurisdictions, chambers, divisions and seats: what people are then put into."""

from collections.abc import Iterable

from legislation.actions.row_images import Ledger
from legislation.changeset.held import chunks
from legislation.models import Chamber, Division, Jurisdiction, Seat
from legislation.models.seat import seat_search_text
from legislation.sources.records import DivisionFact, JurisdictionFact, SeatFact, SeatKey, Snapshot

_NOBODY = Ledger()


class Places:
    """The places of one snapshot, as rows. `written` counts the seats that are new or changed."""

    def __init__(self, snapshot: Snapshot, ledger: Ledger) -> None:
        self.ledger = ledger
        facts = [snapshot.scope, *snapshot.jurisdictions.values()]
        self.jurisdictions = jurisdiction_rows(facts, ledger)
        self.scope = self.jurisdictions[snapshot.scope.ocd_id]
        self.chambers = self._chambers(snapshot)
        self.seats, self.written = self._seats(snapshot)

    def _chambers(self, snapshot: Snapshot) -> dict[tuple[str, str], Chamber]:
        rows = Chamber.objects.filter(jurisdiction__in=self._ids()).select_related("jurisdiction")
        found = {(row.jurisdiction.ocd_id, row.code): row for row in rows}
        for key, fact in snapshot.chambers.items():
            if key not in found:
                values = {**fact._asdict(), "jurisdiction": self.jurisdictions[fact.jurisdiction]}
                found[key] = Chamber.objects.create(**values)
                self.ledger.inserted(Chamber, [found[key].pk])
        return found

    def _ids(self) -> list[int]:
        return [jurisdiction.pk for jurisdiction in self.jurisdictions.values()]

    def _seats(self, snapshot: Snapshot) -> tuple[dict[SeatKey, int], int]:
        chambers = {chamber.pk: key for key, chamber in self.chambers.items()}
        rows = Seat.objects.filter(chamber__in=chambers).select_related("division")
        held = {SeatKey(*chambers[row.chamber_id], row.district): row for row in rows}
        divisions = self._divisions(fact.division for fact in snapshot.seats.values() if fact.division)
        new, changed = [], []
        for key, fact in snapshot.seats.items():
            division = divisions.get(fact.division.ocd_id) if fact.division else None
            if key not in held:
                new.append(self._seat(fact, division))
            elif self._update(held[key], fact, division):
                changed.append(held[key])
        self.ledger.changing(Seat, [row.pk for row in changed])
        created = [row for chunk in chunks(new) for row in Seat.objects.bulk_create(chunk)]
        self.ledger.inserted(Seat, [row.pk for row in created])
        columns = ["label", "label_fr", "places", "is_current", "division", "search_text"]
        Seat.objects.bulk_update(changed, columns, batch_size=200)
        ids = {key: row.pk for key, row in held.items()}
        ids |= {SeatKey(*chambers[row.chamber_id], row.district): row.pk for row in created}
        return ids, len(created) + len(changed)

    def _seat(self, fact: SeatFact, division: Division | None) -> Seat:
        chamber = self.chambers[fact.key.jurisdiction, fact.key.chamber]
        seat = Seat(
            chamber=chamber,
            division=division,
            district=fact.key.district,
            label=fact.label,
            label_fr=fact.label_fr,
            places=fact.places,
            is_current=fact.is_current,
        )
        seat.search_text = seat_search_text(seat)
        return seat

    def _update(self, row: Seat, fact: SeatFact, division: Division | None) -> bool:
        """A list of seats decides; a seat that was only inferred may gain, never lose."""
        before = (row.label, row.label_fr, row.places, row.is_current, row.division_id)
        if fact.is_authoritative:
            row.label, row.label_fr, row.places = fact.label, fact.label_fr, fact.places
            row.is_current, row.division = True, division or row.division
        elif fact.is_current:
            row.is_current, row.places = True, max(row.places, fact.places)
        if before == (row.label, row.label_fr, row.places, row.is_current, row.division_id):
            return False
        row.chamber = self.chambers[fact.key.jurisdiction, fact.key.chamber]
        row.search_text = seat_search_text(row)
        return True

    def _divisions(self, facts: Iterable[DivisionFact]) -> dict[str, Division]:
        wanted = {fact.ocd_id: fact for fact in facts}
        found: dict[str, Division] = {}
        for chunk in chunks(wanted):
            rows = Division.objects.filter(ocd_id__in=chunk).select_related("jurisdiction")
            found.update((row.ocd_id, row) for row in rows)
        new = [self._division(fact) for id, fact in wanted.items() if id not in found]
        for group in chunks(new):
            created = Division.objects.bulk_create(group)
            self.ledger.inserted(Division, [row.pk for row in created])
            found.update((row.ocd_id, row) for row in created)
        return found

    def _division(self, fact: DivisionFact) -> Division:
        jurisdiction = self.jurisdictions.get(fact.jurisdiction)
        return Division(**{**fact._asdict(), "jurisdiction": jurisdiction})


def jurisdiction_rows(facts: list[JurisdictionFact], ledger: Ledger = _NOBODY) -> dict[str, Jurisdiction]:
    """Rows for these governments; the country first, because the others are part of it."""
    wanted = {fact.ocd_id: fact for fact in facts}
    parents = {fact.parent for fact in facts if fact.parent}
    rows = Jurisdiction.objects.filter(ocd_id__in=wanted.keys() | parents)
    found = {row.ocd_id: row for row in rows}
    for fact in facts:
        if fact.ocd_id not in found:
            values = {**fact._asdict(), "parent": found.get(fact.parent)}
            found[fact.ocd_id] = Jurisdiction.objects.create(**values)
            ledger.inserted(Jurisdiction, [found[fact.ocd_id].pk])
    orphans = [row for row in found.values() if row.parent_id is None and row.ocd_id in wanted]
    for row in orphans:
        if parent := found.get(wanted[row.ocd_id].parent):
            ledger.changing(Jurisdiction, [row.pk])
            row.parent = parent
            row.save(update_fields=["parent"])
    return found

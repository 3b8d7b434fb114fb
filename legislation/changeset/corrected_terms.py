"""Terms that staff moved to another seat or another day: what a source lists in their place is no second term."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from django.utils.translation import gettext as _

from legislation.changeset.corrected_rows import holding
from legislation.changeset.findings import MOVED, ChangeSet, Heard, PersonChange
from legislation.changeset.held import chunks
from legislation.models.correction import Correction
from legislation.models.seat import Seat, Tenure
from legislation.sources.records import Remark, SeatKey, TenureFact


class _Term(NamedTuple):
    """One corrected term: as the record has it, and where the source sees it."""

    row: Tenure
    seat: SeatKey
    said_seat: int
    said_start: date | None
    moved: Correction | None


def keep_terms_once(found: ChangeSet) -> None:
    """Take out of the findings a term that the record has already, as staff corrected it.

    A source that sees the same term in another seat than before speaks of the seat that staff corrected: that is
    heard. Somebody who really moved begins there on another day.
    """
    changes = {change.official_id: change for change in found.people if change.official_id and change.tenures}
    for official_id, terms in _corrected_terms(list(changes)).items():
        change = changes[official_id]
        for term in terms:
            if _says_another_seat(change, term):
                found.happenings = [
                    one
                    for one in found.happenings
                    if one.kind != MOVED or one.record != change.record.external_id
                ]
            elif repeated := [fact for fact in change.tenures if _is_same(fact, term)]:
                change.tenures = [fact for fact in change.tenures if fact not in repeated]
                found.notices.append(_remark(change, term))


def _corrected_terms(official_ids: Iterable[int]) -> dict[int, list[_Term]]:
    label = Tenure._meta.label_lower
    about = Correction.objects.holding().filter(model=label, fact__in=("starts_on", "seat_id"))
    keys = [
        pk
        for chunk in chunks(official_ids)
        for pk in about.filter(official__in=chunk).values_list("object_id", flat=True)
    ]
    rows = Tenure.objects.filter(pk__in=keys).select_related("seat__chamber__jurisdiction").order_by("pk")
    corrections = holding(Tenure, keys)
    found: dict[int, list[_Term]] = {}
    for row in rows:
        found.setdefault(row.official_id, []).append(_term(row, corrections[row.pk]))
    return found


def _term(row: Tenure, corrections: list[Correction]) -> _Term:
    said = {name: value for one in corrections for name, value in one.source_last_said().items()}
    chamber = row.seat.chamber
    return _Term(
        row=row,
        seat=SeatKey(chamber.jurisdiction.ocd_id, chamber.code, row.seat.district),
        said_seat=said.get("seat_id", row.seat_id),
        said_start=said.get("starts_on", row.starts_on),
        moved=next((one for one in corrections if one.fact == "seat_id"), None),
    )


def _is_same(fact: TenureFact, term: _Term) -> bool:
    return fact.seat == term.seat and fact.starts_on == term.row.starts_on


def _says_another_seat(change: PersonChange, term: _Term) -> bool:
    """Whether the source has put this very term into another seat; if so it is heard and not written."""
    ending = [one for one in change.updates if one.model is Tenure and one.pk == term.row.pk]
    instead = [fact for fact in change.tenures if fact.starts_on in (term.said_start, term.row.starts_on)]
    if term.moved is None or not ending or not instead:
        return False
    seat = _seat(instead[0].seat)
    if seat is None:
        return False
    change.updates = [one for one in change.updates if one not in ending]
    change.tenures = [fact for fact in change.tenures if fact is not instead[0]]
    change.heard.append(Heard(term.moved, {"seat_id": seat}))
    return True


def _seat(key: SeatKey) -> int | None:
    rows = Seat.objects.filter(
        chamber__jurisdiction__ocd_id=key.jurisdiction, chamber__code=key.chamber, district=key.district
    )
    return rows.values_list("pk", flat=True).first()


def _remark(change: PersonChange, term: _Term) -> Remark:
    reason = _(
        "%(name)s: a term from %(day)s in %(seat)s is in the record already, as staff corrected it. It is not "
        "written twice."
    )
    what = {"name": change.record.name, "day": term.row.starts_on, "seat": term.row.seat.label}
    return Remark(change.record.file, change.record.external_id, reason % what)

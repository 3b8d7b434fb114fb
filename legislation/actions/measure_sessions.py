"""The sessions that measures are numbered in, made where the record does not know them yet."""

from datetime import date

from django.utils.translation import gettext as _

from legislation.actions.record_places import jurisdiction_rows
from legislation.models import Country, Jurisdiction, LegislativeSession
from legislation.sources.division_ids import jurisdiction_fact
from legislation.sources.measures.records import SessionFact
from legislation.sources.places import CANADA, CANADIAN_PARTS, UNITED_STATES, US_PARTS

_PLACES = {
    place.ocd_id: place for place in (UNITED_STATES, CANADA, *US_PARTS.values(), *CANADIAN_PARTS.values())
}
_LONGEST_IDENTIFIER, _LONGEST_NAME = 40, 160


class UnknownSession(Exception):
    """The record cannot hold this session; the text says why."""


class Sessions:
    """Sessions by jurisdiction and identifier; each is looked up once in a run."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, str], LegislativeSession | None] = {}
        self._checked: dict[tuple[str, str], LegislativeSession] = {}

    def forget(self) -> None:
        """What was made and taken back is not there any more."""
        self._known.clear()
        self._checked.clear()

    def of(self, fact: SessionFact) -> LegislativeSession:
        """Raises UnknownSession where the session has no name, or a jurisdiction that we know nothing of."""
        row = self._checked.get((fact.jurisdiction, fact.identifier))
        if row is None:
            row = self._row(fact)
            self._checked[fact.jurisdiction, fact.identifier] = row
            self._known[fact.jurisdiction, fact.identifier] = row
        return row

    def known(self, fact: SessionFact) -> LegislativeSession | None:
        """The session if the record has it; none is made."""
        key = (fact.jurisdiction, fact.identifier)
        if key not in self._known:
            rows = LegislativeSession.objects.select_related("jurisdiction")
            self._known[key] = rows.filter(
                jurisdiction__ocd_id=fact.jurisdiction, identifier=fact.identifier
            ).first()
        return self._known[key]

    def _row(self, fact: SessionFact) -> LegislativeSession:
        if not 0 < len(fact.identifier) <= _LONGEST_IDENTIFIER:
            raise UnknownSession(
                _("no session can be called “%(name)s”") % {"name": fact.identifier[:_LONGEST_IDENTIFIER]}
            )
        row = self.known(fact)
        if row is None:
            return LegislativeSession.objects.create(
                jurisdiction=_jurisdiction(fact.jurisdiction),
                identifier=fact.identifier,
                name=(fact.name or fact.identifier)[:_LONGEST_NAME],
                kind=fact.kind,
                starts_on=fact.starts_on,
                ends_on=_end(fact.starts_on, fact.ends_on),
            )
        _fill(row, fact)
        return row


def _fill(row: LegislativeSession, fact: SessionFact) -> None:
    """What nobody has said yet; what is on record stays."""
    before = (row.name, row.starts_on, row.ends_on)
    if fact.name and row.name == row.identifier:
        row.name = fact.name[:_LONGEST_NAME]
    if row.starts_on is None and (row.ends_on is None or _end(fact.starts_on, row.ends_on)):
        row.starts_on = fact.starts_on
    if row.ends_on is None:
        row.ends_on = _end(row.starts_on, fact.ends_on)
    if before != (row.name, row.starts_on, row.ends_on):
        row.save(update_fields=["name", "starts_on", "ends_on"])


def _end(starts_on: date | None, ends_on: date | None) -> date | None:
    """An end that lies before the beginning says nothing."""
    return None if starts_on and ends_on and ends_on <= starts_on else ends_on


def _jurisdiction(ocd_id: str) -> Jurisdiction:
    if row := Jurisdiction.objects.filter(ocd_id=ocd_id).first():
        return row
    place = _PLACES.get(ocd_id)
    if place is None:
        raise UnknownSession(_("“%(id)s” is no jurisdiction that we know") % {"id": ocd_id[:80]})
    country = UNITED_STATES if place.country == Country.UNITED_STATES else CANADA
    return jurisdiction_rows([jurisdiction_fact(country), jurisdiction_fact(place)])[ocd_id]

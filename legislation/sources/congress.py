"""Reader for unitedstates/congress-legislators: the authority for the Congress of the United States."""

from collections.abc import Iterable
from datetime import date
from typing import Any, TypeVar

from django.utils.translation import gettext as _
from pydantic import ValidationError

from legislation.models.contact import ContactKind, OfficeKind
from legislation.models.jurisdiction import ChamberCode
from legislation.sources import congress_files as files
from legislation.sources.congress_committees import read_committees
from legislation.sources.congress_seats import CONGRESS, add_seats, seat_of_term
from legislation.sources.congress_shapes import (
    UpstreamIds,
    UpstreamLegislator,
    UpstreamOffice,
    UpstreamOffices,
    UpstreamSocial,
    UpstreamTerm,
)
from legislation.sources.opening import Document, FileRefused
from legislation.sources.records import (
    ContactFact,
    IdentifierFact,
    OfficeFact,
    PartyFact,
    PersonRecord,
    Remark,
    Snapshot,
    TenureFact,
    content_hash,
)
from legislation.sources.shapes import UpstreamModel, checked_contacts, nfc, one_line, why

SOURCE = "congress-legislators"
_SCHEMES = ("govtrack", "thomas", "lis", "opensecrets", "votesmart", "icpsr", "wikidata")
_NETWORKS = {
    "twitter": "Twitter",
    "facebook": "Facebook",
    "instagram": "Instagram",
    "youtube": "YouTube",
    "mastodon": "Mastodon",
}
# Members of the House who speak for places that are not states.
_NON_VOTING = dict.fromkeys(("dc", "gu", "vi", "as", "mp"), "Delegate") | {"pr": "Resident Commissioner"}
Shape = TypeVar("Shape", bound=UpstreamModel)


def read(documents: dict[str, Document], label: str) -> Snapshot:
    """What these files say. Parts that are not there are passed over in silence, not taken as emptied."""
    snapshot = Snapshot(
        SOURCE,
        CONGRESS,
        missing_means_left=True,
        covers=frozenset({"upper", "lower"}),
        label=label,
        lists_committees=files.COMMITTEES in documents,
        lists_district_offices=files.OFFICES in documents,
        lists_social_media=files.SOCIAL in documents,
    )
    add_seats(snapshot)
    offices = _by_person(documents.get(files.OFFICES), UpstreamOffices, snapshot)
    social = _by_person(documents.get(files.SOCIAL), UpstreamSocial, snapshot)
    _read_legislators(documents[files.PEOPLE], snapshot, offices, social)
    if files.EXECUTIVE in documents:
        _read_executive(documents[files.EXECUTIVE], snapshot)
    if files.COMMITTEES in documents:
        read_committees(documents[files.COMMITTEES], documents.get(files.MEMBERSHIP), snapshot)
    return snapshot


def _by_person(document: Document | None, shape: type[Shape], snapshot: Snapshot) -> dict[str, Shape]:
    if document is None:
        return {}
    rows = {}
    for row, content in _checked(document, shape, snapshot):
        rows[getattr(row, "id").bioguide or _identity(content)] = row  # noqa: B009 (both shapes have one)
    snapshot.read[document.name.rpartition("/")[2].partition(".")[0]] = len(rows)
    return rows


def _checked(
    document: Document, shape: type[Shape], snapshot: Snapshot
) -> Iterable[tuple[Shape, dict[str, Any]]]:
    for number, content in enumerate(files.rows(document, list), start=1):
        identity = _identity(content) or _("row %(number)s") % {"number": number}
        try:
            yield shape.model_validate(content), content
        except (ValidationError, RecursionError) as problem:
            reason = why(problem) if isinstance(problem, ValidationError) else _("nested too deeply")
            snapshot.refused.append(Remark(document.name, identity, reason))
            snapshot.listed_anyway.add(identity)
            snapshot.has_unknown_rows |= not _identity(content)


def _identity(content: Any) -> str:
    ids = content.get("id") if isinstance(content, dict) else None
    bioguide = ids.get("bioguide") if isinstance(ids, dict) else None
    return bioguide[:20] if isinstance(bioguide, str) else ""


def _read_legislators(
    document: Document,
    snapshot: Snapshot,
    offices: dict[str, UpstreamOffices],
    social: dict[str, UpstreamSocial],
) -> None:
    seen: set[str] = set()
    refused_before = len(snapshot.refused)
    for person, _content in _checked(document, UpstreamLegislator, snapshot):
        bioguide = person.id.bioguide or ""
        if not bioguide or bioguide in seen:
            reason = _("This id occurs twice; the first row counts.") if bioguide else _("no bioguide id")
            snapshot.refused.append(Remark(document.name, bioguide or person.name.last, reason))
            continue
        seen.add(bioguide)
        record = _person(person, bioguide, document.name, serving=True, snapshot=snapshot)
        contacts = (*(record.contacts or ()), *_social_contacts(social.get(bioguide)))
        record = record._replace(
            offices=(*(record.offices or ()), *_district_offices(offices.get(bioguide), snapshot)),
            contacts=tuple(dict.fromkeys(contacts)),
        )
        # Hashed without the parts these files are silent about, so that they do not count as changed.
        snapshot.people.append(record._replace(content_hash=content_hash(record)))
    if not seen or len(snapshot.refused) - refused_before > len(seen):
        raise FileRefused(_("%(file)s is not a list of legislators.") % {"file": document.name})
    snapshot.read["legislators"] = len(seen)


def _read_executive(document: Document, snapshot: Snapshot) -> None:
    """Presidents and vice presidents since the first; whoever has the latest term of a kind is in office."""
    snapshot.covers |= {ChamberCode.EXECUTIVE.value}
    people = [person for person, _content in _checked(document, UpstreamLegislator, snapshot)]
    latest = {term.type: term for term in sorted((person.terms[-1] for person in people), key=_end)}
    for person in people:
        serving = person.terms[-1] is latest[person.terms[-1].type]
        key = person.id.bioguide or f"govtrack-{person.id.govtrack}"
        if person.id.bioguide is None and person.id.govtrack is None:
            snapshot.refused.append(Remark(document.name, person.name.last, _("no bioguide or govtrack id")))
        elif all(known.external_id != key for known in snapshot.people):
            record = _person(person, key, document.name, serving=serving, snapshot=snapshot)
            snapshot.people.append(record._replace(content_hash=content_hash(record)))
            snapshot.read["executive"] += 1


def _person(
    person: UpstreamLegislator, key: str, file: str, *, serving: bool, snapshot: Snapshot
) -> PersonRecord:
    name = person.name
    last = person.terms[-1]
    contacts, refused = checked_contacts(_contacts(last))
    for contact in refused:
        reason = _("%(value)s is not a web address; it was not kept.") % {"value": contact.value}
        snapshot.refused.append(Remark(file, key, reason))
    return PersonRecord(
        key,
        file,
        serving,
        one_line(name.official_full or _assembled(person)),
        one_line(name.first),
        one_line(name.last),
        name.suffix or "",
        nfc(name.nickname or ""),
        birth_date=person.bio.birthday if person.bio else None,
        identifiers=tuple(_identifiers(person.id)),
        tenures=tuple(_tenures(person, file, snapshot, serving=serving)),
        parties=tuple(_parties(person.terms)),
        offices=_capitol_office(last) if serving else (),
        contacts=tuple(contacts) if serving else (),
    )


def _end(term: UpstreamTerm) -> date:
    return term.end


def _assembled(person: UpstreamLegislator) -> str:
    name = person.name
    return " ".join(part for part in (name.first, name.last, name.suffix) if part)


def _identifiers(ids: UpstreamIds) -> Iterable[IdentifierFact]:
    if ids.bioguide:
        yield IdentifierFact("bioguide", ids.bioguide)
    for previous in ids.bioguide_previous or ():
        yield IdentifierFact("bioguide", previous)
    for scheme in _SCHEMES:
        if value := getattr(ids, scheme):
            yield IdentifierFact(scheme, value)
    for value in dict.fromkeys(ids.fec or ()):
        yield IdentifierFact("fec", value)


def _tenures(
    person: UpstreamLegislator, file: str, snapshot: Snapshot, *, serving: bool
) -> Iterable[TenureFact]:
    """Every term is a tenure. The end of the last one is only expected: somebody has to see them leave."""
    leading = next((role.title for role in person.leadership_roles or () if role.end is None), "")
    title = leading or _NON_VOTING.get(person.terms[-1].state.lower(), "")
    for number, term in enumerate(person.terms, start=1):
        is_last = number == len(person.terms)
        key = seat_of_term(term, snapshot)
        if key is None or term.start >= term.end:
            reason = _("The term from %(start)s was left out: its state or its dates are wrong.")
            snapshot.notices.append(Remark(file, person.id.bioguide or "", reason % {"start": term.start}))
            continue
        is_now = serving and is_last
        yield TenureFact(key, term.start, term.end, end_is_expected=is_now, title=title if is_now else "")


def _parties(terms: list[UpstreamTerm]) -> Iterable[PartyFact]:
    changes: list[tuple[Any, str]] = []
    for term in terms:
        spans = [(span.start, span.party) for span in term.party_affiliations or ()]
        for start, party in spans or ([(term.start, term.party)] if term.party else []):
            if not changes or changes[-1][1] != party:
                changes.append((start, nfc(party)))
    for number, (start, party) in enumerate(changes, start=1):
        yield PartyFact(party, start, changes[number][0] if number < len(changes) else None)


def _capitol_office(term: UpstreamTerm) -> tuple[OfficeFact, ...]:
    if not (term.address or term.phone):
        return ()
    return (
        OfficeFact(
            OfficeKind.CAPITOL, "", one_line(term.address or ""), one_line(term.phone or ""), term.fax or ""
        ),
    )


def _contacts(term: UpstreamTerm) -> Iterable[ContactFact]:
    if term.url:
        yield ContactFact(ContactKind.URL, term.url)
    if term.contact_form:
        yield ContactFact(ContactKind.WEBFORM, term.contact_form)


def _social_contacts(row: UpstreamSocial | None) -> Iterable[ContactFact]:
    for network, label in _NETWORKS.items():
        if row and (handle := getattr(row.social, network)):
            yield ContactFact(ContactKind.SOCIAL, handle, label)


def _district_offices(row: UpstreamOffices | None, snapshot: Snapshot) -> Iterable[OfficeFact]:
    for office in row.offices if row else ():
        if not (office.address or office.building or office.phone or office.fax):
            snapshot.refused.append(Remark(files.OFFICES, office.id, _("no address and no phone")))
            continue
        snapshot.read["district offices"] += 1
        yield _district_office(office)


def _district_office(office: UpstreamOffice) -> OfficeFact:
    street = [office.building, office.address, office.suite]
    place = " ".join(part for part in (office.state, office.zip) if part)
    address = ", ".join(part for part in (*street, office.city, place) if part)
    return OfficeFact(
        OfficeKind.DISTRICT,
        one_line(office.city or ""),
        one_line(address)[:400],
        one_line(office.phone or ""),
        one_line(office.fax or ""),
        one_line(office.hours or ""),
        office.id,
    )

"""Reader for openstates/people: one YAML file per person, by state and folder.

`roles` become tenures of seats. A person's folder says whether they serve: `retired` closes everything. Where
a list of districts is at hand it says which seats exist; otherwise seats follow from the roles.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from pydantic import ValidationError

from legislation.models.source import RecordKind
from legislation.sources.opening import Document, FileRefused, parse_yaml
from legislation.sources.openstates_bundles import Bundle
from legislation.sources.openstates_people import SCHEME, person_record
from legislation.sources.openstates_seats import DistrictList, SeatBook, state_fact
from legislation.sources.openstates_shapes import UpstreamCommittee, UpstreamPerson
from legislation.sources.places import UNITED_STATES
from legislation.sources.records import (
    CommitteeRecord,
    IdentifierFact,
    JurisdictionFact,
    Link,
    MembershipFact,
    PersonRecord,
    Remark,
    Snapshot,
    content_hash,
)
from legislation.sources.shapes import one_line, why

SOURCE = "openstates-people"
Known = Mapping[str, tuple[str, str]]
_READER_EDITION = b"1"  # part of every fingerprint: raise it when this reader learns to read more
_TWICE = gettext_lazy("This id occurs twice; the first file counts.")
_COVERED_BY = {
    "legislature": {"upper", "lower", "legislature"},
    "executive": {"executive"},
    "municipalities": {"local"},
}
# `retired` last: where one id lies in two folders, the person in office is the one we keep.
_PEOPLE_FOLDERS = ("legislature", "executive", "municipalities", "retired")


def read(bundle: Bundle, districts: DistrictList | None, known: Known) -> Snapshot:
    """What upstream says about one state. `known` maps fingerprints we have read before to (kind, id)."""
    if bundle.abbreviation == "us":
        return _read_congress_links(bundle)
    covers = set().union(*(_COVERED_BY.get(folder, set()) for folder in bundle.folders))
    snapshot = Snapshot(
        SOURCE,
        state_fact(bundle.abbreviation),
        missing_means_left=False,
        covers=frozenset(covers),
        label=bundle.label,
        lists_committees="committees" in bundle.folders,
        lists_former_people="retired" in bundle.folders,
    )
    seats = SeatBook(snapshot, bundle.abbreviation, districts, _towns(bundle, snapshot))
    _read_people(bundle, snapshot, seats, known)
    _read_committees(bundle, snapshot, known)
    if not snapshot.read and snapshot.refused:
        raise FileRefused(
            _("%(file)s: no file of it can be read; the first: %(why)s")
            % {"file": bundle.label, "why": snapshot.refused[0].why}
        )
    return snapshot


def _read_people(bundle: Bundle, snapshot: Snapshot, seats: SeatBook, known: Known) -> None:
    seen: set[str] = set()
    for folder in _PEOPLE_FOLDERS:
        for document in bundle.folders.get(folder, ()):
            fingerprint = content_hash(_READER_EDITION, folder.encode(), document.content)
            if (record := known.get(fingerprint)) and record[0] == RecordKind.PERSON:
                seen.add(record[1])
                snapshot.unchanged.add(record)
                snapshot.read[folder] += 1
                continue
            complaints = len(snapshot.refused)
            if person := _read_person(document, folder, snapshot, seats):
                if person.external_id in seen:
                    _refuse_row(document, person.external_id, str(_TWICE), snapshot)
                    continue
                seen.add(person.external_id)
                # A record with a refused part is read, and complained of, every time.
                is_whole = len(snapshot.refused) == complaints
                snapshot.people.append(person._replace(content_hash=fingerprint if is_whole else ""))
                snapshot.read[folder] += 1


def _read_person(document: Document, folder: str, snapshot: Snapshot, seats: SeatBook) -> PersonRecord | None:
    content = _mapping(document, snapshot)
    if content is None:
        return None
    try:
        person = UpstreamPerson.model_validate(content)
    except (ValidationError, RecursionError) as problem:
        _refuse(document, content, problem, snapshot)
        return None
    if folder != "retired" and not person.roles:
        _refuse_row(document, person.id, _("This person is in office, but no role says in which."), snapshot)
        return None
    return person_record(person, document.name, serving=folder != "retired", seats=seats)


def _read_committees(bundle: Bundle, snapshot: Snapshot, known: Known) -> None:
    seen: set[str] = set()
    for document in bundle.folders.get("committees", ()):
        fingerprint = content_hash(_READER_EDITION, document.content)
        if (record := known.get(fingerprint)) and record[0] == RecordKind.COMMITTEE:
            seen.add(record[1])
            snapshot.unchanged.add(record)
        elif committee := _read_committee(document, snapshot):
            if committee.external_id in seen:
                _refuse_row(document, committee.external_id, str(_TWICE), snapshot)
                continue
            seen.add(committee.external_id)
            snapshot.committees.append(committee._replace(content_hash=fingerprint))
        else:
            continue
        snapshot.read["committees"] += 1


def _read_committee(document: Document, snapshot: Snapshot) -> CommitteeRecord | None:
    content = _mapping(document, snapshot)
    if content is None:
        return None
    try:
        committee = UpstreamCommittee.model_validate(content)
    except (ValidationError, RecursionError) as problem:
        _refuse(document, content, problem, snapshot)
        return None
    members = [
        MembershipFact(member.person_id or "", one_line(member.name), one_line(member.role))
        for member in committee.members or ()
    ]
    return CommitteeRecord(
        "ocd-organization",
        committee.id,
        document.name,
        one_line(committee.name),
        snapshot.scope.ocd_id,
        chamber="" if committee.chamber == "legislature" else committee.chamber,
        classification=committee.classification,
        parent=committee.parent or "",
        url=committee.links[0].url if committee.links else "",
        members=tuple(members),
    )


def _read_congress_links(bundle: Bundle) -> Snapshot:
    """Of Congress only the ocd-person ids are taken: congress-legislators knows everything else better."""
    place = UNITED_STATES
    scope = JurisdictionFact(
        place.ocd_id,
        place.division_id,
        place.name,
        place.name_fr,
        place.abbreviation,
        place.country,
        place.level,
    )
    snapshot = Snapshot(
        SOURCE,
        scope,
        missing_means_left=False,
        covers=frozenset(),
        label=bundle.label,
        lists_committees=False,
    )
    snapshot.read["us retired"] = len(bundle.folders.get("retired", ()))
    snapshot.read["us committees"] = len(bundle.folders.get("committees", ()))
    for document in bundle.folders.get("legislature", ()):
        content = _mapping(document, snapshot)
        if content is None:
            continue
        try:
            person = UpstreamPerson.model_validate(content)
        except (ValidationError, RecursionError) as problem:
            _refuse(document, content, problem, snapshot)
            continue
        snapshot.read["us legislature"] += 1
        for other in person.other_identifiers or ():
            if other.scheme == "bioguide":
                bioguide = IdentifierFact("bioguide", other.identifier)
                snapshot.links.append(Link(bioguide, IdentifierFact(SCHEME, person.id), person.name))
    return snapshot


def _towns(bundle: Bundle, snapshot: Snapshot) -> dict[str, str]:
    """The names of cities and towns by their id; a broken list costs only their spelling."""
    if bundle.towns is None:
        return {}
    try:
        listed = parse_yaml(bundle.towns)
    except FileRefused as refusal:
        snapshot.refused.append(Remark(bundle.towns.name, "", str(refusal)))
        return {}
    rows: Iterable[Any] = listed if isinstance(listed, list) else ()
    return {
        row["id"]: one_line(row["name"])[:120]
        for row in rows
        if isinstance(row, dict) and isinstance(row.get("id"), str) and isinstance(row.get("name"), str)
    }


def _mapping(document: Document, snapshot: Snapshot) -> dict[str, Any] | None:
    try:
        content = parse_yaml(document)
    except FileRefused as refusal:
        _refuse_row(document, "", str(refusal), snapshot)
        return None
    if not isinstance(content, dict):
        _refuse_row(document, "", _("This is not one record."), snapshot)
        return None
    return content


def _refuse(
    document: Document,
    content: dict[str, Any],
    problem: ValidationError | RecursionError,
    snapshot: Snapshot,
) -> None:
    reason = why(problem) if isinstance(problem, ValidationError) else _("nested too deeply")
    identity = content.get("id")
    _refuse_row(document, identity[:120] if isinstance(identity, str) else "", reason, snapshot)


def _refuse_row(document: Document, record: str, reason: str, snapshot: Snapshot) -> None:
    """A refused row still tells that its person is listed: nobody leaves because of a typing error."""
    snapshot.refused.append(Remark(document.name, record, reason))
    if record:
        snapshot.listed_anyway.add(record)
    else:
        snapshot.has_unknown_rows = True

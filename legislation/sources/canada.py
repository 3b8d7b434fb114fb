"""Reader for members of the House of Commons: a plain JSON list, or the answer of Represent.

A member is known by the part of their parliamentary address before the @, which nobody else has. Ridings are
matched by name: published lists mix numbers of the 2013 and 2023 representation orders under the same key.
"""

import csv
import gzip
import io
import re
import zlib
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from pydantic import Field, ValidationError

from advocacy.kernel.folding import fold
from legislation.models.contact import ContactKind, OfficeKind
from legislation.models.jurisdiction import ChamberCode
from legislation.sources.opening import Document, FileRefused, content_of, parse_json
from legislation.sources.places import (
    CANADA,
    CANADIAN_PARTS,
    HOUSE_OF_COMMONS,
    PROVINCE_OF_RIDING_NUMBER,
    Place,
)
from legislation.sources.records import (
    ChamberFact,
    ContactFact,
    DivisionFact,
    IdentifierFact,
    JurisdictionFact,
    OfficeFact,
    PartyFact,
    PersonRecord,
    Remark,
    SeatFact,
    SeatKey,
    Snapshot,
    TenureFact,
    content_hash,
)
from legislation.sources.shapes import (
    Address,
    Name,
    ShortText,
    UpstreamModel,
    checked_contacts,
    one_line,
    why,
)

SOURCE = "canada-mps"
SCHEME = "parl.gc.ca"
_RIDINGS_BEGAN = date(2024, 4, 23)
_LIST_OF_MEMBERS = re.compile(r"^(?:mps[^/]*|house-of-commons[^/]*)\.json(?:\.gz)?$")
_RIDING_ID = re.compile(r"^ocd-division/country:ca/ed:(?P<number>\d{5})-2023$")


class _Office(UpstreamModel):
    type: ShortText = ""
    postal: Address | None = None
    tel: ShortText | None = None
    fax: ShortText | None = None


class _Member(UpstreamModel):
    name: Name
    first_name: ShortText = Field(default="", validation_alias="firstName")
    last_name: ShortText = Field(default="", validation_alias="lastName")
    email: Address
    party: ShortText = ""
    riding: Name = Field(validation_alias="ridingName")
    number: ShortText = Field(default="", validation_alias="ridingId")
    province: ShortText = ""
    image: Address = Field(default="", validation_alias="imageUrl")
    url: Address = ""
    offices: list[_Office] = []


def is_list_of_members(name: str) -> bool:
    """Whether a file is called as the list of members of Parliament is."""
    return bool(_LIST_OF_MEMBERS.match(name))


def find(path: Path) -> Path:
    """The file with the members: `path` itself, or the newest of its name in the folder `path`."""
    if path.is_file():
        return path
    names = ("mps*.json", "mps*.json.gz", "representatives_house-of-commons*.json", "house-of-commons*.json")
    for pattern in names:
        if found := sorted(path.glob(pattern)):
            return found[-1]
    raise FileRefused(_("%(path)s holds no list of members of Parliament.") % {"path": path.name})


def read_ridings(path: Path) -> dict[str, DivisionFact]:
    """The 343 ridings of 2023 by folded name, from the Open Civic Data list."""
    found: dict[str, DivisionFact] = {}
    try:
        text = (
            gzip.decompress(path.read_bytes()).decode()
            if path.suffix == ".gz"
            else path.read_text("utf-8-sig")
        )
        for row in csv.DictReader(io.StringIO(text)):
            if match := _RIDING_ID.match(row.get("id") or ""):
                province = CANADIAN_PARTS[PROVINCE_OF_RIDING_NUMBER[match["number"][:2]]]
                found[fold(row["name"])] = DivisionFact(
                    row["id"], row["name"], row.get("name_fr") or "", "ed", province.ocd_id, _RIDINGS_BEGAN
                )
    except (OSError, EOFError, zlib.error, ValueError, KeyError, TypeError, csv.Error) as problem:
        raise FileRefused(
            _("%(file)s is not the list of Canadian divisions: %(problem)s")
            % {"file": path.name, "problem": problem}
        ) from problem
    return found


def read(document: Document, ridings: dict[str, DivisionFact] | None) -> Snapshot:
    snapshot = Snapshot(
        SOURCE,
        _jurisdiction(CANADA),
        missing_means_left=True,
        covers=frozenset({ChamberCode.LOWER}),
        label=document.name,
        lists_committees=False,
        lists_social_media=False,
    )
    titles = HOUSE_OF_COMMONS
    snapshot.add_chamber(
        ChamberFact(
            CANADA.ocd_id,
            ChamberCode.LOWER,
            titles.chamber,
            titles.chamber_fr,
            titles.member,
            titles.member_fr,
        )
    )
    for place in CANADIAN_PARTS.values():
        snapshot.jurisdictions[place.ocd_id] = _jurisdiction(place, CANADA.ocd_id)
    for riding in (ridings or {}).values():
        _add_seat(snapshot, riding.name, riding)
    _read_members(document, snapshot, ridings or {})
    return snapshot


def _jurisdiction(place: Place, parent: str = "") -> JurisdictionFact:
    return JurisdictionFact(
        place.ocd_id,
        place.division_id,
        place.name,
        place.name_fr,
        place.abbreviation,
        place.country,
        place.level,
        parent,
    )


def _read_members(document: Document, snapshot: Snapshot, ridings: dict[str, DivisionFact]) -> None:
    seen: set[str] = set()
    for number, content in enumerate(_rows(document), start=1):
        row_name = _("row %(number)s") % {"number": number}
        try:
            member = _Member.model_validate(_in_one_form(content))
        except (ValidationError, RecursionError) as problem:
            reason = why(problem) if isinstance(problem, ValidationError) else _("nested too deeply")
            snapshot.refused.append(Remark(document.name, row_name, reason))
            snapshot.has_unknown_rows = True
            continue
        record = _person(member, document.name, snapshot, ridings)
        if record is None or record.external_id in seen:
            reason = _("The address %(value)s is missing, malformed or another member's.")
            snapshot.refused.append(Remark(document.name, row_name, reason % {"value": member.email}))
            snapshot.has_unknown_rows = True
            continue
        seen.add(record.external_id)
        snapshot.people.append(record._replace(content_hash=content_hash(record)))
    snapshot.read["members of Parliament"] = len(seen)
    if not seen:
        raise FileRefused(_("%(file)s is not a list of members of Parliament.") % {"file": document.name})


def _rows(document: Document) -> list[Any]:
    content = parse_json(document)
    if isinstance(content, dict):
        content = content.get("objects")
    if not isinstance(content, list):
        raise FileRefused(_("%(file)s is not a list of members of Parliament.") % {"file": document.name})
    return content


def _in_one_form(content: Any) -> Any:
    """Represent's names for the same things, in the words of the plain list."""
    if not isinstance(content, dict) or "district_name" not in content:
        return content
    return {
        "name": content.get("name"),
        "firstName": content.get("first_name") or "",
        "lastName": content.get("last_name") or "",
        "email": content.get("email"),
        "party": content.get("party_name") or "",
        "ridingName": content["district_name"],
        "imageUrl": content.get("photo_url") or "",
        "url": content.get("url") or "",
        "offices": content.get("offices") or [],
    }


def _person(
    member: _Member, file: str, snapshot: Snapshot, ridings: dict[str, DivisionFact]
) -> PersonRecord | None:
    contacts, refused = checked_contacts(_contacts(member))
    if any(contact.kind == ContactKind.EMAIL for contact in refused):
        return None
    identity = member.email.lower().partition("@")[0]
    riding = ridings.get(fold(member.riding)) or _riding_by_name(member)
    if ridings and fold(member.riding) not in ridings:
        reason = _("The riding %(riding)s is not one of the 2023 representation order.")
        snapshot.notices.append(Remark(file, identity, reason % {"riding": member.riding}))
    key = _add_seat(snapshot, riding.name if riding else one_line(member.riding), riding)
    return PersonRecord(
        identity,
        file,
        True,
        one_line(member.name),
        one_line(member.first_name),
        one_line(member.last_name),
        image_url=member.image if member.image.startswith("http") else "",
        identifiers=(IdentifierFact(SCHEME, identity),),
        tenures=(TenureFact(key),),
        parties=(PartyFact(one_line(member.party)),) if member.party else (),
        offices=tuple(dict.fromkeys(_offices(member))),
        contacts=tuple(dict.fromkeys(contacts)),
    )


def _riding_by_name(member: _Member) -> DivisionFact | None:
    """Without the list of ridings only the province is known, from its name or from the riding's number."""
    province = next((part for part in CANADIAN_PARTS.values() if part.name == member.province), None)
    if province is None and (code := PROVINCE_OF_RIDING_NUMBER.get(member.number[:2])):
        province = CANADIAN_PARTS[code]
    if province is None:
        return None
    slug = fold(member.riding).replace(" ", "_")
    name = one_line(member.riding)
    return DivisionFact(f"{province.division_id}/fed:{slug}", name, "", "fed", province.ocd_id)


def _add_seat(snapshot: Snapshot, name: str, division: DivisionFact | None) -> SeatKey:
    key = SeatKey(CANADA.ocd_id, ChamberCode.LOWER, name)
    french = (division.name_fr if division else "") or name
    label_fr = f"{HOUSE_OF_COMMONS.chamber_fr}, {french}"
    fact = SeatFact(key, f"{HOUSE_OF_COMMONS.chamber}, {name}", label_fr, 1, division)
    snapshot.seats.setdefault(key, fact)
    return key


def _offices(member: _Member) -> Iterable[OfficeFact]:
    for office in member.offices:
        if office.postal or office.tel or office.fax:
            kind = OfficeKind.CAPITOL if office.type == "legislature" else OfficeKind.DISTRICT
            yield OfficeFact(
                kind,
                "",
                ", ".join((office.postal or "").split("\n"))[:400],
                one_line(office.tel or ""),
                one_line(office.fax or ""),
            )


def _contacts(member: _Member) -> Iterable[ContactFact]:
    yield ContactFact(ContactKind.EMAIL, member.email)
    if member.url:
        yield ContactFact(ContactKind.URL, member.url)


def document_at(path: Path) -> Document:
    return Document(path.name, content_of(path))

"""One person of openstates/people as a neutral record."""

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from legislation.models.contact import ContactKind, OfficeKind
from legislation.models.seat import EndReason
from legislation.sources.openstates_seats import SeatBook
from legislation.sources.openstates_shapes import UpstreamOffice, UpstreamPerson, UpstreamRole
from legislation.sources.records import (
    ContactFact,
    IdentifierFact,
    OfficeFact,
    PartyFact,
    PersonRecord,
    Remark,
    SeatKey,
    TenureFact,
)
from legislation.sources.shapes import checked_contacts, email_or_webform, nfc, one_line

SCHEME = "ocd-person"
_OFFICE_KINDS = {
    "capitol": OfficeKind.CAPITOL,
    "district": OfficeKind.DISTRICT,
    "capitol-mail": OfficeKind.MAILING,
    "district-mail": OfficeKind.MAILING,
}
_SOCIAL = {"twitter": "Twitter", "facebook": "Facebook", "instagram": "Instagram", "youtube": "YouTube"}
_END_REASONS = [
    (re.compile(pattern, re.IGNORECASE), reason)
    for pattern, reason in (
        (r"deceased|died|death", EndReason.DIED),
        (r"expel|remov|recall", EndReason.REMOVED),
        (r"resign", EndReason.RESIGNED),
        (r"retire", EndReason.RETIRED),
        (r"defeat|lost", EndReason.DEFEATED),
        (r"elected", EndReason.MOVED_TO_OTHER_SEAT),
        (r"appoint|named|joining|job", EndReason.APPOINTED_ELSEWHERE),
    )
]


def person_record(person: UpstreamPerson, file: str, *, serving: bool, seats: SeatBook) -> PersonRecord:
    """Contact data of people who have left is not kept: it would only mislead."""
    tenures = list(_tenures(person, file, serving=serving, seats=seats))
    contacts, refused = checked_contacts(_contacts(person)) if serving else ([], [])
    for contact in refused:
        reason = _("%(value)s is neither an e-mail address nor the address of a form; it was not kept.") % {
            "value": contact.value
        }
        seats.snapshot.refused.append(Remark(file, person.id, reason))
    return PersonRecord(
        person.id,
        file,
        serving,
        one_line(person.name),
        one_line(person.given_name or ""),
        one_line(person.family_name or ""),
        (person.suffix or "")[:20],
        other_names="\n".join(dict.fromkeys(one_line(other.name) for other in person.other_names or ())),
        image_url=person.image if person.image and person.image.startswith("http") else "",
        birth_date=person.birth_date,
        identifiers=(IdentifierFact(SCHEME, person.id),),
        tenures=tuple(dict.fromkeys(tenures)),
        parties=_parties(person),
        offices=tuple(dict.fromkeys(_offices(person))) if serving else (),
        contacts=tuple(dict.fromkeys(contacts)),
    )


def _tenures(person: UpstreamPerson, file: str, *, serving: bool, seats: SeatBook) -> Iterator[TenureFact]:
    roles = person.roles
    ends = [role.end_date for role in roles if role.end_date is not None]
    # Only the end that lies furthest ahead is still to come; whether it has come is not for the file to say.
    expected = max(ends) if serving and ends and len(ends) == len(roles) else None
    for role in roles:
        key = seats.key_for(role=role.type, jurisdiction=role.jurisdiction, district=role.district or "")
        if key is None:
            reason = _("A role was left out: %(role)s of %(place)s.")
            what = {"role": role.type, "place": role.jurisdiction}
            seats.snapshot.notices.append(Remark(file, person.id, reason % what))
            continue
        is_current = serving and (role.end_date is None or role.end_date == expected)
        if is_current:
            seats.note_holder(key)
        title = person.extras.title if is_current and person.extras and person.extras.title else ""
        tenure = _tenure(role, key, is_current=is_current, has_ended=not serving)
        if role.start_date and role.end_date and role.end_date <= role.start_date:
            reason = _("The role in %(district)s ends before it starts; its start was left out.")
            what = {"district": seats.snapshot.seats[key].label}
            seats.snapshot.notices.append(Remark(file, person.id, reason % what))
            tenure = tenure._replace(starts_on=None)
        yield tenure._replace(title=one_line(title)[:120])


def _tenure(role: UpstreamRole, key: SeatKey, *, is_current: bool, has_ended: bool) -> TenureFact:
    is_expected = is_current and role.end_date is not None
    reason = "" if is_current or role.end_date is None else _end_reason(role.end_reason or "")
    return TenureFact(key, role.start_date, role.end_date, is_expected, reason, has_ended=has_ended)


def _end_reason(wording: str) -> str:
    return next((reason for pattern, reason in _END_REASONS if pattern.search(wording)), "")


def _parties(person: UpstreamPerson) -> tuple[PartyFact, ...]:
    """Dated parties as spans; parties without dates are one affiliation, also of somebody of two parties."""
    listed = person.party or ()
    undated = [nfc(party.name) for party in listed if party.end_date is None]
    starts = [party.start_date for party in listed if party.end_date is None and party.start_date]
    spans = [
        PartyFact(nfc(party.name), party.start_date, party.end_date)
        for party in listed
        if party.end_date is not None and (party.start_date is None or party.start_date <= party.end_date)
    ]
    if undated:
        spans.append(PartyFact(" / ".join(dict.fromkeys(undated))[:120], max(starts, default=None)))
    return tuple(dict.fromkeys(spans))


def _offices(person: UpstreamPerson) -> Iterator[OfficeFact]:
    for office in person.offices or ():
        # A home address is nobody's business, whatever a source publishes.
        if office.classification != "home" and (office.address or office.voice or office.fax):
            yield _office(office)


def _office(office: UpstreamOffice) -> OfficeFact:
    return OfficeFact(
        _OFFICE_KINDS.get(office.classification, OfficeKind.OTHER),
        one_line(office.name or ""),
        one_line((office.address or "").replace(";", ", ").replace(" , ", ", ")),
        one_line(office.voice or ""),
        one_line(office.fax or ""),
    )


def _contacts(person: UpstreamPerson) -> Iterator[ContactFact]:
    if person.email:
        yield email_or_webform(person.email)
    page = ""
    for link in person.links or ():
        note = (link.note or "").lower()
        if "form" in note:
            yield ContactFact(ContactKind.WEBFORM, link.url)
        elif not page and note in ("", "homepage", "website"):
            page = link.url
    if page:
        yield ContactFact(ContactKind.URL, page)
    for network, handle in (person.ids or {}).items():
        if handle and network in _SOCIAL:
            yield ContactFact(ContactKind.SOCIAL, one_line(handle), _SOCIAL[network])

"""What a bill of Open States says, as neutral facts; the same for the scraper's files and for the API's answers."""

import json
import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import Any
from urllib.parse import quote

from django.utils.translation import gettext as _

from legislation.models.jurisdiction import ChamberCode
from legislation.models.measure import MeasureKind, number_key
from legislation.models.measure_relation import RelationKind
from legislation.models.sponsorship import SponsorRole
from legislation.sources.measures.clocks import local_day
from legislation.sources.measures.openstates_shapes import (
    UpstreamAction,
    UpstreamBill,
    UpstreamLink,
    UpstreamReference,
    UpstreamRelated,
    UpstreamSponsor,
    UpstreamVersion,
)
from legislation.sources.measures.openstates_stages import stages_of
from legislation.sources.measures.records import (
    ActionFact,
    MeasureKey,
    MeasureRecord,
    PersonHint,
    RelationFact,
    RollCallFact,
    SessionFact,
    SponsorFact,
    TextFact,
)
from legislation.sources.records import content_hash
from legislation.sources.shapes import nfc, one_line

_READER_EDITION = b"1"  # part of every fingerprint: raise it when these readers learn to read more
_CHAMBERS = {
    "upper": ChamberCode.UPPER,
    "lower": ChamberCode.LOWER,
    "legislature": ChamberCode.LEGISLATURE,
    "executive": ChamberCode.EXECUTIVE,
}
_KINDS = {
    "appropriation": MeasureKind.BUDGET_ITEM,
    "nomination": MeasureKind.NOMINATION,
    "appointment": MeasureKind.NOMINATION,
    "ordinance": MeasureKind.ORDINANCE,
    "study request": MeasureKind.STUDY,
    "concurrent study request": MeasureKind.STUDY,
}
_RESOLUTION = re.compile(r"resolution|memorial|commemoration|proclamation|constitutional amendment")
_RELATIONS = {
    "companion": RelationKind.COMPANION,
    "prior-session": RelationKind.PRIOR_SESSION,
    "replaces": RelationKind.REPLACES,
}
_BEGINNINGS = {"filing", "introduction", "reading-1"}
_LONGEST_TITLE, _LONGEST_NAME, _LONGEST_ADDRESS = 2000, 200, 500


def measure_record(
    bill: UpstreamBill,
    *,
    key: MeasureKey,
    external_id: str,
    file: str,
    content_hash: str,
    roll_calls: tuple[RollCallFact, ...] | None,
) -> MeasureRecord:
    """The record of one bill. Raises ValueError where a date is none, or the number none that can be found again."""
    if not number_key(bill.identifier):
        raise ValueError(_("its number has no letter and no digit"))
    jurisdiction = key.session.jurisdiction
    actions = None if bill.actions is None else _actions(bill.actions, jurisdiction)
    title = one_line(bill.title)
    summaries = {abstract.note.lower(): nfc(abstract.abstract) for abstract in reversed(bill.abstracts)}
    return MeasureRecord(
        external_id,
        file,
        key,
        content_hash,
        _kind(bill.classification),
        title_en=clipped(title, _LONGEST_TITLE),
        other_titles=_other_titles(bill, title),
        # A digest repeats the long title; a summary is written to be understood.
        summary_en=summaries.get("summary") or next(reversed(summaries.values()), ""),
        subjects=tuple(dict.fromkeys(one_line(subject) for subject in bill.subject if subject)),
        url=_page(bill),
        actions=actions,
        stages=None if actions is None else stages_of(actions, origin_of(bill)),
        sponsors=None if bill.sponsorships is None else _sponsors(bill, bill.sponsorships),
        texts=None if bill.versions is None else _texts(bill.versions, jurisdiction),
        roll_calls=roll_calls,
        relations=None if bill.related_bills is None else _relations(bill, bill.related_bills, jurisdiction),
    )


def fingerprint(raw: dict[str, Any], *more: str, without: frozenset[str]) -> str:
    """Of what the source says; the names in `without` are not its own words, in a record or in its lists."""
    said = json.dumps(_cleared(raw, without), sort_keys=True)
    return content_hash(_READER_EDITION, said, *more)


def chamber_of(body: UpstreamReference | None) -> ChamberCode | None:
    return _CHAMBERS.get(body.classification) if body else None


def origin_of(bill: UpstreamBill) -> ChamberCode | None:
    """Where it began. The number tells, where it can: Wyoming's scraper files every bill under the lower chamber."""
    stated = chamber_of(bill.from_organization)
    if stated == ChamberCode.LEGISLATURE:
        return stated
    return _chamber_by_number(bill.identifier) or stated


def web_address(written: str) -> str:
    """An address as a browser takes it; empty where it is none, or longer than the record keeps."""
    address = quote(written.strip(), safe=":/?#[]@!$&'()*+,;=%~")
    return address if address.startswith(("http://", "https://")) and len(address) <= _LONGEST_ADDRESS else ""


def clipped(text: str, length: int) -> str:
    return text if len(text) <= length else f"{text[: length - 1].rstrip()}…"


def _cleared(raw: dict[str, Any], without: frozenset[str]) -> dict[str, Any]:
    return {
        name: [_entry(one, without) for one in value] if isinstance(value, list) else value
        for name, value in raw.items()
        if name not in without
    }


def _entry(entry: Any, without: frozenset[str]) -> Any:
    if not isinstance(entry, dict) or without.isdisjoint(entry):
        return entry
    return {name: value for name, value in entry.items() if name not in without}


def _chamber_by_number(number: str) -> ChamberCode | None:
    return {"S": ChamberCode.UPPER, "H": ChamberCode.LOWER}.get(number_key(number)[:1])


def _kind(words: Sequence[str]) -> MeasureKind:
    if "bill" in words:
        return MeasureKind.BILL
    for word in words:
        if word in _KINDS:
            return _KINDS[word]
        if _RESOLUTION.search(word):
            return MeasureKind.RESOLUTION
    return MeasureKind.BILL


def _other_titles(bill: UpstreamBill, title: str) -> tuple[str, ...]:
    titles = dict.fromkeys(one_line(other.title) for other in bill.other_titles)
    if len(title) > _LONGEST_TITLE:
        titles = {title: None} | titles
    return tuple(other for other in titles if other and (other != title or len(title) > _LONGEST_TITLE))


def _page(bill: UpstreamBill) -> str:
    """The page a person can read: some sources list the data file first."""
    addresses = [web_address(source.url) for source in bill.sources]
    pages = [address for address in addresses if address and not address.endswith((".xml", ".json"))]
    return (
        next(iter(pages), "") or web_address(bill.openstates_url or "") or next(filter(None, addresses), "")
    )


def _actions(listed: Sequence[UpstreamAction], jurisdiction: str) -> tuple[ActionFact, ...]:
    """Oldest first: by the local day, and within a day as the list has them, turned if it is newest first."""
    facts = [
        ActionFact(
            local_day(action.date, jurisdiction),
            one_line(action.description),
            chamber=chamber_of(action.organization),
            classification=clipped(", ".join(action.classification), _LONGEST_NAME),
        )
        for action in listed
    ]
    if _is_newest_first(listed, facts):
        facts.reverse()
    return tuple(sorted(facts, key=lambda fact: fact.on))


def _is_newest_first(listed: Sequence[UpstreamAction], facts: Sequence[ActionFact]) -> bool:
    steps = Counter((later.on > earlier.on) - (later.on < earlier.on) for earlier, later in pairwise(facts))
    if steps[1] != steps[-1]:
        return steps[-1] > steps[1]
    # All on one day: scrapers list newest first, unless the list opens with what begins every bill.
    return not (listed and _BEGINNINGS & set(listed[0].classification))


def _sponsors(bill: UpstreamBill, listed: Sequence[UpstreamSponsor]) -> tuple[SponsorFact, ...]:
    """Sponsors first, then those who joined, each in the order of the source."""
    extras = bill.extras
    primary = [sponsor for sponsor in listed if sponsor.primary]
    joined = [sponsor for sponsor in listed if not sponsor.primary]
    found = [
        *_with_ids(primary, SponsorRole.SPONSOR, extras.sponsor_bioguides if extras else []),
        *_with_ids(joined, SponsorRole.COSPONSOR, extras.cosponsor_bioguides if extras else []),
    ]
    return tuple(dict.fromkeys(found))


def _with_ids(
    sponsors: Sequence[UpstreamSponsor], role: SponsorRole, bioguides: Sequence[str | None]
) -> list[SponsorFact]:
    """Congress names its members in a list of its own, in the same order; of another length it tells nothing."""
    ids = bioguides if len(bioguides) == len(sponsors) else [None] * len(sponsors)
    return [
        SponsorFact(_sponsor(sponsor, bioguide), role)
        for sponsor, bioguide in zip(sponsors, ids, strict=True)
    ]


def _sponsor(sponsor: UpstreamSponsor, bioguide: str | None) -> PersonHint:
    identifiers = (("bioguide", bioguide),) if bioguide else ()
    return PersonHint(
        clipped(one_line(sponsor.name), _LONGEST_NAME),
        identifiers + person_ids(sponsor.person),
        is_committee=sponsor.entity_type == "organization",
    )


def person_ids(person: UpstreamReference | None) -> tuple[tuple[str, str], ...]:
    return (("ocd-person", person.id),) if person and person.id.startswith("ocd-person/") else ()


def _texts(versions: Sequence[UpstreamVersion], jurisdiction: str) -> tuple[TextFact, ...]:
    """One per name; where a name comes again, its date tells the two apart, and then its place in the list."""
    found: dict[str, TextFact] = {}
    for version in versions:
        if version.is_an_amendment:
            continue
        label = clipped(one_line(version.note), _LONGEST_NAME - 40)
        on = local_day(version.date, jurisdiction) if version.date else None
        url = _best_link(version.links)
        key = label if label and label not in found else f"{label} {on or ''}".strip()
        if key in found and found[key].url == url:
            continue
        while not key or key in found:
            key = f"{label} #{len(found) + 1}".strip()
        found[key] = TextFact(key, label or key, on=on, url=url)
    return tuple(found.values())


def _best_link(links: Sequence[UpstreamLink]) -> str:
    by_type = {link.media_type: web_address(link.url) for link in reversed(links)}
    return by_type.get("text/html") or by_type.get("application/pdf") or next(reversed(by_type.values()), "")


def _relations(
    bill: UpstreamBill, listed: Sequence[UpstreamRelated], jurisdiction: str
) -> tuple[RelationFact, ...]:
    found = []
    for related in listed:
        kind = _RELATIONS.get(related.relation_type, RelationKind.RELATED)
        if kind == RelationKind.COMPANION and not _can_be_companions(bill.identifier, related.identifier):
            kind = RelationKind.RELATED
        session = SessionFact(jurisdiction, related.legislative_session)
        found.append(RelationFact(MeasureKey(session, related.identifier), kind))
    return tuple(dict.fromkeys(found))


def _can_be_companions(number: str, other: str) -> bool:
    """Congress calls every related bill a companion: also of the same chamber, also the rule for its debate."""
    keys = (number_key(number), number_key(other))
    chambers = {_chamber_by_number(key) for key in keys}
    return (len(chambers) == 2 or None in chambers) and len({"RES" in key for key in keys}) == 1

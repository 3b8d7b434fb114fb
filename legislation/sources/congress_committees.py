"""Committees of Congress and their members. A subcommittee's id is its parent's and then its own: HSAG03."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _
from pydantic import ValidationError

from legislation.sources import congress_files as files
from legislation.sources.congress_seats import CONGRESS
from legislation.sources.congress_shapes import UpstreamCommittee, UpstreamMember
from legislation.sources.opening import Document
from legislation.sources.records import CommitteeRecord, MembershipFact, Remark, Snapshot, content_hash
from legislation.sources.shapes import one_line, why

_CHAMBERS = {"house": "lower", "senate": "upper", "joint": ""}
SCHEME = "thomas"


def read_committees(document: Document, membership: Document | None, snapshot: Snapshot) -> None:
    members = _members(membership, snapshot) if membership else {}
    seen: set[str] = set()
    for number, content in enumerate(files.rows(document, list), start=1):
        try:
            committee = UpstreamCommittee.model_validate(content)
        except (ValidationError, RecursionError) as problem:
            reason = why(problem) if isinstance(problem, ValidationError) else _("nested too deeply")
            snapshot.refused.append(Remark(document.name, _("row %(number)s") % {"number": number}, reason))
            snapshot.has_unknown_rows = True
            continue
        for record in _records(committee, document.name):
            if record.external_id in seen:
                reason = _("This id occurs twice; the first row counts.")
                snapshot.refused.append(Remark(document.name, record.external_id, reason))
                continue
            seen.add(record.external_id)
            if membership:
                record = record._replace(members=tuple(members.pop(record.external_id, ())))
            snapshot.read["subcommittees" if record.parent else "committees"] += 1
            snapshot.committees.append(record._replace(content_hash=content_hash(record)))
    for left_over in members:
        if membership:
            reason = _("Members of a committee that is not listed were left out.")
            snapshot.notices.append(Remark(membership.name, left_over, reason))


def _records(committee: UpstreamCommittee, file: str) -> Iterable[CommitteeRecord]:
    chamber = _CHAMBERS[committee.type]
    yield CommitteeRecord(
        SCHEME,
        committee.thomas_id,
        file,
        one_line(committee.name),
        CONGRESS.ocd_id,
        chamber,
        url=committee.url or "",
    )
    for part in committee.subcommittees or ():
        yield CommitteeRecord(
            SCHEME,
            committee.thomas_id + part.thomas_id,
            file,
            one_line(part.name),
            CONGRESS.ocd_id,
            chamber,
            "subcommittee",
            committee.thomas_id,
        )


def _members(document: Document, snapshot: Snapshot) -> dict[str, list[MembershipFact]]:
    found: dict[str, list[MembershipFact]] = {}
    for committee, rows in files.rows(document, dict).items():
        if not isinstance(committee, str) or not isinstance(rows, list):
            snapshot.refused.append(Remark(document.name, str(committee)[:40], _("This is not a list.")))
            continue
        found[committee] = list(_facts(rows, committee, document.name, snapshot))
    return found


def _facts(rows: list[Any], committee: str, file: str, snapshot: Snapshot) -> Iterable[MembershipFact]:
    for row in rows:
        try:
            member = UpstreamMember.model_validate(row)
        except (ValidationError, RecursionError) as problem:
            reason = why(problem) if isinstance(problem, ValidationError) else _("nested too deeply")
            snapshot.refused.append(Remark(file, committee, reason))
            continue
        snapshot.read["committee seats"] += 1
        yield MembershipFact(
            member.bioguide or "", one_line(member.name), member.title or "", member.rank, member.party or ""
        )

"""A snapshot as bytes and back, so that what waits for a person can be compared again when they decide."""

import json
import zlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import fields
from datetime import date
from typing import Any

from legislation.changeset.findings import ChangeSet
from legislation.sources import records
from legislation.sources.records import Snapshot, content_hash

_FACTS: dict[str, Any] = {
    fact.__name__: fact
    for fact in (
        records.JurisdictionFact,
        records.ChamberFact,
        records.SeatKey,
        records.DivisionFact,
        records.SeatFact,
        records.TenureFact,
        records.PartyFact,
        records.OfficeFact,
        records.ContactFact,
        records.IdentifierFact,
        records.PersonRecord,
        records.MembershipFact,
        records.CommitteeRecord,
        records.Remark,
        records.Link,
    )
}
# Each value that JSON does not have stands as a list that begins with its mark.
_DATE, _FACT, _TUPLE, _LIST, _SET, _FROZEN, _MAP, _COUNTER = "d", "n", "t", "l", "s", "f", "m", "c"


def packed(snapshot: Snapshot) -> bytes:
    content = {field.name: _plain(getattr(snapshot, field.name)) for field in fields(snapshot)}
    return zlib.compress(json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode())


def unpacked(stored: bytes) -> Snapshot:
    content = json.loads(zlib.decompress(bytes(stored)))
    return Snapshot(**{name: _rich(value) for name, value in content.items()})


def fingerprint(found: ChangeSet) -> str:
    """What writing these findings would do: two that are equal write the same."""
    parts: list[Sequence[object]] = [found.people, found.committees, found.updates, found.links]
    keys = [found.missing_records, found.seen_again, found.leavers]
    return content_hash(*(sorted(map(repr, part)) for part in parts), *(sorted(part) for part in keys))


def _plain(value: Any) -> Any:
    if isinstance(value, str):
        return str(value)
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, date):
        return [_DATE, value.isoformat()]
    if isinstance(value, dict):
        mark = _COUNTER if isinstance(value, Counter) else _MAP
        return [mark, *([_plain(key), _plain(one)] for key, one in value.items())]
    if isinstance(value, set | frozenset):
        mark = _SET if isinstance(value, set) else _FROZEN
        return [mark, *(_plain(one) for one in sorted(value))]
    inside = [_plain(one) for one in value]
    if (name := type(value).__name__) in _FACTS:
        return [_FACT, name, *inside]
    return [_LIST if isinstance(value, list) else _TUPLE, *inside]


def _rich(value: Any) -> Any:
    if not isinstance(value, list):
        return value
    mark, rest = value[0], value[1:]
    if mark == _DATE:
        return date.fromisoformat(rest[0])
    if mark in (_MAP, _COUNTER):
        pairs = {_rich(key): _rich(one) for key, one in rest}
        return Counter(pairs) if mark == _COUNTER else pairs
    if mark == _FACT:
        return _FACTS[rest[0]](*map(_rich, rest[1:]))
    makers = {_TUPLE: tuple, _LIST: list, _SET: set, _FROZEN: frozenset}
    return makers[mark](map(_rich, rest))

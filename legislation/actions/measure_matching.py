"""Whom a source means by a printed name: by id, or else by name inside one body on one day. Nobody is ever guessed."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from django.db.models import Count, Max

from advocacy.kernel.folding import fold
from legislation.changeset.held import chunks
from legislation.models import ChamberCode, Committee, Identifier, NameMatch, Tenure
from legislation.sources.measures.records import PersonHint
from legislation.sources.records import content_hash

_LEGISLATORS = (ChamberCode.UPPER, ChamberCode.LOWER, ChamberCode.LEGISLATURE)
_ADDRESS = re.compile(
    r"^(?:the )?(?:right )?(?:hon(?:ou?rable)? )?"
    r"(?:(?:representative|rep|senator|sen|delegate|assembly ?(?:member|man|woman)|speaker|mr|mrs|ms|mme|dr) )?"
)
_BRACKETED = re.compile(r"[\[(][^\])]*[\])]")
_MIDDLE_INITIAL = re.compile(r"(?<= )[a-z] (?=.)")
_DISTRICT = re.compile(r"^(?:[a-z]{2,} )*0*(?=.)")
_COMMITTEE = re.compile(
    r"^(?:the )?(?:(?P<body>house|senate|joint|assembly) )?(?:(?:standing |select )*committee on )?(?:the )?"
    r"(?P<subject>.+?)(?: committee)?$"
)
_CHAMBER_OF_WORD = {"house": "lower", "assembly": "lower", "senate": "upper", "joint": ""}

Sitting = tuple[int, str, str, date | None, date | None, bool]


class Body(NamedTuple):
    """Where and when a name is looked for: no chamber means the whole legislature, no day its whole memory.

    In a `session`, what staff said of a name goes before.
    """

    jurisdiction: int
    chamber: str = ""
    day: date | None = None
    session: int | None = None


@lru_cache(maxsize=20_000)
def _folded(name: str) -> str:
    return fold(_BRACKETED.sub(" ", name))


def printed_forms(given: str, family: str, nickname: str, suffix: str, name: str, others: str) -> set[str]:
    """Every way in which journals print this person: whole, by surname, by initial, surname first."""
    family = family or name.rpartition(" ")[2]
    given = given or name.partition(" ")[0]
    forms = {name, *others.splitlines(), f"{given} {family}"}
    for last in {family, f"{family} {suffix}".strip()}:
        forms.add(last)
        for first in {given, given.partition(" ")[0], nickname} - {""}:
            forms |= {f"{first} {last}", f"{last} {first}", f"{first[0]} {last}", f"{last} {first[0]}"}
    return {folded for form in forms if (folded := fold(form))}


class Roster:
    """Everybody who ever sat in one legislature, under each printed form of the name."""

    def __init__(self, jurisdiction: int) -> None:
        people = Tenure.objects.filter(
            seat__chamber__jurisdiction=jurisdiction, seat__chamber__code__in=_LEGISLATORS
        )
        names = ("given_name", "family_name", "nickname", "suffix", "name", "other_names")
        facts = (
            "official",
            "seat__chamber__code",
            "seat__district",
            "starts_on",
            "ends_on",
            "end_is_expected",
        )
        rows = list(people.order_by("pk").values_list(*(f"official__{name}" for name in names), *facts))
        self._by_form: dict[str, list[Sitting]] = {}
        for row in rows:
            for form in printed_forms(*row[: len(names)]):
                self._by_form.setdefault(form, []).append(row[len(names) :])
        self._known: dict[tuple[str, str, str, date | None], int | None] = {}
        self.fingerprint = content_hash(rows)

    def candidates(self, name: str) -> list[int]:
        """Everybody whose name is ever printed so, whenever they sat."""
        for form in _attempts(_folded(name)):
            if found := self._by_form.get(form):
                return list(dict.fromkeys(one[0] for one in found))
        return []

    def find(self, who: PersonHint, body: Body) -> int | None:
        asked = (who.name, who.district, body.chamber, body.day)
        if asked not in self._known:
            self._known[asked] = self._search(who, body)
        return self._known[asked]

    def _search(self, who: PersonHint, body: Body) -> int | None:
        for form in _attempts(_folded(who.name)):
            found = [one for one in self._by_form.get(form, ()) if _sat(one, body)]
            if not found:
                continue
            people = {one[0] for one in found}
            if len(people) > 1 and who.district:
                wanted = _district(who.district)
                people = {one[0] for one in found if _district(one[2]) == wanted}
            return people.pop() if len(people) == 1 else None
        return None


def _attempts(name: str) -> Iterator[str]:
    """As it is printed; without the form of address; without initials in the middle."""
    bare = _ADDRESS.sub("", name)
    yield from dict.fromkeys([name, bare, _MIDDLE_INITIAL.sub("", bare)])


def _sat(one: Sitting, body: Body) -> bool:
    _official, chamber, _seat, starts_on, ends_on, end_is_expected = one
    if body.chamber and chamber not in (body.chamber, ChamberCode.LEGISLATURE):
        return False
    day = body.day
    if day is None:
        return True
    return (starts_on is None or starts_on <= day) and (ends_on is None or ends_on > day or end_is_expected)


def _district(name: str) -> str:
    return _DISTRICT.sub("", _folded(name))


class Matcher:
    """Finds officials and committees; what it has read once it knows for the rest of the run."""

    def __init__(self) -> None:
        self._by_id: dict[tuple[str, str], int | None] = {}
        self._rosters: dict[int, Roster] = {}
        self._committees: dict[int, dict[str, list[tuple[int, str, date | None]]]] = {}
        self._marks: dict[int, str] = {}
        self._said: dict[int, dict[tuple[str, str], int]] = {}

    def learn(self, hints: Iterable[PersonHint]) -> None:
        """Look up all ids of these people at once."""
        unknown: dict[str, set[str]] = {}
        for hint in hints:
            for pair in hint.identifiers:
                if pair not in self._by_id:
                    self._by_id[pair] = None
                    unknown.setdefault(pair[0], set()).add(pair[1])
        for scheme, values in unknown.items():
            for chunk in chunks(sorted(values)):
                rows = Identifier.objects.filter(scheme=scheme, value__in=chunk)
                self._by_id |= {(scheme, value): pk for value, pk in rows.values_list("value", "official")}

    def officials(self, people: Sequence[PersonHint], body: Body) -> list[int | None]:
        """Who each of them is. Two different names that would be one person are neither."""
        found = [self.official(who, body) for who in people]
        names: dict[int, set[str]] = {}
        for who, pk in zip(people, found, strict=True):
            if pk is not None:
                names.setdefault(pk, set()).add(who.name)
        return [None if pk is None or len(names[pk]) > 1 else pk for pk in found]

    def official(self, who: PersonHint, body: Body) -> int | None:
        for pair in who.identifiers:
            if (known := self._by_id.get(pair)) is not None:
                return known
        if said := self._said_of(who.name, body):
            return said
        return self._roster(body.jurisdiction).find(who, body)

    def _said_of(self, name: str, body: Body) -> int | None:
        """Whom staff matched with this name, in that session and chamber."""
        if body.session is None:
            return None
        if body.session not in self._said:
            rows = NameMatch.objects.filter(session=body.session)
            said = rows.values_list("chamber", "name_key", "official")
            self._said[body.session] = {(chamber, key): official for chamber, key, official in said}
        known = self._said[body.session]
        return known.get((body.chamber, fold(name))) if known else None

    def committee(self, name: str, body: Body) -> int | None:
        """The one committee of the jurisdiction that bears this name, whatever words stand around it."""
        asked = _COMMITTEE.match(_folded(name))
        if asked is None:
            return None
        if body.jurisdiction not in self._committees:
            self._committees[body.jurisdiction] = _committees(body.jurisdiction)
        found = self._committees[body.jurisdiction].get(asked["subject"], [])
        chamber = _CHAMBER_OF_WORD.get(asked["body"] or "")
        alive = {
            pk
            for pk, of_chamber, ended_on in found
            if (chamber is None or of_chamber == chamber)
            and (body.day is None or ended_on is None or ended_on > body.day)
        }
        return alive.pop() if len(alive) == 1 else None

    def fingerprint(self, jurisdiction: int) -> str:
        """Changes whenever somebody could be found whom nobody was before."""
        if jurisdiction not in self._marks:
            there = Tenure.objects.filter(seat__chamber__jurisdiction=jurisdiction).order_by()
            ids = Identifier.objects.filter(official__in=there.values("official"))
            committees = Committee.objects.filter(jurisdiction=jurisdiction)
            marks = [rows.aggregate(number=Count("pk"), newest=Max("pk")) for rows in (ids, committees)]
            said = NameMatch.objects.filter(session__jurisdiction=jurisdiction).order_by("pk")
            matches = list(said.values_list("session", "chamber", "name_key", "official"))
            self._marks[jurisdiction] = content_hash(
                self._roster(jurisdiction).fingerprint, *marks, *([matches] if matches else [])
            )
        return self._marks[jurisdiction]

    def _roster(self, jurisdiction: int) -> Roster:
        if jurisdiction not in self._rosters:
            self._rosters[jurisdiction] = Roster(jurisdiction)
        return self._rosters[jurisdiction]


def _committees(jurisdiction: int) -> dict[str, list[tuple[int, str, date | None]]]:
    found: dict[str, list[tuple[int, str, date | None]]] = {}
    rows = Committee.objects.filter(jurisdiction=jurisdiction).order_by("pk")
    for pk, name, name_fr, chamber, ended_on in rows.values_list(
        "pk", "name", "name_fr", "chamber__code", "ended_on"
    ):
        for printed in {name, name_fr} - {""}:
            if spelt := _COMMITTEE.match(fold(printed)):
                found.setdefault(spelt["subject"], []).append((pk, chamber or "", ended_on))
    return found


def unmatched(people: Sequence[PersonHint], found: Sequence[int | None]) -> Counter[str]:
    """The names for which nobody was found, and how often each stands."""
    return Counter(who.name for who, pk in zip(people, found, strict=True) if pk is None)

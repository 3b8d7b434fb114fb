"""What a profile says, block by block: shown on the page, shown to staff beside a report, and fingerprinted.

Each list is read once, whoever asks.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from functools import cached_property
from typing import Any, NamedTuple

from django.db import models

from legislation.models import (
    Block,
    CommitteeMembership,
    ContactKind,
    ContactPoint,
    MembershipRole,
    Office,
    Official,
    PartyAffiliation,
    Staffer,
    Tenure,
)
from legislation.sources.records import content_hash

_NAMES = ("name", "given_name", "family_name", "suffix", "nickname", "image_url")
_PARTY = ("party", "starts_on", "ends_on")
_TENURE = ("seat", "title", "starts_on", "ends_on", "end_is_expected", "end_reason")
_OFFICE = ("kind", "label", "address", "phone", "fax", "hours")
_POINT = ("kind", "value", "label")
_MEMBERSHIP = ("committee", "role", "role_raw")
_STAFFER = ("name", "role", "title", "email", "phone", "starts_on", "ends_on")


_BY_ROLE = [
    MembershipRole.CHAIR,
    MembershipRole.VICE_CHAIR,
    MembershipRole.RANKING_MEMBER,
    MembershipRole.MEMBER,
    MembershipRole.EX_OFFICIO,
    MembershipRole.ALTERNATE,
    MembershipRole.OTHER,
]


def by_role(membership: CommitteeMembership) -> tuple[int, int, int]:
    """Chairs first, then by rank as the committee lists its members."""
    unranked = 10_000
    role = _BY_ROLE.index(MembershipRole(membership.role))
    return role, membership.rank if membership.rank is not None else unranked, membership.pk


def committees(official: Official, day: date) -> list[CommitteeMembership]:
    """Committees they sit on, those they lead first."""
    sitting = official.committee_memberships.in_force(day).select_related(
        "committee__parent", "committee__chamber"
    )
    return sorted(
        sitting, key=lambda one: (by_role(one)[0], one.committee.parent_id is not None, str(one.committee))
    )


def contact_points(official: Official) -> list[ContactPoint]:
    """Ways to reach them that hold today: e-mail and web form before pages and social media."""
    order = {kind: place for place, kind in enumerate(ContactKind.values)}
    current = official.contact_points.current().order_by("pk")
    return sorted(current, key=lambda point: order[point.kind])


class Fact(NamedTuple):
    """One row as a profile shows it: the row, and which of its fields."""

    row: models.Model
    names: tuple[str, ...]

    def values(self) -> tuple[Any, ...]:
        """As they are stored, so that neither the reader's language nor the row's number makes a difference."""
        fields = [self.row._meta.get_field(name) for name in self.names]
        stored = [getattr(self.row, getattr(field, "attname", field.name)) for field in fields]
        return tuple(None if value is None else str(value) for value in stored)

    def __str__(self) -> str:
        shown = ((name, self._in_words(name)) for name in self.names)
        return " · ".join(f"{self._label(name)}: {words}" for name, words in shown if words)

    def _in_words(self, name: str) -> str:
        value = getattr(self.row, name)
        if value in (None, "", False):
            return ""
        display = getattr(self.row, f"get_{name}_display", None)
        return str(display() if display else value)

    def _label(self, name: str) -> str:
        return str(getattr(self.row._meta.get_field(name), "verbose_name", name))


class ProfileFacts:
    """The facts of one official on a day. `official` comes `with_seats()`."""

    def __init__(self, official: Official, day: date) -> None:
        self.official, self.day = official, day

    @cached_property
    def tenures(self) -> list[Tenure]:
        return list(self.official.tenures.all())

    @cached_property
    def parties(self) -> list[PartyAffiliation]:
        return list(self.official.parties.all())

    @cached_property
    def offices(self) -> list[Office]:
        return list(self.official.offices.current().order_by("kind", "pk"))

    @cached_property
    def contact_points(self) -> list[ContactPoint]:
        return contact_points(self.official)

    @cached_property
    def committees(self) -> list[CommitteeMembership]:
        return committees(self.official, self.day)

    @cached_property
    def staffers(self) -> list[Staffer]:
        return list(Staffer.objects.filter(official=self.official).order_by("name", "pk"))

    def facts(self, block: str) -> Iterator[Fact]:
        """What this block says, row by row."""
        for listed, names in self._rows(block):
            for row in listed:
                yield Fact(row, names)

    def _rows(self, block: str) -> list[tuple[Sequence[models.Model], tuple[str, ...]]]:
        if block == Block.IDENTITY:
            return [([self.official], _NAMES), (self.parties, _PARTY)]
        if block == Block.TERM:
            return [(self.tenures, _TENURE)]
        if block == Block.CONTACT:
            return [(self.contact_points, _POINT), (self.offices, _OFFICE)]
        if block == Block.COMMITTEES:
            return [(self.committees, _MEMBERSHIP)]
        return [(self.staffers, _STAFFER)]

    def fingerprint(self, block: str) -> str:
        """The same as long as the block says the same, in whatever order its rows stand."""
        return content_hash(str(block), *sorted(map(repr, (fact.values() for fact in self.facts(block)))))

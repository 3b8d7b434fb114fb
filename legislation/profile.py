"""The parts of an official's profile, in the order in which somebody who prepares a meeting reads them."""

from dataclasses import dataclass
from datetime import date

from advocacy.accounts.models import User
from legislation.actions.staffers import may_edit
from legislation.models import (
    CommitteeMembership,
    ContactKind,
    ContactPoint,
    Country,
    MembershipRole,
    Official,
    Staffer,
    Tenure,
)

_BY_ROLE = [
    MembershipRole.CHAIR,
    MembershipRole.VICE_CHAIR,
    MembershipRole.RANKING_MEMBER,
    MembershipRole.MEMBER,
    MembershipRole.EX_OFFICIO,
    MembershipRole.ALTERNATE,
    MembershipRole.OTHER,
]


@dataclass(frozen=True)
class Seats:
    """One person's tenures on a day, each list newest first."""

    current: list[Tenure]
    unconfirmed: list[Tenure]
    coming: list[Tenure]
    former: list[Tenure]


def tenures(official: Official, day: date) -> Seats:
    every = list(official.tenures.all())
    in_force = [tenure for tenure in every if tenure.is_in_force(day)]
    coming = [tenure for tenure in every if tenure.starts_on is not None and tenure.starts_on > day]
    return Seats(
        current=[tenure for tenure in in_force if not tenure.is_unconfirmed(day)],
        unconfirmed=[tenure for tenure in in_force if tenure.is_unconfirmed(day)],
        coming=coming,
        former=[tenure for tenure in every if tenure not in in_force and tenure not in coming],
    )


def is_canadian(official: Official) -> bool:
    return any(
        tenure.seat.chamber.jurisdiction.country == Country.CANADA for tenure in official.tenures.all()
    )


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


@dataclass(frozen=True)
class StaffLine:
    staffer: Staffer
    has_left: bool
    may_edit: bool


def staffers(official: Official, day: date, *, user: User) -> list[StaffLine]:
    """Those who work there today, then those who left."""
    everybody = Staffer.objects.visible_to(user).filter(official=official).order_by("name", "pk")
    lines = [
        StaffLine(
            staffer=staffer,
            has_left=staffer.ends_on is not None and staffer.ends_on <= day,
            may_edit=may_edit(staffer, user),
        )
        for staffer in everybody
    ]
    return sorted(lines, key=lambda line: line.has_left)

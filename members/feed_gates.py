"""What closes the portal to a person closes their feeds: a role that has ended, a second step that is missing."""

from advocacy.accounts.models import User
from legislation.feed_gates import feed_gates
from members import second_factor
from members.access import reach_of


@feed_gates.register("a role in force")
def has_a_role(owner: User) -> bool:
    return not reach_of(owner).is_empty


@feed_gates.register("the second step of their roles")
def has_the_second_step(owner: User) -> bool:
    return not second_factor.is_missing(owner)

"""A role that has ended closes its holder's feeds, as it closes the portal to them."""

from advocacy.accounts.models import User
from legislation.feed_gates import feed_gates
from members.access import reach_of


@feed_gates.register("a role in force")
def has_a_role(owner: User) -> bool:
    return not reach_of(owner).is_empty

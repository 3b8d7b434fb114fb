"""Where members of a legislature stand on a measure, and how they voted."""

from advocacy.accounts.models import User
from advocacy.interactions.models import Proof
from legislation.models import Measure, RollCall
from tests.browser.gallery.exhibit import Exhibit, first
from tests.browser.gallery.record import official


def _with_members(user: User) -> tuple[int, int]:
    """A measure that was voted on, and one of those who did."""
    roll_call = RollCall.objects.filter(votes__official__isnull=False).order_by("pk").first()
    return roll_call.measure_id, roll_call.votes.order_by("pk").first().official_id


def _proof(user: User) -> int:
    return Proof.objects.order_by("pk").first().pk


STANCES = [
    Exhibit("interactions:whip_count", find=first(Measure, roll_calls__isnull=False)),
    Exhibit(
        "interactions:whip_count",
        "elise",
        find=first(Measure, roll_calls__isnull=False),
        query="?since=2020-01-01&q=qqqq",
        note="in French, nobody found",
    ),
    Exhibit("interactions:stance_note", find=_with_members),
    Exhibit("interactions:votes_needed", "jordan", find=first(Measure, roll_calls__isnull=False)),
    Exhibit("interactions:stance_history", find=lambda user: _with_members(user)[1]),
    Exhibit("interactions:stance_history", find=official, query="?on=1990-01-01", note="nothing known"),
    Exhibit("interactions:proof_decide", "jordan", find=_proof),
]

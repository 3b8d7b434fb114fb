"""What we follow, and what we think of it."""

from django.utils import timezone

from advocacy.accounts.models import User
from advocacy.positions.models import Material, Position, Testimony, Tracking
from advocacy.positions.outcomes import recordable_by
from legislation.models import LegislativeSession, Measure, RollCall
from tests.browser.gallery.exhibit import Exhibit, first

_spoken_on = first(Measure, number="SB 84")


def _followed(user: User) -> int:
    """In a tier, not in the archive."""
    rows = Tracking.objects.editable_by(user).tracked(user.today(timezone.now()))
    return rows.order_by("pk").first().pk


def _ended(user: User) -> int:
    """Followed, and its end is known."""
    return recordable_by(user, user.today(timezone.now())).order_by("pk").first().pk


def _untriaged(user: User) -> int:
    return Tracking.objects.visible_to(user).untriaged(user.today(timezone.now())).order_by("pk").first().pk


POSITIONS = [
    Exhibit("positions:position_list"),
    Exhibit("positions:position_list", "sam", note="nothing waits"),
    Exhibit("positions:position_list", "elise", note="in French"),
    Exhibit("positions:position_detail", find=first(Position, status="proposed")),
    Exhibit("positions:position_detail", find=first(Position, status="approved", chapter__isnull=False)),
    Exhibit("positions:position_decide", "luis", find=first(Position, status="proposed")),
    Exhibit("positions:position_withdraw", find=first(Position, status="proposed")),
    Exhibit("positions:position_propose", find=first(Measure, number="SB 902")),
    Exhibit(
        "positions:position_propose", "angela", find=first(Measure, number="SB 902"), note="for the society"
    ),
    Exhibit("legislation:measure_detail", find=first(Measure, number="SB 84"), note="with testimony"),
    Exhibit("legislation:measure_detail", find=first(Measure, number="HB 210"), note="with a proposal"),
    Exhibit("positions:testimony_register", find=lambda user: (_spoken_on(user), "gulf-prairie")),
    Exhibit("materials:material_list"),
    Exhibit("materials:material_list", "elise", note="in French"),
    Exhibit("materials:material_list", query="?kind=script&shown=archived", note="nothing found"),
    Exhibit("materials:material_new"),
    Exhibit("materials:material_detail", find=first(Material, versions__language="fr")),
    Exhibit("materials:material_edit", find=first(Material, position__isnull=False)),
    Exhibit("positions:testimony_edit", find=first(Testimony, chapter__slug="gulf-prairie")),
    Exhibit("legislation:measure_detail", find=first(Measure, roll_calls__isnull=False), note="with votes"),
    Exhibit("legislation:roll_call_detail", find=first(RollCall)),
]
FOLLOWED = [
    Exhibit("tracking:board"),
    Exhibit("tracking:board", "elise", note="in French"),
    Exhibit("tracking:board", "angela", query="?whose=society", note="filtered"),
    Exhibit("tracking:board", query="?whose=mine&tier=4", note="nothing found"),
    Exhibit("tracking:sweep_list", "angela"),
    Exhibit("tracking:sweep", "angela", find=first(LegislativeSession, identifier="89S")),
    Exhibit(
        "tracking:sweep", "jordan", find=first(LegislativeSession, identifier="89S"), query="?show=confirmed"
    ),
    Exhibit("tracking:outcome_list"),
    Exhibit("tracking:outcome_record", "jordan", find=_ended),
    Exhibit("tracking:alert_list", note="nothing yet"),
    Exhibit("tracking:alert_cadence"),
    Exhibit("tracking:alert_cadence", "elise", note="in French"),
    Exhibit("tracking:tracking_detail", find=_followed),
    Exhibit("tracking:tracking_detail", "jordan", find=_untriaged, note="to triage"),
    Exhibit("tracking:tracking_edit", find=_followed),
    Exhibit("tracking:tracking_note", find=_followed),
    Exhibit("tracking:measure_add"),
    Exhibit("tracking:measure_add", "elise", note="in French"),
    Exhibit("tracking:measure_follow", "jordan", find=first(Measure)),
    Exhibit("tracking:measure_relate", "jordan", find=first(Measure)),
]

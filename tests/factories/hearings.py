"""Hearings: `hearing_on(bill)` is announced for the cast's next Tuesday in Austin."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from legislation.models import Hearing, Measure

CHICAGO = "America/Chicago"
NEXT_TUESDAY = datetime(2027, 2, 16, 9, 0, tzinfo=ZoneInfo(CHICAGO))


def hearing_on(*bills: Measure, **fields: Any) -> Hearing:
    known: dict[str, Any] = {
        "jurisdiction": bills[0].session.jurisdiction,
        "committee_name": "Public Health",
        "starts_at": NEXT_TUESDAY,
        "zone": CHICAGO,
        "room": "E2.012",
    }
    hearing = Hearing.objects.create(**(known | fields))
    hearing.measures.set(bills)
    return hearing

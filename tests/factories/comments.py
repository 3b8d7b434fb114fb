"""Comment periods: `comments_on(rule)` close on the last evening of February, as most dockets do."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from legislation.models import CommentPeriod, Measure

NEW_YORK = "America/New_York"
# A Sunday.
LAST_EVENING = datetime(2027, 2, 28, 23, 59, tzinfo=ZoneInfo(NEW_YORK))


def comments_on(rule: Measure, **fields: Any) -> CommentPeriod:
    known = {"closes_at": LAST_EVENING, "zone": NEW_YORK, "agency": "Department of Health"}
    return CommentPeriod.objects.create(measure=rule, **(known | fields))

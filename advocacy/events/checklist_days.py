"""When each step of the checklist is due, counted from the day of the event (DOMAIN.md W5)."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import NamedTuple

from advocacy.events.models import AdvocacyEvent, Step
from members.calendars import workdays_in

_DAY, _WEEK = timedelta(days=1), timedelta(weeks=1)


class Due(NamedTuple):
    """How far from the day. Where a step has a range of days, its last one counts."""

    distance: timedelta

    def on(self, event: AdvocacyEvent) -> date:
        """A day on which offices work: earlier before the event, later after it. The day itself stays what it is."""
        day, workdays = event.held_on + self.distance, workdays_in(event.jurisdiction)
        if not self.distance or workdays.is_business_day(day):
            return day
        if self.distance > timedelta(0):
            return workdays.after(day, 1)
        while not workdays.is_business_day(day):
            day -= _DAY
        return day


DUE: Mapping[Step, Due] = {
    Step.GOAL: Due(-26 * _WEEK),
    Step.HOLD_ROOM: Due(-20 * _WEEK),
    Step.SPEAKERS: Due(-16 * _WEEK),
    Step.REGISTRATION: Due(-12 * _WEEK),
    Step.TEAMS: Due(-8 * _WEEK),
    Step.PREPARE: Due(-4 * _WEEK),
    Step.FREEZE: Due(-2 * _WEEK),
    Step.HAND_OUT: Due(-_WEEK),
    Step.THE_DAY: Due(timedelta(0)),
    Step.THANK: Due(_DAY),
    Step.CHECK_DECISIONS: Due(10 * _DAY),
    Step.PUBLISH_RESULTS: Due(3 * _WEEK),
    Step.CLOSE: Due(4 * _WEEK),
}
# Offices want a request for a proclamation eight weeks before the day.
WEEKS_FOR_A_PROCLAMATION = 8


def recognition_due(event: AdvocacyEvent) -> date:
    return Due(-WEEKS_FOR_A_PROCLAMATION * _WEEK).on(event)

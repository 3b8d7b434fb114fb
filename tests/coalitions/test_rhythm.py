"""Who is due for a touch: two meetings and four light touches a year are one of either every 60 days."""

from datetime import date, timedelta

import pytest

from advocacy.coalitions import rhythm, touch_reminders
from advocacy.coalitions.models import Grasstops
from tests.cast import TODAY, Cast
from tests.factories.partners import grasstop, touched

DAY = timedelta(days=1)


def due_for(cast: Cast, reader: str = "dana") -> list[tuple[str, int]]:
    user = getattr(cast, reader)
    found = rhythm.due(Grasstops.objects.visible_to(user), user=user, today=TODAY)
    return [(str(one.grasstops), one.days_late) for one in found]


@pytest.mark.parametrize(
    ("kind", "days_ago", "expected"),
    [
        ("meeting", 60, []),
        ("meeting", 61, [("Robin Vale", 1)]),
        # In touch, but nobody has met them since the autumn began.
        ("call", 0, []),
    ],
)
def test_a_touch_is_due_when_its_share_of_the_year_is_over(
    cast: Cast, kind: str, days_ago: int, expected: list[tuple[str, int]]
):
    touched(grasstop(cast), by=cast.dana, on=TODAY - days_ago * DAY, kind=kind)

    assert due_for(cast) == expected


def test_light_touches_do_not_stand_in_for_meetings(cast: Cast):
    contact = grasstop(cast, starts_on=TODAY - 183 * DAY)
    touched(contact, by=cast.dana)

    assert due_for(cast) == [("Robin Vale", 1)]


def test_the_longest_overdue_comes_first_and_who_is_gone_is_not_due(cast: Cast):
    for name, days in (("Late", 70), ("Later", 90), ("Gone", 400)):
        gone = {"ends_on": TODAY} if name == "Gone" else {}
        grasstop(cast, name, starts_on=TODAY - days * DAY, **gone)

    assert due_for(cast) == [("Later", 30), ("Late", 10)]


def test_a_touch_that_the_reader_may_not_read_tells_them_nothing(cast: Cast):
    touched(grasstop(cast, starts_on=TODAY - 61 * DAY), by=cast.dana, confidentiality="restricted")

    assert (due_for(cast), due_for(cast, "chris")) == ([], [("Robin Vale", 1)])


def test_a_monthly_hint_names_those_due_but_nobody_who_is_restricted(cast: Cast):
    grasstop(cast, "Robin Vale", starts_on=TODAY - 61 * DAY)
    grasstop(cast, "Kim Secret", starts_on=TODAY - 61 * DAY, confidentiality="restricted")

    (line,) = touch_reminders.words(cast.dana, ["2027-02"], TODAY).values()

    assert line.text == "Grasstops contacts due for a touch: Robin Vale"
    assert touch_reminders.words(cast.luis, ["2027-02"], date(2027, 2, 9)) == {}

from datetime import date

import pytest

from advocacy.kernel.business_days import Workdays


@pytest.mark.parametrize(
    ("place", "start", "count", "due"),
    [
        (Workdays("US", "TX"), date(2027, 2, 9), 1, date(2027, 2, 10)),
        (Workdays("US", "TX"), date(2027, 2, 9), 10, date(2027, 2, 24)),  # skips Presidents' Day, 15 February
        (Workdays("CA", "ON"), date(2027, 2, 12), 1, date(2027, 2, 16)),  # Family Day
        (Workdays("CA", "QC"), date(2027, 2, 12), 1, date(2027, 2, 15)),  # no holiday in Quebec that day
        (Workdays("CA", "QC"), date(2027, 6, 23), 1, date(2027, 6, 25)),  # Fête nationale, 24 June
        (Workdays("US"), date(2026, 11, 25), 1, date(2026, 11, 27)),  # U.S. Thanksgiving
        (
            Workdays("US", "TX"),
            date(2026, 11, 25),
            1,
            date(2026, 11, 30),
        ),  # Texas keeps the Friday after it too
        (Workdays("CA", "ON"), date(2026, 10, 9), 1, date(2026, 10, 13)),  # Canadian Thanksgiving
        (Workdays("US"), date(2028, 2, 28), 1, date(2028, 2, 29)),  # a leap day is a day like any other
        (
            Workdays("US", "ZZ"),
            date(2027, 7, 2),
            1,
            date(2027, 7, 6),
        ),  # unknown place: the country's holidays
    ],
)
def test_due_days_skip_weekends_and_the_holidays_of_the_place(place, start, count, due):
    assert place.after(start, count) == due

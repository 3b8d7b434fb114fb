from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advocacy.kernel.periods import Month

months = st.builds(Month, st.integers(1950, 2200), st.integers(1, 12))


@given(months)
def test_a_month_reads_back_from_its_label(month):
    assert Month.parse(str(month)) == month


@given(months)
def test_months_follow_each_other_without_a_gap(month):
    assert month.next().first == month.end
    assert month.next().previous() == month


def test_february_of_a_leap_year_has_its_29th():
    assert (Month(2028, 2).end - Month(2028, 2).first).days == 29


@pytest.mark.parametrize(
    "label", ["2027-13", "2027-0", "27-02", "2027/02", "", "2027-02-01", "0001-01", "９９"]
)
def test_what_is_not_a_month_is_refused_with_the_accepted_form(label):
    with pytest.raises(ValueError, match="YYYY-MM"):
        Month.parse(label)


def test_a_day_belongs_to_its_month():
    assert str(Month.of(date(2027, 1, 31))) == "2027-01"

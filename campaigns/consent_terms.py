"""How long consent is implied: calendar months from the day of what implies it (CASL, s. 10(10), (13) and (14))."""

from calendar import monthrange
from datetime import date

from campaigns.models.consent import Basis

_TWO_YEARS, _SIX_MONTHS = 24, 6
MONTHS: dict[str, int] = {
    Basis.MEMBERSHIP: _TWO_YEARS,
    Basis.VOLUNTEERING: _TWO_YEARS,
    Basis.DONATION: _TWO_YEARS,
    Basis.CUSTOMER: _TWO_YEARS,
    Basis.INQUIRY: _SIX_MONTHS,
}


def months_after(day: date, months: int) -> date:
    """The same day of a later month, or the last one of a month that is too short: never later than the law allows.

    29 February and two years is 28 February.
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def expiry_of(basis: str, basis_on: date) -> date:
    """The first day without the consent that this implies."""
    return months_after(basis_on, MONTHS[basis])


def months_before(day: date, basis: str) -> date:
    """The day of the act whose consent ends on `day`, or a little earlier where a month is too short."""
    return months_after(day, -MONTHS[basis])

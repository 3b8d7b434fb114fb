"""Days that somebody may have meant: near the ends of the calendar nobody does, and reckoning from them breaks."""

from datetime import date

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

EARLIEST, LATEST = 1900, 2199


def check_year(day: date) -> None:
    """A validator of dates and of moments."""
    if not EARLIEST <= day.year <= LATEST:
        raise ValidationError(_("Check the year."))

"""The day of a month in French: `1er mars`, but `2 mars`.

Django's format `S` knows the English endings only (1st, 2nd). Every date of the portal goes through it, in templates,
mails, PDFs and the admin; so it is taught French here, and the French formats ask for it.
"""

from datetime import date

from django.utils.dateformat import DateFormat
from django.utils.translation import get_language

_in_english = DateFormat.S


def ending(self: DateFormat) -> str:
    """What stands behind the number of the day, in the language of now."""
    if not (get_language() or "").startswith("fr"):
        return _in_english(self)
    return "er" if isinstance(self.data, date) and self.data.day == 1 else ""


def teach() -> None:
    DateFormat.S = ending  # type: ignore[method-assign]  # Django offers no other way to say it

"""How a few of many are named in a line."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

NAMED_AT_MOST = 5


def several(names: Sequence[str], in_all: int | None = None) -> str:
    """The first names, and how many more there are; `in_all` where not all of them were fetched."""
    shown = ", ".join(names[:NAMED_AT_MOST])
    more = (len(names) if in_all is None else in_all) - min(len(names), NAMED_AT_MOST)
    return _("%(names)s and %(count)d more") % {"names": shown, "count": more} if more > 0 else shown

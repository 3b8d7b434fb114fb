"""How reminders of measures speak: of moments by two clocks, of several measures, and of who says so."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils import formats
from django.utils.translation import gettext as _

from advocacy.accounts.models import User
from legislation.models import Feed, Source

_NAMED_AT_MOST = 5


def by_both_clocks(moment: datetime, person: User, zone: str) -> str:
    """By the reader's clock and, where that shows another time, by the clock of the place."""
    here, there = (_shown(moment, one) for one in (person.time_zone, zone))
    if here == there:
        return here
    words = {"here": here, "there": there, "zone": zone.replace("_", " ")}
    return _("%(here)s your time (%(there)s %(zone)s)") % words


def _shown(moment: datetime, zone: str) -> str:
    return formats.date_format(moment.astimezone(ZoneInfo(zone)), "DATETIME_FORMAT")


def several(names: Sequence[str]) -> str:
    """The first names, and how many more there are."""
    shown = ", ".join(names[:_NAMED_AT_MOST])
    if len(names) <= _NAMED_AT_MOST:
        return shown
    return _("%(names)s and %(count)d more") % {"names": shown, "count": len(names) - _NAMED_AT_MOST}


def why(reasons: Iterable[str], sources: Iterable[Source | None], person: User) -> str:
    """Why this reader is told and, of what a feed told us, when that feed was last good: silence is explainable."""
    named = {source.pk: source for source in sources if source}
    said = dict.fromkeys(reasons)
    return " ".join([*said, *(_known_from(named[pk], person) for pk in sorted(named))])


def _known_from(source: Source, person: User) -> str:
    feed: Feed | None = getattr(source, "feed", None)
    words = {"source": source}
    if feed is None:
        return _("Known from %(source)s, which somebody imported.") % words
    if feed.last_success_at is None:
        return _("Known from %(source)s, which has not been fetched by itself yet.") % words
    words["when"] = _shown(feed.last_success_at, person.time_zone)
    return _("Known from %(source)s, last fetched without a fault on %(when)s.") % words

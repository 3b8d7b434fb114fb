"""How a feed of measures is, in plain words, and when the record of a legislature was last known to be good."""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from django.db.models import Max
from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from legislation.models import Feed, FeedCalls, FeedSession, RecordKind, Source, SourceRecord
from legislation.sources.measures.live.catalogue import LIVE


class LastGood(NamedTuple):
    """The source that was last read to its end, and when."""

    source: str
    at: datetime


def last_good(jurisdictions: Collection[int]) -> dict[int, LastGood]:
    """When the measures of each jurisdiction were last brought up to date, by a feed or from a file.

    A visit that found nothing new counts; one that failed, or that a quota ended early, does not. Jurisdictions of
    whose measures nothing was ever read are left out.
    """
    rows = FeedSession.objects.filter(session__jurisdiction__in=jurisdictions, last_good_at__isnull=False)
    visited = rows.values_list("session__jurisdiction", "feed__source__name").annotate(at=Max("last_good_at"))
    # A visit that ended half-way saw records as well, and is not good for that: files alone are known by them.
    fetched = FeedSession.objects.filter(session__jurisdiction__in=jurisdictions, marks__isnull=False)
    by_feed = set(fetched.order_by().values_list("session__jurisdiction", "feed__source").distinct())
    records = SourceRecord.objects.filter(jurisdiction__in=jurisdictions, kind=RecordKind.MEASURE)
    seen = records.values_list("jurisdiction", "source", "source__name").annotate(at=Max("last_seen_at"))
    from_files = [(place, name, at) for place, source, name, at in seen if (place, source) not in by_feed]
    found: dict[int, LastGood] = {}
    for place, name, at in sorted([*visited.order_by(), *from_files], key=lambda row: (row[2], row[1])):
        found[place] = LastGood(name, at)
    return found


def known_from(sources: Iterable[Source | None], zone: str) -> list[str]:
    """A sentence for each source beside what it told us, so that silence is explainable; by the clock of `zone`.

    Nothing is said of what our own people entered.
    """
    named = {source.pk: source for source in sources if source and source.key != Source.OWN}
    return [_known_from(named[pk], zone) for pk in sorted(named)]


def _known_from(source: Source, zone: str) -> str:
    feed: Feed | None = getattr(source, "feed", None)
    words = {"source": source}
    if feed is None:
        return _("Known from %(source)s, which somebody imported.") % words
    if feed.last_success_at is None:
        return _("Known from %(source)s, which has not been fetched by itself yet.") % words
    shown = formats.date_format(feed.last_success_at.astimezone(ZoneInfo(zone)), "DATETIME_FORMAT")
    return _("Known from %(source)s, last fetched without a fault on %(when)s.") % {**words, "when": shown}


def in_words(feed: Feed) -> str:
    """One short answer to how it is; what it waits for goes before what once went well."""
    live = LIVE.get(feed.source.key)
    if live is not None and live.lacks_its_key:
        return _("no key: set %(name)s") % {"name": live.key_name}
    if feed.failures:
        return ngettext("failed once", "failed %(count)d times in a row", feed.failures) % {
            "count": feed.failures
        }
    if feed.notice:
        return _("waits")
    if feed.last_success_at is None:
        return _("never fetched")
    return _("fine") if feed.is_on else _("switched off")


def quota_used(feed: Feed, now: datetime) -> str:
    """Requests of the present day, hour or minute against what is allowed."""
    live = LIVE.get(feed.source.key)
    if live is None:
        today = feed.calls if feed.calls_on == now.date() else 0
        return _("%(used)d of %(most)d a day") % {"used": today, "most": feed.most_calls_a_day}
    parts = []
    for limit in live.limits_of(feed):
        used = FeedCalls.objects.used(feed, limit.period, now=now)
        said = {"used": used, "most": limit.most, "period": limit.period.label}
        parts.append(_("%(used)d of %(most)d %(period)s") % said)
    return ", ".join(parts)

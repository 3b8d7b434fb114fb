"""What is said beside a fact that a feed told us: when that feed was last good, so that silence is explainable."""

from collections.abc import Iterable
from zoneinfo import ZoneInfo

from django.utils import formats
from django.utils.translation import gettext as _

from legislation.models import Feed, Source


def last_good(sources: Iterable[Source | None], zone: str) -> list[str]:
    """A sentence for each source, by the clock of `zone`; nothing of what our own people entered."""
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

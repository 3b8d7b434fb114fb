"""What saved searches find: how much is new since the last look, and the newest for a feed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Q

from advocacy.accounts.models import User
from legislation.forms.measures import MeasureFilters
from legislation.models import Measure, SavedSearch
from legislation.models.measure import MeasureQuerySet

IN_A_FEED = 50


@dataclass(frozen=True)
class Standing:
    """A saved search and how many of its measures are new, or have something new, since its owner looked."""

    search: SavedSearch
    new: int


def found_by(search: SavedSearch, user: User, day: date) -> MeasureQuerySet:
    """The measures it finds for this person on this day."""
    return MeasureFilters(search.params, user=user, day=day).narrow(Measure.objects.visible_to(user))


def first_known(
    search: SavedSearch, user: User, since: datetime, until: datetime, day: date
) -> MeasureQuerySet:
    """Those of them that came on record after `since` and by `until`; not what has only changed."""
    # Whatever came has changed since, too: that column has the index.
    return found_by(search, user, day).filter(
        text__changed_at__gt=since, text__added_at__gt=since, text__added_at__lte=until
    )


def standings(user: User, day: date) -> list[Standing]:
    """One's own searches by name; the news of all of them are counted in one look at what has changed."""
    searches = list(SavedSearch.objects.visible_to(user))
    news = _news(searches, user, day)
    return [Standing(search, news[f"search_{search.pk}"]) for search in searches]


def _news(searches: Iterable[SavedSearch], user: User, day: date) -> dict[str, int]:
    looked = {search.pk: search for search in searches}
    if not looked:
        return {}
    oldest: datetime = min(search.looked_at for search in looked.values())
    counts = {
        f"search_{pk}": Count(
            "pk",
            filter=Q(text__changed_at__gt=search.looked_at)
            & Q(pk__in=found_by(search, user, day).order_by().values("pk")),
        )
        for pk, search in looked.items()
    }
    return Measure.objects.visible_to(user).changed_since(oldest).aggregate(**counts)


def newest(search: SavedSearch, day: date) -> MeasureQuerySet:
    """What a feed tells: the measures on which something changed last, as their owner may see them."""
    found = found_by(search, search.owner, day).select_related("session__jurisdiction", "text")
    return found.with_stage(day).latest_changes()[:IN_A_FEED]

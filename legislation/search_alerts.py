"""Looking through saved searches for their owners: what was not on record yet when they last heard."""

import logging
from datetime import datetime, time, timedelta

from django.db import transaction
from django.db.models import F, Value
from django.db.models.functions import Coalesce

from advocacy.accounts.models import User
from advocacy.kernel.schedules import moment_of
from advocacy.kernel.zones import today_in
from legislation import feed_gates
from legislation.models import Cadence, SavedSearch, SearchNews
from legislation.saved_searches import first_known

logger = logging.getLogger(__name__)
# Before the mail of that morning is written.
LOOKS_AT = time(6)
# What is younger may still be written by an import that has not ended: the next look finds it.
SETTLES = timedelta(minutes=15)
KEPT = timedelta(days=60)
_DAY = timedelta(days=1)


def set_cadence(search: SavedSearch, *, by: User, cadence: str, now: datetime) -> None:
    """From now on the owner is told of new measures this often. Whoever begins is not told of what is there already."""
    rows = SavedSearch.objects.filter(pk=search.pk, owner=by)
    if cadence == Cadence.NEVER:
        rows.update(cadence=cadence, told_until=None, looks_next_at=None)
        return
    rows.update(
        cadence=cadence,
        told_until=Coalesce(F("told_until"), Value(now)),
        looks_next_at=next_look(cadence, by.time_zone, now),
    )


def next_look(cadence: str, zone: str, after: datetime) -> datetime:
    """The next early morning there, of any day or of a Monday."""
    day = today_in(zone, after)
    if cadence == Cadence.WEEKLY:
        day += _DAY * (-day.weekday() % 7)
    step = timedelta(weeks=1) if cadence == Cadence.WEEKLY else _DAY
    moment = moment_of(day, LOOKS_AT, zone)
    return moment if moment > after else moment_of(day + step, LOOKS_AT, zone)


def look_through(now: datetime) -> int:
    """Look through every search whose turn has come; how many have something to tell. Each is looked through once."""
    SearchNews.objects.filter(day__lt=now.date() - KEPT).delete()
    told = 0
    for search in SavedSearch.objects.to_look_through(now).select_related("owner"):
        try:
            told += _look(search, now)
        except Exception:
            logger.exception("The saved search %s could not be looked through.", search.pk)
    return told


@transaction.atomic
def _look(search: SavedSearch, now: datetime) -> bool:
    since = search.told_until or now
    until = max(now - SETTLES, since)
    mine = SavedSearch.objects.filter(pk=search.pk, looks_next_at=search.looks_next_at, told_until=since)
    next_at = next_look(search.cadence, search.owner.time_zone, now)
    if not mine.update(told_until=until, looks_next_at=next_at) or until == since:
        return False
    day, owner = search.owner.today(now), search.owner
    if not feed_gates.are_open_to(owner) or not first_known(search, owner, since, until, day).exists():
        return False
    SearchNews.objects.create(search=search, since=since, until=until, day=day)
    return True

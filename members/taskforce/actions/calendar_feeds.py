"""Calendar links: made, revoked, and read by whoever holds the secret."""

import hashlib
import secrets
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from advocacy.accounts.models import User
from advocacy.audit import trail
from members import second_factor
from members.access import reach_of
from members.models import Chapter, RoleAssignment
from members.taskforce import ics
from members.taskforce.models import ActionItem, CalendarFeed, FeedScope, Meeting
from members.taskforce.roster import belongs, society_day

# How far back a calendar shows what was.
_BACK = timedelta(days=92)


class NotYours(ValueError):
    """The person may not read what this calendar would show."""

    def __init__(self) -> None:
        super().__init__(_("You cannot make a link to this calendar."))


@transaction.atomic
def make(*, by: User, scope: str, chapter: Chapter | None, now: datetime) -> tuple[CalendarFeed, str]:
    """A new link and its secret address, which is shown this once. Raises NotYours."""
    feed = CalendarFeed(owner=by, scope=scope, chapter=chapter, made_at=now)
    if not may_read(by, feed):
        raise NotYours
    token = secrets.token_urlsafe(24)
    feed.token_hash = _hashed(token)
    feed.full_clean()
    feed.save()
    trail.record(by=by, verb="made calendar link", of=feed)
    return feed, str(settings.PORTAL_URL) + reverse("taskforce:calendar", args=[token])


def revoke(feed: CalendarFeed, *, by: User, now: datetime) -> bool:
    """The link shows nothing from now on. False when that was done already."""
    with transaction.atomic():
        if not CalendarFeed.objects.working().filter(pk=feed.pk).update(revoked_at=now):
            return False
        trail.record(by=by, verb="revoked calendar link", of=feed)
        return True


def behind(token: str) -> CalendarFeed | None:
    """The working link with this secret whose owner may still read it: nothing that a sign-in would not show them."""
    found = CalendarFeed.objects.working().filter(token_hash=_hashed(token), owner__is_active=True)
    feed = found.select_related("owner", "chapter").first()
    if feed is None or second_factor.is_missing(feed.owner):
        return None
    return feed if may_read(feed.owner, feed) else None


def may_read(person: User, feed: CalendarFeed) -> bool:
    """Asked at every reading: a role that has ended closes its calendars."""
    reach = reach_of(person)
    if feed.scope == FeedScope.CHAPTER:
        near = reach.belongs_to | reach.reads
        return bool(feed.chapter_id) and (reach.reads_every_shared_record or feed.chapter_id in near)
    return belongs(reach)


def written(feed: CalendarFeed, *, now: datetime) -> bytes:
    """The file: what the owner may see, without a word about a colleague."""
    since = now - _BACK
    meetings = Meeting.objects.visible_to(feed.owner).filter(starts_at__gte=since).order_by("starts_at", "pk")
    items = ActionItem.objects.visible_to(feed.owner).unfinished().filter(about=None).order_by("due_on", "pk")
    if feed.scope == FeedScope.PERSON:
        items = items.owned_by(feed.owner)
    elif feed.scope == FeedScope.CHAPTER:
        roles = RoleAssignment.objects.in_force(society_day(now)).filter(chapter=feed.chapter_id)
        items = items.filter(owner__in=roles.values("person"))
    else:
        items = items.none()
    return ics.calendar(str(feed), meetings, items, now=now)


def _hashed(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()

"""Saved searches: kept, renamed, looked at, followed in a feed reader, and let go."""

import hashlib
import secrets
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from advocacy.accounts.models import User
from advocacy.audit import trail
from legislation import feed_gates
from legislation.models import SavedSearch
from legislation.models.saved_search import LONGEST_QUERY

MOST_SEARCHES = 20


class CannotSave(ValueError):
    """What keeps a search from being saved, as a sentence."""


@transaction.atomic
def save(*, by: User, name: str, query: str, now: datetime) -> SavedSearch:
    """Keep the filters under a name of one's own. Raises CannotSave."""
    own = SavedSearch.objects.filter(owner=by)
    if own.filter(name=name).exists():
        raise CannotSave(_("You have a saved search of this name already."))
    if own.count() >= MOST_SEARCHES:
        raise CannotSave(
            _("You have %(count)d saved searches. Delete one that you no longer need.")
            % {"count": MOST_SEARCHES}
        )
    if len(query) > LONGEST_QUERY:
        raise CannotSave(_("These filters are too long to be saved. Shorten the search."))
    return SavedSearch.objects.create(owner=by, name=name, query=query, created_at=now, looked_at=now)


@transaction.atomic
def rename(search: SavedSearch, *, by: User, name: str) -> None:
    """Raises CannotSave where another one has that name."""
    if SavedSearch.objects.filter(owner=by, name=name).exclude(pk=search.pk).exists():
        raise CannotSave(_("You have a saved search of this name already."))
    SavedSearch.objects.filter(pk=search.pk, owner=by).update(name=name)


def look(search: SavedSearch, *, by: User, now: datetime) -> None:
    """From now on only what comes later is new."""
    SavedSearch.objects.filter(pk=search.pk, owner=by).update(looked_at=now)


def delete(search: SavedSearch, *, by: User) -> None:
    """With its feed: whoever has the address sees nothing any more."""
    SavedSearch.objects.filter(pk=search.pk, owner=by).delete()


@transaction.atomic
def open_feed(search: SavedSearch, *, by: User) -> str:
    """A new secret address, which is shown this once; an earlier one stops working."""
    token = secrets.token_urlsafe(24)
    SavedSearch.objects.filter(pk=search.pk, owner=by).update(token_hash=_hashed(token))
    trail.record(by=by, verb="made feed address", of=search)
    return str(settings.PORTAL_URL) + reverse("legislation:saved_search_feed", args=[token])


def close_feed(search: SavedSearch, *, by: User) -> bool:
    """The address shows nothing from now on. False when there was none."""
    with transaction.atomic():
        if not SavedSearch.objects.with_a_feed().filter(pk=search.pk, owner=by).update(token_hash=""):
            return False
        trail.record(by=by, verb="revoked feed address", of=search)
        return True


def behind(token: str) -> SavedSearch | None:
    """The search that is followed at this secret address, while its owner may use the portal."""
    found = SavedSearch.objects.with_a_feed().filter(token_hash=_hashed(token), owner__is_active=True)
    search = found.select_related("owner").first()
    return search if search and feed_gates.are_open_to(search.owner) else None


def _hashed(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()

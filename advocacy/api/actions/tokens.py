"""API tokens: made, revoked, and recognised."""

import hashlib
import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from advocacy.accounts.models import User
from advocacy.api.models import ApiToken
from advocacy.audit import trail
from members import second_factor
from members.access import keep_reach

MOST_OF_ONE_PERSON = 20
_MARK = "cap_"
_SHOWN = 12


class TooMany(ValueError):
    """They have as many tokens that work as one person may."""

    def __init__(self) -> None:
        super().__init__(
            _("You have %(most)d tokens that work. Revoke one that you no longer need first.")
            % {"most": MOST_OF_ONE_PERSON}
        )


@transaction.atomic
def make(
    *, by: User, name: str, scopes: Sequence[str], lives_for: timedelta, now: datetime
) -> tuple[ApiToken, str]:
    """A new token and its secret, which is shown this once. Raises TooMany, ValidationError."""
    User.objects.select_for_update(no_key=True).get(pk=by.pk)  # one new token of this person at a time
    if ApiToken.objects.owned_by(by).working(now).count() >= MOST_OF_ONE_PERSON:
        raise TooMany
    secret = _MARK + secrets.token_urlsafe(32)
    token = ApiToken(
        owner=by,
        name=name,
        prefix=secret[:_SHOWN],
        digest=_digest(secret),
        scopes=list(scopes),
        created_at=now,
        expires_at=now + lives_for,
    )
    token.full_clean()
    token.save()
    trail.record(by=by, verb="made API token", of=token, changes={"scopes": [[], token.scopes]})
    return token, secret


def revoke(token: ApiToken, *, by: User, now: datetime) -> bool:
    """It opens nothing from now on. False when that was done already."""
    with transaction.atomic():
        changed = ApiToken.objects.filter(pk=token.pk, revoked_at=None).update(revoked_at=now, revoked_by=by)
        if changed:
            trail.record(by=by, verb="revoked API token", of=token)
    return changed == 1


def behind(secret: str, *, now: datetime) -> ApiToken | None:
    """The working token with this secret, its owner with the reach of this moment.

    None where no role of theirs is in force, or where their roles ask for a second step at sign-in that they have
    lost: a program gets in no further than its owner would.
    """
    if not secret.startswith(_MARK) or len(secret) > 100:
        return None
    found = ApiToken.objects.working(now).filter(digest=_digest(secret))
    token = found.select_related("owner").first()
    if token is None or keep_reach(token.owner).is_empty or second_factor.is_missing(token.owner):
        return None
    return token


def note_use(token: ApiToken, *, now: datetime) -> None:
    """The day it was last used, written once a day."""
    today = now.date()
    if token.last_used_on != today:
        ApiToken.objects.filter(pk=token.pk).update(last_used_on=today)


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode(errors="replace")).hexdigest()

"""API tokens: made, revoked, and recognised."""

import hashlib
import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction

from advocacy.accounts.models import User
from advocacy.api.models import ApiToken
from advocacy.audit import trail
from members.access import keep_reach

_MARK = "cap_"
_SHOWN = 12


@transaction.atomic
def make(
    *, by: User, name: str, scopes: Sequence[str], lives_for: timedelta, now: datetime
) -> tuple[ApiToken, str]:
    """A new token and its secret, which is shown this once. Raises ValidationError."""
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
    """The working token with this secret, its owner with the reach of this moment; None where no role is in force."""
    if not secret.startswith(_MARK) or len(secret) > 100:
        return None
    found = ApiToken.objects.working(now).filter(digest=_digest(secret))
    token = found.select_related("owner").first()
    if token is None or keep_reach(token.owner).is_empty:
        return None
    return token


def note_use(token: ApiToken, *, now: datetime) -> None:
    """The day it was last used, written once a day."""
    today = now.date()
    if token.last_used_on != today:
        ApiToken.objects.filter(pk=token.pk).update(last_used_on=today)


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode(errors="replace")).hexdigest()

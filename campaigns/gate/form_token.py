"""What stands in the form instead of a cookie: which campaign it is for, when it was opened, and a key of its own."""

import secrets
from datetime import UTC, datetime, timedelta
from enum import Enum
from typing import NamedTuple

from django.core import signing

# A person reads and types for longer; a page left open overnight shows a text that may have changed.
LEAST, MOST = timedelta(seconds=3), timedelta(hours=12)
_SALT = "campaigns.form"


class Age(Enum):
    TOO_FRESH = "too fresh"
    FINE = "fine"
    TOO_OLD = "too old"


class FormToken(NamedTuple):
    """`key` makes a submission one: sent twice, by a double click or a repeated request, it is the same act."""

    key: str
    age: Age


def issue(campaign_id: int, now: datetime) -> str:
    """One for each page that is opened. A form shown again with its errors keeps the one it had."""
    milliseconds = round(now.timestamp() * 1000)
    return signing.Signer(salt=_SALT).sign_object([campaign_id, secrets.token_urlsafe(16), milliseconds])


def read(token: str, campaign_id: int, now: datetime) -> FormToken | None:
    """None for what is forged, broken, or from another campaign's page."""
    try:
        owner, key, milliseconds = signing.Signer(salt=_SALT).unsign_object(token)
    except (signing.BadSignature, ValueError):
        return None
    if owner != campaign_id:
        return None
    open_for = now - datetime.fromtimestamp(milliseconds / 1000, UTC)
    age = Age.TOO_FRESH if open_for < LEAST else Age.TOO_OLD if open_for > MOST else Age.FINE
    return FormToken(key, age)

"""Links that stop mail without a sign-in: they name the reader, the class and the language of the mail they stood in.

They cannot be made by others.
"""

from datetime import timedelta
from typing import NamedTuple

from django.core import signing

from advocacy.accounts.models import User
from advocacy.outbox.models import fingerprint_of
from advocacy.outbox.streams import Stream

# The law asks for sixty days (CASL, s. 11); people keep mail longer than that.
VALID_FOR = timedelta(days=180)
_SALT = "outbox.stop"


class Stop(NamedTuple):
    """Who asks, and for which class. `user` is None where the address belongs to nobody with a sign-in.

    `language` is theirs; empty in links older than this.
    """

    user: User | None
    fingerprint: str
    stream: Stream
    language: str


def token_for(user_id: int | None, address: str, stream: str, language: str) -> str:
    """The address itself stands in no link: links end up in logs and histories."""
    fingerprint = "" if user_id else fingerprint_of(address)
    return signing.dumps([user_id, fingerprint, stream, language], salt=_SALT)


def read(token: str) -> Stop | None:
    """None for a link that is forged, broken or too old."""
    try:
        user_id, fingerprint, stream, *spoken = signing.loads(token, salt=_SALT, max_age=VALID_FOR)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    user = User.objects.filter(pk=user_id).first() if user_id else None
    language = user.language if user else next(iter(spoken), "")
    return Stop(user, fingerprint, Stream(stream), language) if user or fingerprint else None

"""The return path of each message: whatever comes back to it names the message, and cannot be made up by others."""

import re
from hmac import compare_digest

from django.conf import settings
from django.utils.crypto import salted_hmac

_SALT = "outbox.bounce"
_SHAPE = re.compile(r"b\+(\d+)-([0-9a-f]{16})@")


def address_for(pk: int) -> str:
    """Empty where no domain is set up for bounces: then they go to the sender."""
    if not settings.MAIL_BOUNCE_DOMAIN:
        return ""
    return f"b+{pk}-{_seal(pk)}@{settings.MAIL_BOUNCE_DOMAIN}"


def message_named_in(addresses: str) -> int | None:
    """The message that a return path among these addresses belongs to."""
    for number, seal in _SHAPE.findall(addresses.lower()):
        if len(number) < 19 and compare_digest(seal, _seal(int(number))):
            return int(number)
    return None


def _seal(pk: int) -> str:
    return salted_hmac(_SALT, str(pk), algorithm="sha256").hexdigest()[:16]

"""How a webhook proves that it comes from this portal: `Webhook-Signature: t=<seconds>,v1=<hex>`."""

import hashlib
import hmac
from datetime import datetime


def signature(secret: str, body: bytes, *, at: datetime) -> str:
    """HMAC-SHA256 over the time, a dot and the body, with the secret as it was shown."""
    seconds = str(int(at.timestamp()))
    signed = hmac.new(secret.encode(), seconds.encode() + b"." + body, hashlib.sha256)
    return f"t={seconds},v1={signed.hexdigest()}"

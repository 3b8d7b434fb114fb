"""The installation's secret key, made once and kept beside its data."""

import os
import secrets
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured


def kept_in(path: Path, *, embedded: bool) -> str:
    """Read the key from `path`, making it on the first start of an embedded portal.

    Raises ImproperlyConfigured elsewhere: two web processes must not each invent a key.
    """
    if not embedded:
        raise ImproperlyConfigured("Set SECRET_KEY: a production installation brings its own secret.")
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text().strip()
    with os.fdopen(descriptor, "w") as file:
        key = secrets.token_urlsafe(50)
        file.write(key)
    return key

"""The installation's secret key, made once and kept beside its data."""

import os
import secrets
from pathlib import Path
from tempfile import NamedTemporaryFile

from django.core.exceptions import ImproperlyConfigured


def kept_in(path: Path, *, embedded: bool) -> str:
    """Read the key from `path`, making it on the first start of an embedded portal.

    Of processes that start together, one makes the key and all read it.

    Raises ImproperlyConfigured elsewhere: two web processes must not each invent a key.
    """
    if not embedded:
        raise ImproperlyConfigured("Set SECRET_KEY: a production installation brings its own secret.")
    if not path.exists():
        _make(path)
    return path.read_text().strip()


def _make(path: Path) -> None:
    # Written aside and linked whole: nobody, not even after a crash, finds the file without its key.
    with NamedTemporaryFile("w", dir=path.parent, prefix=f"{path.name}-") as file:
        file.write(secrets.token_urlsafe(50))
        file.flush()
        os.fsync(file.fileno())
        try:
            os.link(file.name, path)
        except FileExistsError:
            return

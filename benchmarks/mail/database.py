"""A database of its own for each program, set up like the portal's: what is committed survives a power cut."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import environ
from django.db import connection

_SQLITE = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA cache_size=-20000;"
    ),
}


def options(url: str) -> dict[str, Any]:
    found: dict[str, Any] = environ.Env.db_url_config(url)
    if found["ENGINE"] == "django.db.backends.sqlite3":
        found["OPTIONS"] = dict(_SQLITE)
    return found


@contextmanager
def made_for(name: str, folder: Path) -> Iterator[str]:
    """A fresh database, dropped at the end; SQLite's is a file in the folder, as the portal's is. Yields its URL."""
    before = connection.settings_dict["NAME"]
    is_file = connection.vendor == "sqlite"
    connection.settings_dict["TEST"]["NAME"] = str(folder / f"{name}.sqlite3") if is_file else f"test_{name}"
    connection.creation.create_test_db(verbosity=0, autoclobber=True)
    try:
        yield _url(connection.settings_dict)
    finally:
        connection.creation.destroy_test_db(before, verbosity=0)


def _url(known: dict[str, Any]) -> str:
    if connection.vendor == "sqlite":
        return f"sqlite:///{known['NAME']}"
    return "postgres://{USER}:{PASSWORD}@{HOST}:{PORT}/{NAME}".format_map(known)

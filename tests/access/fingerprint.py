"""Two ways to see that nothing was written: the statements of one request, and a hash of every table."""

import hashlib
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.apps import apps
from django.db import connection

_CHANGES = re.compile(r"\s*(insert|update|delete|replace|truncate|create|alter|drop)\b", re.IGNORECASE)


@contextmanager
def changes_of_the_database() -> Iterator[list[str]]:
    """Collects the statements inside the block that change anything."""
    seen: list[str] = []

    def watch(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
        if _CHANGES.match(sql):
            seen.append(" ".join(sql.split())[:90])
        return execute(sql, params, many, context)

    with connection.execute_wrapper(watch):
        yield seen


def fingerprint() -> dict[str, str]:
    """For every table: how many rows, and a hash of all of them in the order of their keys."""
    return {model._meta.db_table: _of_table(model) for model in apps.get_models(include_auto_created=True)}


def _of_table(model: Any) -> str:
    digest, rows = hashlib.blake2b(digest_size=12), 0
    for row in model._base_manager.order_by("pk").values_list():
        digest.update(repr(row).encode())
        rows += 1
    return f"{rows}:{digest.hexdigest()}"

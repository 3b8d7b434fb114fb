"""The whole public record as plain rows, to tell whether anything is left of what was undone."""

from typing import Any

from django.apps import apps

from legislation.models import ImportChange, ImportChangeSet, ImportRun, LeaverDecision

_BOOKS = {ImportChange, ImportChangeSet, ImportRun, LeaverDecision}


def record_dump() -> dict[str, dict[int, dict[str, Any]]]:
    """Every row of every table of the record; the books that are kept about imports are left out."""
    return {
        model._meta.label: {row["id"]: row for row in model._base_manager.order_by("pk").values()}
        for model in apps.get_app_config("legislation").get_models()
        if model not in _BOOKS
    }

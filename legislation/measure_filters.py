"""What higher rooms add to the filters of the list of measures, without this room knowing them.

An app registers functions in its `measure_filters.py` under the name that stands in the address; each is asked for
whoever looks, so that it offers and applies only what that person may see.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms

from advocacy.accounts.models import User
from advocacy.kernel.registry import Registry
from legislation.models.measure import MeasureQuerySet


@dataclass(frozen=True)
class MeasureFilter:
    """One field of the filter form, and what a value of it leaves of the measures."""

    field: forms.Field
    narrow: Callable[[MeasureQuerySet, Any], MeasureQuerySet]


measure_filters: Registry[Callable[[User, date], MeasureFilter]] = Registry()

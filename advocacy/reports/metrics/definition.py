"""What a metric is: a name, the words that define it, a version, a number, and the rows behind the number."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet
from django.utils.functional import Promise

from advocacy.reports.metrics.figure import Figure
from advocacy.reports.metrics.scope import Scope, Window

Words = str | Promise
Counting = Callable[[Scope, Window], Figure]
Finding = Callable[[Scope, Window], "QuerySet[Any]"]


@dataclass(frozen=True)
class Metric:
    """`version` grows when the rule changes, so that a number issued under the old one can be told apart.

    `rows` gives what was counted, whoever may read it; a page passes it through `visible_to` of its model.
    """

    code: str
    title: Words
    definition: Words
    version: int
    unit: str
    count: Counting
    rows: Finding | None = None
    parts: Mapping[str, Words] = field(default_factory=dict)


@dataclass(frozen=True)
class NotRecorded:
    """A metric whose records the portal does not keep yet."""

    code: str
    title: Words
    why: Words

"""What a metric is: a name, the words that define it, a version, a number, and the rows behind the number."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet
from django.utils.functional import Promise

from advocacy.reports.metrics.figure import Figure
from advocacy.reports.metrics.scope import TOGETHER, By, Scope, Window

Words = str | Promise
# What was found, by group: by chapter, or all of it under `TOGETHER`. As many queries for many groups as for one.
Gathering = Callable[[Scope, Window, By], Mapping[int, Sequence[Any]]]
# The number that the findings of one group come to; no findings have a number too.
Summing = Callable[[Sequence[Any]], Figure]
Finding = Callable[[Scope, Window], "QuerySet[Any]"]


@dataclass(frozen=True)
class Metric:
    """`version` grows when the rule changes, so that a number issued under the old one can be told apart.

    One `gather` and one `figure` serve a scope as a whole and each chapter of it: the number of a chapter in a table
    of sixty is the number on its own page. `rows` gives what was counted, whoever may read it; a page passes it
    through `visible_to` of its model.
    """

    code: str
    title: Words
    definition: Words
    version: int
    unit: str
    gather: Gathering
    figure: Summing
    rows: Finding | None = None
    parts: Mapping[str, Words] = field(default_factory=dict)

    def count(self, scope: Scope, window: Window) -> Figure:
        """One number for the scope; what its chapters share is in it once."""
        return self.figure(self.gather(scope, window, By.ALL).get(TOGETHER, []))

    def count_by_chapter(self, scope: Scope, window: Window) -> dict[int, Figure]:
        """A number for each chapter of a scope that names its chapters."""
        found = self.gather(scope, window, By.CHAPTER)
        return {chapter: self.figure(found.get(chapter, [])) for chapter in sorted(scope.chapters or ())}


@dataclass(frozen=True)
class NotRecorded:
    """A metric whose records the portal does not keep yet."""

    code: str
    title: Words
    why: Words

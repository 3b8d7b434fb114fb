"""Paging by key: each page starts after the last row of the one before, however many rows there are.

The cursor is the row's values of the order, so it survives insertions and never counts the rows it skips. Orders end
with the primary key and name fields, or annotations, that are never NULL.
"""

import base64
import binascii
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Generic, TypeVar

from django.core.exceptions import ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Model, Q, QuerySet
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

Row = TypeVar("Row", bound=Model)
AFTER, BEFORE = "after", "before"
PAGE_SIZE = 50
# Counting stops here: past ten thousand the exact number helps nobody and costs a scan.
MOST_COUNTED = 10_000


@dataclass(frozen=True)
class Page(Generic[Row]):
    """Some rows of a list, with the addresses of its neighbours (empty at either end)."""

    rows: list[Row]
    previous_url: str
    next_url: str


def page(
    queryset: QuerySet[Row], params: QueryDict, order: Sequence[str], size: int = PAGE_SIZE
) -> Page[Row]:
    """The page that `params` asks for, by `after` or `before`; an unreadable cursor means the first page."""
    backwards = BEFORE in params
    cursor = _decoded(queryset, params.get(BEFORE if backwards else AFTER, ""), order)
    direction = [_turned(name) for name in order] if backwards else list(order)
    rows_wanted = queryset.order_by(*direction)
    if cursor is not None:
        rows_wanted = rows_wanted.filter(_beyond(direction, cursor))
    rows = list(rows_wanted[: size + 1])
    has_more, rows = len(rows) > size, rows[:size]
    if backwards:
        rows.reverse()
    has_next = bool(rows) and (backwards or has_more)
    has_previous = bool(rows) and (has_more if backwards else cursor is not None)
    return Page(
        rows=rows,
        previous_url=_url(params, BEFORE, rows[0], order) if has_previous else "",
        next_url=_url(params, AFTER, rows[-1], order) if has_next else "",
    )


def page_and_count(
    found: QuerySet[Row],
    visible: QuerySet[Row],
    params: QueryDict,
    order: Sequence[str],
    *,
    fetch: Callable[[Any], QuerySet[Row]],
) -> tuple[Page[Row], int]:
    """The page of `found`, with what `fetch` adds to a row, and how many there are, as `counted` counts.

    For searches that are slow: where the first page is asked for, one look through them serves both, and its rows
    come from `visible`, the same rows before the search.
    """
    if not is_first(params):
        return page(fetch(found), params, order), counted(found)
    keys = list(found.order_by(*order).values_list("pk", flat=True)[: MOST_COUNTED + 1])
    return page(fetch(visible.filter(pk__in=keys[: PAGE_SIZE + 1])), params, order), len(keys)


def is_first(params: QueryDict) -> bool:
    """Whether the first page is asked for."""
    return AFTER not in params and BEFORE not in params


def counted(queryset: QuerySet[Any]) -> int:
    """How many rows there are, counted no further than just past MOST_COUNTED."""
    return queryset.order_by()[: MOST_COUNTED + 1].count()


def count_label(count: int) -> str:
    """`1 result`, `25 results`, `More than 10,000 results`."""
    if count > MOST_COUNTED:
        return _("More than 10,000 results")
    return ngettext("%(count)d result", "%(count)d results", count) % {"count": count}


def _turned(name: str) -> str:
    return name[1:] if name.startswith("-") else f"-{name}"


def _beyond(order: Sequence[str], cursor: Sequence[Any]) -> Q:
    """Rows that come after the cursor: a later first value, or an equal one and a later second, and so on."""
    condition, equal = Q(), Q()
    for name, value in zip(order, cursor, strict=True):
        bare = name.lstrip("-")
        comparison = "lt" if name.startswith("-") else "gt"
        condition |= equal & Q(**{f"{bare}__{comparison}": value})
        equal &= Q(**{bare: value})
    return condition


def _decoded(queryset: QuerySet[Any], text: str, order: Sequence[str]) -> list[Any] | None:
    if not text:
        return None
    try:
        values = json.loads(base64.urlsafe_b64decode(text.encode()))
        fields = [_field(queryset, name.lstrip("-")) for name in order]
        keys = [_asked(field.to_python(value)) for field, value in zip(fields, values, strict=True)]
    except (binascii.Error, ValueError, TypeError, ValidationError, OverflowError, RecursionError):
        return None
    return None if None in keys else keys


def _asked(value: Any) -> Any:
    """A value that both engines can be asked for: a cursor may have been written by anybody. Raises ValueError."""
    if isinstance(value, str) and b"\x00" in value.encode():
        raise ValueError(value)
    if isinstance(value, datetime):
        if timezone.is_naive(value):
            raise ValueError(value)
        return value.astimezone(UTC)
    return value


def _field(queryset: QuerySet[Any], name: str) -> Any:
    if name in queryset.query.annotations:
        return queryset.query.annotations[name].output_field
    options = queryset.model._meta
    return options.pk if name == "pk" else options.get_field(name)


def _url(params: QueryDict, side: str, row: Model, order: Sequence[str]) -> str:
    values = [getattr(row, name.lstrip("-")) for name in order]
    text = json.dumps(values, cls=DjangoJSONEncoder, separators=(",", ":"))
    copy = params.copy()
    copy.pop(AFTER, None)
    copy.pop(BEFORE, None)
    copy[side] = base64.urlsafe_b64encode(text.encode()).decode()
    return f"?{copy.urlencode()}"

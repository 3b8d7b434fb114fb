"""What a planted leak is, and how it is declared."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from tests.access.world import World

Patch = Callable[[pytest.MonkeyPatch, World], None]


@dataclass(frozen=True)
class Leak:
    """What is broken (`plant`), and the slice of the matrix that must see it."""

    name: str
    plant: Patch
    pages: tuple[str, ...]
    actors: tuple[str, ...]
    methods: tuple[str, ...] = ("GET",)
    query: Callable[[World], str] | None = None
    data: Any = None


LEAKS: list[Leak] = []


def leak(
    *pages: str,
    to: str | tuple[str, ...],
    by: str = "GET",
    query: Callable[[World], str] | None = None,
    data: Any = None,
) -> Callable[[Patch], Patch]:
    """Name where the leak shows and to whom; the function's name says what it is."""

    def register(plant: Patch) -> Patch:
        actors = (to,) if isinstance(to, str) else to
        name = plant.__name__.replace("_", " ")
        LEAKS.append(Leak(name, plant, pages, actors, (by,), query, data))
        return plant

    return register


def everything(rows: Any, *args: Any) -> Any:
    return rows.all()

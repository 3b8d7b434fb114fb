"""Who visits which page: one person asks one address in one way, and every such visit that is worth making."""

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import product
from typing import Any
from zlib import crc32

from tests.access.page import ADMIN, GET, METHODS, POST, Page
from tests.access.world import Actor, Thing, World

EVERYTHING = os.environ.get("ACCESS_MATRIX") == "full"
ONE_OF_EACH_SORT = {
    "anonymous",
    "without a role",
    "advocate A, author",
    "lead",
    "staff without a second step",
    "staff",
}
_OTHERS = [method for method in METHODS if method not in (GET, POST)]


@dataclass(frozen=True)
class Visit:
    """One person asks one address in one way. `thing` is None where nothing of that kind ever existed."""

    page: Page
    actor: Actor
    method: str
    thing: Thing | None = None
    fixed: int = 0
    query: str | None = None
    data: Any = None

    def __str__(self) -> str:
        about = f" ({self.thing})" if self.thing else " (never existed)" if self.page.of else ""
        return f"{self.actor}: {self.method} {self.page}{about}"


def visits(
    world: World,
    pages: Iterable[Page],
    *,
    actors: Iterable[Actor] | None = None,
    methods: Iterable[str] = METHODS,
    things: Iterable[Thing] | None = None,
) -> Iterator[Visit]:
    """Every page × actor × method × scope, or a slice of it."""
    people = at_a_browser(world) if actors is None else list(actors)
    for page in pages:
        for actor, method in product(people, methods):
            if actors is None and not _is_worth_asking(page, actor, method):
                continue
            for fixed in range(len(page.fixed)):
                yield from (
                    Visit(page, actor, method, thing, fixed)
                    for thing in scopes(world, page, actor, method, things)
                )


def _is_worth_asking(page: Page, actor: Actor, method: str) -> bool:
    """Pages of packages ask who somebody is in one place, and so does whatever refuses a method: one of each sort asks.

    To the other methods the packages answer in one place too: each page hears one of them, all of them in turn.
    `ACCESS_MATRIX=full` asks everything as everybody.
    """
    if EVERYTHING:
        return True
    answers_alike = bool(page.insiders) or method not in (GET, POST) or method not in page.methods
    if page.insiders and method not in (GET, POST):
        return actor.name == "staff" and method == _OTHERS[crc32(page.name.encode()) % len(_OTHERS)]
    return not answers_alike or actor.name in ONE_OF_EACH_SORT


def at_a_browser(world: World) -> list[Actor]:
    """The actors of the matrix; the others only stand in lists."""
    return [actor for actor in world.actors.values() if actor.name in world.cookies]


def scopes(
    world: World, page: Page, actor: Actor, method: str, things: Iterable[Thing] | None = None
) -> Iterator[Thing | None]:
    """What stands in the address: each thing in turn, and at last one that never existed."""
    if not page.of:
        yield None
        return
    found = [thing for thing in (world.things if things is None else things) if thing.kind == page.of]
    if things is None and not EVERYTHING:
        found = [thing for thing in found if thing.is_typical and (thing.is_pressed or method != POST)]
    if method not in (GET, POST) or method not in page.methods or _meets_a_wall(page, actor):
        yield found[0] if found else None
        return
    # The superuser goes through every door of staff, which staff try one by one.
    yield from found[:4] if actor.is_superuser else found
    yield None


def _meets_a_wall(page: Page, actor: Actor) -> bool:
    """Whoever is stopped before any record is looked at is stopped with one record as with all."""
    is_outside = not actor.is_signed_in or not actor.has_a_role or actor.lacks_second_step
    return is_outside or (page.wall == ADMIN and not actor.is_staff)

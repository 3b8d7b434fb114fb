"""How the access table speaks of a page: who may open it, what it may show, what it lists."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from advocacy.kernel.listing import PAGE_SIZE
from tests.access import oracle
from tests.access.oracle import Rule
from tests.access.world import Actor, Thing, World

GET, HEAD, POST = "GET", "HEAD", "POST"
METHODS = (GET, HEAD, POST, "PUT", "PATCH", "DELETE", "OPTIONS")
READING, WRITING, POSTING = (GET, HEAD), (GET, HEAD, POST), (POST,)
# Who gets as far as the page at all: people with a role, people who are signed in (at some pages with the second step
# that their role asks for), everybody, national staff.
ROLE, SIGNED_IN, SECOND_STEP, OPEN, ADMIN = "role", "signed in", "second step", "open", "admin"
# Files come as either of these.
ANY_FORMAT: tuple[dict[str, str], ...] = ({"file_format": "csv"}, {"file_format": "xlsx"})
Changes = Callable[[World, Actor, Thing | None], dict[str, Any]]


@dataclass(frozen=True)
class Listing:
    """Exactly these things stand on the page, and their number where it is written: no more, no less."""

    kind: str
    rule: Rule
    # The address of one row; `json` reads the values of a type-ahead, `rows` counts the lines of a file.
    where: str
    at_most: int = PAGE_SIZE
    without: Callable[[Thing], bool] = lambda thing: False

    def keys(self, world: World, actor: Actor) -> set[int]:
        things = [thing for thing in world.of_kind(self.kind) if not self.without(thing)]
        return {thing.pk for thing in things if self.rule(actor, thing)}


type_ahead = partial(Listing, where="json", at_most=12)


@dataclass(frozen=True)
class Page:
    """One address of the portal, as the table declares it.

    `of` names the kind of thing that stands in the address; `may` says who may open it for which thing, `may_post`
    who may press its button where that is somebody else, `acts` for whom that changes anything. `post` changes what the
    form of the page would send.
    """

    name: str
    methods: tuple[str, ...] = READING
    of: str = ""
    may: Rule = oracle.has_a_role
    may_post: Rule | None = None
    acts: Rule | None = None
    wall: str = ROLE
    fixed: tuple[dict[str, str], ...] = ({},)
    query: str = ""
    post: Changes = lambda world, actor, thing: {}
    # Statuses of an answer: to a successful GET, to a successful POST, and to those who may not.
    shown: int = 200
    done: int = 302
    denied: int = 404
    shows_impressions: bool = False
    # The forms in which those who keep a record of research read what nobody else ever does.
    shows_kept_back: bool = False
    exports: bool = False
    leaves_trace: bool = False
    lists: Listing | None = None
    # Pages of packages and of the admin, where only the classes of answers are declared.
    insiders: frozenset[int] = frozenset()
    outsiders: frozenset[int] = frozenset()
    note: str = field(default="", compare=False)

    def __str__(self) -> str:
        return self.name

    def opens_to(self, actor: Actor, thing: Thing | None, method: str) -> bool:
        if self.of and thing is None:
            return False
        rule = self.may_post if method == POST and self.may_post else self.may
        return rule(actor, thing)  # type: ignore[arg-type]  # rules of pages without a thing ignore it
